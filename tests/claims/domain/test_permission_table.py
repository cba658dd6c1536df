"""The page of permissions is that of the rules."""

from pathlib import Path

import pytest

from claims.domain.permission_table import Situation, as_markdown
from claims.domain.workflow import State, Step
from sources.vocabulary import Role

DOCUMENT = Path(__file__).parents[3] / "docs" / "permissions.md"


def test_the_page_of_permissions_is_that_of_the_rules() -> None:
    assert DOCUMENT.read_text() == as_markdown(), "Run `manage.py permissions`."


@pytest.mark.parametrize(
    ("state", "is_author", "reads_sources", "approves"),
    [
        (State.SUBMITTED, False, True, True),
        (State.SUBMITTED, False, False, False),
        (State.SUBMITTED, True, True, False),
        (State.DRAFT, False, True, False),
    ],
)
def test_only_somebody_else_who_reads_all_sources_approves_what_is_submitted(
    state: State, is_author: bool, reads_sources: bool, approves: bool
) -> None:
    for role in (Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR):
        asked = Situation(state, role, is_author, reads_sources=reads_sources)
        assert (Step.APPROVE in asked.steps()) == approves


def test_who_may_not_read_a_source_still_sends_back_and_rejects() -> None:
    steps = Situation(State.SUBMITTED, Role.REVIEWER, False, reads_sources=False).steps()

    assert {Step.REQUEST_CHANGES, Step.REJECT} < steps
