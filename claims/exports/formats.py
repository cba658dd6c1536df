"""The formats of exports by their names, which are the endings of their addresses and files."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from claims.exports.csv_files import csv_chunks, spreadsheet_csv_chunks
from claims.exports.flat_rows import FlatRow
from claims.exports.ndjson import ndjson_chunks
from claims.exports.parquet import parquet_chunks
from claims.exports.workbooks import MAX_ROWS, workbook_chunks
from sources.domain.refusals import Refusal


class ExportRefused(Refusal):
    """An export that cannot be made as it is asked for."""


@dataclass(frozen=True)
class ExportFormat:
    """A format: its name, its media type, and the function that makes bytes of batches of rows.

    `is_appended` says that rows can follow on a file that broke off: the bytes of each batch stand
    for themselves. `max_rows` is how many rows fit; None is any number.
    """

    name: str
    media_type: str
    chunks: Callable[..., Generator[bytes]]
    is_text: bool = True
    is_appended: bool = True
    max_rows: int | None = None

    @property
    def file_name(self) -> str:
        """The name of a file of claims."""
        return f"claims.{self.name}"

    @property
    def content_type(self) -> str:
        """The media type, with the encoding of what is text."""
        return f"{self.media_type}; charset=utf-8" if self.is_text else self.media_type

    def encoded(
        self, batches: Iterable[list[FlatRow]], *, has_head: bool = True
    ) -> Generator[bytes]:
        """The bytes of a file of these rows; without a head, what follows on other rows."""
        return self.chunks(batches, has_head=has_head)

    def require_room(self, versions: Any) -> None:
        """Refuse more versions than fit. Raises ExportRefused."""
        most = self.max_rows
        if most is None or (count := versions.order_by()[: most + 1].count()) <= most:
            return
        words = {"file": self.file_name, "count": f"{count:,}", "most": f"{most:,}"}
        raise ExportRefused(
            "too_many_rows",
            _(
                "%(file)s would have %(count)s rows or more. A sheet of a workbook holds %(most)s. "
                "Narrow it by a filter, or take CSV or Parquet."
            )
            % words,
        )


FORMATS = {
    one.name: one
    for one in (
        ExportFormat("csv", "text/csv", csv_chunks),
        ExportFormat("for-spreadsheets.csv", "text/csv", spreadsheet_csv_chunks),
        ExportFormat("ndjson", "application/x-ndjson", ndjson_chunks),
        ExportFormat(
            "parquet",
            "application/vnd.apache.parquet",
            parquet_chunks,
            is_text=False,
            is_appended=False,
        ),
        ExportFormat(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            workbook_chunks,
            is_text=False,
            is_appended=False,
            max_rows=MAX_ROWS,
        ),
    )
}
