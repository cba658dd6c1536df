"""Reads of claims."""

from django.db import models


class ClaimQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Reads of claims."""
