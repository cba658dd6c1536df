"""Reads of entities, properties and topics."""

from django.db import models

from sources.domain.search import fold_for_search


class EntityQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """What claims are about."""

    def surviving(self) -> "EntityQuerySet":
        """Those that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def matching(self, words: str) -> "EntityQuerySet":
        """Those whose label or an alias holds all the words."""
        found = self
        for word in fold_for_search(words).split():
            found = found.filter(search_text__contains=word)
        return found


class PropertyQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """What is said of entities."""


class TopicQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Subject headings."""
