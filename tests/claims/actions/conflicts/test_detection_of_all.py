"""Everything at once, in any order, and as time passes: the same conflicts."""

import itertools

import pytest
from django.core.management import call_command
from django.db import transaction

from claims.actions.conflicts import detection
from claims.models import Claim, Version
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
    assert detection.problems(at=TODAY) == []

    Version.objects.filter(pk=version.pk).update(detection_key="0" * 64, is_compared=False)

    assert [problem.split()[0] for problem in detection.problems(at=TODAY)] == [version.ref] * 2
    detection.detect_all(at=TODAY)
    assert detection.problems(at=TODAY) == []


def test_a_publication_whose_time_has_come_is_followed() -> None:
    #  100 (v1) published ──────────│ v2 says 75
    #  75  published ───────────────┼──────────
    one, _other = say.publishes("100"), say.publishes("75")
    say.now_publishes(one, "75", publish_at=say.later())
    assert detection.due(TODAY) == set()
    assert detection.due(say.later(2)) == {one.claim_id}

    detection.refresh(claims=detection.due(say.later(2)), at=say.later(2))

    assert say.live() == []
    assert detection.due(say.later(2)) == set()
    assert Claim.objects.count() == 2
