"""The demo's programs are started again when they end, later each time."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import CommandError

from factbase.serving import Program, ending
from tests.factbase.test_lifeline import eventually

ENDS_AT_ONCE = [sys.executable, "-c", "raise SystemExit(3)"]
RUNS = [sys.executable, "-c", "import time; time.sleep(60)"]


@contextmanager
def program(command: list[str], said: list[str], **limits: Any) -> Iterator[Program]:
    """A program of the demo, killed at the end."""
    started = Program("worker", command, say=said.append, **limits)
    try:
        yield started
    finally:
        started.process.kill()
        started.process.wait()
        assert started.process.stdin is not None
        started.process.stdin.close()


def starts_again(running: Program) -> bool:
    """Whether the program runs as another process than now, in a while."""
    before = running.process.pid

    def is_another() -> bool:
        running.keep_running()
        return running.process.pid != before

    return eventually(is_another)


def test_one_that_was_killed_starts_again_at_once_and_it_is_said() -> None:
    said: list[str] = []
    with program(RUNS, said, min_uptime=0.0) as running:
        os.kill(running.process.pid, signal.SIGKILL)

        assert starts_again(running)
        assert running.process.poll() is None
    assert said == ["The worker ended by itself (killed by SIGKILL). It starts again."]


def test_one_that_ends_at_once_again_and_again_is_said_and_waits_longer_each_time() -> None:
    said: list[str] = []
    with program(ENDS_AT_ONCE, said, first_wait=0.01) as running:
        for _ in range(3):
            assert starts_again(running)
        running.process.wait()
        running.first_wait = 1.0
        running.keep_running()

    assert said[0] == (
        "The worker ended by itself (exit code 3) as soon as it had started. It starts again."
    )
    assert said[-1] == (
        "The worker ended by itself (exit code 3) as soon as it had started, 4 times in a row. "
        "It starts again in 8 s."
    )


def test_one_that_may_fail_only_so_often_is_given_up() -> None:
    said: list[str] = []
    with program(ENDS_AT_ONCE, said, max_failed_starts=2, first_wait=0.0) as running:
        assert starts_again(running)
        running.process.wait()

        with pytest.raises(CommandError, match=r"2 times in a row; its last lines above say why"):
            running.keep_running()


def test_its_input_ends_with_whoever_started_it() -> None:
    with program([sys.executable, "-c", "import sys; sys.stdin.read()"], []) as running:
        assert running.process.stdin is not None
        running.process.stdin.close()

        assert running.process.wait(20) == 0


@pytest.mark.parametrize(
    ("code", "words"), [(-9, "killed by SIGKILL"), (-15, "killed by SIGTERM"), (1, "exit code 1")]
)
def test_it_says_how_a_process_ended(code: int, words: str) -> None:
    assert ending(code) == words
