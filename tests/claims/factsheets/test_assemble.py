"""Filling a sheet: what is on it, for whom, and what is refused."""

import re
from collections.abc import Callable
from typing import Any, Literal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions.claims.content_rows import stored_content
from claims.actions.claims.entry import Tie, revise
from claims.actions.claims.publication import HOLD, retract
from claims.factsheets.assemble import (
    MAX_CLAIMS_FOR_THE_PUBLIC,
    Operator,
    SheetRefused,
    assemble,
)
from claims.factsheets.sheet import Sheet
from claims.models import Version
from claims.readings.sides import SideReading
from sources.vocabulary import Role
from tests import factories
from tests.claims import crowded
from tests.claims.factsheets.rendering import rendered
from tests.claims.pages import world

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()
STYLES = ("chicago-notes-bibliography", "apa", "ieee")


def sheet(**options: Any) -> Sheet:
    """A sheet for the public, or for the desk where it asks for what is submitted."""
    reader = Operator() if options.get("include_submitted") else NOBODY
    return assemble(**{"reader": reader, "at": world.LATER, **options})


def refs(side: SideReading) -> list[str]:
    """The references of the claims that take a side."""
    return [claim.ref for claim in side.claims]


def versions(made: Sheet) -> list[str]:
    """The references on a sheet, in order."""
    return [one.line.claim.version_ref for one in made.claims]


def revised(version: Version, statement: str) -> Version:
    """The next version, submitted."""
    stored, _quotes = stored_content(version)
    return revise(
        claim=version.claim,
        content=type(stored)(**{**vars(stored), "statement": statement}),
        evidence=[Tie(piece.excerpt) for piece in version.evidence.all()],
        by=factories.somebody(Role.CONTRIBUTOR),
        at=world.LATER,
        seen=version.number,
        submit_it=True,
    )


def test_a_topic_has_a_section_per_subject_and_the_rest_last() -> None:
    built = world.build()
    made = sheet(topic="diplomacy")
    assert made.title == "Diplomacy"
    assert [section.heading for section in made.sections] == ["The statement", "Other claims"]
    assert versions(made) == [built.hundred.ref, built.seventy_five.ref, built.calm.ref]


def test_a_topic_is_found_by_its_name_too() -> None:
    factories.published(topics=[factories.topic("Power of Siberia 2")])
    assert sheet(topic="Power of Siberia 2").title == "Power of Siberia 2"


def test_an_entity_has_a_section_per_topic() -> None:
    built = world.build()
    made = sheet(entity="statement")
    assert [section.heading for section in made.sections] == ["Diplomacy"]
    assert versions(made) == [built.hundred.ref, built.seventy_five.ref]


def test_a_list_of_claims_keeps_its_order() -> None:
    built = world.build()
    refs = [built.calm.claim.ref, built.hundred.claim.ref.lower(), built.calm.claim.ref]
    assert versions(sheet(claims=refs)) == [built.calm.ref, built.hundred.ref]


def test_both_sides_of_a_conflict_are_on_a_sheet_of_one_of_them() -> None:
    built = world.build()
    (claim,) = sheet(claims=[built.hundred.claim.ref]).claims
    ((question, _url),) = claim.questions
    assert question.conflict.ref == built.conflict.ref
    assert question.conflict.status == "open"
    assert [(side.value, refs(side)) for side in question.sides] == [
        ("100", [built.hundred.claim.ref]),
        ("75", [built.seventy_five.claim.ref]),
    ]


@pytest.mark.parametrize("style", STYLES)
def test_a_sheet_becomes_html_and_markdown_with_both_sides(style: str) -> None:
    built = world.build()
    made = sheet(topic="diplomacy")
    for text in (
        rendered(made, style=style, to="html"),
        rendered(made, style=style, to="markdown"),
    ):
        for words in ("100th anniversary", "75th anniversary", built.conflict.ref, "Disputed"):
            assert words in text


def test_a_public_sheet_has_nothing_of_what_is_not_published() -> None:
    built = world.build()
    before = sheet(topic="diplomacy")
    about: dict[str, Any] = {"subject": "statement", "property": built.prop.key}
    factories.submitted(value="50", topics=[built.topic], **about)
    revised(built.calm, "The statement has another title.")
    assert sheet(topic="diplomacy") == before
    assert sheet(topic="diplomacy", reader=factories.person(Role.EDITOR)) == before


def test_the_desk_sees_what_is_submitted_marked_and_in_its_conflicts() -> None:
    built = world.build()
    about: dict[str, Any] = {"subject": "statement", "property": built.prop.key}
    third = factories.submitted(value="50", statement="It is 50.", topics=[built.topic], **about)
    second = revised(built.calm, "The statement has another title.")
    held = factories.approved(factories.submitted(topics=[built.topic]), publish_at=HOLD)
    factories.draft(topics=[built.topic])
    made = sheet(topic="diplomacy", include_submitted=True)
    by_version = {one.line.claim.version_ref: one.line.claim for one in made.claims}
    assert set(by_version) == {
        built.hundred.ref,
        built.seventy_five.ref,
        built.calm.ref,
        second.ref,
        third.ref,
        held.ref,
    }
    assert by_version[third.ref].status == "submitted"
    assert not by_version[third.ref].is_published
    assert not by_version[held.ref].is_published
    on_hundred = next(one for one in made.claims if one.line.claim.version_ref == built.hundred.ref)
    ((question, _url),) = on_hundred.questions
    assert [refs(side) for side in question.sides] == [
        [built.hundred.claim.ref],
        [built.seventy_five.claim.ref],
        [third.claim.ref],
    ]
    markdown = " ".join(rendered(made, style="apa", to="markdown").split())
    assert re.search(r"\*\*50\*\* [^:]*: It is 50\. \\\[Submitted\\\]", markdown)


def test_only_the_desk_gets_what_is_submitted() -> None:
    world.build()
    with pytest.raises(SheetRefused, match="for the desk"):
        assemble(topic="diplomacy", include_submitted=True, reader=NOBODY, at=world.LATER)


def test_a_retracted_claim_stays_with_its_reason() -> None:
    version = factories.published()
    retract(
        claim=version.claim,
        reason="Misread.",
        by=factories.somebody(Role.EDITOR),
        at=world.LATER,
    )
    (claim,) = sheet(claims=[version.claim.ref]).claims
    assert claim.line.claim.status == "retracted"
    assert [one.sentence for one in claim.line.notices] == ["Retracted on 2 June 2025: Misread."]


def test_a_quote_comes_with_its_record_and_where_it_is_kept() -> None:
    source = factories.source("It stands here.", key="report", URL="https://example.org/r")
    version = factories.published(evidence=[Tie(factories.excerpt("stands here", of=source))])
    made = sheet(claims=[version.claim.ref])
    ((_stance, quote),) = ((one.stance, one.quote) for one in made.claims[0].line.claim.evidence)
    assert (quote.words, quote.grade) == ("stands here", "exact")
    record = made.records["report"]
    assert record.original_url == "https://example.org/r"
    assert record.captured_on == factories.TODAY.date()
    assert record.csl["title"] == "Report report"


def test_a_claim_without_a_date_is_dated_by_its_earliest_source() -> None:
    pieces = [
        Tie(
            factories.excerpt(
                "It stands", of=factories.source("It stands.", issued={"date-parts": [parts]})
            )
        )
        for parts in ([2025, 5, 8], [2024, 3])
    ]
    version = factories.published(evidence=pieces)
    (claim,) = sheet(claims=[version.claim.ref]).claims
    assert (claim.line.said_on, claim.line.is_said_on_from_source) == ("March 2024", True)


def test_a_confidential_source_is_its_descriptor_on_a_public_sheet() -> None:
    version = factories.published(evidence=[world.confidential()])
    made = sheet(claims=[version.claim.ref])
    for text in (
        rendered(made, style="apa", to="html"),
        rendered(made, style="apa", to="markdown"),
    ):
        assert "diplomatic note" in text
        for secret in ("Nobody may read", "Secret Memo", "secret-memo", "secret.example"):
            assert secret not in text
        # The year by itself: a reference or an address may have its digits.
        assert not re.search(r"(?<![\w/])2024\b", text)
    desk = sheet(claims=[version.claim.ref], include_submitted=True)
    assert desk.claims[0].line.claim.evidence[0].quote.words == "Nobody may read these words"


def test_what_only_named_persons_read_is_named_for_them_alone() -> None:
    tie = world.confidential()
    source = tie.excerpt.source
    version = factories.published(evidence=[tie])
    source.access = "named"
    source.save(update_fields=["access"])
    reader, other = factories.person(Role.EDITOR), factories.person(Role.EDITOR)
    source.reader_ties.create(reader=reader)

    def words(who: Any) -> str:
        made = sheet(claims=[version.claim.ref], include_submitted=True, reader=who)
        return rendered(made, style="apa", to="markdown")

    assert "Nobody may read these words" in words(reader)
    for who in (other, Operator()):
        assert "not shown" in words(who)
        assert "Nobody may read these words" not in words(who)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"topic": "diplomcy"}, "The nearest is “diplomacy”"),
        ({"topic": ""}, "There are: diplomacy"),
        ({"entity": "statment"}, "The nearest is “statement”"),
        ({"claims": ["17"]}, "no reference of a claim"),
        ({"claims": ["C999999"]}, "The nearest is C"),
        ({"claims": ["C1/v1"]}, "no reference of a claim"),
        ({"claims": []}, "say one of them"),
        ({"topic": "diplomacy", "entity": "statement"}, "say one of them"),
    ],
)
def test_what_is_not_there_is_refused_with_the_nearest(options: Any, words: str) -> None:
    world.build()
    with pytest.raises(SheetRefused, match=words):
        sheet(**options)


def test_a_topic_entity_or_claim_of_drafts_alone_is_not_there_for_the_public() -> None:
    topic, entity = factories.topic("Hidden"), factories.entity("hidden-one")
    version = factories.submitted(topics=[topic], subject=entity.key)
    for options in ({"topic": "hidden"}, {"entity": "hidden-one"}, {"claims": [version.claim.ref]}):
        with pytest.raises(SheetRefused, match="There is none yet"):
            sheet(**options)
        assert sheet(include_submitted=True, **options).claims


@pytest.mark.parametrize("is_desk", [False, True])
def test_the_number_of_queries_does_not_grow_with_the_claims(is_desk: bool) -> None:
    built = world.build()
    about: dict[str, Any] = {"subject": "statement", "property": built.prop.key}

    def count(make: Callable[..., Sheet]) -> int:
        with CaptureQueriesContext(connection) as asked:
            make(topic="diplomacy", include_submitted=is_desk)
        return len(asked)

    few = count(sheet)
    for value in range(5):
        factories.published(value=str(value), topics=[built.topic], **about)
    assert count(sheet) == few

    crowded.add_row(built.topic)
    few = count(sheet)
    for _row in range(2):
        crowded.add_row(built.topic)
    assert count(sheet) == few


def test_more_claims_than_the_public_gets_at_once_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert MAX_CLAIMS_FOR_THE_PUBLIC == 150
    monkeypatch.setattr("claims.factsheets.assemble.MAX_CLAIMS_FOR_THE_PUBLIC", 10)
    topic, excerpt = factories.topic("Large"), factories.excerpt()
    for _number in range(10):
        factories.published(topics=[topic], evidence=[Tie(excerpt)])
    assert len(sheet(topic="large").claims) == 10
    factories.published(topics=[topic], evidence=[Tie(excerpt)])
    with pytest.raises(SheetRefused, match="at most 10 claims"):
        sheet(topic="large")
    assert len(sheet(topic="large", reader=Operator()).claims) == 11


@pytest.mark.parametrize("to", ["html", "markdown"])
def test_copies_of_one_source_are_counted_once(to: Literal["html", "markdown"]) -> None:
    made = sheet(claims=[factories.on_two_copies().claim.ref])

    words = " ".join(world.read(rendered(made, style="apa", to=to)).text.split())
    assert "Support: 2 independent origins (3 documents, 2 publishers)" in words
