"""Sources that do not stand as published, on the desk's pages about claims and conflicts."""

from typing import Any

import pytest

from claims.actions.claims.entry import Tie
from claims.models import Claim, Conflict, Version
from claims.vocabulary import Status
from sources.models import Source
from sources.vocabulary import Access, Role, Standing
from tests import factories as make
from tests.claims.admin.claims.test_review import decision, page_of
from tests.claims.admin.entry.test_pages import ADD, staff_client, typed

pytestmark = pytest.mark.django_db

SENTENCE = "The source was retracted on 1 May 2025: The data were made up."
CONFIDENTIAL = "A confidential source was retracted."
FELL: dict[str, Any] = {"subject": "china", "property": "trade", "value": "-9%", "period": "2025"}


def claim_on(source: Source, **fields: Any) -> Version:
    return make.submitted(evidence=[Tie(make.excerpt("Trade fell.", of=source))], **fields)


def named_source() -> Source:
    """A source that none of the desk but a named person may know."""
    return make.source("Trade fell.", access=Access.NAMED, public_descriptor="a memo")


def test_the_page_of_a_claim_says_it_beside_the_quote_and_asks_for_a_note() -> None:
    source = make.source("Trade fell.")
    version, client = claim_on(source), staff_client(make.person(Role.REVIEWER))
    make.stands(source, Standing.RETRACTED)

    page = client.get(page_of(version) + "change/").content.decode()
    refused = client.post(page_of(version) + "decide/", decision(version))
    approved = client.post(page_of(version) + "decide/", decision(version, note="It stands."))

    assert SENTENCE in page
    (error,) = refused.context["decide"].errors["note"]
    assert error.startswith("Every source that supports this claim is retracted")
    assert approved.status_code == 302
    version.refresh_from_db()
    assert version.status == Status.APPROVED


def test_of_a_source_for_named_persons_the_page_of_a_claim_says_the_kind_alone() -> None:
    source = named_source()
    version = claim_on(source)
    make.stands(source, Standing.RETRACTED)

    page = staff_client(make.person(Role.REVIEWER)).get(page_of(version) + "change/")

    assert CONFIDENTIAL in page.content.decode()
    assert "made up" not in page.content.decode()


@pytest.mark.parametrize("button", ["check", "submit"])
def test_who_quotes_a_retracted_source_is_warned_before_it_is_saved(button: str) -> None:
    source = make.source("Trade fell.", key="report", title="The report")
    make.stands(source, Standing.RETRACTED)
    client, row = staff_client(make.person()), {"source": "report", "words": "Trade fell."}

    page = client.post(ADD, typed(row, **{button: "1"}))

    assert page.context["preview"].warnings == [f"Rests on “The report”. {SENTENCE}"]
    assert f"Rests on “The report”. {SENTENCE}" in page.content.decode()
    assert not Version.objects.exists()

    again = typed(row, submit="1", previewed=page.context["previewed"])
    assert client.post(ADD, again).status_code == 302
    assert Version.objects.get().status == Status.SUBMITTED


def test_a_quote_that_is_there_says_it_in_its_row() -> None:
    source = make.source("Trade fell.")
    excerpt = make.excerpt("Trade fell.", of=source)
    make.stands(source, Standing.RETRACTED)

    page = staff_client(make.person()).get(f"{ADD}?excerpt={excerpt.pk}")

    assert SENTENCE in page.content.decode()


def test_a_draft_on_a_retracted_source_is_shown_once_before_it_is_submitted() -> None:
    source, author = make.source("Trade fell.", title="The report"), make.person()
    version = claim_on(source, by=author, submit_it=False)
    make.stands(source, Standing.RETRACTED)
    client, step = staff_client(author), f"/admin/claims/claim/{version.claim_id}/step/submit/"

    page = client.post(step, {"read": version.number})

    assert f"Rests on “The report”. {SENTENCE}" in page.content.decode()
    client.post(step, {"read": version.number, "previewed": page.context["previewed"]})
    version.refresh_from_db()
    assert version.status == Status.SUBMITTED


def conflict_on(source: Source) -> tuple[Claim, Claim, Conflict]:
    """Two claims that disagree, the first of which rests on the source."""
    make.entity("china", label="China")
    make.number_property("trade", label="trade")
    first = claim_on(source, **FELL)
    other = make.submitted(**{**FELL, "value": "3%"})
    return first.claim, other.claim, Conflict.objects.get()


def test_the_page_of_a_conflict_and_its_decision_say_it_of_the_side_that_rests_on_it() -> None:
    source = make.source("Trade fell.", title="The report")
    claim, other, conflict = conflict_on(source)
    make.stands(source, Standing.RETRACTED)

    page = staff_client(make.person(Role.EDITOR)).get(
        f"/admin/claims/conflict/{conflict.pk}/change/"
    )

    said = {
        member.line.claim.claim: [standing and standing.sentence for standing in standings]
        for side in page.context["sides"]
        for member in side.members
        for standings in [[piece.quote.source.standing for piece in member.evidence]]
    }
    assert said == {claim.pk: [SENTENCE], other.pk: [None]}
    assert page.context["form"].fields["standing"].choices == [
        (str(claim.pk), f"{claim.ref} – Rests on “The report”. {SENTENCE}"),
        (str(other.pk), other.ref),
    ]
    # With the notice, with the quote and with the decision.
    assert page.content.decode().count(SENTENCE) == 3


def test_of_a_source_for_named_persons_a_conflict_says_the_kind_alone() -> None:
    source = named_source()
    _claim, _other, conflict = conflict_on(source)
    make.stands(source, Standing.RETRACTED)

    page = staff_client(make.person(Role.EDITOR)).get(
        f"/admin/claims/conflict/{conflict.pk}/change/"
    )

    assert page.content.decode().count(CONFIDENTIAL) == 3
    assert "made up" not in page.content.decode()
