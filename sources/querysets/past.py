"""Reading the past: the same QuerySets and SQL, over tables as they were at a time.

Beside the tables stand two schemas with views of the same names (`factbase.postgres.past_schemas`),
one for what the public knew and one for the desk. Inside `known_at` a name of a table means such a
view, so that no read has to know of the past. See decision 44.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from psycopg.pq import TransactionStatus

from sources.querysets.snapshots import one_snapshot

# The setting of a transaction that the views ask for the time.
MOMENT = "factbase.known_at"
SCHEMA_OF_PUBLIC = "known_to_public"
SCHEMA_OF_STAFF = "known_to_staff"

# Set on a connection that reads the past.
_FLAG = "factbase_reads_past"

# The views make statements of many parts of which few rows come: to compile one takes longer than
# to run it.
_ENTER = """
SELECT set_config('search_path', %s, true), set_config(%s, %s, true), set_config('jit', %s, true)
"""
_PRESENT = """
SELECT current_setting('search_path'), coalesce(current_setting(%s, true), ''),
    current_setting('jit')
"""


@contextmanager
def known_at(moment: datetime | None, *, is_staff: bool) -> Iterator[None]:
    """All reads inside see what the desk, or the public, knew at a time. Nothing can be written.

    They are of one state of the database; inside of a transaction it is that one's reads that
    count. What is read later than the block ends, such as a QuerySet that nobody evaluated, is
    today's. Without a moment, reads inside are those of the present, as outside.
    """
    if moment is None:
        yield
        return
    schema = SCHEMA_OF_STAFF if is_staff else SCHEMA_OF_PUBLIC
    with one_snapshot(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_PRESENT, [MOMENT])
            path, before, jit = cursor.fetchone()
            cursor.execute(_ENTER, [f"{schema}, public", MOMENT, moment.isoformat(), "off"])
        was_in_past = is_in_past()
        setattr(connection, _FLAG, True)
        try:
            yield
        finally:
            setattr(connection, _FLAG, was_in_past)
            _leave(path, before, jit)


def is_in_past() -> bool:
    """Whether the connection reads the past: its statements are not to be planned for later."""
    return bool(getattr(connection, _FLAG, False))


def _leave(path: str, before: str, jit: str) -> None:
    """Read the present again, also where the transaction goes on; a broken one is undone whole."""
    driver = connection.connection
    if driver is None or driver.info.transaction_status != TransactionStatus.INTRANS:
        transaction.set_rollback(True)
        return
    with connection.cursor() as cursor:
        cursor.execute(_ENTER, [path, MOMENT, before, jit])
