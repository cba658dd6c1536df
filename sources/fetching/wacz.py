"""The WARC files in a WACZ: a zip with `archive/` in it (Web Archive Collection Zipped 1.1)."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from sources.domain.refusals import is_invisible, quoted
from sources.fetching.archive_stream import (
    ArchiveLimits,
    ArchiveRefused,
    ArchiveStream,
    Spending,
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


def archives_in(file: IO[bytes], spending: Spending) -> Iterator[ArchiveStream]:
    """The WARC files of a WACZ in the order of their names, each to be read before the next.

    Members are read in place and never written anywhere. Raises ArchiveRefused for names that
    lead out of it or come twice, too many members, passwords, and compression but zip's own.
    """
    with _reported():
        archive = zipfile.ZipFile(_Bounded(file))
        members = _warcs(archive.infolist(), spending.limits)
    for member in members:
        with _reported():
            opened = _Member(archive.open(member))
        yield ArchiveStream(opened, spending)
        opened.close()


def _warcs(members: list[zipfile.ZipInfo], limits: ArchiveLimits) -> list[zipfile.ZipInfo]:
    """The members that are WARC files, once all names are found to be harmless."""
    if len(members) > limits.members:
        raise ArchiveRefused(
            "too_many",
            f"The WACZ holds {len(members):,} files; at most {limits.members:,} are read. Upload"
            " the WARC files of its folder archive/ one by one.",
        )
    names = [member.filename for member in members]
    for name in names:
        parts = name.split("/")
        if ".." in parts or not parts[0] or "\\" in name or ":" in parts[0] or _is_odd(name):
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


def _is_odd(name: str) -> bool:
    return any(is_invisible(character) for character in name)


@contextmanager
def _reported() -> Iterator[None]:
    """Say what the zip library says as a refusal."""
    try:
        yield
    except ArchiveRefused:
        raise
    except _BROKEN as error:
        raise damaged(
            f"its zip cannot be read ({str(error)[:100] or 'it ends too early'})"
        ) from error


class _Member:
    """A member of the zip that says what is wrong with it as a refusal."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._opened = opened
        self.close = opened.close

    def read(self, size: int, /) -> bytes:
        """Some bytes, unpacked from the zip."""
        with _reported():
            return self._opened.read(size)


class _Bounded:
    """A file for the zip library, which reads the whole directory at one go whatever its size."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek = file.seek
        self.tell = file.tell
        self.seekable = file.seekable
        self.close = file.close

    def read(self, size: int = -1) -> bytes:
        """Some bytes, never more than a directory may have."""
        data = self._file.read(min(size, _DIRECTORY + 1) if size >= 0 else _DIRECTORY + 1)
        if len(data) > _DIRECTORY:
            raise ArchiveRefused(
                "too_many",
                f"The directory of the WACZ has more than {_DIRECTORY:,} bytes; that of a thousand"
                " files has less. Upload the WARC files of its folder archive/ one by one.",
            )
        return data
