"""The tar file of a backup: the manifest, the dump and the captures, in this order.

Reading never unpacks anything by a name from the file: a member is what the manifest announced,
a plain file of that name, size and hash, or the whole file is refused.
"""

import hashlib
import io
import os
import secrets
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from factbase.backups.manifest import Manifest, Part, not_a_backup, read_manifest
from factbase.backups.refusals import BackupRefused

MANIFEST = "manifest.json"
MAX_MANIFEST_BYTES = 512 * 1024 * 1024  # a million captures are about 110 MB
CHUNK = 1024 * 1024


@contextmanager
def new_file(path: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """Open a file that appears at `path` whole or not at all, readable by its owner alone.

    Raises BackupRefused where a file is there without `force`, or none can be written.
    """
    if path.exists() and not force:
        raise BackupRefused(
            "file_exists", f"{path} exists. Choose another name, or replace it with --force."
        )
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        number = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BackupRefused(
            "cannot_write",
            f"Nothing can be written to {path.parent} ({error.strerror}). Choose another folder.",
        ) from error
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        move_into_place(draft, path, force=force)
    finally:
        draft.unlink(missing_ok=True)


def move_into_place(draft: Path, path: Path, *, force: bool) -> None:
    """Give the finished file its name, replacing another one only with `force`."""
    if force:
        draft.replace(path)
        return
    try:
        path.hardlink_to(draft)
    except FileExistsError as error:
        raise BackupRefused(
            "file_exists", f"{path} has come to exist meanwhile. Choose another name."
        ) from error


class BackupWriter:
    """Writes the parts of a backup one after the other."""

    def __init__(self, file: IO[bytes], manifest: Manifest) -> None:
        self.tar = tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115 close() ends it
        self.parts = manifest.parts()
        raw = manifest.to_json()
        self.write(MANIFEST, Part(hashlib.sha256(raw).hexdigest(), len(raw)), io.BytesIO(raw))

    def write(self, name: str, part: Part, source: IO[bytes]) -> None:
        """Write one part. Raises BackupRefused when its bytes are not what the manifest says."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = part.size, 0o600
        read = HashingReader(source)
        try:
            self.tar.addfile(member, read)
        except OSError as error:
            if read.size == part.size:
                raise
            raise bytes_changed(name, part) from error
        if source.read(1) or read.digest.hexdigest() != part.sha256:
            raise bytes_changed(name, part)

    def close(self) -> None:
        """End the file."""
        self.tar.close()


class HashingReader(io.RawIOBase):
    """A file that hashes and counts the bytes read through it."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.digest = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        """Read, and hash what was read."""
        data = self.source.read(size)
        self.digest.update(data)
        self.size += len(data)
        return data


def bytes_changed(name: str, part: Part) -> BackupRefused:
    """The refusal of stored bytes that differ from those captured."""
    return BackupRefused(
        "bytes_changed",
        f"The bytes of {name} are not the {part.size} bytes with the SHA-256 {part.sha256} that "
        "were captured. Bring the file back from an older copy of the captures; `manage.py verify` "
        "names all such files.",
    )


class BackupReader:
    """A backup of which every part was checked against the manifest."""

    def __init__(
        self, tar: tarfile.TarFile, manifest: Manifest, members: dict[str, tarfile.TarInfo]
    ):
        self.tar = tar
        self.manifest = manifest
        self.members = members

    def open(self, name: str) -> IO[bytes]:
        """The bytes of one part."""
        source = self.tar.extractfile(self.members[name])
        if source is None:
            raise not_a_backup(f"{name} has no content")
        return source


@contextmanager
def open_backup(path: Path) -> Iterator[BackupReader]:
    """Open a backup and check all of it. Raises BackupRefused before anything is changed."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupRefused(
            "cannot_read",
            f"{path} cannot be read ({error.strerror}). Name a file that `backup` made.",
        ) from error
    with file:
        try:
            with tarfile.open(fileobj=file, mode="r:") as tar:
                yield check_members(tar)
        except tarfile.TarError as error:
            raise not_a_backup("it is no complete tar file") from error


def check_members(tar: tarfile.TarFile) -> BackupReader:
    """Compare every member with the manifest: kind, name, size, hash, and that none is missing."""
    first = tar.next()
    if first is None or first.name != MANIFEST or not is_plain(first):
        raise not_a_backup(f"it does not begin with {MANIFEST}")
    if first.size > MAX_MANIFEST_BYTES:
        raise not_a_backup(f"its manifest has {first.size} bytes")
    manifest = read_manifest(member_bytes(tar, first).read())
    parts, members = manifest.parts(), {}
    while (member := tar.next()) is not None:
        part = parts.get(member.name)
        if part is None or member.name in members or not is_plain(member):
            raise not_a_backup(f"the manifest does not announce {member.name[:100]!r} as it is")
        if member.size != part.size or digest(member_bytes(tar, member)) != part.sha256:
            raise not_a_backup(f"{member.name} has other bytes than the manifest says")
        members[member.name] = member
    for name in parts.keys() - members.keys():
        raise not_a_backup(f"{name} is missing")
    return BackupReader(tar, manifest, members)


def is_plain(member: tarfile.TarInfo) -> bool:
    """Whether a member is an ordinary file: no link, folder, device or sparse file."""
    return member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.issparse()


def member_bytes(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    """The bytes of a plain member."""
    source = tar.extractfile(member)
    if source is None:
        raise not_a_backup(f"{member.name} has no content")
    return source


def digest(source: IO[bytes]) -> str:
    """The SHA-256 of a stream."""
    found = hashlib.sha256()
    while data := source.read(CHUNK):
        found.update(data)
    return found.hexdigest()
