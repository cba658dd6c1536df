"""A matrix as a table for other programs: CSV and XLSX, one row for each cell.

Each row names the version of the dictionary that it was counted with, the SHA-256 of both
dictionary and text, and its own address, so that it can stand alone.
"""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime

import xlsxwriter
from django.urls import reverse

from claims.pages.series.cells import cell_addresses
from claims.pages.series.spreadsheets import CellValue, rows_as_csv
from claims.readings.series_cells import MatrixCell, MatrixColumn, MatrixReading, MatrixRow

COLUMNS = (
    *("series", "dictionary", "dictionary_sha256", "topic", "topic_name"),
    *("document", "title", "label", "language", "text_sha256", "words", "counted_at"),
    *("state", "count", "per_thousand", "is_first", "is_last"),
    *("claimed", "claims", "disagreement", "address"),
)

# The most characters that a cell of a spreadsheet holds.
_MOST_IN_CELL = 32_767


def matrix_url(matrix: MatrixReading, site: str) -> str:
    """The permanent address of the matrix with its version of the dictionary."""
    return site + reverse("claims:matrix", args=[matrix.series, matrix.dictionary_number])


def as_csv(matrix: MatrixReading, site: str) -> bytes:
    """The cells as CSV, topics in order and in each the documents.

    `site` is what addresses begin with, without a slash at its end.
    """
    return rows_as_csv([COLUMNS, *_cells(matrix, site)])


def as_xlsx(matrix: MatrixReading, site: str) -> bytes:
    """The matrix as a workbook: counts as a table, all cells one by one, and what was counted.

    Strings are written as strings, never as formulas, links or numbers.
    """
    written = io.BytesIO()
    book = xlsxwriter.Workbook(
        written,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    made_at = matrix.dictionary_made_at
    book.set_properties(
        {"title": matrix.title, **({"created": made_at.replace(tzinfo=None)} if made_at else {})}
    )
    bold = book.add_format({"bold": True})
    sheets = (
        ("Matrix", list(_counts(matrix))),
        ("Cells", [COLUMNS, *_cells(matrix, site)]),
        ("About", list(_about(matrix, site))),
    )
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 28)
        for number, values in enumerate(rows):
            for place, value in enumerate(values):
                form = bold if number == 0 else None
                if isinstance(value, str):
                    sheet.write_string(number, place, value[:_MOST_IN_CELL], form)
                elif value is not None:
                    sheet.write_number(number, place, float(value), form)
    book.close()
    return written.getvalue()


def _cells(matrix: MatrixReading, site: str) -> Iterator[Sequence[CellValue]]:
    """One row for each cell, in the order of COLUMNS."""
    columns = {column.id: column for column in matrix.columns}
    address_of = cell_addresses(matrix)
    for row in matrix.rows:
        for cell in row.cells:
            address = address_of(cell.column, row.topic)
            url = site + address if address else ""
            yield _values(matrix, row, cell, columns[cell.column], url)


def _values(
    matrix: MatrixReading, row: MatrixRow, cell: MatrixCell, column: MatrixColumn, url: str
) -> Sequence[CellValue]:
    """The values of a cell; of one that nothing was counted in, no count."""
    is_counted = cell.per_thousand is not None
    return (
        *(matrix.series, matrix.dictionary, matrix.dictionary_sha256, row.topic, row.name),
        *(column.source.key, column.source.title, column.label, column.language),
        *(column.text_sha256, column.words, _moment(column.counted_at)),
        *(str(cell.state), cell.count if is_counted else None, cell.per_thousand),
        *(_yes(cell.is_first), _yes(cell.is_last), str(cell.claimed)),
        *("; ".join(claim.ref for claim in cell.claims), cell.disagreement),
        url,
    )


def _counts(matrix: MatrixReading) -> Iterator[Sequence[CellValue]]:
    """Topics down, documents across: counts, and the state where nothing was counted."""
    yield ("Topic", *(column.label for column in matrix.columns))
    yield ("Words", *(column.words for column in matrix.columns))
    for row in matrix.rows:
        yield (
            row.name,
            *(str(cell.state) if cell.per_thousand is None else cell.count for cell in row.cells),
        )


def _about(matrix: MatrixReading, site: str) -> Iterator[Sequence[CellValue]]:
    """The series, its dictionary and its topics, with when all was counted."""
    yield ("Series", matrix.title)
    yield ("Address", matrix_url(matrix, site))
    yield ("Dictionary", matrix.dictionary)
    yield ("SHA-256 of the dictionary", matrix.dictionary_sha256)
    yield ("Dictionary made at", _moment(matrix.dictionary_made_at))
    yield ("Texts counted", matrix.counted)
    yield ("Texts to count", matrix.to_count)
    yield ()
    yield ("Topic", "Terms", "Note")
    for row in matrix.rows:
        yield (row.name, "\n".join(row.terms), row.note)


def _moment(at: datetime | None) -> str:
    """A time in UTC, in the form of ISO 8601."""
    return "" if at is None else at.isoformat()


def _yes(is_so: bool) -> str:  # noqa: FBT001 # one word for one flag
    return "yes" if is_so else ""
