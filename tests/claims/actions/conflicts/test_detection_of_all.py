"""Everything at once, in any order, and as time passes: the same conflicts."""

import itertools
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from claims.actions.claims.entry import Tie
from claims.actions.conflicts import detection
from claims.actions.conflicts.decisions import decide_conflict, open_editorial
from claims.actions.conflicts.record_check import record_problems
from claims.models import Claim, Conflict, Property, Version
from claims.vocabulary import ConflictStatus
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    say.world()


def test_the_order_of_entry_does_not_matter() -> None:
    said = [("100", "2023"), ("75", "2023/2024"), ("-3", "2024"), ("75", "2025"), (">80", "2025")]
    pictures = set()
    for order in itertools.islice(itertools.permutations(said), 0, None, 17):
        with transaction.atomic():
            for value, period in order:
                say.says(value, period=period, statement=f"{value} in {period}.", evidence=[])
            pictures.add(frozenset(say.picture()))
            transaction.set_rollback(True)

    assert len(pictures) == 1


def test_comparing_everything_anew_changes_nothing() -> None:
    for value, period in itertools.product(("100", "75", "-3"), ("2023", "2024")):
        say.publishes(value, period=period)
    before = say.picture()

    changes = detection.detect_all(at=TODAY)

    assert (changes, say.picture()) == ({}, before)


def test_the_command_says_what_changed(capsys: pytest.CaptureFixture[str]) -> None:
    say.says("100")
    say.says("75")

    call_command("detect_conflicts")

    assert capsys.readouterr().out == "Nothing changed.\n"


def test_verify_finds_a_key_and_a_comparison_that_are_wrong() -> None:
    version = say.publishes("100")
    assert record_problems(at=TODAY) == []

    Version.objects.filter(pk=version.pk).update(detection_key="0" * 64, is_compared=False)

    assert [problem.split()[0] for problem in record_problems(at=TODAY)] == [version.ref] * 2
    detection.detect_all(at=TODAY)
    assert record_problems(at=TODAY) == []


def test_a_publication_whose_time_has_come_is_followed() -> None:
    #  100 (v1) published ──────────│ v2 says 75
    #  75  published ───────────────┼──────────
    one, _other = say.publishes("100"), say.publishes("75")
    say.now_publishes(one, "75", publish_at=say.later())
    assert detection.claims_due(TODAY) == set()
    assert detection.claims_due(say.later(2)) == {one.claim_id}

    detection.refresh(claims=detection.claims_due(say.later(2)), at=say.later(2))

    assert say.live() == []
    assert detection.claims_due(say.later(2)) == set()
    assert Claim.objects.count() == 2


def test_verify_leaves_a_publication_whose_time_has_come_to_the_clock() -> None:
    #  100 (v1) published ──────────│ v2 says 75, and v3 waits
    one = say.publishes("100")
    two = say.now_publishes(one, "75", publish_at=say.later())
    say.now_says(two, "50")
    assert record_problems(at=TODAY) == []

    assert record_problems(at=say.later(2)) == []

    Version.objects.filter(pk=two.pk).update(detection_key="0" * 64)
    assert [problem.split()[0] for problem in record_problems(at=say.later(2))] == [two.ref]
    detection.refresh(claims=detection.claims_due(say.later(2)), at=say.later(2))
    assert record_problems(at=say.later(2)) == []


def test_comparing_many_decided_conflicts_takes_the_queries_of_one() -> None:
    add_decided_conflicts(2001)
    few = [queries_of_detection() for _each in change_what_is_compared()]
    for year in range(2002, 2005):
        add_decided_conflicts(year)
    many = [queries_of_detection() for _each in change_what_is_compared()]

    assert many == few
    assert len(say.live()) == 4 * 3
    assert {len(versions) for _status, versions in say.seen()} == {1, 2}


def add_decided_conflicts(year: int) -> None:
    """A value, an editorial and a stance conflict, all published and confirmed."""
    two = [say.publishes(value, period=f"{year}") for value in ("100", "75")]
    quotes = [Tie(make.excerpt()), Tie(make.excerpt(), stance="refutes")]
    say.publishes("1", period=f"{year + 1000}", evidence=quotes)
    claims = [version.claim for version in two]
    open_editorial(claims=claims, question=f"In {year}?", by=make.somebody(Role.EDITOR), at=TODAY)
    confirm_the_open_ones()


def confirm_the_open_ones() -> None:
    for conflict in Conflict.objects.live().filter(status=ConflictStatus.OPEN):
        members = conflict.members.open()
        decide_conflict(
            conflict=conflict,
            status=ConflictStatus.CONFIRMED,
            note="",
            by=make.somebody(Role.EDITOR),
            at=TODAY,
            seen_versions=[version for member in members for version in member.versions],
            seen_decision=say.last_decision(conflict),
        )


def change_what_is_compared() -> Iterator[None]:
    """Nothing changes; then no value conflict is left; then all of them are back."""
    yield
    Property.objects.update(single_valued=False)
    yield
    Property.objects.update(single_valued=True)
    yield
    confirm_the_open_ones()


def queries_of_detection() -> int:
    """How many queries it takes to compare everything."""
    with CaptureQueriesContext(connection) as asked:
        detection.detect_all(at=TODAY)
    return len(asked)
