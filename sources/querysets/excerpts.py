"""Reads of excerpts and their gradings."""

from django.db import models
from django.db.models import OuterRef, Subquery

from sources.vocabulary import Grade


class ExcerptQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Quotes."""

    def verified(self) -> "ExcerptQuerySet":
        """Those that the archived text carries."""
        return self.filter(grade__in=[grade for grade in Grade if grade.is_verified])


class GradingQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """How quotes stand in texts, over time."""

    def latest(self) -> "GradingQuerySet":
        """The latest grading of each excerpt."""
        newest = (
            self.model.objects.filter(excerpt=OuterRef("excerpt")).order_by("-pk").values("pk")[:1]
        )
        return self.filter(pk=Subquery(newest))
