"""Rows as NDJSON: an object in every line, with all columns in their order."""

from collections.abc import Generator, Iterable
from typing import Any

import msgspec

from claims.exports.columns import NAMES, ColumnType, positions
from claims.exports.flat_rows import FlatRow

_DECIMALS = positions(ColumnType.DECIMAL)
# A member for each column: by far the quickest way from a tuple to an object of JSON.
_Line: Any = msgspec.defstruct("_Line", [(name, object) for name in NAMES], gc=False)
_encode_lines = msgspec.json.Encoder().encode_lines


def ndjson_chunks(batches: Iterable[list[FlatRow]], *, has_head: bool = True) -> Generator[bytes]:  # noqa: ARG001 # there is none
    """The bytes of the file, some for each batch."""
    for rows in batches:
        yield _encode_lines([_line(row) for row in rows])


def _line(row: FlatRow) -> object:
    line = _Line(*row)
    for place in _DECIMALS:
        if (digits := row[place]) is not None:
            setattr(line, NAMES[place], msgspec.Raw(str(digits)))  # all digits, as JSON has numbers
    return line
