"""Reads of what was withheld, so that a tombstone stands where the words stood."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery


class WithholdingQuerySet(models.QuerySet[Any]):
    """Withholdings, one for each row that was cleared."""

    def ids_of(self, model: type[models.Model]) -> set[int]:
        """The ids of the rows of a table of which something was cleared."""
        rows = self.filter(table_name=model._meta.db_table)
        return set(rows.values_list("row_id", flat=True))

    def times_of(self, rows: Iterable[models.Model]) -> dict[int, datetime]:
        """When something of each of these rows of one table was emptied, by their ids."""
        given = list(rows)
        if not given:
            return {}
        known = self.filter(table_name=given[0]._meta.db_table, row_id__in=[r.pk for r in given])
        return dict(known.values_list("row_id", "withheld_at"))

    def emptied_at(self, row: models.Model) -> datetime | None:
        """When something of the row was emptied; None where nothing was."""
        return self.times_of([row]).get(row.pk)

    def words_withheld_at(self, excerpt: Any) -> datetime | None:
        """When the words of a quote were withheld; None where they stand, without asking.

        Of an excerpt that was read `with_withheld_at` it is known; of another one it is asked.
        """
        if excerpt.exact:
            return None
        return _read_along(excerpt) if _is_read_along(excerpt) else self.emptied_at(excerpt)

    def bytes_withheld_at(self, capture: Any) -> datetime | None:
        """When the bytes of a capture were withheld; None where they are kept.

        A capture that has a file name or an address is not asked for: these go with the bytes. Of
        one that was read `with_withheld_at` it is known.
        """
        if capture.file_name or capture.fetched_from:
            return None
        return _read_along(capture) if _is_read_along(capture) else self.emptied_at(capture.blob)

    def time_of(self, model: type[models.Model], row_id: str = "pk") -> Subquery:
        """When something of a row was emptied, as a column of a query; null where nothing was."""
        rows = self.filter(table_name=model._meta.db_table, row_id=OuterRef(row_id))
        return Subquery(rows.values("withheld_at"))


def _is_read_along(row: models.Model) -> bool:
    return "withheld_at" in row.__dict__


def _read_along(row: Any) -> datetime | None:
    found: datetime | None = row.withheld_at
    return found
