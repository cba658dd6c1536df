"""The formats of exports by their names, which are the endings of their addresses and files."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from claims.exports.csv_files import csv_chunks, spreadsheet_csv_chunks
from claims.exports.flat_rows import FlatRow
from claims.exports.ndjson import ndjson_chunks

Chunks = Callable[..., Iterator[bytes]]
FILE = "claims"


@dataclass(frozen=True)
class ExportFormat:
    """A format: its name, its media type, and the function that makes bytes of batches of rows.

    `is_appended` says that rows can follow on a file that broke off: nothing in it depends on
    what comes later.
    """

    name: str
    media_type: str
    chunks: Chunks
    is_appended: bool = True
    is_text: bool = True

    @property
    def file_name(self) -> str:
        """The name of a file of all its rows."""
        return f"{FILE}.{self.name}"

    @property
    def content_type(self) -> str:
        """The media type with the encoding of what is text."""
        return f"{self.media_type}; charset=utf-8" if self.is_text else self.media_type

    def encoded(
        self, batches: Iterable[list[FlatRow]], *, has_head: bool = True
    ) -> Iterator[bytes]:
        """The bytes of a file of these rows; without a head, what follows on other rows."""
        return self.chunks(batches, has_head=has_head)


FORMATS = {
    one.name: one
    for one in (
        ExportFormat("csv", "text/csv", csv_chunks),
        ExportFormat("for-spreadsheets.csv", "text/csv", spreadsheet_csv_chunks),
        ExportFormat("ndjson", "application/x-ndjson", ndjson_chunks),
    )
}
