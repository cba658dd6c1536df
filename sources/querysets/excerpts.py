"""Reads of excerpts and their gradings."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery

from sources.querysets.readers import is_staff
from sources.vocabulary import Grade


class ExcerptQuerySet(models.QuerySet[Any]):
    """Quotes."""

    def verified(self) -> "ExcerptQuerySet":
        """Those that the archived text carries, but for words that were withheld."""
        verified = self.filter(grade__in=[grade for grade in Grade if grade.is_verified])
        return verified.exclude(exact="")

    def shown_to(self, reader: Any, at: datetime) -> "ExcerptQuerySet":
        """Those that the reader may see at that time.

        The desk: of all sources that the account may read. Everybody else: of public sources,
        where a version rests on them that is published then.
        """
        sources = self.model._meta.get_field("source").related_model.objects
        readable = self.filter(source__in=sources.readable_by(reader))
        if is_staff(reader):
            return readable
        published = self.model.objects.filter(evidence__version__published__contains=at)
        return readable.filter(pk__in=published.values("pk"))


class GradingQuerySet(models.QuerySet[Any]):
    """How quotes stand in texts, over time."""

    def newest(self) -> "GradingQuerySet":
        """The latest grading of each excerpt."""
        newest = (
            self.model.objects.filter(excerpt=OuterRef("excerpt")).order_by("-pk").values("pk")[:1]
        )
        return self.filter(pk=Subquery(newest))
