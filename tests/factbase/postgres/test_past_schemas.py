"""The views in which the past is read have the columns of their tables, and are read only."""

import pytest
from django.db import connection

from factbase.postgres.past_schemas import SCHEMAS
from factbase.postgres.rights import PRIVILEGES
from sources.querysets.past import MOMENT

COLUMNS = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attcollation::regcollation::text
FROM pg_attribute a WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum
"""

VIEWS = [
    (schema, table.model._meta.db_table) for schema, tables in SCHEMAS.items() for table in tables
]


def columns_of(table: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [table])
        return list(cursor.fetchall())


@pytest.mark.django_db
@pytest.mark.parametrize(("schema", "table"), VIEWS)
def test_a_table_of_the_past_has_the_columns_of_today(schema: str, table: str) -> None:
    assert columns_of(f"{schema}.{table}") == columns_of(f"public.{table}") != []


@pytest.mark.django_db
@pytest.mark.parametrize(("schema", "table"), VIEWS)
def test_a_row_of_the_past_is_found_by_an_index(schema: str, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, now()::text, true)", [MOMENT])
        # A scan of a whole table is left where no index can give the row.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT * FROM {schema}.{table} WHERE id = 1")
        plan = [line for (line,) in cursor.fetchall()]

    assert [line for line in plan if "Seq Scan" in line] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("schema", "table"), VIEWS)
def test_nobody_writes_into_the_past(schema: str, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array(SELECT p FROM unnest(%s::text[]) p "
            "WHERE has_table_privilege(session_user, %s, p))",
            [list(PRIVILEGES), f"{schema}.{table}"],
        )
        (held,) = cursor.fetchone()

    assert held == ["SELECT"]
