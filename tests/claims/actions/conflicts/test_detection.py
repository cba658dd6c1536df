"""How conflicts begin, live and end as claims are entered, changed and taken back."""

import itertools
from datetime import datetime

import pytest

from claims.actions.claims.entry import withdraw
from claims.actions.claims.publication import HOLD, retract, take_off
from claims.actions.claims.review import decide
from claims.actions.conflicts.decisions import decide_conflict
from claims.models import Conflict, Version
from claims.vocabulary import ConflictStatus, Decision
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    say.world()


def compared(version: Version) -> bool:
    return Version.objects.get(pk=version.pk).is_compared


def decided(conflict: Conflict, status: ConflictStatus, *, at: datetime = TODAY) -> None:
    members = conflict.members.filter(left_at__isnull=True)
    decide_conflict(
        conflict=conflict,
        status=status,
        note="Both were read.",
        by=make.somebody(Role.EDITOR),
        at=at,
        seen_versions=[version for member in members for version in member.versions],
        seen_decision=say.last_decision(conflict),
        difference="scope" if status == ConflictStatus.RECONCILED else "",
        standing_claims=[members[0].claim_id] if status == ConflictStatus.RESOLVED else [],
    )


# --- What is compared ---------------------------------------------------------------------------


def test_a_draft_is_not_compared() -> None:
    say.says("100")
    make.draft(content=say.content("75"))

    assert say.live() == []


def test_two_that_are_submitted_are_compared() -> None:
    one, other = say.says("100"), say.says("75")

    conflict = say.only()

    assert say.parties(conflict) == say.claims_of(one, other)
    assert (conflict.kind, conflict.strength) == ("value", "contradiction")


def test_submitting_a_new_version_never_hides_the_dispute_of_the_published_one() -> None:
    one, other = say.publishes("100"), say.publishes("75")

    waiting = say.now_says(other, "100")

    assert compared(other)
    assert compared(waiting)
    assert say.parties(say.only()) == say.claims_of(one, other)


def test_versions_of_one_claim_never_disagree_with_each_other() -> None:
    one = say.publishes("100")

    say.now_says(one, "75")

    assert say.live() == []


def test_what_is_approved_on_hold_is_compared() -> None:
    say.says("100")
    held = make.approved(say.says("75"), publish_at=HOLD)

    assert compared(held)
    assert len(say.live()) == 1


def test_what_was_overtaken_on_hold_is_no_longer_compared() -> None:
    say.says("100")
    held = make.approved(say.says("75"), publish_at=HOLD)

    say.now_publishes(held, "100")

    assert not compared(held)
    assert say.live() == []


@pytest.mark.parametrize("way", ["withdrawn", "rejected", "retracted", "taken off", "revised"])
def test_a_conflict_lapses_when_one_side_goes(way: str) -> None:
    say.says("100")
    other = say.says("75") if way in ("withdrawn", "rejected", "revised") else say.publishes("75")
    conflict = say.only()

    match way:
        case "withdrawn":
            withdraw(version=other, by=other.author, at=TODAY)
        case "rejected":
            decide(
                version=other,
                decision=Decision.REJECT,
                by=make.somebody(Role.EDITOR),
                at=TODAY,
                content_hash=other.content_hash,
                note="It says something else.",
            )
        case "retracted":
            retract(claim=other.claim, reason="Wrong.", by=make.somebody(Role.EDITOR), at=TODAY)
        case "taken off":
            take_off(claim=other.claim, reason="Wait.", by=make.somebody(Role.EDITOR), at=TODAY)
        case "revised":
            say.now_says(other, "100")

    conflict.refresh_from_db()
    assert conflict.status == ConflictStatus.LAPSED
    assert say.parties(conflict) == set()


def test_what_is_taken_off_before_its_time_is_not_compared() -> None:
    say.says("100")
    coming = make.approved(say.says("75"), publish_at=say.later())

    take_off(claim=coming.claim, reason="Wait.", by=make.somebody(Role.EDITOR), at=TODAY)

    assert not compared(coming)
    assert say.live() == []


# --- One question, one record -------------------------------------------------------------------


def test_many_who_repeat_two_positions_are_one_conflict() -> None:
    everyone = [say.says(value) for value in ("100", "75", "100", "75", "75")]

    assert say.parties(say.only()) == say.claims_of(*everyone)


def test_whoever_disagrees_with_nobody_is_no_party() -> None:
    say.says("100")
    say.says("75")
    between = say.says("0..200")

    assert between.claim_id not in say.parties(say.only())


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_group_hangs_together_though_its_ends_are_soft(sign: str) -> None:
    below, above = ("<0", ">0") if not sign else (">0", "<0")
    everyone = [
        say.says(above),
        say.says("-5..5", asserted_by=("thing",)),
        say.says(f"{sign}9.1", asserted_by=("thing",)),
        say.says(below, asserted_by=("thing",)),
    ]

    assert say.parties(say.only()) == say.claims_of(*everyone)


@pytest.mark.parametrize("values", [("100", "75"), ("75", "100")])
def test_many_who_agree_all_face_one_who_speaks_of_another_period(values: tuple[str, str]) -> None:
    many, one = values
    everyone = [say.says(many, period="2024/2025") for _ in range(6)]
    everyone.append(say.says(one, period="2024"))

    assert say.parties(say.only()) == say.claims_of(*everyone)


def test_two_years_are_two_questions() -> None:
    for value, period in itertools.product(("100", "75"), ("2023", "2024")):
        say.says(value, period=period)

    assert len(say.live()) == 2


def test_when_sets_meet_the_older_record_stays_and_the_younger_goes_into_it() -> None:
    for value, period in itertools.product(("100", "75"), ("2023", "2024")):
        say.says(value, period=period)
    older, younger = say.live()

    say.says("1", period="2023/2024")

    younger.refresh_from_db()
    assert say.live() == [older]
    assert (younger.status, younger.merged_into) == (ConflictStatus.MERGED, older)
    assert len(say.parties(older)) == 5


def test_when_sets_meet_a_decided_record_opens_again() -> None:
    for value, period in itertools.product(("100", "75"), ("2023", "2024")):
        say.says(value, period=period)
    older, _younger = say.live()
    decided(older, ConflictStatus.RECONCILED)

    say.says("1", period="2023/2024")

    assert say.only().status == ConflictStatus.OPEN


def test_when_one_splits_the_record_stays_with_the_oldest_membership() -> None:
    first = [say.says(value, period="2023") for value in ("100", "75")]
    bridge = say.says("1", period="2023/2024", at=say.later(1))
    second = [say.says(value, period="2024", at=say.later(2)) for value in ("100", "75")]
    record = say.only()

    withdraw(version=bridge, by=bridge.author, at=say.later(3))

    old, new = say.live()
    assert old == record
    assert say.parties(old) == say.claims_of(*first)
    assert say.parties(new) == say.claims_of(*second)
    assert new.split_from == record


def test_a_lapsed_conflict_is_reopened_when_its_members_disagree_again() -> None:
    say.says("100")
    other = say.says("75")
    record = say.only()
    agreeing = say.now_says(other, "100")
    assert say.live() == []

    say.now_says(agreeing, "75")

    assert say.only() == record
    assert say.only().status == ConflictStatus.OPEN


def test_a_claim_has_one_open_membership_for_two_versions_with_one_key() -> None:
    one = say.publishes("100")
    say.now_says(one, "90")
    say.says("75")

    (member,) = say.only().members.filter(claim=one.claim)

    assert len(member.versions) == 2


def test_a_claim_with_two_keys_is_two_members_and_joins_no_sets() -> None:
    make.number_property("size")
    one = say.publishes("100")
    say.now_says(one, "100", property="size")
    say.says("75")
    say.says("75", property="size")

    assert len(say.live()) == 2
    assert {len(say.parties(conflict)) for conflict in say.live()} == {2}


# --- Positions and decisions --------------------------------------------------------------------


@pytest.mark.parametrize(
    "status", [ConflictStatus.RESOLVED, ConflictStatus.RECONCILED, ConflictStatus.IRREDUCIBLE]
)
def test_a_new_position_opens_a_decided_conflict_again(status: ConflictStatus) -> None:
    say.says("100")
    say.says("75")
    decided(say.only(), status)

    say.says("80")

    assert say.only().status == ConflictStatus.OPEN


def test_a_repeated_position_only_joins() -> None:
    say.says("100")
    say.says("75")
    decided(say.only(), ConflictStatus.RECONCILED)

    third = say.says("75.0..75.0")
    fourth = say.says("75")

    assert third.claim_id in say.parties(say.only())
    assert say.only().status == ConflictStatus.OPEN  # another range of numbers is a new position
    decided(say.only(), ConflictStatus.RECONCILED)
    fifth = say.says("75")
    assert say.only().status == ConflictStatus.RECONCILED
    assert {fourth.claim_id, fifth.claim_id} <= say.parties(say.only())


def test_publishing_a_member_as_it_was_leaves_the_decision() -> None:
    say.says("100")
    other = say.says("75")
    decided(say.only(), ConflictStatus.IRREDUCIBLE)

    make.approved(other)

    assert say.only().status == ConflictStatus.IRREDUCIBLE
