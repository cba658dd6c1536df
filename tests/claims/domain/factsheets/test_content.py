"""The content of a fact sheet as JSON, and what none can have."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.factsheets.content import (
    SHOWN,
    SectionContent,
    SheetContent,
    SheetContentRefused,
    content_as_json,
    content_from_json,
)

LINES = st.text("Energy ☃", max_size=20).map(lambda line: " ".join(line.split()))
REFERENCES = st.lists(st.integers(1, 10**9).map("C{}".format), unique=True, max_size=5)
SECTIONS = st.builds(
    SectionContent,
    heading=LINES,
    prose=st.text("Trade fell [C1].\n", max_size=40),
    claims=REFERENCES.map(tuple),
    query=st.sampled_from(["", "topic=energy", "asserter=russia&period=none,2025"]),
)
CONTENTS = st.builds(
    SheetContent,
    title=LINES.filter(bool),
    language=st.sampled_from(["en", "zh-Hans"]),
    style=st.just("apa"),
    summary=st.text("Trade fell [C1].\n", max_size=40),
    sections=st.lists(SECTIONS, max_size=3).map(tuple),
    unknown=st.lists(LINES.filter(bool), max_size=3).map(tuple),
    shows=st.frozensets(st.sampled_from(SHOWN)),
)


@given(CONTENTS)
def test_content_is_the_same_when_it_is_read_from_its_json(content: SheetContent) -> None:
    assert content_from_json(content_as_json(content)) == content


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        ([], "no_object", "the fact sheet"),
        ({"title": " "}, "missing", "title"),
        ({"title": "T" * 301}, "too_long", "300"),
        ({"title": "T\0"}, "unkept_character", "title"),
        ({"title": 5}, "no_text", "title"),
        ({"title": "T", "colour": "red"}, "unknown_member", "colour"),
        ({"title": "T", "language": "en_GB"}, "not_understood", "zh-Hans"),
        ({"title": "T", "sections": "C1"}, "no_list", "sections"),
        ({"title": "T", "sections": [{}] * 51}, "too_many", "at most 50"),
        ({"title": "T", "sections": [{}, {"claims": ["17"]}]}, "not_understood", "section 2"),
        ({"title": "T", "sections": [{"claims": ["C0"]}]}, "not_understood", "C17"),
        ({"title": "T", "sections": [{"query": "status"}]}, "not_understood", "section 1"),
        ({"title": "T", "sections": [{"query": "topic=a,!b"}]}, "not_understood", "section 1"),
        ({"title": "T", "shows": ["drafts"]}, "unknown_part", "settled"),
        ({"title": "T", "unknown": ["\ud800"]}, "unkept_character", "line 1"),
    ],
)
def test_a_refusal_names_the_place_and_what_to_write(data: Any, code: str, words: str) -> None:
    with pytest.raises(SheetContentRefused, match=words) as refused:
        content_from_json(data)

    assert refused.value.code == code


def test_a_reference_is_taken_in_small_letters_and_once() -> None:
    content = content_from_json({"title": "T", "sections": [{"claims": ["c2", " C1", "C2"]}]})

    assert content.sections[0].claims == ("C2", "C1")
