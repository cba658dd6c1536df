"""The life of a claim: its states and steps, in which `test_permissions` tries every person.

draft ──submit──▶ submitted ──approve──▶ on hold ─┬─publish──▶ published ──take off──▶ taken off
  └▶ withdrawn        ├──reject──▶ rejected       └─▶ scheduled
                      └──ask for changes──▶ changes requested       (all) ──retract──▶ retracted
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions.claims.entry import Tie, revise, submit, withdraw
from claims.actions.claims.publication import HOLD, publish, retract, take_off
from claims.actions.claims.review import JudgementGiven, decide
from claims.domain.content import Content
from claims.domain.workflow import State, Step, state_of
from claims.models import Version
from claims.vocabulary import Decision, Status
from factbase.models import User
from sources.domain.refusals import Refusal
from sources.models import Excerpt
from sources.vocabulary import Role
from tests import factories as make

pytestmark = pytest.mark.django_db

LATER = make.TODAY + timedelta(days=1)
# Pages have the clock of the machine, by which this lies ahead as well.
SOON = timezone.now() + timedelta(days=365)


def in_state(
    state: State, by: User, *, quote: Excerpt | None = None, is_published: bool = False
) -> Version:
    """The last version of a claim, written by that person and brought to the state.

    `is_published` says that readers see a version before it.
    """
    version = make.draft(by=by, evidence=[Tie(quote or make.excerpt())])
    at = make.TODAY
    if is_published and state != State.RETRACTED:
        shown = make.approved(submit(version=version, by=by, at=at))
        version, at = revised(shown, by), LATER
    if state == State.DRAFT:
        return version
    if state == State.WITHDRAWN:
        return withdraw(version=version, by=by, at=at)
    submit(version=version, by=by, at=at)
    if state in (State.ON_HOLD, State.SCHEDULED):
        make.approved(version, at=at, publish_at=HOLD if state == State.ON_HOLD else SOON)
    if state in (State.PUBLISHED, State.TAKEN_OFF) or (state == State.RETRACTED and is_published):
        make.approved(version, at=at)
    editor = make.somebody(Role.EDITOR)
    if state == State.TAKEN_OFF:
        take_off(claim=version.claim, reason="Libel.", by=editor, at=LATER)
    if state == State.RETRACTED:
        retract(claim=version.claim, reason="Wrong.", by=editor, at=LATER)
    if state in (State.CHANGES_REQUESTED, State.REJECTED):
        decision = Decision.REJECT if state == State.REJECTED else Decision.REQUEST_CHANGES
        decided(version, decision, by=editor)
    version.refresh_from_db()
    return version


def decided(version: Version, decision: Decision, *, by: User) -> None:
    judged = version.evidence.all() if decision == Decision.APPROVE else ()
    judgements = {piece.pk: JudgementGiven(makes_claim=True) for piece in judged}
    decide(
        version=version,
        decision=decision,
        by=by,
        at=LATER,
        content_hash=version.content_hash,
        note="Read.",
        judgements=judgements,
    )


def revised(version: Version, by: User, statement: str = "Another statement.") -> Version:
    return revise(
        claim=version.claim,
        content=Content(statement),
        evidence=[Tie(piece.excerpt) for piece in version.evidence.all()],
        by=by,
        at=LATER,
        seen=version.number,
    )


STEPS: dict[Step, Callable[[Version, User], object]] = {
    Step.REVISE: revised,
    Step.SUBMIT: lambda version, by: submit(version=version, by=by, at=LATER),
    Step.WITHDRAW: lambda version, by: withdraw(version=version, by=by, at=LATER),
    Step.APPROVE: lambda version, by: decided(version, Decision.APPROVE, by=by),
    Step.REQUEST_CHANGES: lambda version, by: decided(version, Decision.REQUEST_CHANGES, by=by),
    Step.REJECT: lambda version, by: decided(version, Decision.REJECT, by=by),
    Step.PUBLISH: lambda version, by: publish(version=version, by=by, at=LATER),
    Step.TAKE_OFF: lambda version, by: take_off(
        claim=version.claim, reason="Why.", by=by, at=LATER
    ),
    Step.RETRACT: lambda version, by: retract(claim=version.claim, reason="Why.", by=by, at=LATER),
}

# The state after a step from a state, where the step is taken at all.
AFTER: dict[Step, State] = {
    Step.SUBMIT: State.SUBMITTED,
    Step.WITHDRAW: State.WITHDRAWN,
    Step.APPROVE: State.PUBLISHED,
    Step.REQUEST_CHANGES: State.CHANGES_REQUESTED,
    Step.REJECT: State.REJECTED,
    Step.PUBLISH: State.PUBLISHED,
    Step.RETRACT: State.RETRACTED,
}


def state(version: Version) -> State:
    version = Version.objects.select_related("claim").get(pk=version.pk)
    range_ = version.published
    return state_of(
        Status(version.status),
        at=LATER,
        begins=range_.lower if range_ else None,
        ends=range_.upper if range_ else None,
        is_taken_off=version.taken_off_at is not None,
        is_retracted=version.claim.is_retracted,
    )


def tried(take: Callable[[Version, User], object], version: Version, by: User) -> Refusal | None:
    """Take the step, or say what refused it: with a code, in a full sentence."""
    try:
        take(version, by)
    except Refusal as refusal:
        is_sentence = refusal.code and refusal.message.endswith(".")
        return refusal if is_sentence else None
    return None


@pytest.mark.parametrize(
    ("begun", "after"),
    [
        (State.DRAFT, Status.SUPERSEDED),
        (State.SUBMITTED, Status.SUPERSEDED),
        (State.CHANGES_REQUESTED, Status.SUPERSEDED),
        (State.REJECTED, Status.REJECTED),
        (State.WITHDRAWN, Status.WITHDRAWN),
        (State.ON_HOLD, Status.APPROVED),
        (State.PUBLISHED, Status.APPROVED),
        (State.TAKEN_OFF, Status.APPROVED),
    ],
)
def test_a_version_that_is_followed_becomes(begun: State, after: Status) -> None:
    version = in_state(begun, make.person())
    following = revised(version, make.person())
    version.refresh_from_db()
    assert (version.status, following.status, following.number) == (after, Status.DRAFT, 2)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("is_author", [True, False])
def test_who_is_no_longer_active_takes_no_step(role: Role, is_author: bool) -> None:
    person = make.person(role)
    version = make.submitted(by=person if is_author else None)
    person.is_active = False
    person.save()
    for take in STEPS.values():
        with pytest.raises(Refusal):
            take(version, person)
