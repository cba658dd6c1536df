"""Reading and closing flags through the pages of the desk."""

from datetime import date

import pytest
from django.urls import reverse

from claims.actions.claims.entry import Tie
from claims.models import Claim, Flag
from sources.actions.standing import set_standing
from sources.models import Source
from sources.vocabulary import Access, Role, Standing
from tests import factories as make
from tests.claims.admin.entry.test_pages import staff_client

pytestmark = pytest.mark.django_db

TEXT = "Trade fell by 9%. Exports rose."


def corrected(of: Source) -> Flag:
    """The flag of a claim whose quote a correction touches."""
    claim: Claim = make.submitted(evidence=[Tie(make.excerpt("Exports rose.", of=of))]).claim
    set_standing(
        source=of,
        standing=Standing.CORRECTED,
        on=date(2025, 5, 1),
        reason="They fell.",
        passages=["Exports rose"],
        by=make.somebody(Role.EDITOR),
        at=make.TODAY,
    )
    found: Flag = claim.flags.get()
    return found


def page_of(flag: Flag) -> str:
    return reverse("admin:claims_flag_change", args=[flag.pk])


def test_the_page_of_a_claim_leads_to_its_open_flags_and_these_to_claim_and_quote() -> None:
    flag = corrected(make.source(TEXT))
    person = staff_client(make.person())
    quote = reverse(
        "admin:sources_excerpt_change", args=[flag.claim.versions.get().evidence.get().excerpt_id]
    )
    claim = reverse("admin:claims_claim_change", args=[flag.claim_id])

    page = person.get(page_of(flag)).content.decode()

    assert f'href="{page_of(flag)}"' in person.get(claim).content.decode()
    assert f'href="{claim}"' in page
    assert f'href="{quote}">See the quote' in page
    assert "Close the flag" not in page


def test_a_flag_leads_to_no_quote_that_the_reader_may_not_see() -> None:
    flag = corrected(make.source(TEXT, access=Access.NAMED, public_descriptor="a memo"))

    page = staff_client(make.person(Role.ADMINISTRATOR)).get(page_of(flag)).content.decode()

    assert "The source a memo is corrected" in page
    assert "See the quote" not in page


def test_a_reviewer_closes_a_flag_at_its_page() -> None:
    flag, reviewer = corrected(make.source(TEXT)), make.person(Role.REVIEWER)

    shown = staff_client(reviewer).get(page_of(flag)).content.decode()
    answer = staff_client(reviewer).post(page_of(flag), {"note": "It is not about <our> claim."})

    assert "Close the flag" in shown
    assert answer.status_code == 302
    flag.refresh_from_db()
    assert flag.closed_by == reviewer
    page = staff_client(reviewer).get(page_of(flag)).content.decode()
    assert "It is not about &lt;our&gt; claim." in page
    assert "Close the flag" not in page
    claim = reverse("admin:claims_claim_change", args=[flag.claim_id])
    assert page_of(flag) not in staff_client(reviewer).get(claim).content.decode()


def test_a_flag_that_somebody_closed_meanwhile_says_who_did_and_keeps_the_note() -> None:
    flag = corrected(make.source(TEXT))
    staff_client(make.person(Role.REVIEWER, name="first-one")).post(
        page_of(flag), {"note": "Seen."}
    )

    page = (
        staff_client(make.person(Role.EDITOR))
        .post(page_of(flag), {"note": "Again."})
        .content.decode()
    )

    assert "First-One closed this flag at" in page
    flag.refresh_from_db()
    assert flag.closing_note == "Seen."


def test_a_flag_is_not_closed_without_a_note_or_by_a_contributor() -> None:
    flag = corrected(make.source(TEXT))

    empty = staff_client(make.person(Role.REVIEWER)).post(page_of(flag), {"note": " "})
    forged = staff_client(make.person()).post(page_of(flag), {"note": "Seen."})

    assert "The note is missing" in empty.content.decode()
    assert forged.status_code == 403
    flag.refresh_from_db()
    assert flag.closed_at is None


def test_the_list_writes_times_as_the_other_pages_do() -> None:
    flag = corrected(make.source(TEXT))

    page = staff_client(make.person()).get(reverse("admin:claims_flag_changelist")).content.decode()

    assert f"{flag.opened_at:%Y-%m-%d %H:%M} UTC" in page
