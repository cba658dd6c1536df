"""The schemas in which the past is read: a view for each table that was another one then.

They follow from the code and hold nothing themselves. They are made anew after every migration and
restore, as the rights of the runtime role are, and are in no backup. See decision 44.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from claims.models.past_tables import HISTORIES, TABLES_OF_PUBLIC, TABLES_OF_STAFF
from factbase.postgres.refusals import DatabaseUnavailable
from sources.models.past_tables import TABLES, PastTable, Rows, recorded_by_then
from sources.querysets.past import SCHEMA_OF_PUBLIC, SCHEMA_OF_STAFF

SCHEMAS: Mapping[str, Sequence[PastTable]] = {
    SCHEMA_OF_PUBLIC: (*TABLES, *TABLES_OF_PUBLIC),
    SCHEMA_OF_STAFF: (*TABLES, *TABLES_OF_STAFF),
}

# The columns of all tables, with their types, in order.
_COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, a.attnum
"""

_VIEWS = "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'v'"

Columns = Mapping[str, Mapping[str, str]]


def remove_views(connection: BaseDatabaseWrapper) -> None:
    """Drop the views: a table that one reads cannot be altered. `connection` is the owner's."""
    with connection.cursor() as cursor:
        for schema in SCHEMAS:
            if _is_there(cursor, schema):
                cursor.execute(_VIEWS, [schema])
                views = [sql.Identifier(schema, name) for (name,) in cursor.fetchall()]
                if views:
                    drop = sql.SQL("DROP VIEW {} CASCADE").format(sql.SQL(", ").join(views))
                    cursor.execute(drop.as_string())


def make_views(connection: BaseDatabaseWrapper, role: str) -> None:
    """Make the schemas and their views, which `role` may read. `connection` is the owner's.

    All migrations are applied. Raises DatabaseUnavailable where the owner may not make schemas.
    """
    remove_views(connection)
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        columns: dict[str, dict[str, str]] = defaultdict(dict)
        for table, name, kind in cursor.fetchall():
            columns[table][name] = kind
        for schema, tables in SCHEMAS.items():
            _make_schema(cursor, schema)
            for statement in (*_views(schema, tables, columns), *_grants(schema, role)):
                cursor.execute(statement)


def _is_there(cursor: Any, schema: str) -> bool:
    cursor.execute("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %s)", [schema])
    return bool(cursor.fetchone()[0])


def _make_schema(cursor: Any, schema: str) -> None:
    """Make the schema where there is none; an administrator may have made it for the owner."""
    if _is_there(cursor, schema):
        return
    cursor.execute("SELECT current_user, has_database_privilege(current_database(), 'CREATE')")
    owner, may_create = cursor.fetchone()
    if not may_create:
        raise DatabaseUnavailable(
            "no_schema",
            f"The role {owner} may not make the schema {schema}, in which the past is read. Let "
            f"an administrator of the database run: CREATE SCHEMA {schema} AUTHORIZATION {owner}; "
            "then migrate again.",
        )
    cursor.execute(f"CREATE SCHEMA {schema}")


def _views(schema: str, tables: Sequence[PastTable], columns: Columns) -> Iterator[str]:
    """The statements that make the views of a schema."""
    for table in tables:
        name = table.model._meta.db_table
        yield f"CREATE VIEW {schema}.{name} AS {_query(table, columns)}"
    for name in HISTORIES:
        rows = f"public.{name} h WHERE {recorded_by_then('h')}"
        yield f"CREATE VIEW {schema}.{name} AS SELECT h.* FROM {rows}"  # noqa: S608 - constants only


def _grants(schema: str, role: str) -> Iterator[str]:
    """The statements that let the role read the views of a schema, and nothing else."""
    name, to = sql.Identifier(schema), sql.Identifier(role)
    yield sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(name, to).as_string()
    yield sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {}").format(name, to).as_string()


def _query(table: PastTable, columns: Columns) -> str:
    """The rows and columns of a table as they were, in the order and the types of today."""
    name = table.model._meta.db_table
    history = f"{name}event"
    if table.rows is not Rows.KEPT and history not in columns:
        raise LookupError(f"The table {name} has no history to read its past from.")
    recorded = columns[history] if table.rows is not Rows.KEPT else {}
    wanted = ", ".join(
        f"{_column(table, column, recorded)}::{kind} AS {column}"
        for column, kind in columns[name].items()
    )
    return f"SELECT {wanted} FROM {_FROM[table.rows].format(name=name)} AND {table.since}"  # noqa: S608 - constants only


def _column(table: PastTable, column: str, recorded: Mapping[str, str]) -> str:
    """The expression for a column: as declared, as in the history, or as it is today."""
    if column in table.columns:
        return f"({table.columns[column]})"
    if column == "id":  # the column that has an index
        return "e.pgh_obj_id" if table.rows is Rows.REPLAYED else "b.id"
    return f"e.{column}" if column in recorded and column not in table.today else f"b.{column}"


_FROM = {
    Rows.KEPT: "public.{name} b WHERE TRUE",
    Rows.FOLLOWED: f"""public.{{name}} b CROSS JOIN LATERAL (
        SELECT * FROM public.{{name}}event h
        WHERE h.pgh_obj_id = b.id AND {recorded_by_then("h")} ORDER BY h.pgh_id DESC LIMIT 1
    ) e WHERE TRUE""",  # noqa: S608 - constants only
    Rows.REPLAYED: f"""public.{{name}}event e LEFT JOIN public.{{name}} b ON b.id = e.pgh_obj_id
        WHERE e.pgh_label <> 'delete' AND {recorded_by_then("e")} AND NOT EXISTS (
            SELECT FROM public.{{name}}event l WHERE l.pgh_obj_id = e.pgh_obj_id
            AND l.pgh_id > e.pgh_id AND {recorded_by_then("l")}
        )""",
}
