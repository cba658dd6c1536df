"""The check of a fact sheet over the claims on record, and the words in which it says so."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions.claims.entry import Tie
from claims.domain.factsheets.check import CheckFinding
from claims.domain.factsheets.content import SectionContent, SheetContent
from claims.factsheets.checking import check_content
from sources.actions.quotes.excerpts import quote
from sources.vocabulary import Access, Role, Standing
from tests import factories
from tests.claims import absences
from tests.claims.worlds import publishes, world
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


def check(content: SheetContent) -> list[CheckFinding]:
    """Check the content as an editor."""
    return check_content(content, factories.somebody(Role.EDITOR), TODAY)


def of_claims(*refs: str, prose: str = "") -> SheetContent:
    """A sheet of one section."""
    return SheetContent("Shares", sections=(SectionContent("Claims", prose, refs),))


def codes(found: list[CheckFinding]) -> list[str]:
    """The codes of what is found, each once."""
    return list(dict.fromkeys(one.code.value for one in found))


def test_numbers_are_carried_by_the_value_and_the_period_of_a_published_claim() -> None:
    world()
    version = publishes("9.1%", statement="The share is small.", period="H1 2025")
    ref = f"C{version.claim_id}"

    carried = check(of_claims(ref, prose=f"It was 9.1% in the first half of 2025 [{ref}]."))
    loose = check(of_claims(ref, prose=f"It was 12% in 2025 [{ref}]."))

    assert carried == []
    assert [(one.key, one.blocks, one.place) for one in loose] == [
        ("section-1-prose:loose_number:12%", False, "section 1, prose"),
        ("section-1-prose:loose_date:2025", False, "section 1, prose"),
    ]
    assert loose[0].sentence == "A number that no cited claim carries: “12%”."
    assert loose[0].next_step.startswith("Correct it")


def test_an_absence_carries_of_how_many_documents_it_is() -> None:
    absences.papers()
    ref = f"C{factories.approved(absences.absent('uranium')).claim_id}"

    found = check(of_claims(ref, prose=f"None of the three papers of 17 names it [{ref}]."))

    assert [one.sentence for one in found] == ["A number that no cited claim carries: “17”."]


def test_drafts_and_claims_that_are_not_there_block() -> None:
    draft = factories.draft()

    found = check(of_claims(f"C{draft.claim_id}", "C999999999999999999"))

    assert [(one.code.value, one.blocks) for one in found] == [
        ("unpublished_reference", True),
        ("unknown_reference", True),
    ]
    assert draft.statement not in repr(found)


def test_a_retracted_source_asks_for_a_note() -> None:
    quoted = factories.excerpt()
    version = factories.published(evidence=[Tie(quoted)])
    factories.stands(quoted.source, Standing.RETRACTED)

    found = check(of_claims(f"C{version.claim_id}"))

    assert "source_changed" in codes(found)
    assert not any(one.blocks for one in found)
    assert any("The data were made up." in one.sentence for one in found)


def test_an_open_conflict_asks_for_a_note() -> None:
    world()
    one, _other = publishes("9.1%"), publishes("12%")

    found = check(of_claims(f"C{one.claim_id}"))

    assert codes(found) == ["open_conflict"]
    assert found[0].words.startswith("K")


def test_the_name_of_a_confidential_source_blocks_in_every_text() -> None:
    factories.source(
        title="Minutes of the inner circle",
        author=[{"family": "Whistler", "given": "Ada"}],
        access=Access.STAFF,
        public_descriptor="An official's notes",
    )
    content = SheetContent(
        "Minutes of the Inner Circle",
        summary="As Ada Whistler wrote.",
        unknown=("What an official's notes left out",),
    )

    found = check(content)

    assert [(one.code.value, one.place, one.blocks) for one in found] == [
        ("confidential_name", "title", True),
        ("confidential_name", "summary", True),
    ]


def test_a_saved_query_brings_its_claims_into_the_check() -> None:
    world()
    topic = factories.topic("Energy")
    quoted = factories.excerpt()
    version = factories.published(evidence=[Tie(quoted)], topics=[topic])
    factories.stands(quoted.source, Standing.CORRECTED)

    found = check(SheetContent("T", sections=(SectionContent(query=f"topic={topic.key}"),)))

    assert f"section-1-C{version.claim_id}:source_changed:{quoted.source.key}" in [
        one.key for one in found
    ]


def test_more_claims_cost_no_more_statements() -> None:
    world()
    refs = [f"C{publishes('9.1%').claim_id}" for _each in range(6)]
    editor = factories.somebody(Role.EDITOR)

    with CaptureQueriesContext(connection) as few:
        check_content(of_claims(*refs[:1]), editor, TODAY)
    with CaptureQueriesContext(connection) as many:
        check_content(of_claims(*refs), editor, TODAY)

    assert len(many) == len(few) <= 12


def test_a_quote_without_a_text_asks_for_a_note_under_its_number_and_not_its_words() -> None:
    words = "Nobody kept the page."
    quoted = quote(
        source=factories.source(), exact=words, by=factories.somebody(Role.EDITOR), at=TODAY
    )
    version = factories.approved(
        factories.submitted(evidence=[Tie(quoted)]), note="Seen on the page."
    )

    (found,) = check(of_claims(f"C{version.claim_id}"))

    assert found.key == f"section-1-C{version.claim_id}:quote_not_located:Q{quoted.pk}"
    assert words in found.sentence
    assert not found.blocks


def test_the_family_name_of_a_quoted_source_blocks_though_who_asks_may_not_know_it() -> None:
    secret = factories.source(
        "Before. They met. After.",
        title="Notes",
        author=[{"family": "Whistler", "given": "Ada", "suffix": "Jr"}],
        access=Access.NAMED,
        public_descriptor="An official's notes",
    )
    version = factories.published(evidence=[Tie(factories.excerpt("They met", of=secret))])

    found = check(of_claims(version.claim.ref, prose="So says Whistler, or A. Whistler."))

    assert [one.words for one in found if one.code.value == "confidential_name"] == [
        *("Whistler", "A. Whistler", "Whistler"),
    ]
