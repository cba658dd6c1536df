from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from claims.domain.workflow import RULES, State, Step, allowed, state_of
from claims.vocabulary import Status
from sources.vocabulary import Role

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

# Who is offered which of the steps that somebody else than the author decides about.
OFFERED = [
    # state, role, is author, steps
    (State.DRAFT, Role.CONTRIBUTOR, True, {Step.REVISE, Step.SUBMIT, Step.WITHDRAW}),
    (State.DRAFT, Role.CONTRIBUTOR, False, {Step.REVISE, Step.SUBMIT}),
    (State.SUBMITTED, Role.CONTRIBUTOR, True, {Step.REVISE, Step.WITHDRAW}),
    (State.SUBMITTED, Role.CONTRIBUTOR, False, {Step.REVISE}),
    (State.SUBMITTED, Role.REVIEWER, True, {Step.REVISE, Step.WITHDRAW}),
    (
        State.SUBMITTED,
        Role.REVIEWER,
        False,
        {Step.REVISE, Step.APPROVE, Step.REQUEST_CHANGES, Step.REJECT},
    ),
    (State.SUBMITTED, Role.ADMINISTRATOR, True, {Step.REVISE, Step.WITHDRAW, Step.RETRACT}),
    (State.CHANGES_REQUESTED, Role.REVIEWER, False, {Step.REVISE}),
    (State.ON_HOLD, Role.CONTRIBUTOR, True, {Step.REVISE}),
    (State.ON_HOLD, Role.REVIEWER, True, {Step.REVISE, Step.PUBLISH}),
    (State.ON_HOLD, Role.EDITOR, False, {Step.REVISE, Step.PUBLISH, Step.RETRACT}),
    (State.REJECTED, Role.REVIEWER, False, {Step.REVISE}),
    (State.RETRACTED, Role.ADMINISTRATOR, False, set()),
]


@pytest.mark.parametrize(("state", "role", "is_author", "steps"), OFFERED)
def test_a_state_offers_these_steps_to_a_role(
    state: State, role: Role, is_author: bool, steps: set[Step]
) -> None:
    assert allowed(state, role, is_author=is_author) == steps


@pytest.mark.parametrize("role", list(Role))
def test_nobody_is_offered_a_decision_on_their_own_version(role: Role) -> None:
    for state in State:
        offered = allowed(state, role, is_author=True, wrote_previous=True, is_published=True)
        assert not offered & {Step.APPROVE, Step.REJECT, Step.REQUEST_CHANGES}


def test_who_wrote_the_version_before_decides_on_a_suggested_wording() -> None:
    offered = allowed(State.SUBMITTED, Role.CONTRIBUTOR, is_author=False, wrote_previous=True)

    assert {Step.APPROVE, Step.REJECT} <= offered


def test_an_editor_takes_off_what_readers_see_while_a_later_version_waits() -> None:
    assert Step.TAKE_OFF in allowed(
        State.SUBMITTED, Role.EDITOR, is_author=False, is_published=True
    )
    assert Step.TAKE_OFF not in allowed(State.SUBMITTED, Role.EDITOR, is_author=False)


def test_a_higher_role_is_offered_all_that_a_lower_one_is() -> None:
    for state in State:
        for is_author in (True, False):
            steps = [allowed(state, role, is_author=is_author, is_published=True) for role in Role]
            assert all(low <= high for low, high in pairwise(steps))


def test_every_step_has_a_rule() -> None:
    assert set(RULES) == set(Step)


@pytest.mark.parametrize(
    ("begins", "ends", "is_taken_off", "state"),
    [
        # begins ──────── ends, with now between or beside them
        (None, None, False, State.ON_HOLD),
        (None, None, True, State.TAKEN_OFF),
        (NOW + HOUR, None, False, State.SCHEDULED),
        (NOW, None, False, State.PUBLISHED),
        (NOW - HOUR, NOW + HOUR, False, State.PUBLISHED),
        (NOW - HOUR, NOW, False, State.TAKEN_OFF),
    ],
)
def test_an_approved_version_is_where_its_publication_lies(
    begins: datetime | None, ends: datetime | None, is_taken_off: bool, state: State
) -> None:
    found = state_of(Status.APPROVED, at=NOW, begins=begins, ends=ends, is_taken_off=is_taken_off)

    assert found is state


def test_a_retracted_claim_is_retracted_whatever_its_versions_are() -> None:
    assert state_of(Status.SUBMITTED, at=NOW, is_retracted=True) is State.RETRACTED
