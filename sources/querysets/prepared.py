"""SQL that the server plans once per connection."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from sources.querysets.past import is_in_past


def prepared_rows(sql: str, values: Mapping[str, Any]) -> list[Any]:
    """The rows of a statement that begins with SELECT and whose plan fits all values.

    Ids come as `id_array` and are cast in the statement: psycopg takes ten times as long for a
    list. What is planned for its values, as a search for a word, is asked by the ORM instead: one
    plan for all words walks the table for the rare ones. What reads the past is planned each time:
    its tables are others, and the plan kept for those of today stays.
    """
    prepared: Any = connection  # of our backend
    with connection.cursor() if is_in_past() else prepared.prepared_cursor() as cursor:
        cursor.execute(sql, values)
        found: list[Any] = cursor.fetchall()
        return found


def id_array(ids: Iterable[int]) -> str:
    """Ids as PostgreSQL writes an array, for `= ANY(%(ids)s::text::bigint[])`."""
    return f"{{{','.join(map(str, ids))}}}"
