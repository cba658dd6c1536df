"""The values of one column as pages of a Parquet file: plain or by a dictionary, compressed.

https://parquet.apache.org/docs/file-format/data-pages/encodings/
"""

import struct
import zlib
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from claims.exports.columns import ColumnType, ExportColumn
from claims.exports.thrift import struct_bytes, varint

BOOLEAN, INT32, INT64, DOUBLE, BYTE_ARRAY = 0, 1, 2, 5, 6
PLAIN, RLE, RLE_DICTIONARY = 0, 3, 8
GZIP = 2
_DATA_PAGE, _DICTIONARY_PAGE = 0, 2
# An index of a dictionary takes two bytes here, so that a page of them is an array in memory.
_INDEX_BITS, _MAX_ENTRIES = 16, 1 << 16
_LEVEL = 1  # zlib's: a page is small, and most of what repeats is in the dictionary

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Encoded = Callable[[Sequence[Any]], bytes]


def _texts(values: Sequence[str]) -> bytes:
    encoded = [value.encode() for value in values]
    lengths = struct.pack(f"<{len(encoded)}I", *map(len, encoded))
    parts = [b""] * (2 * len(encoded))
    parts[::2] = [lengths[place : place + 4] for place in range(0, len(lengths), 4)]
    parts[1::2] = encoded
    return b"".join(parts)


def _integers(values: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(values)}q", *values)


def _doubles(values: Sequence[str]) -> bytes:
    return struct.pack(f"<{len(values)}d", *map(float, values))


def _days(values: Sequence[date]) -> bytes:
    return struct.pack(f"<{len(values)}i", *[day.toordinal() - _EPOCH_DAY for day in values])


def _times(values: Sequence[datetime]) -> bytes:
    return struct.pack(f"<{len(values)}q", *map(_microseconds, values))


def _microseconds(at: datetime) -> int:
    passed = at - _EPOCH
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


def packed_bits(values: Sequence[bool]) -> bytes:
    """Truths as bits, the first of eight the lowest; the last byte is filled up with zeros."""
    bits = "".join(["1" if value else "0" for value in reversed(values)])
    return int(bits or "0", 2).to_bytes((len(values) + 7) // 8, "little")


# How the values of a type are encoded, and which type of Parquet they are.
_PLAIN: dict[ColumnType, tuple[int, Encoded]] = {
    ColumnType.TEXT: (BYTE_ARRAY, _texts),
    ColumnType.INTEGER: (INT64, _integers),
    ColumnType.DECIMAL: (DOUBLE, _doubles),
    ColumnType.BOOLEAN: (BOOLEAN, packed_bits),
    ColumnType.DATE: (INT32, _days),
    ColumnType.TIME: (INT64, _times),
}


def physical_type(column: ExportColumn) -> int:
    """The type of Parquet in which the values of a column are kept."""
    return _PLAIN[column.type][0]


@dataclass(frozen=True)
class ParquetPage:
    """A page as it stands in the file, and how long it would be uncompressed."""

    content: bytes
    whole: int


class ColumnChunk:
    """The pages of one column in one group of rows.

    Texts that repeat go into a dictionary; whether they do is seen by the first of them.
    """

    def __init__(self, column: ExportColumn) -> None:
        self.column = column
        self.count = 0
        self._encoded = _PLAIN[column.type][1]
        self._entries: dict[Any, int] = {}
        self._pages: list[ParquetPage] = []
        self._has_entries: bool | None = None if column.type == ColumnType.TEXT else False

    def add(self, values: Sequence[Any]) -> None:
        """Add a page of these values; None is no value."""
        self.count += len(values)
        levels, given = b"", values
        if self.column.nullable:
            is_there = [value is not None for value in values]
            given = [value for value in values if value is not None]
            levels = _levels(is_there, len(given))
        if self._has_entries is None and given:
            self._has_entries = len(set(given)) * 2 <= len(given)
        if self._has_entries and given and self._fits(given):
            body, encoding = levels + self._indices(given), RLE_DICTIONARY
        else:
            body, encoding = levels + self._encoded(given), PLAIN
        head = {1: len(values), 2: encoding, 3: RLE, 4: RLE}
        self._pages.append(_page(body, {1: _DATA_PAGE, 5: head}))

    def dictionary(self) -> ParquetPage | None:
        """The page that the indices point to, which comes first; None where there are none."""
        if not self._entries:
            return None
        body = self._encoded(list(self._entries))
        return _page(body, {1: _DICTIONARY_PAGE, 7: {1: len(self._entries), 2: PLAIN}})

    def pages(self) -> list[ParquetPage]:
        """The pages of values in their order."""
        return self._pages

    def _fits(self, given: Sequence[Any]) -> bool:
        return len(self._entries) + len(given) <= _MAX_ENTRIES

    def _indices(self, given: Sequence[Any]) -> bytes:
        entries = self._entries
        indices = array("H", [entries.setdefault(value, len(entries)) for value in given])
        groups = (len(indices) + 7) // 8
        indices.extend([0] * (groups * 8 - len(indices)))
        return bytes([_INDEX_BITS]) + varint(groups << 1 | 1) + indices.tobytes()


def _levels(is_there: Sequence[bool], given: int) -> bytes:
    """For each value whether it is there, with the length in front: one run, or bits."""
    if given in (0, len(is_there)):
        run = varint(len(is_there) << 1) + bytes([1 if given else 0])
    else:
        run = varint((len(is_there) + 7) // 8 << 1 | 1) + packed_bits(is_there)
    return struct.pack("<I", len(run)) + run


def _page(body: bytes, head: dict[int, Any]) -> ParquetPage:
    packing = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
    packed = packing.compress(body) + packing.flush()
    top = struct_bytes(dict(sorted({**head, 2: len(body), 3: len(packed)}.items())))
    return ParquetPage(top + packed, len(top) + len(body))
