"""Several people at the same moment: each in a thread of their own, with real transactions."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, connections

from sources.domain.refusals import Refusal


def at_once(*things: Callable[[], Any]) -> list[Any]:
    """Do these in a thread each, begun together; what each gave, or the refusal it got."""
    begun = threading.Barrier(len(things))

    def do(thing: Callable[[], Any]) -> Any:
        try:
            begun.wait()
            return thing()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(things)) as threads:
        return [done.result() for done in [threads.submit(do, thing) for thing in things]]


def refusals(outcomes: list[Any]) -> list[Refusal]:
    found = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert all(refusal.message.endswith(".") for refusal in found)
    return found


def somebody_waits(timeout: float = 20) -> None:
    """Return once a connection to this database waits for a lock; fail after a timeout in s."""
    until = time.monotonic() + timeout
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("Nobody waits for a lock.")
