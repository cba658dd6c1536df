"""Reads of conflicts and of who is party to them."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from claims.vocabulary import ConflictKind, ConflictStatus

# A claim is disputed while it is party to a conflict of one of these.
DISPUTING = [status for status in ConflictStatus if status.disputes]

# Their members still disagree, decided or not.
LIVE = [status for status in ConflictStatus if status.is_live]


class ConflictQuerySet(models.QuerySet[Any]):
    """Conflicts, as the desk sees them."""

    def live(self) -> "ConflictQuerySet":
        """Those whose members still disagree: neither lapsed nor merged."""
        return self.filter(status__in=LIVE)

    def with_members(self) -> "ConflictQuerySet":
        """With the members that have not left, in `open_members`."""
        members = self.model._meta.get_field("members").related_model.objects.open()
        party = members.select_related("claim").order_by("claim", "pk")
        return self.prefetch_related(Prefetch("members", party, to_attr="open_members"))

    def with_claim(self, claim: int, at: datetime) -> "ConflictQuerySet":
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

    def live(self, at: datetime) -> "PublicConflictQuerySet":
        """Those that readers see at that time: two published members, or a claim's own one.

        A time of publication can come before the background work has followed it.
        """
        seen = Q(members__left_at__isnull=True, members__version__published__contains=at)
        return (
            self.filter(status__in=LIVE)
            .annotate(seen=Count("members", filter=seen))
            .filter(Q(seen__gte=2) | Q(seen=1, kind=ConflictKind.STANCE))
        )

    def with_members(self, at: datetime) -> "PublicConflictQuerySet":
        """With the members whose version readers see at that time, in `open_members`."""
        members = self.model._meta.get_field("members").related_model.objects.open(at)
        party = members.select_related("version__claim").order_by("version__claim", "pk")
        return self.prefetch_related(Prefetch("members", party, to_attr="open_members"))

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
