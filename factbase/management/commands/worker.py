"""Does background jobs until it is stopped."""

import asyncio
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factbase import lifeline
from factbase.job_worker import DatabaseLost, work


class Command(BaseCommand):
    """Runs the worker; several may run at once, on any machine."""

    help = (
        "Does background jobs until Ctrl-C or SIGTERM. Ends with exit code 1 when the database "
        "did not answer: have whatever starts it start it again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to end with the process that started it."""
        parser.add_argument(
            "--end-with-parent",
            action="store_true",
            help="end when the standard input ends, which the parent holds open",
        )

        parser.add_argument(
            "--until-idle", action="store_true", help="end as soon as no job is left to do now"
        )

    def handle(self, *, end_with_parent: bool, until_idle: bool, **_: Any) -> None:
        """Work."""
        if end_with_parent:
            lifeline.end_with_parent()
        try:
            asyncio.run(work(waits=not until_idle))
        except DatabaseLost as error:
            raise CommandError(
                "The database did not answer, and the worker has ended. Start it again; no job is "
                "lost."
            ) from error
