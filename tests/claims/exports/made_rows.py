"""Rows of exports made up of nothing, for tests of files."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from claims.exports.columns import COLUMNS, ColumnType
from claims.exports.flat_rows import FlatRow, FlatValue

_NUMBERED: dict[ColumnType, FlatValue] = {
    ColumnType.INTEGER: 3,
    ColumnType.DECIMAL: "-9.50",
    ColumnType.BOOLEAN: True,
    ColumnType.DATE: date(2025, 5, 7),
    ColumnType.TIME: datetime(2025, 5, 7, 9, 30, 0, 125, tzinfo=UTC),
}


def row_of(number: int) -> FlatRow:
    """The row of a claim: in every fifth column that can be empty there is nothing."""
    values: list[FlatValue] = []
    for place, column in enumerate(COLUMNS):
        is_empty = column.nullable and (place + number) % 5 == 0
        text = f"{column.name} “{number}”, and\n=more"
        values.append(None if is_empty else _NUMBERED.get(column.type, text))
    return (f"C{number}", *values[1:])


def batches_of(claims: int, *, size: int = 10, after: int = 0) -> Iterator[list[FlatRow]]:
    """Batches of rows of so many claims, those up to a number left out."""
    for first in range(after + 1, claims + 1, size):
        yield [row_of(number) for number in range(first, min(first + size, claims + 1))]
