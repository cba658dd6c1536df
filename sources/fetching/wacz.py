"""The WARC files in a WACZ: a zip with `archive/` in it (Web Archive Collection Zipped 1.1)."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from sources.domain.refusals import is_invisible, quoted
from sources.fetching.archive_stream import (
    ArchiveBudget,
    ArchiveLimits,
    ArchiveRefused,
    ArchiveStream,
    damaged,
)

_WARC = re.compile(r"archive/(?:[^/]+/)*[^/]+\.warc(?:\.gz)?", re.IGNORECASE)

# The zip's directory is read at one go; 1,000 members take less, a bomb of names takes more.
_DIRECTORY = 2 * 1024 * 1024

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


def archives_in(file: IO[bytes], budget: ArchiveBudget) -> Iterator[ArchiveStream]:
    """Yield the WARC files of a WACZ by name, each to be read before the next.

    Members are read in place and never written anywhere. Raises ArchiveRefused for names that
    lead out of it or come twice, too many members, passwords, and compression but zip's own.
    """
    with _as_refusal():
        archive = zipfile.ZipFile(_DirectoryLimit(file))
        members = _warcs(archive.infolist(), budget.limits)
    for member in members:
        with _as_refusal():
            opened = _Member(archive.open(member))
        yield ArchiveStream(opened, budget)
        opened.close()


def _warcs(members: list[zipfile.ZipInfo], limits: ArchiveLimits) -> list[zipfile.ZipInfo]:
    """Return the members that are WARC files, after checking all names."""
    if len(members) > limits.members:
        raise ArchiveRefused(
            "too_many",
            f"The WACZ holds {len(members):,} files; at most {limits.members:,} are read. Upload"
            " the WARC files of its folder archive/ one by one.",
        )
    names = [member.filename for member in members]
    for name in names:
        parts = name.split("/")
        if ".." in parts or not parts[0] or "\\" in name or ":" in parts[0] or _has_invisible(name):
            raise ArchiveRefused(
                "names",
                f"The WACZ holds a file under the name {quoted(name)}, which leads out of it."
                " Nothing of it was kept; do not open it elsewhere either.",
            )
    if len(set(names)) < len(names):
        raise damaged("two of its files have one name")
    warcs = sorted(
        (member for member in members if _WARC.fullmatch(member.filename)),
        key=lambda member: member.filename,
    )
    for member in warcs:
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(f"{quoted(member.filename)} is compressed as no WACZ is")
    if not warcs:
        raise ArchiveRefused(
            "unknown_kind",
            "The zip holds no WARC file in a folder archive/, so it is no WACZ. Upload a WARC"
            " or a WACZ, or the page itself.",
        )
    return warcs


def _has_invisible(name: str) -> bool:
    return any(is_invisible(character) for character in name)


@contextmanager
def _as_refusal() -> Iterator[None]:
    """Turn errors of the zip library into a refusal."""
    try:
        yield
    except ArchiveRefused:
        raise
    except _BROKEN as error:
        raise damaged(
            f"its zip cannot be read ({str(error)[:100] or 'it ends too early'})"
        ) from error


class _Member:
    """A member of the zip whose errors are refusals."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._opened = opened
        self.close = opened.close

    def read(self, size: int, /) -> bytes:
        """Read at most `size` bytes, decompressed."""
        with _as_refusal():
            return self._opened.read(size)


class _DirectoryLimit:
    """A file that refuses a zip directory too large to be read at one go, as the library does."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek = file.seek
        self.tell = file.tell
        self.seekable = file.seekable
        self.close = file.close

    def read(self, size: int = -1) -> bytes:
        """Read at most `size` bytes. Raises ArchiveRefused beyond the size of a directory."""
        data = self._file.read(min(size, _DIRECTORY + 1) if size >= 0 else _DIRECTORY + 1)
        if len(data) > _DIRECTORY:
            raise ArchiveRefused(
                "too_many",
                f"The directory of the WACZ has more than {_DIRECTORY:,} bytes; that of a thousand"
                " files has less. Upload the WARC files of its folder archive/ one by one.",
            )
        return data
