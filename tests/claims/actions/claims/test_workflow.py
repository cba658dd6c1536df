"""The life of a claim: every state, every step, every role, and whose version it is.

draft ──submit──▶ submitted ──approve──▶ on hold ─┬─publish──▶ published ──take off──▶ taken off
  └▶ withdrawn        ├──reject──▶ rejected       └─▶ scheduled
                      └──ask for changes──▶ changes requested       (all) ──retract──▶ retracted
"""

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest

from claims.actions.claims.entry import Tie, revise, submit, withdraw
from claims.actions.claims.publication import HOLD, publish, retract, take_off
from claims.actions.claims.review import JudgementGiven, decide
from claims.domain.content import Content
from claims.domain.workflow import State, Step, allowed, state_of
from claims.models import Version
from claims.vocabulary import Decision, Status
from factbase.models import User
from sources.domain.refusals import Refusal
from sources.vocabulary import Role
from tests import factories as make
from tests.museum import undone

pytestmark = pytest.mark.django_db

LATER = make.TODAY + timedelta(days=1)
SOON = make.TODAY + timedelta(days=10)


def in_state(state: State, by: User) -> Version:
    """The only version of a claim, written by that person and brought to the state."""
    if state in (State.DRAFT, State.WITHDRAWN):
        version = make.draft(by=by)
        return withdraw(version=version, by=by, at=make.TODAY) if state != State.DRAFT else version
    version = make.submitted(by=by)
    if state in (State.ON_HOLD, State.SCHEDULED):
        return make.approved(version, publish_at=HOLD if state == State.ON_HOLD else SOON)
    if state in (State.PUBLISHED, State.TAKEN_OFF, State.RETRACTED):
        version = make.approved(version)
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
    judgements = {piece.pk: JudgementGiven(makes_claim=True) for piece in version.evidence.all()}
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

# An administrator may do what an editor may.
ROLES = [Role.CONTRIBUTOR, Role.REVIEWER, Role.EDITOR]

# The states in which readers see the claim, or are to see it.
SHOWN = {State.PUBLISHED, State.SCHEDULED, State.RETRACTED}


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


@pytest.mark.parametrize("begun", State)
def test_a_step_is_taken_by_whom_and_from_where_the_table_says(begun: State) -> None:
    somebody_else_s = in_state(begun, make.person())
    for role, is_author in product(ROLES, [True, False]):
        by = make.person(role)
        version = in_state(begun, by) if is_author else somebody_else_s
        expected = allowed(begun, role, is_author=is_author, is_published=begun in SHOWN)
        for step, take in STEPS.items():
            who = f"{step} from {begun} as {role}, author: {is_author}"
            with undone():
                refusal = tried(take, version, by)
                assert (refusal is None) == (step in expected), f"{who}: {refusal}"
                if refusal is None and step in AFTER:
                    assert state(version) == AFTER[step], who


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
