"""Rows as NDJSON: an object in every line, with all columns in their order."""

from collections.abc import Generator, Iterable

import orjson

from claims.exports.columns import NAMES, ColumnType, positions
from claims.exports.flat_rows import FlatRow

_DECIMALS = positions(ColumnType.DECIMAL)
_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE


def ndjson_chunks(batches: Iterable[list[FlatRow]], *, has_head: bool = True) -> Generator[bytes]:  # noqa: ARG001 # there is none
    """The bytes of the file, some for each batch."""
    for rows in batches:
        yield b"".join([_line(row) for row in rows])


def _line(row: FlatRow) -> bytes:
    members: dict[str, object] = dict(zip(NAMES, row, strict=True))
    for place in _DECIMALS:
        if (digits := row[place]) is not None:
            members[NAMES[place]] = orjson.Fragment(str(digits))  # all digits, as JSON has numbers
    return orjson.dumps(members, option=_OPTIONS)
