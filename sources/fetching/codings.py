"""Undoing the compression that a file came in, never further than a limit.

A bomb of a few kilobytes unpacks to gigabytes, so what comes out is asked for in pieces and
counted before the next piece is made.
"""

import zlib
from collections.abc import Callable, Iterator

PIECE = 256 * 1024

# A gzip stream may be many members in a row; empty ones cost time and give nothing.
MOST_MEMBERS = 100_000

_GZIP = zlib.MAX_WBITS | 16


class CodingBroken(ValueError):
    """Bytes that are not what their coding says, or that end too early."""


def known_coding(header: str) -> str | None:
    """The one coding that a Content-Encoding names: gzip, deflate or none (""); else None.

    Brotli and Zstandard are not asked for, and two codings on each other only make bombs.
    """
    names = [name.strip().lower() for name in header.split(",")]
    codings = [name for name in names if name not in ("", "identity")]
    if not codings:
        return ""
    coding = codings[0].removeprefix("x-")
    return coding if len(codings) == 1 and coding in ("gzip", "deflate") else None


class Inflation:
    """Unpacks gzip (any number of members) or deflate (with or without zlib's frame)."""

    def __init__(self, coding: str) -> None:
        self._coding = coding
        self._inflate: zlib._Decompress | None = None  # None where a member may begin
        self._held = b""  # bytes of a frame too short to be recognised
        self._members = 0

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """Pieces of what the bytes unpack to, each at most PIECE bytes."""
        data = self._held + data
        self._held = b""
        is_full = False  # whether output may be held back though all input is taken
        while data or is_full:
            if self._inflate is None:
                if len(data) < 2:
                    self._held = data
                    return
                self._inflate = self._member(data)
            try:
                piece = self._inflate.decompress(data, PIECE)
            except zlib.error as error:
                raise CodingBroken(f"is not what {self._coding} makes") from error
            if piece:
                yield piece
            data = self._inflate.unconsumed_tail
            is_full = len(piece) == PIECE
            if self._inflate.eof:
                data = self._inflate.unused_data
                self._inflate = None
                is_full = False

    def end(self) -> None:
        """Say that no more comes; raises CodingBroken where more should have come."""
        if self._inflate is not None or self._held or not self._members:
            raise CodingBroken("ends too early")

    def _member(self, data: bytes) -> "zlib._Decompress":
        """What unpacks the member that begins here."""
        self._members += 1
        if self._members > (MOST_MEMBERS if self._coding == "gzip" else 1):
            raise CodingBroken("goes on after its end")
        if self._coding == "gzip":
            return zlib.decompressobj(_GZIP)
        framed = data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
        return zlib.decompressobj(zlib.MAX_WBITS if framed else -zlib.MAX_WBITS)


def unpacked(data: bytes, coding: str, spend: Callable[[int], None]) -> bytes:
    """All that bytes unpack to; `spend` is told each length and raises to stop."""
    inflation = Inflation(coding)
    pieces = []
    for piece in inflation.unpack(data):
        spend(len(piece))
        pieces.append(piece)
    inflation.end()
    return b"".join(pieces)
