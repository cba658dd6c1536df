"""Rows as CSV (RFC 4180, UTF-8): for machines as they are, for spreadsheets made harmless."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from claims.domain.spreadsheet_cells import guarded_text
from claims.exports.columns import NAMES, ColumnType, positions
from claims.exports.flat_rows import FlatRow, FlatValue

# By it Excel knows that a file is UTF-8.
BYTE_ORDER_MARK = "\ufeff"

_TEXTS = frozenset(positions(ColumnType.TEXT))
# R reads no others as truths; pandas, polars, DuckDB and spreadsheets read these too.
_WORDS = {True: "TRUE", False: "FALSE"}


def csv_chunks(batches: Iterable[list[FlatRow]], *, has_head: bool = True) -> Iterator[bytes]:
    """The bytes of the file, some for each batch; without a head what follows on other rows."""
    if has_head:
        yield _written([NAMES])
    for rows in batches:
        yield _written([[_plain(value) for value in row] for row in rows])


def spreadsheet_csv_chunks(
    batches: Iterable[list[FlatRow]], *, has_head: bool = True
) -> Iterator[bytes]:
    """The same with a byte order mark, and no text that a spreadsheet takes for a formula."""
    if has_head:
        yield BYTE_ORDER_MARK.encode() + _written([NAMES])
    for rows in batches:
        yield _written([[_harmless(*cell) for cell in enumerate(row)] for row in rows])


def _written(rows: Iterable[Sequence[FlatValue]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _plain(value: FlatValue) -> FlatValue:
    """A value as it is written: truths as words, times in UTC with a Z."""
    if isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, datetime):
        return time_text(value)
    return value


def _harmless(place: int, value: FlatValue) -> FlatValue:
    if isinstance(value, str) and place in _TEXTS:
        return guarded_text(value)
    return _plain(value)


def time_text(at: datetime) -> str:
    """A time in UTC as ISO 8601 has it: 2025-05-07T09:30:00Z."""
    return at.isoformat().replace("+00:00", "Z")
