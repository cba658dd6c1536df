"""Reads of conflicts."""

from django.db import models


class ConflictQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Conflicts, as the desk sees them."""


class PublicConflictQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Conflicts, as anonymous readers see them."""
