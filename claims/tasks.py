"""Background work on claims: what the clock starts, searches for absences, counts, editions."""

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from claims.actions.absence.queue import JOB
from claims.actions.absence.runs import run_absence
from claims.actions.claims.publication import follow_publications
from claims.actions.claims.unsaved import purge_unsaved_entries
from claims.actions.factsheets.requesting import carry_out_request
from claims.actions.series.counting import count_text, queue_all_counts, queue_texts
from claims.models import AbsenceScope
from claims.querysets.issue_requests import ISSUE_JOB
from claims.querysets.text_counts import SERIES_JOB, TEXT_JOB
from sources.actions.jobs import RETRY


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="follow-publications", pass_context=False, retry=RETRY)
def follow_due_publications(timestamp: int) -> None:
    """Every minute: compare claims again whose time of publication has come."""
    follow_publications(at=datetime.fromtimestamp(timestamp, tz=UTC))


@app.task(name=JOB, pass_context=False, retry=RETRY)
def run_in_background(scope: int, *, afresh: bool) -> None:
    """Search the documents of an absence for its terms."""
    found = AbsenceScope.objects.select_related("version").get(pk=scope)
    run_absence(scope=found, at=timezone.now(), afresh=afresh, now=timezone.now)


@app.task(name=ISSUE_JOB, pass_context=False, retry=RETRY)
def issue_in_background(request: int) -> None:
    """Issue an edition that an editor asked for."""
    carry_out_request(request=request, clock=timezone.now)


@app.task(name=SERIES_JOB, pass_context=False, retry=RETRY)
def count_series_in_background(series: int) -> None:
    """Queue the counting of the texts of a series of which something is not counted."""
    queue_texts(series=series)


@app.task(name=TEXT_JOB, pass_context=False, retry=RETRY)
def count_text_in_background(layer: int, *, afresh: bool) -> None:
    """Count the words and the topics of a text."""
    count_text(layer=layer, now=timezone.now, afresh=afresh)


@app.periodic(cron="47 2 * * *")
@app.task(
    name="claims.count_missing", queueing_lock="count-missing", pass_context=False, retry=RETRY
)
def count_missing_texts(timestamp: int) -> None:  # noqa: ARG001 - the clock tells when it is
    """Every night: queue the counting of what is not counted, for whatever reason."""
    queue_all_counts()


@app.periodic(cron="57 2 * * *")
@app.task(
    name="claims.purge_unsaved", queueing_lock="purge-unsaved", pass_context=False, retry=RETRY
)
def purge_unsaved(timestamp: int) -> None:
    """Every night: forget forms that were typed and not saved, and have waited long enough."""
    purge_unsaved_entries(at=datetime.fromtimestamp(timestamp, tz=UTC))
