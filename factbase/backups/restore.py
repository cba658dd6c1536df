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

from factbase.backups.archive import Reader, checked, digest
from factbase.backups.dump import replay
from factbase.backups.manifest import Manifest, Part, not_a_backup
from factbase.backups.refusals import BackupRefused
from factbase.backups.tables import blobs, count_rows, known_tables, tables
from factbase.postgres import rights
from factbase.postgres.schema_history import is_from_before
from sources.models import Blob

# A database with rows in one of these is somebody's work.
WORK = ("sources_source", "claims_claim", "factbase_user")


def restore(path: Path, *, say: Callable[[str], None]) -> Manifest:
    """Fill the database and the storage from a backup; on failure both are as before.

    Raises BackupRefused for a file that is no intact backup, a backup of a later factbase, and a
    database that is neither empty nor just migrated.
    """
    connection = connections["owner"]
    say("Checking the backup …")
    with checked(path) as reader:
        refuse_unknown_migrations(reader.manifest)
        with (
            files_kept_on_success() as written,
            transaction.atomic(using="owner"),
            connection.cursor() as cursor,
        ):
            clear(cursor)
            say("Restoring rows and history …")
            replay(cursor, reader.open("database.sql.gz"))
            cursor.execute('SET search_path = "$user", public')
            compare(cursor, reader.manifest)
            rights.apply(connection)
            say(f"Restoring {len(reader.manifest.captures)} captured files …")
            for part in reader.manifest.captures:
                keep(reader, part, written)
    connection.close()  # with the settings of the dump
    return reader.manifest


def refuse_unknown_migrations(manifest: Manifest) -> None:
    """A backup may be older than the code, never later, nor older than the first migrations."""
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


def clear(cursor: Any) -> None:
    """Make way for the backup's own schema. Raises BackupRefused where something would be lost."""
    found = tables(cursor)
    foreign = sorted(set(found) - known_tables())
    if foreign:
        raise BackupRefused(
            "foreign_tables",
            f"The database has tables that are not factbase's ({', '.join(foreign[:5])}). Restore "
            "into an empty database.",
        )
    for name in WORK:
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


def compare(cursor: Any, manifest: Manifest) -> None:
    """Refuse when the rows that came are not those that the manifest counts."""
    found = count_rows(cursor)
    if found != manifest.counts:
        wrong = sorted(
            name
            for name in found.keys() | manifest.counts.keys()
            if found.get(name) != manifest.counts.get(name)
        )
        raise not_a_backup(f"the rows of {', '.join(wrong[:5])} are not as many as it says")
    if blobs(cursor) != sorted(manifest.captures, key=lambda part: part.sha256):
        raise not_a_backup("it has other captured files than its rows name")


@contextmanager
def files_kept_on_success() -> Iterator[list[str]]:
    """Names of files that were written; whatever ends the work early removes them again."""
    written: list[str] = []
    try:
        yield written
    except BaseException:
        for name in reversed(written):
            default_storage.delete(name)
        raise


def keep(reader: Reader, part: Part, written: list[str]) -> None:
    """Put the bytes of one capture into the storage, unless they are there."""
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
