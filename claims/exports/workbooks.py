"""Rows as a workbook: written row by row to a file of the system, and read from there.

There is nothing in it but the rows: of the same rows the bytes are the same at any time.
"""

import tempfile
from collections.abc import Generator, Iterable
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter

from claims.exports.columns import COLUMNS, NAMES, ColumnType
from claims.exports.csv_files import time_text
from claims.exports.flat_rows import FlatRow

# What a sheet and a cell of a spreadsheet hold at most; a row is the head.
MAX_ROWS = 1_048_575
_MAX_TEXT = 32_767  # in units of UTF-16, as spreadsheets count
_CUT = "…"
# A workbook has to say when it was made; this is what its ZIP members say too.
_MADE_AT = datetime(1980, 1, 1, tzinfo=UTC)
_CHUNK = 1 << 16
# Text stays text, whatever it looks like.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook_chunks(batches: Iterable[list[FlatRow]], *, has_head: bool = True) -> Generator[bytes]:  # noqa: ARG001 # a file is written from its beginning
    """The bytes of the file, once all rows are in it."""
    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, _OPTIONS)
        book.set_properties({"created": _MADE_AT})
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("Claims")
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, NAMES, bold)
        line = 0
        for rows in batches:
            for row in rows:
                line += 1
                _write_row(sheet, line, row, day)
        book.close()
        file.seek(0)
        while content := file.read(_CHUNK):
            yield content


def _write_row(sheet: Any, line: int, row: FlatRow, day: Any) -> None:
    for place, value in enumerate(row):
        match value:
            case None:
                continue
            case bool():
                sheet.write_boolean(line, place, value)
            case datetime():
                sheet.write_string(line, place, time_text(value))
            case date():
                sheet.write_datetime(line, place, value, day)
            case str() if COLUMNS[place].type == ColumnType.TEXT:
                sheet.write_string(line, place, _fitting(value))
            case _:
                sheet.write_number(line, place, float(value))


def _fitting(text: str) -> str:
    """The text, or as much of it as a cell holds, with a mark that it goes on."""
    if len(text) * 2 <= _MAX_TEXT:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= _MAX_TEXT * 2:
        return text
    return units[: (_MAX_TEXT - len(_CUT)) * 2].decode("utf-16-le", "ignore") + _CUT
