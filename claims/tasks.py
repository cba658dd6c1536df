"""Background work on claims: what the clock starts, and searches for absences."""

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from claims.actions.absence.queue import JOB
from claims.actions.absence.runs import run_absence
from claims.actions.claims.publication import follow_publications
from claims.models import AbsenceScope


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="follow-publications", pass_context=False)
def follow_due_publications(timestamp: int) -> None:
    """Every minute: compare claims again whose time of publication has come."""
    follow_publications(at=datetime.fromtimestamp(timestamp, tz=UTC))


# A search that breaks off, say with the database, is tried again for some twenty minutes.
RETRY = RetryStrategy(max_attempts=6, exponential_wait=3)


@app.task(name=JOB, pass_context=False, retry=RETRY)
def run_in_background(scope: int, *, afresh: bool) -> None:
    """Search the documents of an absence for its terms."""
    found = AbsenceScope.objects.select_related("version").get(pk=scope)
    run_absence(scope=found, at=timezone.now(), afresh=afresh, now=timezone.now)
