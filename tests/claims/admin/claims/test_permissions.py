"""The table of permissions holds at the doors: what it does not allow, the action refuses and the
page of the claim does not offer; all else is offered and done.

Role × step × state × own or not × may read the source.
"""

from itertools import product

import pytest

from claims.actions.claims.entry import submit
from claims.domain.permission_table import ALWAYS_PUBLISHED, NEVER_PUBLISHED, Situation
from claims.domain.workflow import State, Step
from claims.models import Version
from factbase.models import User
from sources.models import Excerpt, SourceReader
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims.actions.claims.test_workflow import (
    AFTER,
    LATER,
    STEPS,
    in_state,
    revised,
    state,
    tried,
)
from tests.claims.admin.entry.test_pages import staff_client
from tests.museum import undone

pytestmark = pytest.mark.django_db

# What the page of a claim has where a step is offered.
OFFERS = {
    Step.REVISE: 'revise/"',
    Step.APPROVE: 'value="approve"',
    Step.REQUEST_CHANGES: 'value="request-changes"',
    Step.REJECT: 'value="reject"',
    **{
        step: f'step/{step.value}/"'
        for step in (Step.SUBMIT, Step.WITHDRAW, Step.PUBLISH, Step.TAKE_OFF, Step.RETRACT)
    },
}

# Every state, with and without a version that readers see where both can be, for people who may
# read the sources and for others. Few states take another turn by these; the rest is long.
CASES = [
    pytest.param(
        *(begun, is_published, reads_sources),
        marks=()
        if is_published == (begun in ALWAYS_PUBLISHED)
        and (begun is State.SUBMITTED or not reads_sources)
        else pytest.mark.long,
    )
    for begun, is_published, reads_sources in product(State, [False, True], [False, True])
    if begun not in (NEVER_PUBLISHED if is_published else ALWAYS_PUBLISHED)
]


@pytest.mark.parametrize(("begun", "is_published", "reads_sources"), CASES)
def test_a_step_is_offered_and_taken_as_the_table_says(
    begun: State, is_published: bool, reads_sources: bool
) -> None:
    quote = quote_for_named_persons()
    another_s = in_state(begun, make.person(), quote=quote, is_published=is_published)
    for role, is_author in product(Role, [True, False]):
        by = make.person(role)
        version = (
            in_state(begun, by, quote=quote, is_published=is_published) if is_author else another_s
        )
        if reads_sources:
            SourceReader.objects.create(source=quote.source, reader=by)
        situation = Situation(
            begun, role, is_author, is_published=is_published, reads_sources=reads_sources
        )
        assert offered(version, by) == situation.steps(), situation
        assert taken(version, by) == situation.steps(), situation


@pytest.mark.parametrize("role", Role)
def test_who_wrote_the_version_before_decides_on_a_suggested_wording(role: Role) -> None:
    author, reviewer = make.person(role), make.person(Role.REVIEWER)
    waiting = in_state(State.SUBMITTED, author)
    suggested = submit(version=revised(waiting, reviewer), by=reviewer, at=LATER)
    expected = Situation(State.SUBMITTED, role, is_author=False, wrote_previous=True).steps()

    assert {Step.APPROVE, Step.REJECT} <= expected
    assert offered(suggested, author) == expected
    assert taken(suggested, author) == expected


def quote_for_named_persons() -> Excerpt:
    """A quote from a source that nobody reads who is not named."""
    words = "It was said between us."
    source = make.source(words, access=Access.NAMED, public_descriptor="A memo")
    return make.excerpt(words, of=source)


def offered(version: Version, person: User) -> set[Step]:
    """The steps that the page of the claim offers to a person."""
    page = staff_client(person).get(f"/admin/claims/claim/{version.claim_id}/change/")
    assert page.status_code == 200
    text = page.content.decode()
    return {step for step, words in OFFERS.items() if words in text}


def taken(version: Version, person: User) -> set[Step]:
    """The steps that the actions let a person take, each tried and undone."""
    done = set()
    for step, take in STEPS.items():
        with undone():
            if tried(take, version, person) is None:
                done.add(step)
                assert step not in AFTER or state(version) == AFTER[step], step
    return done
