"""The worker: what becomes of jobs that end well, that fail, and that the database leaves."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections
from procrastinate import exceptions, jobs, sql
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.contrib.django.utils import connector_params

from factbase import job_worker
from factbase.job_worker import DatabaseLost, TidyJobManager, WatchedConnector, work
from sources.actions import announce
from sources.models import Capture, JobFailure
from sources.tasks import queue_extraction, queue_grading
from sources.vocabulary import Grade, JobFault
from tests import factories as make
from tests.sources.queued import begin, break_off, register_worker

NOBODY = 999_999


@pytest.fixture(autouse=True)
def clone(cloned_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A database of real transactions, to which no thread of a worker stays connected.

    The clock queues nothing: what it would depends on the minute.
    """
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {})
    yield
    connections["default"].close()


def run_worker() -> None:
    asyncio.run(work(waits=False))


def rows() -> list[tuple[str, str, int]]:
    found = ProcrastinateJob.objects.order_by("pk")
    return list(found.values_list("task_name", "status", "attempts"))


def test_what_is_done_is_deleted_and_the_worker_signs_off() -> None:
    source = make.source("Trade fell by 9%.")
    excerpt = make.excerpt("fell by 9%", of=source)
    queue_grading(source.pk)

    run_worker()

    assert rows() == []
    assert not ProcrastinateWorker.objects.exists()
    excerpt.refresh_from_db()
    assert excerpt.grade == Grade.EXACT


def test_a_job_that_fails_leaves_its_reason_and_goes_when_it_is_done_later() -> None:
    queue_grading(NOBODY)
    run_worker()
    assert rows() == [("sources.grade_source_again", "failed", 1)]
    failure = JobFailure.objects.get()
    assert (failure.fault, failure.error) == (JobFault.PROGRAM, "DoesNotExist")

    queue_grading(NOBODY)
    run_worker()

    (left,) = ProcrastinateJob.objects.all()
    assert left.pk > failure.job  # the earlier one has gone: the later one says the same


def test_jobs_of_a_job_that_breaks_off_are_not_queued(monkeypatch: pytest.MonkeyPatch) -> None:
    source = make.source("Trade fell by 9%.")
    make.excerpt("fell by 9%", of=source)
    run_worker()

    def lose_database(**what: Any) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(
        announce, "layer_made_current", [*announce.layer_made_current, lose_database]
    )
    queue_extraction(Capture.objects.get())
    run_worker()

    assert rows() == [("sources.draw_text", "todo", 1)]
    assert JobFailure.objects.get().fault == JobFault.DATABASE


def test_the_jobs_of_a_worker_that_is_gone_are_taken_up() -> None:
    queue_grading(make.source("Trade fell.").pk)
    job = begin(register_worker(silent_for=31))

    run_worker()

    assert JobFailure.objects.get().fault == JobFault.WORKER
    assert rows() in ([(job.task_name, "todo", 1)], [])  # it waits three seconds


def test_a_job_of_the_clock_that_waits_anew_is_dropped_where_it_is_to_be_tried_again() -> None:
    def tick(timestamp: int) -> None:
        app.configure_task("sources.draw_missing_texts").defer(timestamp=timestamp)

    tick(1)
    first = begin(register_worker())
    tick(2)

    async def retry() -> None:
        connector = WatchedConnector(kwargs=connector_params())
        await connector.open_async()
        await TidyJobManager(connector).retry_job(first.procrastinate_job)
        await connector.close_async()

    asyncio.run(retry())

    assert [job.args["timestamp"] for job in ProcrastinateJob.objects.all()] == [2]


def test_it_ends_when_the_database_did_not_answer() -> None:
    lost: list[str] = []

    async def ask() -> None:
        connector = WatchedConnector(kwargs=connector_params())
        connector.on_loss = lambda: lost.append("ends")
        await connector.open_async()
        with pytest.raises(exceptions.ConnectorException):
            await connector.execute_query_async("SELECT pg_terminate_backend(pg_backend_pid())")
        # What the database refuses is no loss.
        with pytest.raises(exceptions.ConnectorException):
            await connector.execute_query_async(
                sql.queries["finish_job"], job_id=NOBODY, status="failed", delete_job=False
            )
        await connector.close_async()
        assert connector.is_lost

    asyncio.run(ask())

    assert lost == ["ends"]


def test_the_command_says_that_it_is_to_be_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(TidyJobManager):
        async def fetch_job(self, *args: Any, **more: Any) -> jobs.Job | None:
            await self.connector.execute_query_async(
                "SELECT pg_terminate_backend(pg_backend_pid())"
            )
            raise AssertionError

    monkeypatch.setattr(job_worker, "TidyJobManager", Gone)

    with pytest.raises(CommandError, match=r"Start it again; no job is lost\.") as refused:
        call_command("worker", "--until-idle")
    assert isinstance(refused.value.__cause__, DatabaseLost)


def test_one_that_was_taken_by_hand_is_left_alone() -> None:
    queue_grading(make.source("Trade fell.").pk)
    job = begin(register_worker())

    run_worker()

    assert rows() == [(job.task_name, "doing", 0)]
    break_off(job)
