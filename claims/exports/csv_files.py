"""Rows as CSV (RFC 4180, UTF-8): for machines as they are, for spreadsheets made harmless."""

import csv
import io
from collections.abc import Generator, Iterable, Sequence
from datetime import datetime
from typing import cast

from claims.domain.spreadsheet_cells import guarded_text
from claims.exports.columns import NAMES, ColumnType, positions
from claims.exports.flat_rows import FlatRow, FlatValue

# By it Excel knows that a file is UTF-8.
BYTE_ORDER_MARK = "\ufeff"

_TEXTS = positions(ColumnType.TEXT)
_TIMES = positions(ColumnType.TIME)
# R reads no other words than TRUE and FALSE as truths; pandas, polars and DuckDB read these too.
_TRUTHS = positions(ColumnType.BOOLEAN)


def csv_chunks(batches: Iterable[list[FlatRow]], *, has_head: bool = True) -> Generator[bytes]:
    """The bytes of the file, some for each batch; without a head what follows on other rows."""
    if has_head:
        yield _written([NAMES])
    for rows in batches:
        yield _written([_plain(row) for row in rows])


def spreadsheet_csv_chunks(
    batches: Iterable[list[FlatRow]], *, has_head: bool = True
) -> Generator[bytes]:
    """The same with a byte order mark, and no text that a spreadsheet takes for a formula."""
    if has_head:
        yield BYTE_ORDER_MARK.encode() + _written([NAMES])
    for rows in batches:
        yield _written([_harmless(row) for row in rows])


def _written(rows: Iterable[Sequence[FlatValue]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _plain(row: FlatRow) -> list[FlatValue]:
    """A row as it is written: truths as words, times in UTC with a Z."""
    written = list(row)
    for place in _TRUTHS:
        if (truth := row[place]) is not None:
            written[place] = "TRUE" if truth else "FALSE"
    for place in _TIMES:
        if (at := row[place]) is not None:
            written[place] = time_text(cast("datetime", at))
    return written


def _harmless(row: FlatRow) -> list[FlatValue]:
    written = _plain(row)
    for place in _TEXTS:
        if text := row[place]:
            written[place] = guarded_text(str(text))
    return written


def time_text(at: datetime) -> str:
    """A time in UTC as ISO 8601 has it: 2025-05-07T09:30:00Z."""
    return at.isoformat().replace("+00:00", "Z")
