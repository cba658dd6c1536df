"""The worker of tests: does the jobs that wait, in their order, within the test's transaction."""

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def work() -> int:
    """Do what waits until nothing does; how many jobs that were."""
    done = 0
    while (
        job := ProcrastinateJob.objects.filter(status="todo").order_by("pk").first()
    ) is not None:
        app.tasks[job.task_name].func(**job.args)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job.pk]
            )
        done += 1
    return done
