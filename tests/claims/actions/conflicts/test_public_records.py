"""Public records of conflicts are computed from published versions alone."""

import itertools
import threading
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from claims.actions.claims.entry import Tie, withdraw
from claims.actions.claims.publication import HOLD, publish, retract, take_off
from claims.actions.conflicts import detection
from claims.actions.conflicts.decisions import decide_conflict, lapse_editorial, open_editorial
from claims.models import (
    Conflict,
    ConflictMember,
    PublicConflict,
    PublicConflictMember,
    Version,
)
from claims.vocabulary import ConflictStatus
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say
from tests.factories import TODAY

NOBODY = AnonymousUser()


@pytest.fixture
def world(db: None) -> None:
    say.world()


def decided(status: ConflictStatus, conflict: Conflict | None = None) -> None:
    conflict = conflict or say.only()
    members = conflict.members.filter(left_at__isnull=True)
    decide_conflict(
        conflict=conflict,
        status=status,
        note="Both were read.",
        by=make.somebody(Role.EDITOR),
        at=TODAY,
        seen_versions=[version for member in members for version in member.versions],
        seen_decision=say.last_decision(conflict),
        difference="scope" if status == ConflictStatus.RECONCILED else "",
    )


def trace() -> list[object]:
    """Every row that readers could see anything of, whole."""
    return [
        *PublicConflict.objects.order_by("pk").values(),
        *PublicConflictMember.objects.order_by("pk").values(),
        *Version.objects.disputed(NOBODY, TODAY).order_by("pk").values_list("pk", flat=True),
    ]


@pytest.mark.usefixtures("world")
def test_readers_see_a_conflict_once_both_sides_are_published() -> None:
    one, other = say.publishes("100"), say.says("75")
    assert say.seen() == []

    make.approved(other)

    assert say.seen() == [("open", {one.pk, other.pk})]
    assert PublicConflict.objects.get().number == say.only().pk


@pytest.mark.usefixtures("world")
def test_it_opened_when_the_second_side_was_published_not_when_it_was_entered() -> None:
    say.publishes("100")
    other = say.says("75", at=say.later(1))

    make.approved(other, at=say.later(5))

    assert say.only().opened_at == say.later(1)
    assert PublicConflict.objects.get().opened_at == say.later(5)


def submit_against(versions: list[Version]) -> None:
    say.says("50")


def submit_on_hold(versions: list[Version]) -> None:
    make.approved(say.says("50"), publish_at=HOLD)


def submit_for_tomorrow(versions: list[Version]) -> None:
    make.approved(say.says("50"), publish_at=say.later())


def submit_a_fall(versions: list[Version]) -> None:
    say.says("-50")


def submit_an_agreement(versions: list[Version]) -> None:
    say.now_says(versions[0], "75")


def submit_and_withdraw(versions: list[Version]) -> None:
    version = say.says("50")
    withdraw(version=version, by=version.author, at=TODAY)


def retract_unseen(versions: list[Version]) -> None:
    version = say.says("50")
    retract(claim=version.claim, reason="Wrong.", by=make.somebody(Role.EDITOR), at=TODAY)


def submit_against_what_stands_alone(versions: list[Version]) -> None:
    say.says("1", period="2030")


def ask_beside_a_draft(versions: list[Version]) -> None:
    open_editorial(
        claims=[versions[0].claim, say.says("1", period="2031").claim],
        question="Which is it?",
        by=make.somebody(Role.EDITOR),
        at=TODAY,
    )


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    "event",
    [
        submit_against,
        submit_on_hold,
        submit_for_tomorrow,
        submit_a_fall,
        submit_an_agreement,
        submit_and_withdraw,
        retract_unseen,
        submit_against_what_stands_alone,
        ask_beside_a_draft,
    ],
)
@pytest.mark.parametrize("status", [None, ConflictStatus.RECONCILED])
def test_anonymous_readers_learn_nothing_of_what_is_not_published(
    event: Callable[[list[Version]], None], status: ConflictStatus | None
) -> None:
    versions = [say.publishes("100"), say.publishes("75"), say.publishes("9", period="2030")]
    if status:
        decided(status)
    before = trace()

    event(versions)

    assert trace() == before
    detection.detect_all(at=TODAY)
    assert trace() == before


@pytest.mark.usefixtures("world")
def test_what_hangs_together_through_an_unpublished_version_is_shown_as_two() -> None:
    #  2023: 100 — 75      2024: 100 — 75      both published
    #          └── 1, in 2023/2024, submitted ──┘
    first = [say.publishes(value, period="2023") for value in ("100", "75")]
    bridge = say.says("1", period="2023/2024")
    second = [say.publishes(value, period="2024") for value in ("100", "75")]
    sets = [{version.pk for version in group} for group in (first, second)]
    assert [members for _status, members in say.seen()] == sets
    numbers = set(PublicConflict.objects.values_list("number", flat=True))
    assert say.only().pk in numbers
    assert numbers.isdisjoint(Conflict.objects.exclude(pk=say.only().pk).values_list("pk"))

    make.approved(bridge)

    assert [members for _status, members in say.seen()] == [sets[0] | sets[1] | {bridge.pk}]


@pytest.mark.usefixtures("world")
def test_merging_and_splitting_at_the_desk_leaves_what_readers_see() -> None:
    for value, period in itertools.product(("100", "75"), ("2023", "2024")):
        say.publishes(value, period=period)
    older, younger = say.live()
    decided(ConflictStatus.IRREDUCIBLE, younger)
    before = say.seen(), list(PublicConflict.objects.order_by("pk").values("number", "status"))

    bridge = say.says("1", period="2023/2024")
    assert say.only() == older
    after_merging = (
        say.seen(),
        list(PublicConflict.objects.order_by("pk").values("number", "status")),
    )
    withdraw(version=bridge, by=bridge.author, at=TODAY)

    assert len(say.live()) == 2
    after_splitting = (
        say.seen(),
        list(PublicConflict.objects.order_by("pk").values("number", "status")),
    )
    assert before == after_merging == after_splitting


@pytest.mark.usefixtures("world")
def test_the_public_status_is_that_of_the_decision_until_a_published_position_joins() -> None:
    say.publishes("100")
    say.publishes("75")
    decided(ConflictStatus.RECONCILED)
    new = say.says("50")
    assert say.only().status == ConflictStatus.OPEN
    assert [status for status, _members in say.seen()] == ["reconciled"]

    make.approved(new)

    assert [status for status, _members in say.seen()] == ["open"]


@pytest.mark.usefixtures("world")
def test_a_decision_before_publication_counts_for_readers() -> None:
    one, other = say.says("100"), say.says("75")
    decided(ConflictStatus.IRREDUCIBLE)

    make.approved(one)
    make.approved(other)

    assert [status for status, _members in say.seen()] == ["irreducible"]


@pytest.mark.usefixtures("world")
def test_strength_and_same_source_are_computed_from_published_versions() -> None:
    paper = make.source("It says 100 here and 75 there.")
    say.publishes("100", evidence=[Tie(make.excerpt("100 here", of=paper))])
    say.publishes("75", evidence=[Tie(make.excerpt("75 there", of=paper))], asserted_by=("thing",))
    say.says("-3")

    shown = PublicConflict.objects.get()
    desk = say.only()

    assert (shown.kind, shown.strength, shown.same_source) == ("value", "tension", True)
    assert (desk.kind, desk.strength, desk.same_source) == ("direction", "contradiction", False)


@pytest.mark.usefixtures("world")
def test_submitting_a_new_version_leaves_the_published_one_disputed() -> None:
    one, other = say.publishes("100"), say.publishes("75")

    say.now_says(other, "100")

    disputed = Version.objects.disputed(NOBODY, TODAY)
    assert {version.pk for version in disputed} == {one.pk, other.pk}


@pytest.mark.usefixtures("world")
def test_the_next_published_version_takes_the_place_of_the_one_before() -> None:
    one, other = say.publishes("100"), say.publishes("75")

    following = say.now_publishes(other, "74", at=say.later())

    assert say.seen(say.later()) == [("open", {one.pk, following.pk})]
    assert PublicConflict.objects.count() == 1


@pytest.mark.usefixtures("world")
def test_taking_one_side_off_ends_it_for_readers_and_its_return_reopens_it() -> None:
    one, other = say.publishes("100"), say.publishes("75")
    number = PublicConflict.objects.get().number

    take_off(claim=other.claim, reason="Wait.", by=make.somebody(Role.EDITOR), at=say.later(1))
    assert say.seen(say.later(1)) == []
    back = say.now_publishes(other, "75", at=say.later(2))

    assert say.seen(say.later(2)) == [("open", {one.pk, back.pk})]
    shown = PublicConflict.objects.get()
    assert (shown.number, shown.opened_at) == (number, say.later(2))


@pytest.mark.usefixtures("world")
def test_a_publication_to_come_shows_when_its_time_has_come() -> None:
    one = say.publishes("100")
    other = make.approved(say.says("75"), publish_at=say.later(3))
    assert say.seen() == []
    assert detection.claims_due(say.later(2)) == set()
    assert other.claim_id in detection.claims_due(say.later(4))

    detection.refresh(claims=detection.claims_due(say.later(4)), at=say.later(4))

    assert say.seen(say.later(4)) == [("open", {one.pk, other.pk})]
    assert PublicConflict.objects.get().opened_at == say.later(3)
    assert detection.claims_due(say.later(4)) == set()


@pytest.mark.usefixtures("world")
def test_what_time_has_ended_is_not_shown_even_before_it_is_followed() -> None:
    say.publishes("100")
    other = say.publishes("75")

    say.now_publishes(other, "100", publish_at=say.later(3))

    assert len(say.seen(say.later(2))) == 1
    assert say.seen(say.later(4)) == []


@pytest.mark.usefixtures("world")
def test_a_claim_divided_in_itself_is_shown_when_it_is_published() -> None:
    quotes = [Tie(make.excerpt()), Tie(make.excerpt(), stance="refutes")]
    version = make.submitted(evidence=quotes)
    assert say.seen() == []

    make.approved(version)

    assert say.seen() == [("open", {version.pk})]


@pytest.mark.usefixtures("world")
def test_an_editorial_question_is_shown_when_all_its_claims_are_published() -> None:
    one = make.published(statement="Cooperation is low.")
    other = make.submitted(statement="Cooperation has deepened.")
    editor = make.somebody(Role.EDITOR)
    conflict = open_editorial(
        claims=[one.claim, other.claim], question="Low or deepened?", by=editor, at=TODAY
    )
    assert PublicConflict.objects.count() == 0

    make.approved(other, publish_at=HOLD)
    assert PublicConflict.objects.count() == 0
    publish(version=Version.objects.get(pk=other.pk), by=editor, at=say.later())

    assert say.seen(say.later()) == [("open", {one.pk, other.pk})]
    shown = PublicConflict.objects.get()
    assert (shown.number, shown.question) == (conflict.pk, "Low or deepened?")
    assert shown.opened_at == say.later()
    lapse_editorial(conflict=conflict, by=editor, at=say.later(2), note="Asked twice.")
    assert say.seen(say.later(2)) == []


@pytest.mark.usefixtures("cloned_database")
def test_two_connections_that_enter_both_sides_at_once_leave_one_conflict() -> None:
    say.world()
    make.somebody(Role.CONTRIBUTOR)
    ties = [Tie(make.excerpt()) for _ in range(6)]
    gate = threading.Barrier(len(ties))
    failed: list[BaseException] = []

    def enter(value: str, tie: Tie) -> None:
        try:
            gate.wait(timeout=30)
            say.says(value, evidence=[tie])
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=enter, args=(("100", "75")[turn % 2], tie))
        for turn, tie in enumerate(ties)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert failed == []
    assert len(say.parties(say.only())) == 6


@pytest.mark.usefixtures("cloned_database")
def test_two_connections_that_publish_both_sides_at_once_show_one_conflict() -> None:
    say.world()
    make.somebody(Role.EDITOR)
    versions = [say.says("100"), say.says("75")]
    gate = threading.Barrier(2)
    failed: list[BaseException] = []

    def approve(version: Version) -> None:
        try:
            gate.wait(timeout=30)
            make.approved(version)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=(version,)) for version in versions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert failed == []
    assert say.seen() == [("open", {version.pk for version in versions})]
    assert ConflictMember.objects.count() == 2
