"""Reads of conflicts and of who is party to them."""

from datetime import datetime
from typing import Any

from django.db import models

from claims.vocabulary import ConflictStatus

# A claim is disputed while it is party to a conflict of one of these.
DISPUTING = [status for status in ConflictStatus if status.disputes]


class ConflictQuerySet(models.QuerySet[Any]):
    """Conflicts, as the desk sees them."""


class ConflictMemberQuerySet(models.QuerySet[Any]):
    """Who is party to conflicts, as the desk sees it."""

    def open(self) -> "ConflictMemberQuerySet":
        """Those that have not left."""
        return self.filter(left_at__isnull=True)


class PublicConflictQuerySet(models.QuerySet[Any]):
    """Conflicts, as anonymous readers see them."""


class PublicConflictMemberQuerySet(models.QuerySet[Any]):
    """Who is party to conflicts, as anonymous readers see it."""

    def open(self, at: datetime) -> "PublicConflictMemberQuerySet":
        """Those that have not left, and whose version readers see at that time."""
        return self.filter(left_at__isnull=True, version__published__contains=at)
