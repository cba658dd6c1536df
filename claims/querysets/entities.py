"""Reads of entities, properties and topics."""

from typing import Any

from django.db import models
from django.db.models import Q

from sources.domain.search import fold_for_search


class EntityQuerySet(models.QuerySet[Any]):
    """What claims are about."""

    def surviving(self) -> "EntityQuerySet":
        """Those that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def known_to(self, reader: Any) -> "EntityQuerySet":
        """Those that do not stand for a confidential source which the reader may not know."""
        sources = self.model._meta.get_field("source").related_model.objects
        return self.filter(Q(source__isnull=True) | Q(source__in=sources.readable_by(reader)))

    def matching(self, words: str) -> "EntityQuerySet":
        """Those whose label or an alias holds all the words."""
        found = self
        for word in fold_for_search(words).split():
            found = found.filter(search_text__contains=word)
        return found


class PropertyQuerySet(models.QuerySet[Any]):
    """What is said of entities."""


class TopicQuerySet(models.QuerySet[Any]):
    """Subject headings."""
