"""A slow step held open at a chosen call, while everybody else has work to do.

    with held_open(lambda: run_absence(...), at="claims.actions.absence.runs:search_text"):
        everybody_else_goes_on()

It needs the fixture `cloned_database`: each person has a connection and real transactions.
"""

import importlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.db import connection, connections

from claims.actions.catalogue import revise_entity
from claims.actions.claims.entry import submit
from claims.actions.conflicts.decisions import open_editorial
from sources.vocabulary import Role
from tests import factories as make

# In seconds: how long anybody waits for a lock before the test fails, and for all of a step.
LOCK_TIMEOUT = 3
STEP_TIMEOUT = 60


class HeldOpen:
    """A step that runs in a thread and stops at the first call of one function."""

    def __init__(self, step: Callable[[], Any]) -> None:
        self._step = step
        self._stopped_or_ended = threading.Event()
        self._released = threading.Event()
        self._is_stopped = False
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.result: Any = None

    def start(self) -> None:
        """Begin the step, and wait until it stands at the function."""
        self._thread.start()
        assert self._stopped_or_ended.wait(STEP_TIMEOUT), "The step never came to the function."
        if not self._is_stopped:
            self.go_on()
            raise AssertionError("The step ended without a call of the function.")

    def stop_here(self) -> None:
        """In the step's own thread: stop, the first time, until the step may go on."""
        if threading.current_thread() is self._thread and not self._is_stopped:
            self._is_stopped = True
            self._stopped_or_ended.set()
            assert self._released.wait(STEP_TIMEOUT), "Nobody let the step go on."

    def go_on(self) -> Any:
        """Let the step end; return what it gives, or raise what it raised."""
        self._released.set()
        self._thread.join(STEP_TIMEOUT)
        assert not self._thread.is_alive(), "The step did not end."
        if self._error is not None:
            raise self._error
        return self.result

    def _run(self) -> None:
        try:
            self.result = self._step()
        except BaseException as error:  # SystemExit of a command too
            self._error = error
        finally:
            connections.close_all()
            self._stopped_or_ended.set()


@contextmanager
def held_open(step: Callable[[], Any], *, at: str) -> Iterator[HeldOpen]:
    """Hold a step open until the block ends or `go_on` is called, before its first call of `at`.

    `at` is "module:name" or "module:Class.name", in the module that looks the name up. The function
    itself is called after; in other threads it is called at once. Raises what the step raised.
    """
    module, _colon, path = at.partition(":")
    *owners, name = path.split(".")
    owner: Any = importlib.import_module(module)
    for each in owners:
        owner = getattr(owner, each)
    function = getattr(owner, name)
    held = HeldOpen(step)

    @wraps(function)
    def stopping(*args: Any, **kwargs: Any) -> Any:
        held.stop_here()
        return function(*args, **kwargs)

    setattr(owner, name, stopping)
    try:
        held.start()
        yield held
    finally:
        setattr(owner, name, function)
        held._released.set()
    held.go_on()


def everybody_else_goes_on(*more: Callable[[], object]) -> None:
    """Propose, submit, decide, open a conflict and merge an entity, and do `more`, each elsewhere.

    Each is done in a connection of its own, one after the other. Fails with the names of those that
    waited for a lock longer than LOCK_TIMEOUT, or failed.
    """
    failed = {}
    for thing in (_propose, _submit, _decide, _open_conflict, _merge_entity, *more):
        try:
            elsewhere(thing)
        except Exception as error:
            failed[getattr(thing, "__name__", str(thing))] = repr(error)
    assert not failed, failed


def elsewhere(thing: Callable[[], object]) -> object:
    """Do something in a connection of its own that waits for no lock longer than LOCK_TIMEOUT."""

    def do() -> object:
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('lock_timeout', %s, false)", [f"{LOCK_TIMEOUT * 1000:.0f}ms"]
                )
            return thing()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(do).result(STEP_TIMEOUT)


def _propose() -> None:
    make.draft()


def _submit() -> None:
    submit(version=make.draft(), by=make.somebody(Role.CONTRIBUTOR), at=make.TODAY)


def _decide() -> None:
    make.published()


def _open_conflict() -> None:
    one, other = make.submitted(), make.submitted()
    open_editorial(
        claims=[one.claim, other.claim],
        question="Are these about the same thing?",
        by=make.somebody(Role.EDITOR),
        at=make.TODAY,
    )


def _merge_entity() -> None:
    revise_entity(
        entity=make.entity(),
        merged_into=make.entity(),
        by=make.somebody(Role.EDITOR),
        at=make.TODAY,
    )
