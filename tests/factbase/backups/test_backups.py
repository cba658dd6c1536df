"""Backups are restored as they were, on the same server or another, or not at all."""

import gzip
import io
import json
import stat
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connections

from claims.models import Version
from factbase.backups import archive, restore
from factbase.backups.backup import backup
from factbase.backups.manifest import Manifest
from factbase.backups.refusals import BackupRefused
from factbase.postgres import rights
from sources.models import Blob
from sources.querysets.past import known_at
from tests import factories
from tests.factbase.backups.conftest import fingerprint

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


def quiet(_: str) -> None:
    """Say nothing."""


def make(path: Path, *, force: bool = False) -> Manifest:
    """A backup of the database that the aliases mean."""
    return backup(path, force=force, at=NOW, say=quiet)


@pytest.fixture
def world(cloned_database: str, storage: Callable[[str], Path]) -> Path:
    """A published claim with a quote from a captured text; the value is the storage's folder."""
    folder = storage("one")
    factories.published()
    return folder


@pytest.fixture
def made(world: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    make(tmp_path / "backup.tar")
    return tmp_path / "backup.tar"


def test_everything_comes_back_into_an_empty_database(
    made: Path, empty_database: Callable[[str], None]
) -> None:
    before = fingerprint()
    empty_database("two")

    restore.restore(made, say=quiet)

    assert fingerprint() == before
    assert rights.guard_problems(connections["default"]) == []
    assert len([name for name in before if name.startswith("blobs/")]) == 1


def test_the_past_can_be_read_after_a_restore(
    made: Path, empty_database: Callable[[str], None]
) -> None:
    empty_database("two")
    restore.restore(made, say=quiet)

    with known_at(factories.TODAY, is_staff=False):
        shown = Version.objects.visible_to(None, factories.TODAY).count()
    with known_at(factories.TODAY - timedelta(days=1), is_staff=False):
        shown_before = Version.objects.visible_to(None, factories.TODAY).count()

    assert (shown, shown_before) == (1, 0)


def test_a_migrated_database_without_anybodys_work_is_made_anew(
    made: Path, migrated: Callable[[str], None]
) -> None:
    before = fingerprint()
    migrated("two")

    restore.restore(made, say=quiet)

    assert fingerprint() == before


@pytest.mark.parametrize("work", [factories.person, factories.source, factories.published])
def test_a_database_with_somebodys_work_is_refused_and_kept(
    made: Path, migrated: Callable[[str], None], work: Callable[[], object]
) -> None:
    migrated("two")
    work()
    before = fingerprint()

    with pytest.raises(BackupRefused, match="is in use"):
        restore.restore(made, say=quiet)

    assert fingerprint() == before


def test_a_database_with_other_tables_is_refused(
    made: Path, empty_database: Callable[[str], None]
) -> None:
    empty_database("two")
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE invoices (id bigint)")

    with pytest.raises(BackupRefused, match="invoices"):
        restore.restore(made, say=quiet)


def test_a_backup_is_for_its_owner_alone_and_replaces_nothing(made: Path) -> None:
    before = made.read_bytes()

    with pytest.raises(BackupRefused, match="--force"):
        make(made)

    assert made.read_bytes() == before
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert make(made, force=True)
    assert [path.name for path in made.parent.iterdir() if path.name.startswith(".")] == []


def test_a_missing_captured_file_stops_the_backup_and_is_named(world: Path, tmp_path: Path) -> None:
    name = Blob.objects.get().storage_name
    default_storage.delete(name)

    with pytest.raises(BackupRefused, match=name):
        make(tmp_path / "backup.tar")

    assert not (tmp_path / "backup.tar").exists()


@pytest.mark.parametrize("content", [b"", b"other bytes", b"x" * 100_000])
def test_captured_bytes_that_changed_stop_the_backup(
    world: Path, tmp_path: Path, content: bytes
) -> None:
    (world / Blob.objects.get().storage_name).write_bytes(content)

    with pytest.raises(BackupRefused, match="are not the"):
        make(tmp_path / "backup.tar")

    assert not (tmp_path / "backup.tar").exists()


def fresh() -> bool:
    """Whether the database is as empty as it was made."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        return bool(cursor.fetchone() == (0,))


def rewritten(path: Path, change: Callable[[tarfile.TarInfo, bytes], Any]) -> Path:
    """A copy of a backup in which `change` gives the members to write in place of each."""
    copy = path.with_name("hostile.tar")
    with tarfile.open(path) as old, tarfile.open(copy, "w") as new:
        for member in old:
            source = old.extractfile(member)
            for info, data in change(member, source.read() if source else b""):
                new.addfile(info, io.BytesIO(data))
    return copy


def with_dump(text: bytes) -> Callable[[tarfile.TarInfo, bytes], Any]:
    """A change that puts another dump in, with its hash in the manifest."""
    packed = gzip.compress(text)

    def change(member: tarfile.TarInfo, data: bytes) -> Any:
        if member.name == "manifest.json":
            manifest = json.loads(data)
            manifest["database"] = {"sha256": sha256(packed).hexdigest(), "size": len(packed)}
            data = json.dumps(manifest).encode()
        elif member.name == "database.sql.gz":
            data = packed
        member.size = len(data)
        return [(member, data)]

    return change


def renamed(name: str) -> Callable[[tarfile.TarInfo, bytes], Any]:
    """A change that gives a capture another name."""

    def change(member: tarfile.TarInfo, data: bytes) -> Any:
        if member.name.startswith("captures/"):
            member.name = name
        return [(member, data)]

    return change


def linked(kind: bytes) -> Callable[[tarfile.TarInfo, bytes], Any]:
    """A change that makes a capture a link to a file of the system."""

    def change(member: tarfile.TarInfo, data: bytes) -> Any:
        if member.name.startswith("captures/"):
            member.type, member.linkname, member.size = kind, "/etc/passwd", 0
            data = b""
        return [(member, data)]

    return change


def flipped(member: tarfile.TarInfo, data: bytes) -> Any:
    """A change of one bit in a capture."""
    if member.name.startswith("captures/"):
        data = bytes([data[0] ^ 1]) + data[1:]
    return [(member, data)]


def twice(member: tarfile.TarInfo, data: bytes) -> Any:
    """Every member twice."""
    return [(member, data), (member, data)]


def huge(member: tarfile.TarInfo, data: bytes) -> Any:
    """A manifest that says a capture is larger than any disk."""
    if member.name == "manifest.json":
        manifest = json.loads(data)
        manifest["captures"][0]["size"] = 10**18
        data = json.dumps(manifest).encode()
        member.size = len(data)
    return [(member, data)]


def without_captures(member: tarfile.TarInfo, data: bytes) -> Any:
    """The captures left out."""
    return [] if member.name.startswith("captures/") else [(member, data)]


def of_later_format(member: tarfile.TarInfo, data: bytes) -> Any:
    """A manifest of a format to come."""
    if member.name == "manifest.json":
        data = data.replace(b'"format": 1', b'"format": 2')
    return [(member, data)]


def of_later_migrations(member: tarfile.TarInfo, data: bytes) -> Any:
    """A manifest that has been through a migration to come."""
    if member.name == "manifest.json":
        manifest = json.loads(data)
        manifest["migrations"].append(["claims", "9999_to_come"])
        data = json.dumps(manifest).encode()
        member.size = len(data)
    return [(member, data)]


def of_earlier_tables(member: tarfile.TarInfo, data: bytes) -> Any:
    """A manifest of tables from before the first migrations were made anew."""
    if member.name == "manifest.json":
        manifest = json.loads(data)
        manifest["migrations"] = [["claims", "0001_initial"], ["claims", "0011_absences_are_run"]]
        data = json.dumps(manifest).encode()
        member.size = len(data)
    return [(member, data)]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (renamed("../../etc/cron.d/hostile"), "does not announce"),
        (renamed("/etc/passwd"), "does not announce"),
        (renamed("captures/" + "0" * 64), "does not announce"),
        (linked(tarfile.SYMTYPE), "does not announce"),
        (linked(tarfile.LNKTYPE), "does not announce"),
        (linked(tarfile.CHRTYPE), "does not announce"),
        (linked(tarfile.DIRTYPE), "does not announce"),
        (flipped, "other bytes"),
        (twice, "does not announce"),
        (huge, "other bytes"),
        (without_captures, "is missing"),
        (of_later_format, "has the format 2"),
        (of_later_migrations, "later factbase"),
        (of_earlier_tables, "from before its tables were settled"),
        (with_dump(b"\\! touch /tmp/hostile\n"), "a command for psql"),
        (with_dump(b"SELECT 1;\n"), "not as many"),
        (with_dump(b"COPY public.sources_blob FROM stdin;\n1\t2"), "refused|no|does not exist"),
    ],
)
def test_a_hostile_or_broken_backup_is_refused_and_changes_nothing(
    made: Path, empty_database: Callable[[str], None], change: Any, why: str
) -> None:
    hostile = rewritten(made, change)
    empty_database("two")

    with pytest.raises(Exception, match=why):
        restore.restore(hostile, say=quiet)

    assert fresh()
    assert not Path(default_storage.path("")).exists()


@pytest.mark.parametrize("content", [b"", b"no tar at all", b"\0" * 10240])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)

    with pytest.raises(BackupRefused, match="not a backup"), archive.open_backup(path):
        pass


def test_a_truncated_backup_is_refused(made: Path) -> None:
    made.write_bytes(made.read_bytes()[:-12_000])

    with pytest.raises(BackupRefused, match="not a backup"), archive.open_backup(made):
        pass


def test_files_are_removed_when_the_restore_fails_after_they_were_written(
    storage: Callable[[str], Path],
) -> None:
    folder = storage("one")

    def fail() -> None:
        with restore.remove_files_on_failure() as written:
            written.append(default_storage.save("blobs/new", File(io.BytesIO(b"bytes"))))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert not (folder / "blobs" / "new").exists()


def test_a_restore_into_a_storage_with_another_file_of_that_name_leaves_nothing(
    made: Path, empty_database: Callable[[str], None]
) -> None:
    name = Blob.objects.get().storage_name
    empty_database("two")
    default_storage.save(name, File(io.BytesIO(b"another file")))

    with pytest.raises(BackupRefused, match="has another file"):
        restore.restore(made, say=quiet)

    with default_storage.open(name) as file:
        assert file.read() == b"another file"
    assert fresh()


@pytest.mark.long
def test_content_survives_the_way_to_postgresql_15_and_back(
    world: Path,
    tmp_path: Path,
    postgresql_15: str,
    storage: Callable[[str], Path],
    empty_database: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = fingerprint()
    make(tmp_path / "there.tar")

    with monkeypatch.context() as there:
        for alias in ("default", "owner"):
            connections[alias].close()
            known = connections.settings[alias]
            there.setitem(known, "HOST", postgresql_15)
            there.setitem(known, "NAME", "factbase")
            there.setitem(known, "PASSWORD", "")
            there.setitem(known, "USER", "factbase" if alias == "default" else "factbase_owner")
            there.setitem(known, "EMBEDDED", "")
        storage("there")
        restore.restore(tmp_path / "there.tar", say=quiet)
        connections["owner"].ensure_connection()
        assert connections["owner"].connection.info.server_version // 10000 == 15
        assert fingerprint() == before
        assert rights.guard_problems(connections["default"]) == []
        make(tmp_path / "back.tar")
        for alias in ("default", "owner"):
            connections[alias].close()
    empty_database("back")
    restore.restore(tmp_path / "back.tar", say=quiet)

    assert fingerprint() == before
