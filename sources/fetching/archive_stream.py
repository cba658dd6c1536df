"""The bytes of a web archive, read once from front to end: decompressed in pieces and counted.

warcio brings readers of its own. They unpack a block and read a line without bounds, so that a few
kilobytes can fill the memory; these do neither.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from sources.domain.refusals import Refusal
from sources.fetching.codings import DecodingFailed, Decompressor

_GZIP = b"\x1f\x8b"
_BLOCK = 64 * 1024


class ArchiveRefused(Refusal):
    """A web archive that is not read, or not read to its end.

    `code`: unknown_kind, damaged, digest, date, too_large, too_many, too_slow, names, no_page.
    """


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """Limits of reading one web archive."""

    file: int = 50 * 1024 * 1024  # bytes of the file itself
    record: int = 50 * 1024 * 1024  # bytes of one record, as it is kept and as it is stored
    total: int = 500 * 1024 * 1024  # bytes of everything in it, unpacked
    records: int = 10_000  # pages that become captures
    entries: int = 50_000  # records of any kind
    head: int = 64 * 1024  # bytes of the headers of one record
    members: int = 1_000  # files in a WACZ
    chunks: int = 200_000  # chunks of one page
    seconds: float = 20.0  # from the first byte to the last; half a second is usual


@dataclass
class ArchiveBudget:
    """The time and bytes used on one web archive; raises ArchiveRefused beyond its limits."""

    limits: ArchiveLimits
    began: float = field(default_factory=time.monotonic)
    read: int = 0
    unpacked: int = 0
    decoded: int = 0
    entries: int = 0

    def read_bytes(self, count: int) -> None:
        """Count bytes as stored, in the file or in a file of a WACZ."""
        self.read += count
        self._check(self.read)

    def unpack_bytes(self, count: int) -> None:
        """Count decompressed bytes of records."""
        self.unpacked += count
        self._check(self.unpacked)

    def decode_bytes(self, count: int) -> None:
        """Count decompressed bytes of pages."""
        self.decoded += count
        self._check(self.decoded)

    def begin_entry(self) -> None:
        """Count a record of any kind."""
        self.entries += 1
        if self.entries > self.limits.entries:
            raise ArchiveRefused(
                "too_many",
                f"The archive holds more than {self.limits.entries:,} records, the most that are"
                " read. Split it, or upload the pages that you quote.",
            )
        self._check(0)

    def _check(self, count: int) -> None:
        if count > self.limits.total:
            raise ArchiveRefused(
                "too_large",
                f"The archive unpacks to more than {self.limits.total:,} bytes, the most that are"
                " read. Split it, or upload the pages that you quote.",
            )
        if time.monotonic() > self.began + self.limits.seconds:
            raise ArchiveRefused(
                "too_slow",
                f"Reading the archive takes more than {self.limits.seconds:.0f} seconds. Split"
                " it, or upload the pages that you quote.",
            )


class LineReader(Protocol):
    """A file to read lines from."""

    def readline(self, limit: int, /) -> bytes:
        """Read a line with its end, at most `limit` bytes of it."""


class BlockReader(Protocol):
    """A file to read blocks of bytes from."""

    def read(self, size: int, /) -> bytes:
        """Read at most `size` bytes; nothing at the end."""


class HeaderLines:
    """The header lines at the front of a stream, for warcio's parser: at most `limit` bytes."""

    def __init__(self, lines: LineReader, limit: int) -> None:
        self._lines = lines
        self._left = limit

    def readline(self) -> bytes:
        """Read the next line; raises ArchiveRefused where the headers exceed the limit."""
        line = self._lines.readline(self._left + 1)
        self._left -= len(line)
        if self._left < 0:
            raise damaged("the headers of a record do not end")
        return line


class ArchiveStream:
    """A WARC file, gzip (in one piece or record by record) or plain, from its front to its end."""

    def __init__(self, file: BlockReader, budget: ArchiveBudget) -> None:
        self._file = file
        self._budget = budget
        self._buffer = bytearray()
        self._pieces = self._unpacked()

    def readline(self, limit: int) -> bytes:
        """Read a line with its end, at most `limit` bytes of it; nothing at the end."""
        searched = 0
        while (end := self._buffer.find(b"\n", searched, limit)) < 0:
            searched = len(self._buffer)
            if searched >= limit or not self._fill():
                return self._take(limit)
        return self._take(end + 1)

    def read(self, size: int) -> bytes:
        """Read exactly `size` bytes; raises ArchiveRefused where there are fewer."""
        while len(self._buffer) < size:
            if not self._fill():
                raise damaged("it ends within a record")
        return self._take(size)

    def skip(self, size: int) -> None:
        """Skip exactly `size` bytes; raises ArchiveRefused where there are fewer."""
        while size:
            if not self._buffer and not self._fill():
                raise damaged("it ends within a record")
            size -= len(self._take(size))

    def _take(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _fill(self) -> bool:
        """Read another piece into the buffer; return whether there was one."""
        piece = next(self._pieces, b"")
        self._buffer += piece
        return bool(piece)

    def _unpacked(self) -> Iterator[bytes]:
        inflation: Decompressor | None = None
        first = True
        while data := self._file.read(_BLOCK):
            self._budget.read_bytes(len(data))
            if first and data.startswith(_GZIP):
                inflation = Decompressor("gzip")
            first = False
            if inflation is None:
                self._budget.unpack_bytes(len(data))
                yield data
                continue
            try:
                for piece in inflation.unpack(data):
                    self._budget.unpack_bytes(len(piece))
                    yield piece
            except DecodingFailed as error:
                raise damaged(f"its compression {error}") from error
        if inflation is not None:
            try:
                inflation.end()
            except DecodingFailed as error:
                raise damaged(f"its compression {error}") from error


def damaged(why: str) -> ArchiveRefused:
    """The refusal of a damaged archive."""
    return ArchiveRefused(
        "damaged",
        f"The archive is damaged: {why}. Nothing of it was kept; copy or export it anew.",
    )
