"""Jobs that broke off are taken up again, by themselves or because somebody asks."""

from datetime import timedelta

import psycopg
import pytest
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job

from sources.actions.action import ReadOutdated
from sources.actions.jobs import (
    JobRefused,
    fault_of,
    record_job_failure,
    take_up_stalled_jobs,
    try_again,
)
from sources.actions.permission import NotPermitted
from sources.domain.retries import MAX_TRIES
from sources.models import JobFailure, Source
from sources.tasks import queue_grading
from sources.vocabulary import Access, JobFault, Role
from tests import factories as make
from tests.sources.queued import attempts_made, begin, break_off, register_worker, sign_off

pytestmark = pytest.mark.django_db

SILENT = 31
OUR_TASKS = sorted(name for name in app.tasks if name.startswith(("sources.", "claims.")))


def queued(source: Source) -> ProcrastinateJob:
    queue_grading(source.pk)
    return ProcrastinateJob.objects.latest("pk")


def tick(timestamp: int) -> None:
    """The clock queues one of its jobs."""
    app.configure_task("sources.draw_missing_texts").defer(timestamp=timestamp)


def state(job: ProcrastinateJob) -> tuple[str, int]:
    job = ProcrastinateJob.objects.get(pk=job.pk)
    return job.status, job.attempts


def test_a_job_whose_worker_is_gone_is_done_again_and_its_lock_lets_others_go() -> None:
    source = make.source("Trade fell.")
    first, second = queued(source), queued(source)
    begin(register_worker(silent_for=SILENT))

    taken = take_up_stalled_jobs(at=timezone.now() - timedelta(minutes=1))

    assert taken == 1
    assert state(first) == ("todo", 1)
    failure = JobFailure.objects.get()
    assert (failure.job, failure.fault) == (first.pk, JobFault.WORKER)
    worker = register_worker()
    assert begin(worker).pk == first.pk
    break_off(first)
    assert begin(worker).pk == second.pk


def test_a_job_whose_worker_was_forgotten_is_done_again_too() -> None:
    job = queued(make.source("Trade fell."))
    worker = register_worker()
    begin(worker)
    sign_off(worker)

    assert take_up_stalled_jobs(at=timezone.now()) == 1
    assert state(job) == ("todo", 1)


def test_a_job_that_is_being_done_stays_with_its_worker() -> None:
    job = queued(make.source("Trade fell."))
    begin(register_worker(silent_for=SILENT - 10))

    assert take_up_stalled_jobs(at=timezone.now()) == 0
    assert state(job) == ("doing", 0)
    assert not JobFailure.objects.exists()


def test_a_job_that_takes_its_worker_along_each_time_has_failed_at_last() -> None:
    job = queued(make.source("Trade fell."))
    attempts_made(job, MAX_TRIES - 1)
    begin(register_worker(silent_for=SILENT))

    take_up_stalled_jobs(at=timezone.now())

    assert state(job) == ("failed", MAX_TRIES)


def test_what_the_clock_has_queued_again_is_not_done_twice() -> None:
    tick(1)
    begin(register_worker(silent_for=SILENT))
    tick(2)

    assert take_up_stalled_jobs(at=timezone.now()) == 1
    assert [job.args["timestamp"] for job in ProcrastinateJob.objects.all()] == [2]


@pytest.mark.parametrize("name", OUR_TASKS)
def test_every_kind_of_job_is_tried_again_later_when_the_database_was_gone(name: str) -> None:
    job = Job(id=1, queue="", lock=None, queueing_lock=None, task_name=name, attempts=0)

    again = app.tasks[name].get_retry_exception(OperationalError("Gone."), job)

    assert again is not None
    retry_at = again.retry_decision.retry_at
    assert retry_at is not None
    assert timedelta(seconds=1) < retry_at - timezone.now() < timedelta(seconds=4)


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (OperationalError("Gone."), JobFault.DATABASE),
        (InterfaceError("Closed."), JobFault.DATABASE),
        (ConnectorException(), JobFault.DATABASE),
        (psycopg.errors.AdminShutdown(), JobFault.DATABASE),
        (ReadOutdated(), JobFault.CHANGED),
        (FileNotFoundError("memo.pdf"), JobFault.FILE),
        (DataError("Too long."), JobFault.PROGRAM),
        (IntegrityError("Taken."), JobFault.PROGRAM),
        (KeyError("place"), JobFault.PROGRAM),
    ],
)
def test_only_a_fault_of_the_program_is_not_tried_again(error: Exception, fault: JobFault) -> None:
    job = Job(id=1, queue="", lock=None, queueing_lock=None, task_name=OUR_TASKS[0], attempts=0)

    again = app.tasks[OUR_TASKS[0]].get_retry_exception(error, job)

    assert fault_of(error) == fault
    assert (again is None) == (fault == JobFault.PROGRAM)


def test_no_words_of_an_error_are_kept_for_they_can_quote_a_source() -> None:
    failure = record_job_failure(job=1, error=ReadOutdated(message="A secret."), at=make.TODAY)

    assert (failure.fault, failure.error) == (JobFault.CHANGED, "ReadOutdated text_changed")


def test_a_reviewer_has_a_failed_job_tried_again() -> None:
    job = queued(make.source("Trade fell."))
    break_off(begin(register_worker()))

    a_minute_ago = timezone.now() - timedelta(minutes=1)
    try_again(job=job.pk, by=make.person(Role.REVIEWER), at=a_minute_ago)

    assert state(job)[0] == "todo"
    assert ProcrastinateEvent.objects.filter(job=job, type="retried").exists()
    assert begin(register_worker()).pk == job.pk


def test_a_contributor_does_not() -> None:
    job = queued(make.source("Trade fell."))
    break_off(begin(register_worker()))

    with pytest.raises(NotPermitted):
        try_again(job=job.pk, by=make.person(Role.CONTRIBUTOR), at=timezone.now())


def test_what_waits_is_not_tried_again() -> None:
    job = queued(make.source("Trade fell."))

    with pytest.raises(JobRefused, match="has not failed"):
        try_again(job=job.pk, by=make.person(Role.REVIEWER), at=timezone.now())


def test_a_job_about_a_source_that_one_may_not_know_is_not_found() -> None:
    job = queued(make.source("A.", access=Access.NAMED, public_descriptor="a memo"))
    break_off(begin(register_worker()))

    with pytest.raises(JobRefused):
        try_again(job=job.pk, by=make.person(Role.ADMINISTRATOR), at=timezone.now())


def test_a_job_of_the_clock_that_waits_anew_is_not_tried_again_beside_it() -> None:
    tick(1)
    failed = begin(register_worker())
    break_off(failed)
    tick(2)

    with pytest.raises(JobRefused):
        try_again(job=failed.pk, by=make.person(Role.REVIEWER), at=timezone.now())
