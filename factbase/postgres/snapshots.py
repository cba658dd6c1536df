"""Read one state of the database, whatever others write meanwhile."""

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
