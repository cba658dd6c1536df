"""Background work on claims: what the clock starts, searches for absences, editions."""

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from claims.actions.absence.queue import JOB
from claims.actions.absence.runs import run_absence
from claims.actions.claims.publication import follow_publications
from claims.actions.factsheets.requesting import carry_out_request
from claims.models import AbsenceScope
from claims.querysets.issue_requests import ISSUE_JOB
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
