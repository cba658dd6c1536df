"""The sidecar of an export with its rows and hash, and a data package that types its columns.

https://datapackage.org/standard/data-package/
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from claims.exports.columns import COLUMNS, COLUMNS_VERSION, ColumnType, ExportColumn
from claims.exports.csv_files import time_text
from claims.exports.flat_rows import FlatRow
from claims.exports.formats import ExportFormat, ExportRefused
from sources.querysets.past import known_at

PACKAGE_NAME = "datapackage.json"
MAX_SIDECAR_ROWS = 100_000

# The types of Table Schema, and what is said besides of how values are written.
_TYPES: dict[ColumnType, dict[str, Any]] = {
    ColumnType.TEXT: {"type": "string"},
    ColumnType.INTEGER: {"type": "integer"},
    ColumnType.DECIMAL: {"type": "number"},
    ColumnType.BOOLEAN: {"type": "boolean", "trueValues": ["TRUE"], "falseValues": ["FALSE"]},
    ColumnType.DATE: {"type": "date"},
    ColumnType.TIME: {"type": "datetime", "format": "any"},
}


@dataclass(frozen=True)
class ExportOrder:
    """An export that is asked for: its format, the filters as a query, for which moment and whom.

    `site` is what addresses of pages begin with. `reader` is an account, empty for the public;
    `is_staff` says that it is one of the desk. `is_of_the_past` says that the moment was named.
    """

    form: ExportFormat
    query: str
    at: datetime
    site: str
    reader: str = ""
    is_staff: bool = False
    is_of_the_past: bool = False

    def in_its_time(self) -> AbstractContextManager[None]:
        """All reads inside find what the reader knew at the moment of the order."""
        return known_at(self.at if self.is_of_the_past else None, is_staff=self.is_staff)


@dataclass(frozen=True)
class Sidecar:
    """A file that was made of an order, as somebody who has it can check it."""

    order: ExportOrder
    rows: int
    size: int
    sha256: str

    def as_json(self) -> dict[str, Any]:
        """The form in which it is written and sent."""
        return {
            "file": self.order.form.file_name,
            "rows": self.rows,
            "bytes": self.size,
            "sha256": self.sha256,
            "at": time_text(self.order.at),
            "query": self.order.query,
            "audience": "staff" if self.order.is_staff else "public",
            "columns_version": COLUMNS_VERSION,
        }


@dataclass
class RowCount:
    """How many rows passed by, and the number of the claim of the last one."""

    rows: int = 0
    last: int = 0

    def of(self, batches: Iterable[list[FlatRow]]) -> Iterator[list[FlatRow]]:
        """The same batches, each counted as it is taken."""
        for batch in batches:
            self.rows += len(batch)
            self.last = int(str(batch[-1][0])[1:])  # C17
            yield batch


@dataclass
class HashedBytes:
    """How many bytes passed by, and their SHA-256."""

    size: int = 0
    _hash: Any = field(default_factory=hashlib.sha256)

    def add(self, content: bytes) -> None:
        """Count more bytes."""
        self.size += len(content)
        self._hash.update(content)

    def hexdigest(self) -> str:
        """The SHA-256 of all so far."""
        return str(self._hash.hexdigest())


def sidecar_of(order: ExportOrder, batches: Iterable[list[FlatRow]]) -> Sidecar:
    """The sidecar of a file that is made for it, and kept nowhere."""
    count, hashed = RowCount(), HashedBytes()
    for content in order.form.encoded(count.of(batches)):
        hashed.add(content)
    return Sidecar(order, count.rows, hashed.size, hashed.hexdigest())


def require_few(versions: Any, form: ExportFormat) -> None:
    """Refuse a sidecar of more versions than are written to be thrown away. Raises ExportRefused.

    Without it the answer would come after minutes.
    """
    if versions.order_by()[: MAX_SIDECAR_ROWS + 1].count() <= MAX_SIDECAR_ROWS:
        return
    words = {"file": form.file_name, "most": f"{MAX_SIDECAR_ROWS:,}"}
    raise ExportRefused(
        "too_many_rows",
        _(
            "%(file)s would have more than %(most)s rows, and no larger file is made for its hash "
            "alone. Narrow it by a filter, or let manage.py export_claims write file and hash."
        )
        % words,
    )


def data_package(name: str, at: datetime, resources: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The data package of files of a moment, each with the columns that all of them have."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "claims",
        "title": name,
        "created": time_text(at),
        "resources": resources,
    }


def written_resource(sidecar: Sidecar) -> dict[str, Any]:
    """A file beside the package, with its hash."""
    return _resource(sidecar.order.form) | {
        "bytes": sidecar.size,
        "hash": f"sha256:{sidecar.sha256}",
        "rows": sidecar.rows,
    }


def linked_resource(form: ExportFormat, address: str, query: str) -> dict[str, Any]:
    """A file that is made when it is asked for, at an address."""
    return _resource(form) | {"path": f"{address}?{query}" if query else address}


def _resource(form: ExportFormat) -> dict[str, Any]:
    return {
        "name": form.file_name,
        "path": form.file_name,
        "format": form.name.rpartition(".")[2],
        "mediatype": form.media_type,
        **({"encoding": "utf-8"} if form.is_text else {}),
        "schema": table_schema(),
    }


def table_schema() -> dict[str, Any]:
    """The columns as Table Schema has them."""
    return {
        "fields": [_field(column) for column in COLUMNS],
        "missingValues": [""],
        "primaryKey": ["version"],
    }


def _field(column: ExportColumn) -> dict[str, Any]:
    meaning = f"{column.meaning} Unit: {column.unit}." if column.unit else column.meaning
    required = {} if column.nullable else {"constraints": {"required": True}}
    return {"name": column.name, **_TYPES[column.type], "description": meaning, **required}
