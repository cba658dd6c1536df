"""Sheets of what an editor wrote: sections in their order, and nothing that readers may not see."""

import pytest

from claims.domain.factsheets.content import SectionContent, SheetContent
from claims.factsheets.from_content import assemble_content
from claims.factsheets.sheet import Sheet
from claims.models import Version
from tests import factories as make
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


def ref(version: Version) -> str:
    return version.claim.ref


def made(content: SheetContent, *, include_submitted: bool = False) -> Sheet:
    return assemble_content(
        content, reader=make.person(), at=TODAY, include_submitted=include_submitted
    )


def listed(sheet: Sheet) -> list[list[str]]:
    return [[one.line.claim.ref for one in section.claims] for section in sheet.sections]


def test_sections_have_their_claims_in_order_and_each_once() -> None:
    first, second, third = (make.published() for _each in range(3))
    content = SheetContent(
        "Trade",
        sections=(
            SectionContent("A", "Prose.", (ref(second), ref(first))),
            SectionContent("B", "", (ref(first), ref(third))),
        ),
    )

    sheet = made(content)

    assert listed(sheet) == [[ref(second), ref(first)], [ref(third)]]
    assert [section.prose for section in sheet.sections] == ["Prose.", ""]


def test_a_claim_that_only_prose_refers_to_is_cited() -> None:
    first, second = make.published(), make.published()
    content = SheetContent(
        "Trade",
        summary=f"It fell [{ref(first)}] and rose [{ref(second)}].",
        sections=(SectionContent("A", f"As said [{ref(first)}].", (ref(second),)),),
    )

    sheet = made(content)

    assert [one.line.claim.ref for one in sheet.cited] == [ref(first)]
    assert {one.line.claim.ref for one in sheet.claims} == {ref(first), ref(second)}


def test_a_section_has_the_claims_that_its_query_finds() -> None:
    topic = make.topic("Energy")
    about, other = make.published(topics=[topic]), make.published()
    content = SheetContent("Trade", sections=(SectionContent("A", query=f"topic={topic.key}"),))

    assert listed(made(content)) == [[ref(about)]]
    assert ref(other) not in str(listed(made(content)))


def test_a_query_takes_the_filters_of_the_list_of_claims() -> None:
    topic = make.topic("Energy")
    early = make.published(topics=[topic], period="2024")
    make.published(topics=[topic], period="2025")
    make.published(period="2024")
    query = f"topic={topic.key}&period=!2025&ref={ref(early)}"

    content = SheetContent("Trade", sections=(SectionContent("A", query=query),))

    assert listed(made(content)) == [[ref(early)]]


def test_a_query_for_what_the_public_does_not_know_finds_nothing() -> None:
    make.submitted(topics=[make.topic("Plans")])
    content = SheetContent("Trade", sections=(SectionContent("A", query="topic=plans"),))

    assert listed(made(content)) == [[]]


def test_what_is_not_published_is_for_the_desk_alone() -> None:
    submitted = make.submitted()
    content = SheetContent(
        "Trade",
        summary=f"It fell [{ref(submitted)}].",
        sections=(SectionContent("A", claims=(ref(submitted), "C999")),),
    )

    assert made(content).claims == ()
    assert listed(made(content, include_submitted=True)) == [[ref(submitted)]]
