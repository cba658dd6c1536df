"""Check that stored files and rows are unchanged, and that the guards of the database stand."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from claims.actions.verification import verify_claims
from factbase.postgres import constraints, rights, triggers
from factbase.postgres.snapshots import read_snapshot
from sources.actions.verification import Checked, check_blobs, verify_sources


class Command(BaseCommand):
    """Exits 0 when all fits, 2 when something does not, 1 when it could not check."""

    help = (
        "Recomputes the hashes of captured files, texts and versions, the grades of quotes and "
        "the keys of conflict detection, and checks reviews, triggers and rights. "
        "Exits 0 when all fits, 2 when something does not, 1 when it could not check."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was checked, and a sentence for each thing that does not fit."""
        try:
            self.check_migrations()
            # Before the snapshot, which would not see that a file was withheld meanwhile.
            done = [self.report(check_blobs())]
            # Not later than the snapshot, which does not have what the clock does after it.
            at = datetime.now(UTC)
            with read_snapshot():
                done.extend(self.report(checked) for checked in database_checks(at=at))
        except (DatabaseError, OSError) as error:
            raise CommandError(f"The check could not run: {error}") from error
        if problems := sum(len(checked.problems) for checked in done):
            self.stderr.write(f"{problems} things do not fit. Nothing was changed.")
            sys.exit(2)
        if not any(checked.count for checked in done if checked.is_content):
            raise CommandError("There is nothing to check yet: no sources, quotes or claims.")

    def report(self, checked: Checked) -> Checked:
        """Print how many of a kind were checked, and each problem; return it."""
        fits = "all fit" if not checked.problems else f"{len(checked.problems)} do not fit"
        self.stdout.write(f"{checked.count:>8}  {checked.what}: {fits}")
        for problem in checked.problems:
            self.stderr.write(f"          {problem}")
        return checked


def database_checks(*, at: datetime) -> Iterator[Checked]:
    """Each kind of check of rows, and of the database's own guards last."""
    yield from verify_sources()
    yield from verify_claims(at=at)
    count = (
        len(rights.rights())
        + len(list(triggers.declared_triggers()))
        + len(constraints.declared_constraints())
    )
    problems = [*rights.guard_problems(connection), *constraints.constraint_problems(connection)]
    yield Checked("rights, triggers and constraints", count, problems, is_content=False)
