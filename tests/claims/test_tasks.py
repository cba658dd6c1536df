"""Background work on claims: what becomes of a search that breaks off."""

from datetime import timedelta

from django.db import OperationalError
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from claims.actions.absence.queue import JOB

LONGEST = timedelta(minutes=20)


def test_a_search_that_breaks_off_is_tried_again_and_not_for_ever() -> None:
    task, waits = app.tasks[JOB], []
    for attempts in range(100):
        job = Job(id=1, queue="", lock=None, queueing_lock=None, task_name=JOB, attempts=attempts)
        again = task.get_retry_exception(OperationalError("The server went away."), job)
        if again is None:
            break
        retry_at = again.retry_decision.retry_at
        assert retry_at is not None
        waits.append(retry_at - timezone.now())

    assert len(waits) > 3
    assert waits == sorted(waits)
    assert sum(waits, timedelta()) < LONGEST
