"""Read one state of the database, whatever others write meanwhile; tell states apart."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def read_snapshot() -> Iterator[None]:
    """All reads inside see the database as it was at the first of them; writes are refused.

    No row or advisory lock is needed inside, and nobody waits for it. It is a transaction of its
    own: raises RuntimeError inside of another one.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


# The snapshot alone would not do: after a crash the server may give the numbers of transactions
# that ended without a trace once more. It then begins with a checkpoint; another server that takes
# over started at another time.
_STATE = """
SELECT concat_ws(' ', pg_postmaster_start_time(), checkpoint_lsn, pg_current_snapshot())
FROM pg_control_checkpoint()
WHERE NOT pg_is_in_recovery()
"""


def database_state() -> str | None:
    """Return a text that differs whenever a transaction that wrote has ended in between.

    While two calls, each outside of a transaction, return the same, every statement between them
    saw the same rows. None on a standby, whose snapshots do not list the transactions in progress.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        row = cursor.fetchone()
    return None if row is None else str(row[0])
