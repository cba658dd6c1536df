"""Who may take which step with a claim, as one table: the actions enforce it, the pages show it.

The states are those of the version that came last, by what readers see of it. Taking off is about
what readers see, and possible while a later version waits: it asks for that besides.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.vocabulary import Status
from sources.vocabulary import Role


class State(StrEnum):
    """The state of a version, for the people who work on its claim."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes-requested"
    # Approved, and no time of publication is set.
    ON_HOLD = "on-hold"
    # Approved, with a time of publication to come.
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    # Was published; an editor took it off, or its time has ended.
    TAKEN_OFF = "taken-off"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    # The whole claim was taken back.
    RETRACTED = "retracted"


class Step(StrEnum):
    """A step that a person can take with a claim."""

    REVISE = "revise"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    REQUEST_CHANGES = "request-changes"
    REJECT = "reject"
    PUBLISH = "publish"
    TAKE_OFF = "take-off"
    RETRACT = "retract"


DECISIONS = frozenset({Step.APPROVE, Step.REQUEST_CHANGES, Step.REJECT})


class Authorship(StrEnum):
    """Whether the author of the version may, must or must not be the one who takes a step."""

    ANYBODY = "anybody"
    AUTHOR = "author"
    NOT_AUTHOR = "not author"


class Obstacle(StrEnum):
    """The reason why somebody may not take a step; where there are several, the first counts."""

    AUTHORSHIP = "authorship"
    ROLE = "role"
    RETRACTED = "retracted"
    STATE = "state"
    # Readers see no version of the claim, nor are they to.
    NOT_PUBLISHED = "not-published"


@dataclass(frozen=True)
class Rule:
    """From which states a step is taken, with which role at least, and by whom."""

    states: frozenset[State]
    role: Role
    who: Authorship = Authorship.ANYBODY
    only_published: bool = False
    # Only somebody takes it who may read every source of the version.
    reads_sources: bool = False


NOT_RETRACTED = frozenset(State) - {State.RETRACTED}
WAITING = frozenset({State.SUBMITTED})
OWN = frozenset({State.DRAFT, State.SUBMITTED})

RULES = {
    Step.REVISE: Rule(NOT_RETRACTED, Role.CONTRIBUTOR),
    Step.SUBMIT: Rule(frozenset({State.DRAFT}), Role.CONTRIBUTOR),
    Step.WITHDRAW: Rule(OWN, Role.CONTRIBUTOR, Authorship.AUTHOR),
    Step.APPROVE: Rule(WAITING, Role.REVIEWER, Authorship.NOT_AUTHOR, reads_sources=True),
    Step.REQUEST_CHANGES: Rule(WAITING, Role.REVIEWER, Authorship.NOT_AUTHOR),
    Step.REJECT: Rule(WAITING, Role.REVIEWER, Authorship.NOT_AUTHOR),
    Step.PUBLISH: Rule(frozenset({State.ON_HOLD}), Role.REVIEWER),
    Step.TAKE_OFF: Rule(frozenset(State), Role.EDITOR, only_published=True),
    Step.RETRACT: Rule(NOT_RETRACTED, Role.EDITOR),
}

# The decisions that the author of the version before may take on a reviewer's suggested wording.
ON_SUGGESTIONS = frozenset({Step.APPROVE, Step.REJECT})


def state_of(
    status: Status,
    *,
    at: datetime,
    begins: datetime | None = None,
    ends: datetime | None = None,
    is_taken_off: bool = False,
    is_retracted: bool = False,
) -> State:
    """The state at a time of a claim whose last version has this status.

    `begins` and `ends` bound its publication, half-open; without a beginning there is none. The
    last version of a claim is never superseded.
    """
    if is_retracted:
        return State.RETRACTED
    if status is not Status.APPROVED:
        return State(status.value)
    if begins is None:
        return State.TAKEN_OFF if is_taken_off else State.ON_HOLD
    if begins > at:
        return State.SCHEDULED
    return State.PUBLISHED if ends is None or ends > at else State.TAKEN_OFF


def allowed(
    state: State,
    role: Role,
    *,
    is_author: bool,
    wrote_previous: bool = False,
    is_published: bool = False,
) -> frozenset[Step]:
    """Return the steps that a person may take; the arguments are those of `obstacle_to`."""
    return frozenset(
        step
        for step in RULES
        if obstacle_to(
            step,
            state,
            role,
            is_author=is_author,
            wrote_previous=wrote_previous,
            is_published=is_published,
        )
        is None
    )


def obstacle_to(
    step: Step,
    state: State | None,
    role: Role,
    *,
    is_author: bool,
    wrote_previous: bool = False,
    is_published: bool = False,
) -> Obstacle | None:
    """Return the reason why a person may not take a step, None where they may.

    `state` is that of the version, None where another took its place before anybody decided.
    `is_author` is about the same version; `wrote_previous` says that the person wrote the one
    before it and this one is a wording suggested by a reviewer; `is_published` that readers see a
    version of the claim, or that one has its time to come.
    """
    rule = RULES[step]
    if rule.who is not Authorship.ANYBODY and is_author != (rule.who is Authorship.AUTHOR):
        return Obstacle.AUTHORSHIP
    if not role.includes(rule.role) and not (wrote_previous and step in ON_SUGGESTIONS):
        return Obstacle.ROLE
    if state not in rule.states:
        return Obstacle.RETRACTED if state is State.RETRACTED else Obstacle.STATE
    return Obstacle.NOT_PUBLISHED if rule.only_published and not is_published else None


def is_suggestion(before: Status, author: Role) -> bool:
    """Whether a version suggests a wording for the one before: a reviewer wrote it, and it took
    the place of one on which nobody had decided for good."""
    return before == Status.SUPERSEDED and author.includes(Role.REVIEWER)
