"""Turns at exports over HTTP: so many at once of one database, however many processes serve it.

Somebody who reads slowly holds a thread of the web server, and a transaction. A slot is an advisory
lock of a connection: PostgreSQL takes it back from a process that is gone.
"""

from django.db import connection

# Fewer than a web server's process has threads, so that each has one left for other requests.
SLOTS = 3
# The lock of the first slot; the others have the numbers after it.
EXPORT_LOCK = 7_301_447_300
# Seconds after which it is worth asking again.
RETRY_AFTER = 30


class ExportsBusy(Exception):
    """All slots are taken."""


class ExportSlot:
    """A slot that is held until it is closed. Raises ExportsBusy at once where there is none.

    It is not given back by the collector of garbage, which runs in any thread.
    """

    def __init__(self) -> None:
        self._lock: int | None = _acquire()

    def close(self) -> None:
        """Give the slot back; once is enough."""
        lock, self._lock = self._lock, None
        if lock is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])


def _acquire() -> int:
    """The lock of the first slot that is free, held by this connection."""
    with connection.cursor() as cursor:
        for lock in range(EXPORT_LOCK, EXPORT_LOCK + SLOTS):
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
            (is_held,) = cursor.fetchone()
            if is_held:
                return lock
    raise ExportsBusy
