import hashlib
import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.content import (
    HASH_FORMAT,
    Absence,
    Content,
    Described,
    PremiseGiven,
    Quoted,
    Term,
    canonical_json,
    content_hash,
)

SALT = "5a" * 16

words = st.text(min_size=1, max_size=20)
keys = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
quotes = st.builds(
    Quoted,
    exact=words,
    source=keys,
    locator=st.sampled_from(["", "p. 4"]),
    stance=st.sampled_from(["supports", "refutes", "context"]),
    own_origin=st.none() | keys,
)
premises = st.builds(
    PremiseGiven, version=st.just("C1/v1"), content_hash=st.uuids().map(str), formula=words
)
contents = st.builds(
    Content,
    statement=words,
    subject=st.none() | keys,
    value=st.just("") | words,
    approximate=st.booleans(),
    asserted_by=st.lists(keys | st.builds(Described, words), max_size=3).map(tuple),
    absence=st.none()
    | st.builds(Absence, terms=st.just((Term("Arctic"),)), sources=st.lists(keys).map(tuple)),
    premises=st.lists(premises, max_size=3).map(tuple),
)

FULL = Content(
    statement="Trade fell.",
    language="en",
    subject="trade",
    property="change",
    aspect="energy",
    basis="year on year",
    value="−9%",
    as_written="nine per cent",
    approximate=True,
    degree="passing",
    period="2025",
    asserted_by=("al-jazeera", Described("a senior official")),
    asserted_on="2025-06",
    mode="assessed",
    absence=Absence(terms=(Term("Arctic", "en"),), series="statements"),
    premises=(PremiseGiven("C17/v2", "ab" * 32, "a - b"),),
)
QUOTE = Quoted(exact="fell by 9%", source="report", locator="p. 4")


# What came later is left out where it says nothing, so that the form above stays.
MARKED = replace(FULL, decimal_mark="comma")


def test_the_canonical_form_is_what_it_always_was() -> None:
    assert canonical_json(FULL, [QUOTE], salt=SALT) == (
        '{"format":1,"salt":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","statement":"Trade fell.",'
        '"language":"en","subject":"trade","property":"change","aspect":"energy",'
        '"basis":"year on year","value":"−9%","as_written":"nine per cent","approximate":true,'
        '"degree":"passing","period":"2025",'
        '"asserted_by":["al-jazeera",{"description":"a senior official"}],'
        '"asserted_on":"2025-06","mode":"assessed",'
        '"absence":{"series":"statements","terms":[{"text":"Arctic","language":"en"}]},'
        f'"premises":[{{"content_hash":"{"ab" * 32}","formula":"a - b"}}],'
        '"evidence":[{"exact":"fell by 9%","source":"report","locator":"p. 4",'
        '"stance":"supports"}]}'
    )


@pytest.mark.parametrize(
    ("content", "evidence", "expected"),
    [
        (FULL, [QUOTE], "9f5048c5e7f92b96dbfd22600f57ae6c09b9854de53652e5f945ee9ead9c69c6"),
        (
            MARKED,
            [QUOTE, replace(QUOTE, stance="refutes", own_origin="ministry")],
            "5862399f1e5eded910fad11e3ca629fdb02e7365aaa64fae6559e4a082a15e1d",
        ),
        (
            Content("Plain."),
            [],
            "878844e996ed32d0d53b3d71b4a3d187865f4204a7e55cfe573087b7427e2e30",
        ),
        (
            Content(
                "Absent.",
                subject="papers",
                property="mentions",
                value="absent",
                absence=Absence(
                    (Term("Arctic"), Term("Арктика", "ru")), sources=("b", "a"), matching="prefix"
                ),
            ),
            [],
            "6af07947938aa76c9e0171fcd4125958c487cea8a8c138938be66a50e070edc9",
        ),
    ],
    ids=["full", "two quotes", "plain", "absence"],
)
def test_known_content_keeps_its_hash(
    content: Content, evidence: list[Quoted], expected: str
) -> None:
    assert content_hash(content, evidence, salt=SALT) == expected


def test_the_hash_is_the_sha_256_of_the_canonical_form() -> None:
    written = canonical_json(FULL, [QUOTE], salt=SALT).encode()

    assert content_hash(FULL, [QUOTE], salt=SALT) == hashlib.sha256(written).hexdigest()


@given(contents, st.lists(quotes, max_size=3))
def test_format_and_salt_come_first(content: Content, evidence: list[Quoted]) -> None:
    written = json.loads(canonical_json(content, evidence, salt=SALT))

    assert list(written)[:2] == ["format", "salt"]
    assert written["format"] == HASH_FORMAT


@given(contents, st.lists(quotes, max_size=3))
def test_what_says_nothing_is_left_out(content: Content, evidence: list[Quoted]) -> None:
    def every(value: Any) -> list[Any]:
        if isinstance(value, dict):
            return [value, *(inner for part in value.values() for inner in every(part))]
        if isinstance(value, list):
            return [value, *(inner for part in value for inner in every(part))]
        return [value]

    written = json.loads(canonical_json(content, evidence, salt=SALT))

    assert not [value for value in every(written) if value in (None, "", [], {}, False)]


@given(contents, st.lists(quotes, max_size=5), st.randoms())
def test_the_order_of_evidence_does_not_matter(
    content: Content, evidence: list[Quoted], random: Any
) -> None:
    shuffled = random.sample(evidence, len(evidence))

    assert content_hash(content, shuffled, salt=SALT) == content_hash(content, evidence, salt=SALT)


@given(contents, st.randoms())
def test_the_order_of_premises_and_documents_does_not_matter(content: Content, random: Any) -> None:
    absence = content.absence
    shuffled = replace(
        content,
        premises=tuple(random.sample(content.premises, len(content.premises))),
        absence=absence
        and replace(absence, sources=tuple(random.sample(absence.sources, len(absence.sources)))),
    )

    assert content_hash(shuffled, [], salt=SALT) == content_hash(content, [], salt=SALT)


@given(contents, contents)
def test_other_content_has_another_form(one: Content, other: Content) -> None:
    same = canonical_json(one, [], salt=SALT) == canonical_json(other, [], salt=SALT)

    assert same == (in_order(one) == in_order(other))


def in_order(content: Content) -> Content:
    """The content with what has no order in one, and without what is only a number here."""
    absence = content.absence
    premises = [replace(premise, version="") for premise in content.premises]
    return replace(
        content,
        premises=tuple(sorted(premises, key=lambda premise: premise.content_hash)),
        absence=absence and replace(absence, sources=tuple(sorted(absence.sources))),
    )


@pytest.mark.parametrize("name", [field.name for field in fields(Content)])
def test_every_part_of_the_content_is_in_the_hash(name: str) -> None:
    plain = Content(statement="Another.", language="de")
    changed = replace(MARKED, **{name: getattr(plain, name)})

    assert getattr(changed, name) != getattr(MARKED, name)
    assert content_hash(changed, [], salt=SALT) != content_hash(MARKED, [], salt=SALT)


@pytest.mark.parametrize(
    "change",
    [
        {"exact": "fell by 8%"},
        {"source": "another"},
        {"locator": ""},
        {"stance": "refutes"},
        {"own_origin": "ministry"},
    ],
)
def test_every_part_of_a_quote_is_in_the_hash(change: dict[str, str]) -> None:
    changed = replace(QUOTE, **change)

    assert content_hash(FULL, [changed], salt=SALT) != content_hash(FULL, [QUOTE], salt=SALT)


def test_the_same_quote_twice_is_not_the_same_as_once() -> None:
    assert content_hash(FULL, [QUOTE, QUOTE], salt=SALT) != content_hash(FULL, [QUOTE], salt=SALT)


@given(contents)
def test_another_salt_gives_another_hash(content: Content) -> None:
    assert content_hash(content, [], salt=SALT) != content_hash(content, [], salt="5b" * 16)


def test_the_number_of_a_premise_in_this_installation_is_not_in_the_hash() -> None:
    moved = replace(FULL, premises=(replace(FULL.premises[0], version="C99/v1"),))

    assert content_hash(moved, [QUOTE], salt=SALT) == content_hash(FULL, [QUOTE], salt=SALT)


def test_an_asserter_and_the_description_of_one_are_not_the_same() -> None:
    named = replace(FULL, asserted_by=("official",))
    described = replace(FULL, asserted_by=(Described("official"),))

    assert content_hash(named, [], salt=SALT) != content_hash(described, [], salt=SALT)
