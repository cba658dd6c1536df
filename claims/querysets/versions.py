"""Reads of versions."""

from django.db import models


class VersionQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Reads of versions."""
