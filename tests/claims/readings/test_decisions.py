"""Decisions on conflicts as sentences."""

import pytest
from django.test import Client

from claims.actions.conflicts.decisions import ConflictRefused, decide_conflict
from claims.models import Conflict, ConflictDecision, PublicConflict
from claims.readings.decisions import Decided, claim_decision_text, decision_text, decisions_of
from claims.vocabulary import Audience, ConflictStatus
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


def decide(conflict: Conflict, status: ConflictStatus, standing: list[int]) -> ConflictDecision:
    members = conflict.members.filter(left_at__isnull=True)
    return decide_conflict(
        conflict=conflict,
        status=status,
        note="A word for the desk.",
        by=make.somebody(Role.EDITOR),
        at=TODAY,
        seen_versions=[version for member in members for version in member.versions],
        seen_decision=say.last_decision(conflict),
        standing_claims=standing,
        difference="vintage" if status == ConflictStatus.RECONCILED else "",
    )


def public_decisions() -> dict[int, Decided]:
    return decisions_of([one.pk for one in PublicConflict.objects.all()], Audience.PUBLIC, TODAY)


def test_a_resolution_says_which_claims_stand_and_nothing_of_who_repeats_one_later() -> None:
    say.world()
    one, other = say.publishes("100"), say.publishes("75")
    decide(say.only(), ConflictStatus.RESOLVED, [one.claim_id])
    third = say.publishes("100")

    (decided,) = public_decisions().values()

    assert f"C{one.claim_id} stands, no other claim that was decided on does." in decision_text(
        decided
    )
    assert claim_decision_text(decided, one.claim_id) == "This claim stands."
    assert claim_decision_text(decided, other.claim_id) == "This claim does not stand."
    assert claim_decision_text(decided, third.claim_id) == ""
    assert (decided.by, decided.note) == ("", "")


def test_where_all_stand_it_is_not_resolved_but_reconciled() -> None:
    say.world()
    one, other = say.publishes("100"), say.publishes("75")

    with pytest.raises(ConflictRefused, match="reconciled"):
        decide(say.only(), ConflictStatus.RESOLVED, [one.claim_id, other.claim_id])
    decide(say.only(), ConflictStatus.RECONCILED, [])

    (decided,) = decisions_of([say.only().pk], Audience.STAFF, TODAY).values()
    assert "all stand. Vintage" in decision_text(decided)
    assert decided.note == "A word for the desk."


def test_readers_are_told_of_no_claim_that_they_do_not_see() -> None:
    say.world()
    say.publishes("100")
    say.publishes("75")
    hidden = say.says("50")
    decide(say.only(), ConflictStatus.RESOLVED, [hidden.claim_id])

    (decided,) = public_decisions().values()

    assert decided.standing == ()
    assert f"C{hidden.claim_id}" not in decision_text(decided)


def test_a_part_that_broke_off_tells_the_decision_that_it_stands_in() -> None:
    say.world()
    say.publishes("10", at=TODAY)
    say.publishes("20", at=TODAY)
    conflict = say.only()
    decide(conflict, ConflictStatus.IRREDUCIBLE, [])
    public = PublicConflict.objects.get()

    found = decisions_of([public.pk], Audience.PUBLIC, TODAY)

    assert public.status == "irreducible"
    assert decision_text(found[public.pk]).startswith("Irreducible on")


@pytest.mark.parametrize("period", ["0001/..", "../9998", "9998/..", "2013/.."])
def test_periods_at_the_ends_of_the_calendar_break_no_page(client: Client, period: str) -> None:
    say.world()
    one = say.publishes("100", period=period)
    say.publishes("75", period=period)

    for address in ("/conflicts/", f"/conflicts/{say.only().ref}/", f"/claims/{one.claim.ref}/"):
        assert client.get(address).status_code == 200
