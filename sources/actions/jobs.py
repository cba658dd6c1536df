"""Background jobs that broke off: when they are tried again, and by whom.

A job that fails with what may pass by itself is tried again later (`RETRY`); one whose worker is
gone is taken up again by the next (`take_up_stalled_jobs`). What failed for good waits for a person
(`try_again`). A job may therefore run twice, and each of ours may: it reads what is current, and
what it wrote before is found there.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import psycopg
from django.db import DatabaseError, InterfaceError, connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from sources.actions.action import ReadOutdated, action
from sources.actions.permission import require
from sources.domain.refusals import Refusal
from sources.domain.retries import wait_before_retry
from sources.models import JobFailure, Source
from sources.querysets.jobs import job_rows
from sources.vocabulary import JobFault, Role

if TYPE_CHECKING:
    from factbase.models import User

LOST_DATABASE = (
    *(InterfaceError, DatabaseError, ConnectorException),
    *(psycopg.InterfaceError, psycopg.OperationalError),
)
# Errors that are of the program, though Django counts them among those of the database.
FAULTS_OF_STATEMENTS = (
    "DataError",
    "IntegrityError",
    "InternalError",
    "NotSupportedError",
    "ProgrammingError",
)


class JobRefused(Refusal):
    """A job that is not tried again. `code`: not_failed."""


class RetryTransient(BaseRetryStrategy):
    """Tries a job again that broke off for a reason that may pass by itself."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when to try again; None where the job has failed."""
        wait = wait_before_retry(job.attempts)
        if wait is None or fault_of(exception) == JobFault.PROGRAM:
            return None
        return RetryDecision(retry_in={"seconds": int(wait.total_seconds())})


RETRY = RetryTransient()


def fault_of(error: BaseException) -> JobFault:
    """The kind of an error that broke off a try; all but the program's own may pass."""
    if isinstance(error, ReadOutdated):
        return JobFault.CHANGED
    if isinstance(error, LOST_DATABASE) and type(error).__name__ not in FAULTS_OF_STATEMENTS:
        return JobFault.DATABASE
    if isinstance(error, OSError):
        return JobFault.FILE
    return JobFault.PROGRAM


@action
def record_job_failure(*, job: int, error: BaseException, at: datetime) -> JobFailure:
    """Record that a try of a job broke off, by the kind of its error and never by its words."""
    name = type(error).__name__
    if isinstance(error, Refusal):
        name = f"{name} {error.code}"
    return JobFailure.objects.create(job=job, failed_at=at, fault=fault_of(error), error=name[:120])


@action
def take_up_stalled_jobs(*, at: datetime) -> int:
    """Have the jobs of workers that are gone done again; return how many there were.

    One that was taken up too often, such as one that takes its worker along, has failed. One that
    the clock has queued again meanwhile is dropped.
    """
    stalled = job_rows().stalled().select_for_update(skip_locked=True, of=("self",))
    jobs = list(stalled.order_by("pk"))
    JobFailure.objects.bulk_create(
        JobFailure(job=job.pk, failed_at=at, fault=JobFault.WORKER) for job in jobs
    )
    for job in jobs:
        wait = wait_before_retry(job.attempts)
        is_replaced = job_rows().waiting_instead_of(job).exists()
        if is_replaced or wait is None:
            finish_as_failed(job, deletes=is_replaced)
        else:
            app.job_manager.retry_job_by_id(job.pk, retry_at=at + wait)
    return len(jobs)


def finish_as_failed(job: Any, *, deletes: bool) -> None:
    """Say that a job has failed for good, or delete it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', %s)", [job.pk, deletes])


@action
def try_again(*, job: int, by: "User", at: datetime) -> None:
    """Have a job that failed tried again, as often as a new one. Raises NotPermitted, JobRefused.

    A job about a source that the account may not read is not found.
    """
    require(by, Role.REVIEWER)
    known = job_rows().known_to(by, at, sources=Source).filter(pk=job, status="failed")
    row = known.select_for_update(of=("self",)).first()
    if row is None or job_rows().waiting_instead_of(row).exists():
        raise JobRefused(
            "not_failed",
            "This job has not failed: it was done, waits or is being done. Look again.",
        )
    app.job_manager.retry_job_by_id(row.pk, retry_at=at)
