"""Who was party to a conflict until a claim was retracted or taken off, for staff and public."""

import pytest

from claims.actions.claims.publication import retract, take_off
from claims.actions.conflicts import detection
from claims.actions.conflicts.decisions import lapse_editorial, open_editorial
from claims.models import Conflict, PublicConflict, Version
from claims.querysets.former_parties import former_parties
from claims.readings.claims import read_claims
from claims.vocabulary import Audience
from sources.readings.reader import Reader
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say
from tests.factories import TODAY

STAFF, PUBLIC = Audience.STAFF, Audience.PUBLIC
LATER = say.later(9)


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    say.world()


def retracted(version: Version, day: int = 1) -> None:
    retract(claim=version.claim, reason="Wrong.", by=make.somebody(Role.EDITOR), at=say.later(day))


def taken_off(version: Version, day: int = 1) -> None:
    take_off(claim=version.claim, reason="Wait.", by=make.somebody(Role.EDITOR), at=say.later(day))


def told(audience: Audience) -> set[tuple[int, tuple[int, ...], str, bool]]:
    """The former parties of all records: claim, versions, what became of it, is it over."""
    model = Conflict if audience == STAFF else PublicConflict
    records = list(model._default_manager.values_list("pk", flat=True))
    return {
        (
            one.claim,
            one.versions,
            "off" if one.is_taken_off else "retracted" if one.is_retracted else "",
            one.is_closed,
        )
        for parties in former_parties(records, audience, LATER).values()
        for one in parties
    }


def told_with(audience: Audience, *versions: Version) -> set[int]:
    """The claims of these versions with which a conflict is told of that ended for them."""
    account = make.somebody(Role.EDITOR) if audience == STAFF else None
    claims = read_claims([version.pk for version in versions], Reader(account, LATER))
    return {claim.claim for claim in claims if claim.former_conflicts}


@pytest.mark.parametrize("audience", [STAFF, PUBLIC])
def test_a_retraction_closes_a_conflict_and_both_parties_are_told_of(audience: Audience) -> None:
    one, other = say.publishes("100"), say.publishes("75")

    retracted(other)

    assert told(audience) == {
        (one.claim_id, (one.pk,), "", True),
        (other.claim_id, (other.pk,), "retracted", True),
    }
    assert told_with(audience, one, other) == say.claims_of(one, other)


def test_of_a_claim_taken_off_the_public_is_told_no_version() -> None:
    one, other = say.publishes("100"), say.publishes("75")

    taken_off(other)

    assert told(PUBLIC) == {(one.claim_id, (one.pk,), "", True), (other.claim_id, (), "off", True)}
    assert told(STAFF) == {
        (one.claim_id, (one.pk,), "", True),
        (other.claim_id, (other.pk,), "off", True),
    }


@pytest.mark.parametrize("audience", [STAFF, PUBLIC])
def test_a_conflict_that_goes_on_names_the_retracted_claim_alone(audience: Audience) -> None:
    one, other, third = (say.publishes(value) for value in ("100", "75", "50"))

    retracted(third)

    assert told(audience) == {(third.claim_id, (third.pk,), "retracted", False)}
    assert told_with(audience, one, other, third) == {third.claim_id}


@pytest.mark.parametrize("audience", [STAFF, PUBLIC])
def test_one_that_left_before_the_end_is_told_of_with_those_at_the_end(audience: Audience) -> None:
    versions = [say.publishes(value) for value in ("100", "75", "50")]

    retracted(versions[2], 1)
    retracted(versions[1], 2)

    assert {claim for claim, *_rest in told(audience)} == say.claims_of(*versions)


@pytest.mark.parametrize("audience", [STAFF, PUBLIC])
def test_what_was_revised_away_is_not_told_of(audience: Audience) -> None:
    say.publishes("100")
    other = say.publishes("75")

    say.now_publishes(other, "100", at=say.later(1))

    assert told(audience) == set()


@pytest.mark.parametrize("audience", [STAFF, PUBLIC])
def test_a_claim_retracted_after_the_conflict_was_over_is_not_told_of(audience: Audience) -> None:
    say.publishes("100")
    other = say.publishes("75")
    following = say.now_publishes(other, "100", at=say.later(1))

    retracted(following, 2)

    assert told(audience) == set()


@pytest.mark.parametrize("audience", [STAFF, PUBLIC])
def test_what_ended_as_planned_is_not_told_of(audience: Audience) -> None:
    say.publishes("100")
    other = say.publishes("75")
    say.now_publishes(other, "100", publish_at=say.later(1))

    detection.refresh(claims=detection.claims_due(say.later(2)), at=say.later(2))

    assert told(audience) == set()


@pytest.mark.parametrize("audience", [STAFF, PUBLIC])
def test_a_claim_that_came_back_otherwise_after_it_was_taken_off_is_not_told_of(
    audience: Audience,
) -> None:
    say.publishes("100")
    other = say.publishes("75")
    taken_off(other, 1)

    say.now_publishes(other, "100", at=say.later(2))

    assert told(audience) == set()


@pytest.mark.parametrize("audience", [STAFF, PUBLIC])
def test_a_question_that_a_person_closed_is_not_told_of(audience: Audience) -> None:
    claims = [make.published().claim, make.published().claim]
    editor = make.somebody(Role.EDITOR)
    conflict = open_editorial(claims=claims, question="Which?", by=editor, at=TODAY)

    lapse_editorial(conflict=conflict, by=editor, at=say.later(1), note="Asked twice.")

    assert told(audience) == set()


def test_an_unpublished_party_is_told_to_the_staff_alone() -> None:
    one, other, hidden = say.publishes("100"), say.publishes("75"), say.says("50")

    retracted(hidden, 1)
    assert told(PUBLIC) == set()
    retracted(other, 2)

    assert {claim for claim, *_rest in told(PUBLIC)} == say.claims_of(one, other)
    assert {claim for claim, *_rest in told(STAFF)} == say.claims_of(one, other, hidden)


def test_a_conflict_that_ended_among_unpublished_ones_is_not_told_to_the_public() -> None:
    one, hidden = say.publishes("100"), say.says("50")

    retracted(one, 1)

    assert told(PUBLIC) == set()
    assert {claim for claim, *_rest in told(STAFF)} == say.claims_of(one, hidden)


def test_what_is_taken_off_later_loses_its_version_to_the_public() -> None:
    one, other = say.publishes("100"), say.publishes("75")
    retracted(other, 1)

    taken_off(one, 2)

    assert (one.claim_id, (), "off", True) in told(PUBLIC)


def test_nothing_is_told_of_before_it_happened() -> None:
    say.publishes("100")
    retracted(say.publishes("75"), 2)

    records = list(PublicConflict.objects.values_list("pk", flat=True))

    assert former_parties(records, PUBLIC, say.later(1)) == {}
    assert former_parties(records, PUBLIC, say.later(2)) != {}


def test_a_closed_conflict_that_comes_back_is_told_of_no_longer() -> None:
    one, other = say.publishes("100"), say.publishes("75")
    taken_off(other, 1)

    back = say.now_publishes(other, "75", at=say.later(2))

    assert say.seen(say.later(2)) == [("open", {one.pk, back.pk})]
    assert told(PUBLIC) == set()
