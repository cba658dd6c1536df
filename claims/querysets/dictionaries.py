"""Reads of the topic dictionaries of series."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from claims.models import DictionaryVersion


class DictionaryVersionQuerySet(models.QuerySet[Any]):
    """Versions of topic dictionaries."""

    def of_series(self, series: Any) -> "DictionaryVersionQuerySet":
        """All versions of a series' dictionary, the newest first, with who made them."""
        return self.filter(series=series).select_related("made_by").order_by("-number", "-pk")

    def current_of(self, series: Any) -> "DictionaryVersion | None":
        """The newest version of a series' dictionary; None where it has none."""
        return self.of_series(series).first()

    def current_of_each(self, series: Any) -> "DictionaryVersionQuerySet":
        """The newest version of each of some series that has one, in one statement."""
        newest = self.filter(series__in=series).select_related("made_by")
        return newest.order_by("series_id", "-number").distinct("series_id")
