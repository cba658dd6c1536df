"""Reads of conflicts and of who is party to them."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

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

    def in_queue(self) -> "ConflictQuerySet":
        """In the order of work: undecided, decided, ended; the stronger first, then the older."""
        place = models.Case(
            models.When(status=ConflictStatus.OPEN, then=0),
            models.When(status__in=LIVE, then=1),
            default=2,
        )
        return self.order_by(place, "strength", "opened_at", "pk")

    def with_members(self) -> "ConflictQuerySet":
        """With the members that have not left, in `open_members`."""
        members = self.model._meta.get_field("members").related_model.objects.open()
        party = members.select_related("claim").order_by("claim", "pk")
        return self.prefetch_related(Prefetch("members", party, to_attr="open_members"))

    def between(self, versions: models.QuerySet[Any]) -> "ConflictQuerySet":
        """Those that a claim with one of these versions, as it is compared, is party to."""
        members = self.model._meta.get_field("members").related_model
        claims = versions.filter(is_compared=True).values("claim")
        party = members.objects.open().filter(claim__in=claims, conflict=OuterRef("pk"))
        return self.filter(Exists(party))

    def of_claims_by(self, account: Any) -> "ConflictQuerySet":
        """Those that a claim is party to of which the account wrote a version."""
        members = self.model._meta.get_field("members").related_model
        own = members.objects.open().filter(claim__versions__author=account)
        return self.filter(Exists(own.filter(conflict=OuterRef("pk"))))

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
        """Those that readers see at that time: their members disagree, and are there to see."""
        members = self.model._meta.get_field("members").related_model
        party = members.objects.open(at).filter(conflict=OuterRef("pk"))
        return self.filter(Exists(party), status__in=LIVE)

    def readable(self, at: datetime) -> "PublicConflictQuerySet":
        """The live ones, and those on record as lapsed: none whose other side is not seen now."""
        return self.filter(~Q(status__in=LIVE) | Q(pk__in=self.model.objects.live(at).values("pk")))

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
        """Those that have not left, and whose version readers see at that time beside another.

        A claim at odds with itself needs no other. Times of publication come and go before the
        background work has followed them: till then one side may be there alone.
        """
        others = self.model.objects.seen(at).filter(conflict=OuterRef("conflict"))
        is_beside = Q(Exists(others.exclude(pk=OuterRef("pk"))))
        within = [kind for kind in ConflictKind if kind.is_within_a_claim]
        return self.seen(at).filter(is_beside | Q(conflict__kind__in=within))

    def seen(self, at: datetime) -> "PublicConflictMemberQuerySet":
        """Those that have not left, and whose version readers see at that time."""
        return self.filter(left_at__isnull=True, version__published__contains=at)
