"""Searching the whole database for words: every text and JSON, history included."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from psycopg import sql

# What this role may read, in the schema that the tables are in.
COLUMNS = """
SELECT table_name::text, column_name::text, data_type = 'bytea' FROM information_schema.columns
WHERE table_schema = 'public'
AND data_type IN ('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'bytea')
AND has_column_privilege(format('%I.%I', table_schema, table_name), column_name, 'SELECT')
ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Copy:
    """A column in which the words stand, and in how many rows."""

    table: str
    column: str
    count: int


def find_copies(words: str) -> list[Copy]:
    """The columns of all tables that hold the words, character for character, in one query.

    Texts, JSON and bytes in UTF-8 are searched; words that somebody wrote otherwise are not found.
    """
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        columns = cursor.fetchall()
        cursor.execute(
            counting_query(columns).as_string(), {"words": words, "json": as_json(words)}
        )
        return [Copy(*row) for row in cursor.fetchall() if row[2]]


def as_json(words: str) -> str:
    """The words as they stand within a JSON string."""
    return json.dumps(words, ensure_ascii=False)[1:-1]


def counting_query(columns: Iterable[tuple[str, str, bool]]) -> sql.Composed:
    """One query that counts, for each column of text or of bytes, the rows with the words."""
    counts = [
        sql.SQL(
            "SELECT {table}, {column}, count(*) FROM public.{of} WHERE "
            "position({words} IN {held}) > 0 OR position({json} IN {held}) > 0"
        ).format(
            table=sql.Literal(table),
            column=sql.Literal(column),
            of=sql.Identifier(table),
            **(bytes_terms(column) if is_bytes else text_terms(column)),
        )
        for table, column, is_bytes in columns
    ]
    return sql.SQL(" UNION ALL ").join(counts)


def text_terms(column: str) -> dict[str, sql.Composable]:
    """The terms of the comparison where a column can be written as text."""
    return {
        "held": sql.SQL("{}::text").format(sql.Identifier(column)),
        "words": sql.SQL("%(words)s"),
        "json": sql.SQL("%(json)s"),
    }


def bytes_terms(column: str) -> dict[str, sql.Composable]:
    """The terms where a column has bytes, which written as text are hex digits."""
    return {
        "held": sql.Identifier(column),
        "words": sql.SQL("convert_to(%(words)s, 'UTF8')"),
        "json": sql.SQL("convert_to(%(json)s, 'UTF8')"),
    }
