"""Writing many rows of models at once, with COPY, as the owner of the tables.

The triggers that follow each row are off meanwhile: they write the history of a row, and let nobody
enter what was reviewed long ago. All else that the database holds rows to, it holds these to as
well: types, checks, unique keys and foreign keys.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connections, models, transaction
from psycopg import sql
from psycopg.types.json import Jsonb

# The values of a row by the names of its columns as the model has them: `source_id`, `title`.
Row = Mapping[str, Any]


@contextmanager
def bulk_loading(*tables: type[models.Model]) -> Iterator[None]:
    """Let `load` write these tables in one transaction, each statement checked as it ends.

    At the end the ids that the database gives go on behind those that were loaded.
    """
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table._meta.db_table}" DISABLE TRIGGER USER')
        yield
        for table in tables:
            name = table._meta.db_table
            cursor.execute(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), "
                f'coalesce(max(id), 0) + 1, false) FROM "{name}"',
                [name],
            )


def load(model: type[models.Model], rows: Iterable[Row]) -> None:
    """Write rows of a model. A column that a row leaves out has the default of its field.

    A column of which no row says anything, and that has no default, is left to the database.
    """
    given = list(rows)
    if not given:
        return
    named: set[str] = set().union(*given)
    if unknown := named - {field.attname for field in model._meta.local_concrete_fields}:
        raise ValueError(f"{model.__name__} has no column {min(unknown)}.")
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if not field.generated
        and (field.attname in named or field.has_default() or is_blank_text(field))
    ]
    columns = [
        (field.attname, field.get_default, isinstance(field, models.JSONField)) for field in fields
    ]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields),
    )
    with connections["owner"].cursor() as cursor, cursor.copy(statement) as copy:
        for row in given:
            values = [
                (row[name] if name in row else default(), is_json)
                for name, default, is_json in columns
            ]
            copy.write_row([Jsonb(value) if is_json else value for value, is_json in values])


def is_blank_text(field: Any) -> bool:
    """Whether a text that nothing is said of is an empty one."""
    return bool(field.empty_strings_allowed and not field.null and not field.has_default())
