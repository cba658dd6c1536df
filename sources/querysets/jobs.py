"""Reads of background jobs, which are rows of procrastinate."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import BigIntegerField, Count, Min, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Now
from procrastinate.contrib.django.models import ProcrastinateJob

from sources.querysets.public_sources import is_readable

# A worker tells that it is there every ten seconds; one that has not for so long is gone.
STALLED_AFTER = timedelta(seconds=30)


class JobQuerySet(models.QuerySet[Any]):
    """Background jobs. What is done is deleted."""

    def unfinished(self) -> "JobQuerySet":
        """Those that wait, are being done, or failed."""
        return self.filter(status__in=["todo", "doing", "failed"])

    def stalled(self) -> "JobQuerySet":
        """Those that are said to be done by a worker that is gone."""
        silent = Q(worker__last_heartbeat__lt=Now() - STALLED_AFTER)
        return self.filter(Q(worker__isnull=True) | silent, status="doing")

    def known_to(self, reader: Any, at: datetime, *, sources: Any) -> "JobQuerySet":
        """Those about no source, or one that the reader may read; `sources` is the model."""
        captures = sources._meta.get_field("captures").related_model.objects
        source = Cast(KT("args__source"), BigIntegerField())
        capture = Cast(KT("args__capture"), BigIntegerField())
        return self.annotate(source_id=source, capture_id=capture).filter(
            Q(source_id__isnull=True)
            | Q(
                source_id__in=sources.objects.filter(is_readable(sources, reader, at)).values("pk")
            ),
            Q(capture_id__isnull=True)
            | Q(capture_id__in=captures.readable_by(reader, at).values("pk")),
        )

    def with_history(self) -> "JobQuerySet":
        """With `queued_at`, when each was queued, and `tries`, how often it was begun."""
        events = "procrastinateevent"
        return self.annotate(
            queued_at=Min(f"{events}__at", filter=Q(**{f"{events}__type": "deferred"})),
            tries=Count(events, filter=Q(**{f"{events}__type": "started"})),
        )

    def gravest_first(self) -> "JobQuerySet":
        """Failed ones first, then those being done, then those that wait, the oldest first."""
        rank = models.Case(
            models.When(status="failed", then=0), models.When(status="doing", then=1), default=2
        )
        return self.annotate(rank=rank).order_by("rank", "pk")

    def waiting_instead_of(self, job: Any) -> "JobQuerySet":
        """Those that wait to do the same as a job that the clock queued: of its queueing lock."""
        if job.queueing_lock is None:
            return self.none()
        return self.filter(status="todo", queueing_lock=job.queueing_lock)


def job_rows() -> JobQuerySet:
    """All jobs."""
    return JobQuerySet(ProcrastinateJob)
