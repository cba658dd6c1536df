"""Reads of publishers."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from sources.querysets.readers import is_staff


class PublisherQuerySet(models.QuerySet[Any]):
    """Publishers, as the desk asks for them."""

    def surviving(self) -> "PublisherQuerySet":
        """Those that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def known_to(self, reader: Any, at: datetime) -> "PublisherQuerySet":
        """Those that the reader may know of: with a source that the reader may read.

        The desk besides: those without any source. One that was merged is known as the survivor is.
        """
        sources = self.model._meta.get_field("source").related_model.objects
        survivor = Coalesce(OuterRef("merged_into"), OuterRef("pk"))
        of_it = sources.filter(publisher=survivor)
        known: Any = Exists(of_it.readable_by(reader, at))
        if is_staff(reader):
            known |= ~Exists(of_it)
        return self.filter(known)

    def named(self, names: Collection[str]) -> dict[str, Any]:
        """By name the publishers that the names stand for.

        A name is that of one publisher, of one that was merged, which stands for the survivor, or
        else another name of one.
        """
        found = {
            one.name: one.merged_into or one
            for one in self.filter(name__in=names).select_related("merged_into")
        }
        if others := [name for name in names if name not in found]:
            for one in self.surviving().filter(aliases__has_any_keys=others).order_by("pk"):
                found |= {alias: one for alias in one.aliases if alias in others}
        return found

    def matching(self, words: str) -> "PublisherQuerySet":
        """Those of which a name or another name has all words that are typed, in any case."""
        found = self
        for word in words.split():
            found = found.filter(Q(name__icontains=word) | Q(aliases__icontains=word))
        return found

    def with_last_judgement(self) -> "PublisherQuerySet":
        """With `last_judged_at` and `last_judged_by`, the id of an account, of the latest one."""
        judgements = self.model._meta.get_field("judgements").related_model.objects
        latest = judgements.filter(publisher=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            last_judged_at=Subquery(latest.values("judged_at")[:1]),
            last_judged_by=Subquery(latest.values("judged_by")[:1]),
        )
