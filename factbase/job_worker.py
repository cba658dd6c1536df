"""The worker that does background jobs, and leaves none behind that nobody does.

procrastinate's worker may go on after it lost a job: one whose end it could not write down while
the database was away, or that it was handed in an answer that never arrived. Such a job looks as if
it were being done for as long as the worker lives. So this worker ends as soon as the database did
not answer, and whoever started it starts it again; every worker takes up the jobs of those gone.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from asgiref.sync import sync_to_async
from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone
from procrastinate import exceptions, jobs
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.job_context import JobContext
from procrastinate.manager import JobManager
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker
from psycopg import InterfaceError as LostConnection
from psycopg import OperationalError

from sources.actions.jobs import record_job_failure, take_up_stalled_jobs

# So many jobs at once, so that a long one, such as an edition, does not hold up all others.
CONCURRENT_JOBS = 2
# Seconds between two looks for jobs of workers that are gone.
LOOK_INTERVAL = 10.0
# Seconds in which a job that is being done when the worker is to end may still end.
GRACE = 5.0

log = logging.getLogger(__name__)


class DatabaseLost(Exception):
    """The database did not answer the worker, which has therefore ended."""


class WatchedConnector(PsycopgConnector):
    """The worker's connections, which call `on_loss` when the database did not answer."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.is_lost = False
        self.on_loss: Callable[[], None] = lambda: None

    async def execute_query_async(self, query: Any, **arguments: Any) -> None:
        """Execute a statement."""
        await self.watched(super().execute_query_async(query, **arguments))

    async def execute_query_one_async(self, query: Any, **arguments: Any) -> dict[str, Any]:
        """Execute a statement and return its row."""
        return await self.watched(super().execute_query_one_async(query, **arguments))

    async def execute_query_all_async(self, query: Any, **arguments: Any) -> list[dict[str, Any]]:
        """Execute a statement and return its rows."""
        return await self.watched(super().execute_query_all_async(query, **arguments))

    async def listen_notify(self, on_notification: Any, channels: Any) -> None:
        """Listen for new jobs; returns where the connection broke and no other could be made."""
        try:
            await super().listen_notify(on_notification, channels)
        except exceptions.ConnectorException:
            self.lose()

    async def watched(self, answer: Any) -> Any:
        """Wait for an answer; call `on_loss` where none came."""
        try:
            return await answer
        except exceptions.ConnectorException as error:
            if isinstance(error.__cause__, OperationalError | LostConnection):
                self.lose()
            raise

    def lose(self) -> None:
        """Take note that the database did not answer."""
        if not self.is_lost:
            log.warning("The database did not answer; the worker ends.")
        self.is_lost = True
        self.on_loss()


class TidyJobManager(JobManager):
    """The worker's jobs: no failed one stays whose work was done, or has failed, later."""

    async def retry_job(self, job: jobs.Job, *args: Any, **when: Any) -> None:
        """Have a job done again; drop it where the clock has queued it again meanwhile."""
        try:
            await super().retry_job(job, *args, **when)
        except exceptions.UniqueViolation:
            await super().finish_job(job, jobs.Status.FAILED, delete_job=True)

    async def finish_job(self, job: jobs.Job, status: jobs.Status, delete_job: bool) -> None:  # noqa: FBT001 - as its parent
        """Write down how a job ended, and delete earlier ones that failed to do the same."""
        await super().finish_job(job, status, delete_job)
        await self.connector.execute_query_async(
            DELETE_EARLIER,
            job_id=job.id,
            task_name=job.task_name,
            args=job.task_kwargs,
            queueing_lock=job.queueing_lock,
        )


DELETE_EARLIER = """
DELETE FROM procrastinate_jobs
WHERE status = 'failed' AND id < %(job_id)s AND task_name = %(task_name)s
AND (args = %(args)s OR queueing_lock = %(queueing_lock)s)
"""


async def work(*, waits: bool = True) -> None:
    """Do jobs until SIGINT or SIGTERM, or until none is left where it `waits` for no more.

    Raises DatabaseLost.
    """
    connector = WatchedConnector(kwargs=connector_params())
    # An app beside that of the tasks: jobs that a job queues go through Django's connection and
    # are rows of its transaction.
    workers_app = app.with_connector(connector)
    workers_app.job_manager = TidyJobManager(connector)
    try:
        async with workers_app.open_async():
            worker = worker_of(workers_app, waits=waits)
            connector.on_loss = worker.stop
            # Before the worker looks for jobs: finding none, it may end at once.
            await take_up_stalled(connector)
            looking = asyncio.create_task(keep_taking_up(connector))
            try:
                if not connector.is_lost:
                    await worker.run()  # type: ignore[no-untyped-call] # procrastinate says no type
            finally:
                looking.cancel()
                with suppress(asyncio.CancelledError):
                    await looking
                await sync_to_async(connections.close_all)()
    except (exceptions.ConnectorException, OperationalError) as error:
        raise DatabaseLost from error
    if connector.is_lost:
        raise DatabaseLost


def worker_of(workers_app: Any, *, waits: bool) -> Worker:
    """Procrastinate's worker, with Django's connections closed around each job."""
    defaults: dict[str, Any] = dict(workers_app.worker_defaults)
    around = [*defaults.pop("task_middleware", ()), note_failure]
    return Worker(
        workers_app,
        **{
            "task_middleware": around,
            "wait": waits,
            "concurrency": CONCURRENT_JOBS,
            "shutdown_graceful_timeout": GRACE,
            "delete_jobs": jobs.DeleteJobCondition.SUCCESSFUL,
            **defaults,
        },
    )


def note_failure(call_next: Callable[[], Any], context: JobContext, worker: Worker) -> Any:  # noqa: ARG001 - middleware
    """Do a job; where it breaks off, record why, if the database is there."""
    try:
        return call_next()
    except Exception as error:
        close_old_connections()
        with suppress(DatabaseError, InterfaceError):
            record_job_failure(job=context.job.id or 0, error=error, at=timezone.now())
        raise


async def take_up_stalled(connector: WatchedConnector) -> None:
    """Take up the jobs of workers that are gone."""
    try:
        taken = await sync_to_async(take_up_once)()
    except (DatabaseError, InterfaceError):
        log.exception("Jobs of workers that are gone could not be looked for.")
        connector.lose()
        return
    if taken:
        log.warning("Jobs of a worker that is gone are done again: %d.", taken)


async def keep_taking_up(connector: WatchedConnector) -> None:
    """Take them up from time to time, as long as the database answers."""
    while not connector.is_lost:
        await asyncio.sleep(LOOK_INTERVAL)
        await take_up_stalled(connector)


def take_up_once() -> int:
    """Take up the jobs of workers that are gone, with a connection that works."""
    close_old_connections()
    return take_up_stalled_jobs(at=timezone.now())
