"""Rows as CSV that a spreadsheet opens without taking words for formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.http import HttpResponse

from claims.domain.spreadsheet_cells import guarded_text

CellValue = str | int | Decimal | None


def csv_response(name: str, rows: Iterable[Sequence[CellValue]]) -> HttpResponse:
    """A file of rows, the first of which has the names of the columns."""
    return HttpResponse(
        rows_as_csv(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def rows_as_csv(rows: Iterable[Sequence[CellValue]]) -> bytes:
    """Rows in UTF-8 (RFC 4180), without a value that a spreadsheet takes for a formula."""
    written = io.StringIO()
    csv.writer(written).writerows([_guarded(value) for value in row] for row in rows)
    return written.getvalue().encode()


def _guarded(value: CellValue) -> CellValue:
    """A value of which no spreadsheet makes a formula."""
    return guarded_text(value) if isinstance(value, str) else value
