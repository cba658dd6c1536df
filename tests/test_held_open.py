"""A step held open stops where it should, ends as it would, and a lock that it holds is seen."""

import threading

import pytest
from django.db import transaction

from claims.actions.conflicts import detection
from tests import factories as make
from tests import held_open as helper
from tests.held_open import everybody_else_goes_on, held_open

pytestmark = pytest.mark.usefixtures("cloned_database")


def slowly(thing: str) -> str:
    return f"{thing}, slowly"


def test_a_step_stops_before_the_call_and_gives_what_it_gives() -> None:
    done = threading.Event()

    def step() -> str:
        result = slowly("searched")
        done.set()
        return result

    with held_open(step, at=f"{__name__}:slowly") as held:
        everybody_else_goes_on()
        assert slowly("elsewhere") == "elsewhere, slowly"
        assert not done.is_set()

    assert held.result == "searched, slowly"


def test_a_step_raises_what_it_raised() -> None:
    def step() -> None:
        raise SystemExit(slowly("2"))

    with pytest.raises(SystemExit, match="2, slowly"), held_open(step, at=f"{__name__}:slowly"):
        pass


def test_a_step_that_never_comes_there_is_said_to() -> None:
    with (
        pytest.raises(AssertionError, match="without a call"),
        held_open(make.source, at=f"{__name__}:slowly"),
    ):
        pass


def test_who_waits_for_a_step_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helper, "LOCK_TIMEOUT", 0.2)

    def step() -> None:
        with transaction.atomic():
            detection.share_global_lock()
            slowly("compared")

    with (
        held_open(step, at=f"{__name__}:slowly"),
        pytest.raises(AssertionError, match=r"_merge_entity.*lock timeout") as failed,
    ):
        everybody_else_goes_on()

    assert "_propose" not in str(failed.value)
