"""Opening an editorial conflict while others work: nobody waits, and nothing stale is stored."""

from datetime import timedelta

import pytest

from claims.actions.claims.entry import Tie, revise
from claims.actions.claims.publication import HOLD, publish, retract
from claims.actions.conflicts.decisions import ConflictRefused, open_editorial
from claims.actions.conflicts.record_check import record_problems
from claims.domain.content import Content
from claims.models import Conflict, PublicConflict, Version
from sources.actions.action import Clock
from sources.vocabulary import Role
from tests import factories as make
from tests.at_once import at_once, refusals
from tests.factories import TODAY
from tests.held_open import everybody_else_goes_on, held_open

pytestmark = pytest.mark.usefixtures("cloned_database")

READING = "claims.actions.conflicts.decisions:sources_of"


def opened(*versions: Version, now: Clock | None = None) -> Conflict:
    return open_editorial(
        claims=[version.claim for version in versions],
        question="Is this the same trade?",
        by=make.somebody(Role.EDITOR),
        at=TODAY,
        now=now,
    )


def revised(version: Version) -> Version:
    return revise(
        claim=version.claim,
        content=Content(f"{version.statement} Or not."),
        evidence=[Tie(piece.excerpt) for piece in version.evidence.all()],
        by=make.person(),
        at=TODAY,
        seen=version.number,
        submit_it=True,
    )


def test_nobody_waits_for_a_conflict_that_is_being_opened() -> None:
    one, other = make.published(), make.published()

    with held_open(lambda: opened(one, other), at=READING) as held:
        everybody_else_goes_on(lambda: revised(one), lambda: opened(one, other))

    assert held.result.status == "open"
    assert PublicConflict.objects.filter(kind="editorial").count() == 2
    assert record_problems(at=TODAY) == []


def test_a_version_that_comes_meanwhile_is_party_to_the_conflict() -> None:
    one, other = make.submitted(), make.submitted()

    with held_open(lambda: opened(one, other), at=READING) as held:
        new = revised(one)

    versions = {pk for member in held.result.members.all() for pk in member.versions}
    assert versions == {new.pk, other.pk}


def test_a_claim_that_is_published_meanwhile_shows_the_conflict_to_readers() -> None:
    one, other = make.published(), make.approved(make.submitted(), publish_at=HOLD)
    noon, evening = TODAY + timedelta(hours=1), TODAY + timedelta(hours=2)

    with held_open(lambda: opened(one, other, now=lambda: evening), at=READING) as held:
        publish(version=other, by=make.person(Role.EDITOR), at=noon)

    assert PublicConflict.objects.filter(conflict=held.result).exists()
    assert record_problems(at=evening) == []


def test_a_claim_that_is_retracted_meanwhile_is_refused() -> None:
    one, other = make.published(), make.published()

    with (
        pytest.raises(ConflictRefused, match="is retracted"),
        held_open(lambda: opened(one, other), at=READING),
    ):
        retract(claim=one.claim, reason="Wrong.", by=make.person(Role.EDITOR), at=TODAY)

    assert not Conflict.objects.filter(kind="editorial").exists()


def test_both_claims_change_as_their_conflict_is_opened() -> None:
    one, other = make.published(), make.published()
    make.somebody(Role.EDITOR)

    outcomes = at_once(lambda: opened(one, other), lambda: revised(one), lambda: revised(other))

    assert not refusals(outcomes)
    assert record_problems(at=TODAY) == []
