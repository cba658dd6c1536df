"""Restoring a backup into an empty database: all of it or nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from factbase.backups.archive import BackupReader, digest, open_backup
from factbase.backups.dump import replay
from factbase.backups.manifest import Manifest, Part, not_a_backup
from factbase.backups.refusals import BackupRefused
from factbase.backups.tables import count_rows, declared_tables, kept_blobs, table_names
from factbase.postgres import past_schemas, rights
from factbase.postgres.schema_history import is_from_before
from sources.models import Blob

# A database with rows in one of these is somebody's work.
WORK_TABLES = ("sources_source", "claims_claim", "factbase_user")


def restore(path: Path, *, say: Callable[[str], None]) -> Manifest:
    """Fill the database and the storage from a backup; on failure both are as before.

    Raises BackupRefused for a file that is no intact backup, a backup of a later factbase, and a
    database that is neither empty nor just migrated.
    """
    connection = connections["owner"]
    say("Checking the backup …")
    with open_backup(path) as reader:
        refuse_unknown_migrations(reader.manifest)
        with (
            remove_files_on_failure() as written,
            transaction.atomic(using="owner"),
            connection.cursor() as cursor,
        ):
            empty_schema(cursor)
            say("Restoring rows and history …")
            replay(cursor, reader.open("database.sql.gz"))
            cursor.execute('SET search_path = "$user", public')
            check_contents(cursor, reader.manifest)
            rights.apply(connection)
            if is_of_these_tables(reader.manifest):
                past_schemas.make_views(connection, rights.runtime_role())
            say(f"Restoring {len(reader.manifest.captures)} captured files …")
            for part in reader.manifest.captures:
                restore_capture(reader, part, written)
    connection.close()  # with the settings of the dump
    return reader.manifest


def refuse_unknown_migrations(manifest: Manifest) -> None:
    """Refuse a backup from before the first migrations, or with migrations unknown here."""
    if is_from_before(manifest.migrations):
        raise BackupRefused(
            "earlier_tables",
            "The backup was made by a factbase from before its tables were settled, and cannot be "
            "brought up to date. Restore it with the version that made it.",
        )
    known = MigrationLoader(None).disk_migrations or {}
    apps = {app for app, _ in known}
    for app, name in manifest.migrations:
        if app in apps and (app, name) not in known:
            raise BackupRefused(
                "later_factbase",
                f"The backup was made by a later factbase: it has been through {app}.{name}, which "
                "this one does not know. Restore it with that version or a later one.",
            )


def is_of_these_tables(manifest: Manifest) -> bool:
    """Whether a backup has been through all migrations; else who restores it migrates next."""
    known = MigrationLoader(None).disk_migrations or {}
    return known.keys() <= set(manifest.migrations)


def empty_schema(cursor: Any) -> None:
    """Drop all tables, sequences, routines and types for the backup's own.

    Raises BackupRefused where a table is not factbase's or somebody's work would be lost.
    """
    found = table_names(cursor)
    foreign = sorted(set(found) - declared_tables())
    if foreign:
        raise BackupRefused(
            "foreign_tables",
            f"The database has tables that are not factbase's ({', '.join(foreign[:5])}). Restore "
            "into an empty database.",
        )
    for name in WORK_TABLES:
        if name in found:
            table = sql.Identifier("public", name)
            cursor.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(table))
            cursor.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(table))
            if cursor.fetchone()[0]:
                raise BackupRefused(
                    "not_empty",
                    f"The database is in use: {name} has rows. Restore into an empty database, for "
                    "instance with another data folder (FACTBASE_DATA) or DATABASE_URL.",
                )
    cursor.execute(DROPS)
    for (statement,) in cursor.fetchall():
        cursor.execute(statement)


# The statements that empty a schema, without what belongs to an extension.
DROPS = """
WITH extended AS (SELECT objid FROM pg_depend WHERE deptype = 'e')
SELECT 'DROP TABLE IF EXISTS ' || string_agg(format('public.%I', relname), ', ') || ' CASCADE'
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
AND oid NOT IN (SELECT objid FROM extended) HAVING count(*) > 0
UNION ALL
SELECT 'DROP SEQUENCE IF EXISTS ' || string_agg(format('public.%I', relname), ', ') || ' CASCADE'
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
AND oid NOT IN (SELECT objid FROM extended) HAVING count(*) > 0
UNION ALL
SELECT 'DROP ROUTINE IF EXISTS ' || string_agg(oid::regprocedure::text, ', ') || ' CASCADE'
FROM pg_proc WHERE pronamespace = 'public'::regnamespace
AND oid NOT IN (SELECT objid FROM extended) HAVING count(*) > 0
UNION ALL
SELECT 'DROP TYPE IF EXISTS ' || string_agg(format('public.%I', typname), ', ') || ' CASCADE'
FROM pg_type LEFT JOIN pg_class c ON c.oid = typrelid
WHERE typnamespace = 'public'::regnamespace
AND (typtype IN ('e', 'd') OR (typtype = 'c' AND c.relkind = 'c'))
AND pg_type.oid NOT IN (SELECT objid FROM extended) HAVING count(*) > 0
"""


def check_contents(cursor: Any, manifest: Manifest) -> None:
    """Refuse rows and captures that are not as many as the manifest says."""
    found = count_rows(cursor)
    if found != manifest.counts:
        wrong = sorted(
            name
            for name in found.keys() | manifest.counts.keys()
            if found.get(name) != manifest.counts.get(name)
        )
        raise not_a_backup(f"the rows of {', '.join(wrong[:5])} are not as many as it says")
    if kept_blobs(cursor) != sorted(manifest.captures, key=lambda part: part.sha256):
        raise not_a_backup("it has other captured files than its rows name")


@contextmanager
def remove_files_on_failure() -> Iterator[list[str]]:
    """Collect the names of files written, and delete the files when the block fails."""
    written: list[str] = []
    try:
        yield written
    except BaseException:
        for name in reversed(written):
            default_storage.delete(name)
        raise


def restore_capture(reader: BackupReader, part: Part, written: list[str]) -> None:
    """Store the bytes of one capture, unless they are there."""
    name = Blob(sha256=part.sha256, size=part.size).storage_name
    if default_storage.exists(name):
        with default_storage.open(name) as there:
            if digest(there) == part.sha256:
                return
        raise BackupRefused(
            "storage_in_use",
            f"The storage has another file under {name}. Restore with an empty storage.",
        )
    written.append(name)
    with reader.open(f"captures/{part.sha256}") as source:
        stored = default_storage.save(name, File(source))
    if stored != name:
        written[-1] = stored
        raise BackupRefused(
            "storage_in_use", f"The storage gave {name} another name, {stored}. Try again."
        )
