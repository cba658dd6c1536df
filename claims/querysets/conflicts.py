"""Reads of conflicts and of who is party to them."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from claims.vocabulary import ConflictStatus

# A claim is disputed while it is party to a conflict of one of these.
DISPUTING = [status for status in ConflictStatus if status.disputes]


class ConflictQuerySet(models.QuerySet[Any]):
    """Conflicts, as the desk sees them."""

    def with_claim(self, claim: int, at: datetime) -> "ConflictQuerySet":  # noqa: ARG002
        """Those that the claim of that number is party to; the desk's know no other time."""
        members = self.model._meta.get_field("members").related_model
        party = members.objects.open().filter(claim=claim, conflict=OuterRef("pk"))
        return self.filter(Exists(party))


class ConflictMemberQuerySet(models.QuerySet[Any]):
    """Who is party to conflicts, as the desk sees it."""

    def open(self) -> "ConflictMemberQuerySet":
        """Those that have not left."""
        return self.filter(left_at__isnull=True)


class PublicConflictQuerySet(models.QuerySet[Any]):
    """Conflicts, as anonymous readers see them."""

    def with_claim(self, claim: int, at: datetime) -> "PublicConflictQuerySet":
        """Those that the claim of that number is party to, by what readers see at that time."""
        members = self.model._meta.get_field("members").related_model
        party = members.objects.open(at).filter(version__claim=claim, conflict=OuterRef("pk"))
        return self.filter(Exists(party))


class PublicConflictMemberQuerySet(models.QuerySet[Any]):
    """Who is party to conflicts, as anonymous readers see it."""

    def open(self, at: datetime) -> "PublicConflictMemberQuerySet":
        """Those that have not left, and whose version readers see at that time."""
        return self.filter(left_at__isnull=True, version__published__contains=at)
