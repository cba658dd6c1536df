"""Rows as a Parquet file, written forwards, with the types of the columns.

Own code of two small modules, since libraries that write Parquet weigh 25 to 50 MB and none writes
a stream. https://parquet.apache.org/docs/file-format/
"""

from collections.abc import Generator, Iterable, Iterator
from typing import Any

from claims.exports.columns import COLUMNS, COLUMNS_VERSION, ColumnType, ExportColumn
from claims.exports.flat_rows import FlatRow
from claims.exports.parquet_pages import (
    GZIP,
    PLAIN,
    RLE,
    RLE_DICTIONARY,
    ColumnChunk,
    physical_type,
)
from claims.exports.thrift import Long, Struct, struct_bytes

# Batches that make a group of rows: with a thousand each few groups, and still few bytes in memory.
BATCHES_OF_GROUP = 20

_MAGIC = b"PAR1"
_REQUIRED, _OPTIONAL = 0, 1
_UTF8, _DATE, _TIMESTAMP_MICROS, _INT64 = 0, 6, 10, 18
# The converted type of each type, for older programs, and the logical one.
_MICROSECONDS: Struct = {1: True, 2: {2: {}}}  # in UTC
_LOGICAL: dict[ColumnType, tuple[int | None, Struct | None]] = {
    ColumnType.TEXT: (_UTF8, {1: {}}),
    ColumnType.INTEGER: (_INT64, None),
    ColumnType.DECIMAL: (None, None),
    ColumnType.BOOLEAN: (None, None),
    ColumnType.DATE: (_DATE, {6: {}}),
    ColumnType.TIME: (_TIMESTAMP_MICROS, {8: _MICROSECONDS}),
}


def parquet_chunks(batches: Iterable[list[FlatRow]], *, has_head: bool = True) -> Generator[bytes]:  # noqa: ARG001 # a file is written from its beginning
    """The bytes of the file, some for each group of rows."""
    yield _MAGIC
    place, rows, groups = len(_MAGIC), 0, []
    for group, count in _groups(batches):
        content, described = _group(group, count, place)
        yield content
        place, rows = place + len(content), rows + count
        groups.append(described)
    foot = struct_bytes(
        {
            1: 2,
            2: [{4: "claims", 5: len(COLUMNS)}, *map(_schema, COLUMNS)],
            3: Long(rows),
            4: groups,
            5: [{1: "columns_version", 2: str(COLUMNS_VERSION)}],
            6: "factbase",
        }
    )
    yield foot + len(foot).to_bytes(4, "little") + _MAGIC


def _groups(batches: Iterable[list[FlatRow]]) -> Iterator[tuple[list[ColumnChunk], int]]:
    """Groups of rows by columns, each with how many rows it has."""
    group, count, added = _new_group(), 0, 0
    for rows in batches:
        for chunk, values in zip(group, zip(*rows, strict=True), strict=True):
            chunk.add(values)
        count, added = count + len(rows), added + 1
        if added == BATCHES_OF_GROUP:
            yield group, count
            group, count, added = _new_group(), 0, 0
    if count:
        yield group, count


def _new_group() -> list[ColumnChunk]:
    return [ColumnChunk(column) for column in COLUMNS]


def _group(group: list[ColumnChunk], count: int, place: int) -> tuple[bytes, Struct]:
    """The bytes of a group of rows that begins at a place of the file, and its description."""
    written: list[bytes] = []
    columns: list[Struct] = []
    begin, total = place, 0
    for chunk in group:
        first = chunk.dictionary()
        pages = [*([first] if first else []), *chunk.pages()]
        whole, size = sum(page.whole for page in pages), sum(len(page.content) for page in pages)
        written += [page.content for page in pages]
        described: dict[int, Any] = {
            1: physical_type(chunk.column),
            2: [PLAIN, RLE, *([RLE_DICTIONARY] if first else [])],
            3: [chunk.column.name],
            4: GZIP,
            5: Long(chunk.count),
            6: Long(whole),
            7: Long(size),
            9: Long(place + (len(first.content) if first else 0)),
            11: Long(place) if first else None,
        }
        columns.append({2: Long(place), 3: described})
        place, total = place + size, total + whole
    return b"".join(written), {1: columns, 2: Long(total), 3: Long(count), 5: Long(begin)}


def _schema(column: ExportColumn) -> Struct:
    converted, logical = _LOGICAL[column.type]
    return {
        1: physical_type(column),
        3: _OPTIONAL if column.nullable else _REQUIRED,
        4: column.name,
        6: converted,
        10: logical,
    }
