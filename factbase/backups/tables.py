"""Reads of the contents that a backup covers: tables, row counts, migrations, blobs."""

from typing import Any

from django.apps import apps
from psycopg import sql

from factbase.backups.manifest import Part

TABLES = """
SELECT c.relname::text FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY 1
"""


def table_names(cursor: Any) -> list[str]:
    """The names of the tables, without those of extensions."""
    cursor.execute(TABLES)
    return [name for (name,) in cursor.fetchall()]


def count_rows(cursor: Any) -> dict[str, int]:
    """Count the rows of each table."""
    counts = {}
    for name in table_names(cursor):
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", name)))
        counts[name] = int(cursor.fetchone()[0])
    return counts


def applied_migrations(cursor: Any) -> list[tuple[str, str]]:
    """Return app and name of the applied migrations, in order of application."""
    if "django_migrations" not in table_names(cursor):
        return []
    cursor.execute("SELECT app, name FROM public.django_migrations ORDER BY id")
    return [(str(app), str(name)) for app, name in cursor.fetchall()]


def kept_blobs(cursor: Any) -> list[Part]:
    """Return every blob but those whose bytes were withheld, by SHA-256."""
    if "sources_blob" not in table_names(cursor):
        return []
    cursor.execute(
        "SELECT sha256, size FROM public.sources_blob b WHERE NOT EXISTS ("
        "SELECT FROM public.sources_withholding w "
        "WHERE w.table_name = 'sources_blob' AND w.row_id = b.id) ORDER BY sha256"
    )
    return [Part(str(sha256), int(size)) for sha256, size in cursor.fetchall()]


def declared_tables() -> set[str]:
    """Every table that the code declares."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table for model in models} | {"django_migrations"}
