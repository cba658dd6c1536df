"""Reads of the tray: the quotes that an account collected."""

from typing import Any

from django.db import models

from sources.querysets.public_sources import is_allowed


class CollectedQuoteQuerySet(models.QuerySet[Any]):
    """Collected quotes of all accounts; nobody reads those of another."""

    def of(self, account: Any) -> "CollectedQuoteQuerySet":
        """Those of the account in the order of collecting, with their sources.

        Only what it may still read: not where it is no reader of the source any more, and not
        words that were withheld.
        """
        excerpts = self.model._meta.get_field("excerpt").related_model
        sources = excerpts._meta.get_field("source").related_model
        readable = is_allowed(sources, account, path="excerpt__source")
        own = self.filter(readable, collected_by=account).exclude(excerpt__exact="")
        return own.select_related("excerpt__source").order_by("collected_at", "pk")
