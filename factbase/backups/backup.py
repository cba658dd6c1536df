"""Making a backup: one snapshot of the database, with the bytes of every capture in it."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from factbase.backups.archive import BackupWriter, digest, new_file
from factbase.backups.dump import write_dump
from factbase.backups.manifest import Manifest, Part
from factbase.backups.refusals import BackupRefused
from factbase.backups.tables import applied_migrations, count_rows, kept_blobs
from sources.models import Blob


def backup(path: Path, *, force: bool, at: datetime, say: Callable[[str], None]) -> Manifest:
    """Write everything to one file, whole or not at all.

    Raises BackupRefused when the file exists, cannot be written, a capture's bytes are missing or
    changed, or the server is newer than pg_dump.
    """
    connection = connections["owner"]
    with (
        new_file(path, force=force) as file,
        tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder,
    ):
        dump = Path(folder) / "database.sql.gz"
        say("Dumping rows and history …")
        manifest = snapshot(connection, dump, at)
        writer = BackupWriter(file, manifest)
        with dump.open("rb") as source:
            writer.write("database.sql.gz", manifest.database, source)
        say(f"Copying {len(manifest.captures)} captured files …")
        for part in manifest.captures:
            write_capture(writer, part)
        writer.close()
    return manifest


def snapshot(connection: BaseDatabaseWrapper, dump: Path, at: datetime) -> Manifest:
    """Dump the database, and return the manifest of the same snapshot."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        write_dump(connection, dump, str(cursor.fetchone()[0]))
        with dump.open("rb") as source:
            sha256 = digest(source)
        return Manifest(
            made_at=at.isoformat(),
            server=connection.connection.info.server_version,
            migrations=applied_migrations(cursor),
            counts=count_rows(cursor),
            database=Part(sha256, dump.stat().st_size),
            captures=kept_blobs(cursor),
        )


def write_capture(writer: BackupWriter, part: Part) -> None:
    """Copy the bytes of one blob from the storage."""
    name = Blob(sha256=part.sha256, size=part.size).storage_name
    try:
        source = default_storage.open(name)
    except FileNotFoundError as error:
        raise BackupRefused(
            "bytes_missing",
            f"The captured file {name} is missing from the storage. Bring it back from an older "
            "copy of the captures; `manage.py verify` names all such files.",
        ) from error
    with source:
        writer.write(f"captures/{part.sha256}", part, source)
