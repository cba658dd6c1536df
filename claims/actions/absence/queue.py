"""Queueing searches for absences, when a document, its text or the claim changes.

The jobs are rows of the same transaction, so that they are there exactly when their reason is.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from claims.models import AbsenceScope
from sources.models import Series, Source, TextLayer

# The name of the job that runs an absence, and of its lock: a claim is searched for once at a time.
JOB = "claims.run_absence"
LOCK = "absence-{claim}"


def queue_runs(scopes: Iterable[AbsenceScope], *, afresh: bool = False) -> None:
    """Queue a run of each of these scopes, which have their versions read.

    With `afresh` every text is searched again, else only those that the last run has not read.
    """
    for scope in scopes:
        lock = LOCK.format(claim=scope.version.claim_id)
        app.configure_task(JOB, lock=lock).defer(scope=scope.pk, afresh=afresh)


def is_queued(scope: AbsenceScope) -> bool:
    """Whether a run of it waits or is under way."""
    jobs = ProcrastinateJob.objects.filter(task_name=JOB, args__scope=scope.pk)
    return bool(jobs.filter(status__in=["todo", "doing"]).exists())


def queue_over(sources: "QuerySet[Source]", *, afresh: bool = False) -> None:
    """Queue a run of every absence in use that one of these sources is a document of."""
    scopes = AbsenceScope.objects.in_use().over_sources(sources)
    queue_runs(scopes.select_related("version").order_by("pk"), afresh=afresh)


def follow_series(*, series: Series, **_more: Any) -> None:
    """Run the absences over a series again that documents joined or left."""
    scopes = AbsenceScope.objects.in_use().filter(series=series)
    queue_runs(scopes.select_related("version").order_by("pk"))


def follow_text(*, layer: TextLayer, **_more: Any) -> None:
    """Run the absences again that have a document with a new text in their scope."""
    queue_over(Source.objects.filter(captures__blob=layer.blob_id))
