"""The desk's page of background jobs: what waits, what failed and why, and trying it again."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from claims.actions.absence.queue import queue_runs
from claims.models import AbsenceScope
from claims.readings.jobs import LABELS, JobReading, read_jobs
from factbase.models import User
from sources.actions.jobs import record_job_failure, take_up_stalled_jobs
from sources.models import Capture, Source
from sources.readings.reader import Reader
from sources.tasks import queue_extraction, queue_grading
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims.absences import absent, papers
from tests.claims.admin.entry.test_pages import staff_client
from tests.sources.queued import attempts_made, begin, break_off, register_worker

pytestmark = pytest.mark.django_db

PAGE = "/admin/sources/jobfailure/"
MARK = "Quillfeather"


def text_of(client: Client) -> str:
    return " ".join(unescape(client.get(PAGE).content.decode()).split())


def failed(source: Source) -> ProcrastinateJob:
    """A grading that failed by a fault of the program."""
    queue_grading(source.pk)
    job = begin(register_worker())
    record_job_failure(job=job.pk, error=KeyError(MARK), at=make.TODAY)
    break_off(job)
    return job


def jobs_of(person: User) -> list[JobReading]:
    return read_jobs(Reader(person, timezone.now()), first=0, limit=50)


def again(client: Client, job: ProcrastinateJob) -> int:
    status: int = client.post(reverse("admin:sources_job_again", args=[job.pk])).status_code
    return status


def test_it_says_what_a_job_is_about_since_when_how_often_tried_and_why_it_failed() -> None:
    source = make.source("Trade fell.", title="The trade report")
    job = failed(source)

    (told,) = jobs_of(make.person())
    page = text_of(staff_client(make.person(Role.REVIEWER)))

    assert (told.id, told.is_failed, told.state, told.tries) == (job.pk, True, "Failed", 1)
    assert told.subject is not None
    assert (told.subject.kind, told.subject.id) == ("source", source.pk)
    assert told.queued_at is not None
    address = reverse("admin:sources_source_change", args=[source.pk])
    assert f'<a href="{address}" dir="auto">The trade report</a>' in page
    assert "Look for the quotes of a source in its text" in page
    assert "The program has a fault; the log of the worker has the details." in page
    assert "2025-06-01 12:00 UTC · KeyError" in page
    assert MARK not in page


def test_jobs_about_files_and_about_claims_lead_to_these() -> None:
    source = make.source("Trade fell.", key="report", title="The trade report")
    capture = Capture.objects.get(source=source)
    papers()
    version = absent("Arctic", sources=("report",))
    queue_extraction(capture)
    queue_runs(AbsenceScope.objects.filter(version=version).select_related("version"))

    subjects = {
        (one.subject.kind, one.subject.id, one.subject.name)
        for one in jobs_of(make.person())
        if one.subject
    }

    assert ("capture", capture.pk, "report.txt of The trade report") in subjects
    assert ("claim", version.claim_id, version.ref) in subjects


def test_a_job_that_waits_for_its_next_try_says_when_and_what_broke_it_off() -> None:
    queue_grading(make.source("Trade fell.").pk)
    begin(register_worker(silent_for=60))
    take_up_stalled_jobs(at=timezone.now() + timedelta(hours=1))

    (told,) = jobs_of(make.person())

    assert told.state == "Is tried again"
    assert told.next_at is not None
    assert told.error == "The worker was gone before the job was done."
    assert not told.is_failed


def test_a_try_that_left_no_reason_says_so() -> None:
    queue_grading(make.source("Trade fell.").pk)
    attempts_made(ProcrastinateJob.objects.get(), 1)

    (told,) = jobs_of(make.person())

    assert told.error.startswith("It broke off while the database was away")


def test_failed_jobs_come_before_those_that_wait() -> None:
    queue_grading(make.source("Exports rose.").pk)
    waiting = begin(register_worker())
    failed(make.source("Trade fell."))

    states = [(one.id == waiting.pk, one.state) for one in jobs_of(make.person())]

    assert states == [(False, "Failed"), (True, "Being done")]


@pytest.mark.parametrize("role", list(Role))
def test_reviewers_and_above_have_it_tried_again(role: Role) -> None:
    job = failed(make.source("Trade fell."))
    client = staff_client(make.person(role))
    may = role.includes(Role.REVIEWER)

    assert ("Try again" in text_of(client)) == may
    assert again(client, job) == (302 if may else 403)
    status = ProcrastinateJob.objects.get(pk=job.pk).status
    assert status == ("todo" if may else "failed")


def test_a_job_that_was_tried_again_meanwhile_is_refused_with_the_reason() -> None:
    job = failed(make.source("Trade fell."))
    client = staff_client(make.person(Role.REVIEWER))
    again(client, job)

    page = client.post(reverse("admin:sources_job_again", args=[job.pk])).content.decode()

    assert "This job has not failed" in page


def test_jobs_about_a_source_for_named_persons_are_for_these() -> None:
    source = make.source("Memo.", title=MARK, access=Access.NAMED, public_descriptor="a memo")
    named, other = make.person(Role.REVIEWER), make.person(Role.ADMINISTRATOR)
    source.readers.add(named)
    job = failed(source)
    queue_extraction(Capture.objects.get(source=source))

    page = text_of(staff_client(other))

    assert MARK not in page
    assert "a memo" not in page
    assert "No job waits, and none has failed." in page
    assert "background job failed" not in staff_client(other).get("/admin/").content.decode()
    assert again(staff_client(other), job) == 200
    assert ProcrastinateJob.objects.get(pk=job.pk).status == "failed"
    assert len(jobs_of(named)) == 2
    assert "1 background job failed" in staff_client(named).get("/admin/").content.decode()


def test_it_says_when_no_worker_is_at_work() -> None:
    client = staff_client(make.person())

    assert "No worker is at work. Jobs wait until one is started." in text_of(client)
    register_worker(silent_for=31)
    assert "No worker is at work; one was heard of last at" in text_of(client)
    register_worker()
    assert "No worker" not in text_of(client)


def test_every_kind_of_job_has_a_name() -> None:
    ours = {name for name in app.tasks if name.startswith(("sources.", "claims."))}

    assert set(LABELS) == ours


def test_it_costs_the_same_for_one_job_and_for_many() -> None:
    reader = make.person()

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            jobs_of(reader)
        return len(asked)

    failed(make.source("Trade fell."))
    queue_extraction(Capture.objects.get())
    one = cost()
    for number in range(4):
        failed(make.source(f"Trade fell {number}."))
    for capture in Capture.objects.all():
        queue_extraction(capture)

    assert cost() == one
