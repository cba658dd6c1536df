"""Jobs in the states that workers bring them to, by procrastinate's own functions."""

from typing import Any

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob


def value_of(statement: str, *values: Any) -> Any:
    """The value that a statement returns."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


def register_worker(*, silent_for: int = 0) -> int:
    """A worker that was seen last so many seconds ago; its id."""
    worker = int(value_of("SELECT procrastinate_register_worker_v1()"))
    value_of(
        "UPDATE procrastinate_workers SET last_heartbeat = now() - make_interval(secs => %s) "
        "WHERE id = %s RETURNING id",
        silent_for,
        worker,
    )
    return worker


def begin(worker: int) -> ProcrastinateJob:
    """The worker takes the next job."""
    number = value_of("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", worker)
    return ProcrastinateJob.objects.get(pk=number)


def sign_off(worker: int) -> None:
    """The worker ends as it should, whatever it was doing."""
    value_of("SELECT procrastinate_unregister_worker_v1(%s)", worker)


def break_off(job: ProcrastinateJob) -> None:
    """The try of a job ended, and it has failed for good."""
    value_of("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", job.pk)


def attempts_made(job: ProcrastinateJob, attempts: int) -> None:
    """The job was tried so often before."""
    value_of(
        "UPDATE procrastinate_jobs SET attempts = %s WHERE id = %s RETURNING id", attempts, job.pk
    )
