"""Who may take which step with a claim, as one table; the actions enforce it, the pages show it.

The states are those of the version that came last, told apart by what readers see of it. Taking
off is about what readers see, and possible while a later version waits: it asks for that besides.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.vocabulary import Status
from sources.vocabulary import Role


class State(StrEnum):
    """Where the last version of a claim stands, for the people who work on it."""

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
    """What a person can do with a claim."""

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


class Who(StrEnum):
    """Whether the author of the version may, must or must not be the one who takes a step."""

    ANYBODY = "anybody"
    AUTHOR = "author"
    NOT_AUTHOR = "not author"


@dataclass(frozen=True)
class Rule:
    """From which states a step is taken, with which role at least, and by whom."""

    states: frozenset[State]
    role: Role
    who: Who = Who.ANYBODY
    only_published: bool = False


NOT_RETRACTED = frozenset(State) - {State.RETRACTED}
WAITING = frozenset({State.SUBMITTED})
OWN = frozenset({State.DRAFT, State.SUBMITTED})

RULES = {
    Step.REVISE: Rule(NOT_RETRACTED, Role.CONTRIBUTOR),
    Step.SUBMIT: Rule(frozenset({State.DRAFT}), Role.CONTRIBUTOR),
    Step.WITHDRAW: Rule(OWN, Role.CONTRIBUTOR, Who.AUTHOR),
    Step.APPROVE: Rule(WAITING, Role.REVIEWER, Who.NOT_AUTHOR),
    Step.REQUEST_CHANGES: Rule(WAITING, Role.REVIEWER, Who.NOT_AUTHOR),
    Step.REJECT: Rule(WAITING, Role.REVIEWER, Who.NOT_AUTHOR),
    Step.PUBLISH: Rule(frozenset({State.ON_HOLD}), Role.REVIEWER),
    Step.TAKE_OFF: Rule(frozenset(State), Role.EDITOR, only_published=True),
    Step.RETRACT: Rule(NOT_RETRACTED, Role.EDITOR),
}

# What the author of the version before may decide on the wording that a reviewer suggested.
OF_THE_SUGGESTED = frozenset({Step.APPROVE, Step.REJECT})


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
    """The steps that a person may take.

    `is_author` is about the last version; `wrote_previous` says that the person wrote the one
    before it and the last one is a wording suggested by a reviewer; `is_published` that readers
    see a version of the claim, or that one has its time to come.
    """
    return frozenset(
        step
        for step, rule in RULES.items()
        if state in rule.states
        and (is_published or not rule.only_published)
        and _may(step, rule, role, is_author=is_author, wrote_previous=wrote_previous)
    )


def is_suggestion(before: Status, author: Role) -> bool:
    """Whether a version suggests a wording for the one before: a reviewer wrote it, and it took
    the place of one on which nobody had decided for good."""
    return before == Status.SUPERSEDED and author.includes(Role.REVIEWER)


def _may(step: Step, rule: Rule, role: Role, *, is_author: bool, wrote_previous: bool) -> bool:
    """Whether role and authorship allow the step."""
    if wrote_previous and not is_author and step in OF_THE_SUGGESTED:
        return True
    if not role.includes(rule.role):
        return False
    return rule.who is Who.ANYBODY or is_author == (rule.who is Who.AUTHOR)
