"""Decompression of content codings (gzip, deflate), within a limit.

A bomb of a few kilobytes unpacks to gigabytes, so output is produced in pieces and counted before
the next piece is made.
"""

import zlib
from collections.abc import Callable, Iterator

MAX_PIECE = 256 * 1024

# A gzip stream may be many members in a row; empty ones cost time and give nothing.
MAX_MEMBERS = 100_000

_GZIP = zlib.MAX_WBITS | 16


class DecodingFailed(ValueError):
    """Bytes that do not follow their coding, or that end too early."""


def known_coding(header: str) -> str | None:
    """Return the one coding that a Content-Encoding names: gzip, deflate or none (""); else None.

    Brotli and Zstandard are not asked for, and two codings on each other only make bombs.
    """
    names = [name.strip().lower() for name in header.split(",")]
    codings = [name for name in names if name not in ("", "identity")]
    if not codings:
        return ""
    coding = codings[0].removeprefix("x-")
    return coding if len(codings) == 1 and coding in ("gzip", "deflate") else None


class Decompressor:
    """Decompresses gzip (any number of members) or deflate (with or without zlib's frame)."""

    def __init__(self, coding: str) -> None:
        self._coding = coding
        self._inflate: zlib._Decompress | None = None  # None where a member may begin
        self._held = b""  # bytes of a frame too short to be recognised
        self._members = 0

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """Yield the decompressed bytes in pieces of at most MAX_PIECE bytes."""
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
                piece = self._inflate.decompress(data, MAX_PIECE)
            except zlib.error as error:
                raise DecodingFailed(f"is not what {self._coding} makes") from error
            if piece:
                yield piece
            data = self._inflate.unconsumed_tail
            is_full = len(piece) == MAX_PIECE
            if self._inflate.eof:
                data = self._inflate.unused_data
                self._inflate = None
                is_full = False

    def end(self) -> None:
        """End the input; raises DecodingFailed where it is incomplete."""
        if self._inflate is not None or self._held or not self._members:
            raise DecodingFailed("ends too early")

    def _member(self, data: bytes) -> "zlib._Decompress":
        """Return a decompressor for the member that begins here."""
        self._members += 1
        if self._members > (MAX_MEMBERS if self._coding == "gzip" else 1):
            raise DecodingFailed("goes on after its end")
        if self._coding == "gzip":
            return zlib.decompressobj(_GZIP)
        framed = data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
        return zlib.decompressobj(zlib.MAX_WBITS if framed else -zlib.MAX_WBITS)


def decompress(data: bytes, coding: str, count: Callable[[int], None]) -> bytes:
    """Decompress all of `data`; `count` is called with each length and raises to stop."""
    inflation = Decompressor(coding)
    pieces = []
    for piece in inflation.unpack(data):
        count(len(piece))
        pieces.append(piece)
    inflation.end()
    return b"".join(pieces)
