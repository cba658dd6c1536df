"""Reads of what was withheld, so that a tombstone stands where the words stood."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models


class WithholdingQuerySet(models.QuerySet[Any]):
    """What was emptied, row by row."""

    def ids_of(self, model: type[models.Model]) -> set[int]:
        """The ids of the rows of a table of which something was emptied."""
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

    def words_gone_at(self, excerpt: Any) -> datetime | None:
        """When the words of a quote were withheld; None where they stand, without asking."""
        return None if excerpt.exact else self.emptied_at(excerpt)
