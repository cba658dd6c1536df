"""The bytes of a web archive as they are read: unpacked in pieces, counted, never looked back at.

warcio brings readers of its own. They unpack a block and read a line without bounds, so that a few
kilobytes can fill the memory; these do neither.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from sources.domain.refusals import Refusal
from sources.fetching.codings import CodingBroken, Inflation

_GZIP = b"\x1f\x8b"
_BLOCK = 64 * 1024


class ArchiveRefused(Refusal):
    """A web archive that is not read, or not read to its end.

    `code`: unknown_kind, damaged, digest, date, too_large, too_many, too_slow, names, no_page.
    """


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What one web archive may take."""

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
class Spending:
    """What reading one web archive has taken so far; raises ArchiveRefused when it is too much."""

    limits: ArchiveLimits
    began: float = field(default_factory=time.monotonic)
    read: int = 0
    unpacked: int = 0
    decoded: int = 0
    entries: int = 0

    def read_bytes(self, count: int) -> None:
        """Count bytes as they stand in the file, or in a file of a WACZ."""
        self.read += count
        self._check(self.read)

    def unpack_bytes(self, count: int) -> None:
        """Count bytes of records."""
        self.unpacked += count
        self._check(self.unpacked)

    def decode_bytes(self, count: int) -> None:
        """Count bytes of pages."""
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


class Lines(Protocol):
    """What lines are read from."""

    def readline(self, limit: int, /) -> bytes:
        """A line with its end, or what comes before `limit` bytes are reached."""


class Blocks(Protocol):
    """What blocks of bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; nothing at the end."""


class Head:
    """The headers at the front of a stream, as warcio's parser reads them: line by line, and no
    more bytes than the limit."""

    def __init__(self, lines: Lines, limit: int) -> None:
        self._lines = lines
        self._left = limit

    def readline(self) -> bytes:
        """The next line; raises ArchiveRefused where the headers do not end."""
        line = self._lines.readline(self._left + 1)
        self._left -= len(line)
        if self._left < 0:
            raise damaged("the headers of a record do not end")
        return line


class ArchiveStream:
    """A WARC file, gzip (in one piece or record by record) or plain, from its front to its end."""

    def __init__(self, file: Blocks, spending: Spending) -> None:
        self._file = file
        self._spending = spending
        self._buffer = bytearray()
        self._pieces = self._unpacked()

    def readline(self, limit: int) -> bytes:
        """A line with its end, at most `limit` bytes of it; nothing at the end."""
        searched = 0
        while (end := self._buffer.find(b"\n", searched, limit)) < 0:
            searched = len(self._buffer)
            if searched >= limit or not self._fill():
                return self._take(limit)
        return self._take(end + 1)

    def read(self, size: int) -> bytes:
        """So many bytes; raises ArchiveRefused where there are fewer."""
        while len(self._buffer) < size:
            if not self._fill():
                raise damaged("it ends within a record")
        return self._take(size)

    def skip(self, size: int) -> None:
        """Pass over so many bytes; raises ArchiveRefused where there are fewer."""
        while size:
            if not self._buffer and not self._fill():
                raise damaged("it ends within a record")
            size -= len(self._take(size))

    def _take(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _fill(self) -> bool:
        """Whether there was more."""
        piece = next(self._pieces, b"")
        self._buffer += piece
        return bool(piece)

    def _unpacked(self) -> Iterator[bytes]:
        inflation: Inflation | None = None
        first = True
        while data := self._file.read(_BLOCK):
            self._spending.read_bytes(len(data))
            if first and data.startswith(_GZIP):
                inflation = Inflation("gzip")
            first = False
            if inflation is None:
                self._spending.unpack_bytes(len(data))
                yield data
                continue
            try:
                for piece in inflation.unpack(data):
                    self._spending.unpack_bytes(len(piece))
                    yield piece
            except CodingBroken as error:
                raise damaged(f"its compression {error}") from error
        if inflation is not None:
            try:
                inflation.end()
            except CodingBroken as error:
                raise damaged(f"its compression {error}") from error


def damaged(why: str) -> ArchiveRefused:
    """The refusal of a file that is not what a web archive is."""
    return ArchiveRefused(
        "damaged",
        f"The archive is damaged: {why}. Nothing of it was kept; copy or export it anew.",
    )
