"""When readers see which version: one range per version, that never overlaps another's.

v1 ├──────────┤
v2            ├────────▶    the time of v2 closes the range of v1, now or to come
"""

from datetime import datetime, timedelta

import pytest

from claims.actions.claims.entry import Tie, revise
from claims.actions.claims.publication import (
    HOLD,
    NOW,
    PublicationRefused,
    When,
    follow_publications,
    publish,
    retract,
    take_off,
)
from claims.actions.claims.workflow import StepRefused
from claims.domain.content import Content
from claims.models import Claim, Version
from claims.vocabulary import Status
from factbase.models import User
from sources.domain.refusals import Refusal
from sources.vocabulary import Role
from tests import factories as make

pytestmark = pytest.mark.django_db

T0 = make.TODAY
T1, T2, T3, T4 = (T0 + timedelta(days=days) for days in (1, 2, 3, 4))

Ranges = list[tuple[datetime, datetime | None] | None]


@pytest.fixture
def editor() -> User:
    return make.person(Role.EDITOR)


def following(claim: Claim, *, at: datetime, publish_at: When = NOW) -> Version:
    """The next version of a claim, approved at that time."""
    latest = claim.versions.order_by("-number")[0]
    version = revise(
        claim=claim,
        content=Content(f"Wording {latest.number + 1}."),
        evidence=[Tie(make.excerpt())],
        by=make.person(),
        at=at,
        seen=latest.number,
        submit_it=True,
    )
    return make.approved(version, at=at, publish_at=publish_at)


def ranges(claim: Claim) -> Ranges:
    return [
        (version.published.lower, version.published.upper) if version.published else None
        for version in claim.versions.order_by("number")
    ]


@pytest.mark.parametrize(
    ("approvals", "expected"),
    [
        # each approval: when it was made, and when it publishes
        ([(T1, NOW)], [(T0, T1), (T1, None)]),
        ([(T1, HOLD)], [(T0, None), None]),
        ([(T1, T3)], [(T0, T3), (T3, None)]),
        ([(T1, NOW), (T2, NOW)], [(T0, T1), (T1, T2), (T2, None)]),
        ([(T1, T3), (T2, NOW)], [(T0, T2), None, (T2, None)]),
        ([(T1, T4), (T2, T3)], [(T0, T3), None, (T3, None)]),
        ([(T1, T3), (T2, T4)], [(T0, T3), (T3, T4), (T4, None)]),
        ([(T1, T3), (T2, T3)], [(T0, T3), None, (T3, None)]),
        ([(T1, T3), (T2, HOLD)], [(T0, T3), (T3, None), None]),
        ([(T1, HOLD), (T2, NOW)], [(T0, T2), None, (T2, None)]),
    ],
)
def test_an_approval_closes_the_range_of_the_version_before(
    approvals: list[tuple[datetime, When]], expected: Ranges
) -> None:
    claim = make.published().claim

    for at, publish_at in approvals:
        following(claim, at=at, publish_at=publish_at)

    assert ranges(claim) == expected
    assert all(version.status == Status.APPROVED for version in claim.versions.all())


def test_what_is_on_hold_is_published_later(editor: User) -> None:
    claim = make.published().claim
    held = following(claim, at=T1, publish_at=HOLD)

    publish(version=held, by=editor, at=T2, publish_at=T3)

    assert ranges(claim) == [(T0, T3), (T3, None)]


def test_what_a_later_version_replaced_is_not_published(editor: User) -> None:
    claim = make.published().claim
    held = following(claim, at=T1, publish_at=HOLD)
    following(claim, at=T2)

    with pytest.raises(PublicationRefused, match="later version"):
        publish(version=held, by=editor, at=T3)


@pytest.mark.parametrize("when", [T0, T1])
def test_nothing_is_published_in_the_past(when: datetime) -> None:
    claim = make.published().claim

    with pytest.raises(PublicationRefused, match="is past"):
        following(claim, at=T2, publish_at=when)
    assert ranges(claim)[0] == (T0, None)


def test_taking_off_ends_what_readers_see_at_once(editor: User) -> None:
    version = make.published()

    take_off(claim=version.claim, reason="A court asked.", by=editor, at=T1)

    version.refresh_from_db()
    assert ranges(version.claim) == [(T0, T1)]
    assert (version.taken_off_at, version.taken_off_by) == (T1, editor)
    assert version.taken_off_reason == "A court asked."


def test_taking_off_takes_along_what_readers_saw_before(editor: User) -> None:
    claim = make.published().claim
    following(claim, at=T1)

    take_off(claim=claim, reason="A court asked.", by=editor, at=T2)
    following(claim, at=T3)

    shown = claim.versions.ever_published(T4)
    assert [version.number for version in shown] == [3]


def test_taking_off_at_the_moment_of_publication_leaves_no_range(editor: User) -> None:
    version = make.published()

    take_off(claim=version.claim, reason="Too soon.", by=editor, at=T0)

    assert ranges(version.claim) == [None]


def test_taking_off_ends_every_time_to_come_too(editor: User) -> None:
    claim = make.published().claim
    following(claim, at=T1, publish_at=T3)
    following(claim, at=T1, publish_at=T4)

    take_off(claim=claim, reason="A court asked.", by=editor, at=T2)

    assert ranges(claim) == [(T0, T2), None, None]
    assert not claim.versions.filter(taken_off_at__isnull=True).exists()


def test_what_was_never_published_is_not_taken_off(editor: User) -> None:
    with pytest.raises(StepRefused, match="is not published"):
        take_off(claim=make.submitted().claim, reason="Why.", by=editor, at=T1)


def test_taking_off_asks_for_a_reason(editor: User) -> None:
    claim = make.published().claim

    with pytest.raises(Refusal, match="reason is missing"):
        take_off(claim=claim, reason=" ", by=editor, at=T1)
    assert ranges(claim) == [(T0, None)]


def test_what_was_taken_off_is_not_published_again(editor: User) -> None:
    version = make.published()
    take_off(claim=version.claim, reason="Why.", by=editor, at=T0)

    with pytest.raises(StepRefused, match="next version only"):
        publish(version=version, by=editor, at=T1)


def test_what_was_taken_off_comes_back_as_the_next_version_in_the_same_words(editor: User) -> None:
    version = make.published(statement="It stands.")
    take_off(claim=version.claim, reason="Why.", by=editor, at=T1)

    back = revise(
        claim=version.claim,
        content=Content("It stands."),
        evidence=[Tie(piece.excerpt) for piece in version.evidence.all()],
        by=make.person(),
        at=T2,
        seen=1,
        submit_it=True,
    )
    make.approved(back, at=T3)

    assert ranges(version.claim) == [(T0, T1), (T3, None)]


def test_a_retraction_is_for_good_and_says_why(editor: User) -> None:
    claim = retract(claim=make.published().claim, reason="It was wrong.", by=editor, at=T1)

    assert (claim.retracted_at, claim.retracted_by) == (T1, editor)
    assert claim.retracted_reason == "It was wrong."
    assert ranges(claim) == [(T0, None)]
    with pytest.raises(StepRefused, match="retracted already"):
        retract(claim=claim, reason="Again.", by=editor, at=T2)


def test_what_has_a_time_to_come_never_comes_after_a_retraction(editor: User) -> None:
    claim = make.published().claim
    following(claim, at=T1, publish_at=T3)

    retract(claim=claim, reason="It was wrong.", by=editor, at=T2)

    assert ranges(claim) == [(T0, None), None]


def test_a_claim_that_was_never_public_stays_so_after_a_retraction(editor: User) -> None:
    claim = make.approved(make.submitted(), publish_at=T3).claim

    retract(claim=claim, reason="It was wrong.", by=editor, at=T2)

    assert ranges(claim) == [None]


def test_a_time_that_has_come_is_followed_once() -> None:
    claim = make.published().claim
    following(claim, at=T1, publish_at=T3)

    assert follow_publications(at=T2) == 0
    assert follow_publications(at=T3) == 1
    assert follow_publications(at=T3) == 0
