"""The workbook that we write is read by a program that is not ours, value by value."""

import io
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from claims.exports.columns import COLUMNS, NAMES, ColumnType
from claims.exports.csv_files import time_text
from claims.exports.flat_rows import FlatRow, FlatValue
from claims.exports.workbooks import workbook_chunks
from tests.claims.exports.made_rows import batches_of, row_of

STATEMENT = NAMES.index("statement")
MOST = 32_767  # units of UTF-16 in a cell


def read(batches: Iterable[list[FlatRow]]) -> list[tuple[Any, ...]]:
    """The rows of the only sheet; a formula in it would be read as one."""
    file = io.BytesIO(b"".join(workbook_chunks(batches)))
    book = load_workbook(file, read_only=True)
    assert book.sheetnames == ["Claims"]
    return list(book["Claims"].iter_rows(values_only=True))


def with_statement(text: str) -> FlatRow:
    row = row_of(1)
    return (*row[:STATEMENT], text, *row[STATEMENT + 1 :])


def as_in_sheet(value: FlatValue, kind: ColumnType) -> Any:
    """A value as it is to come back: times as text in UTC, days as days, numbers as numbers."""
    match value:
        case None | bool() | int():
            return value
        case datetime():
            return time_text(value)
        case date():
            return datetime.combine(value, time())
    return float(Decimal(value)) if kind == ColumnType.DECIMAL else value


def test_every_value_comes_back_with_its_type() -> None:
    head, *rows = read(batches_of(25))

    assert head == NAMES
    assert len(rows) == 25
    for number, row in enumerate(rows, start=1):
        made = zip(row_of(number), COLUMNS, strict=True)
        expected = tuple(as_in_sheet(value, column.type) for value, column in made)
        assert row == expected
        assert [type(value) for value in row] == [type(value) for value in expected]


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://evil.example";"x")',
        "{=1+1}",
        "https://example.org/report",
        "-9",
        "00017",
        "two\nlines\tand a tab",
        " spaces around ",
        "<b>&amp;</b>",
        "_x0041_ is not A",
        "中国 and 𝔘nicode",
    ],
)
def test_a_text_stays_the_text_that_it_is(text: str) -> None:
    _head, row = read([[with_statement(text)]])

    assert unescape(row[STATEMENT]) == text  # as a spreadsheet does, and this program does not


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a" * MOST, "a" * MOST),
        ("a" * (MOST + 1), "a" * (MOST - 1) + "…"),
        ("𝔘" * 16_383, "𝔘" * 16_383),
        ("𝔘" * 16_384, "𝔘" * 16_383 + "…"),
    ],
)
def test_a_text_that_no_cell_holds_says_that_it_goes_on(text: str, kept: str) -> None:
    _head, row = read([[with_statement(text)]])

    assert row[STATEMENT] == kept


def test_there_is_nothing_in_it_but_the_rows() -> None:
    file = io.BytesIO(b"".join(workbook_chunks(batches_of(3))))

    properties = load_workbook(file).properties
    assert properties.created == properties.modified == datetime(1980, 1, 1)  # noqa: DTZ001 # as read
    assert properties.creator in (None, "")
    assert {member.date_time[:2] for member in ZipFile(file).infolist()} == {(1980, 1)}
