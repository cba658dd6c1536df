"""Checks that what is kept still is what it was, and that nobody can change it unseen."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from claims.actions.verification import verify_claims
from factbase.postgres import constraints, rights, triggers
from factbase.postgres.snapshots import read_snapshot
from sources.actions.verification import Checked, verify_sources


class Command(BaseCommand):
    """Exits 0 when all fits, 2 when something does not, 1 when it could not check."""

    help = (
        "Recomputes the hashes of captured files, texts and versions, the grades of quotes and "
        "the keys of conflict detection, and checks reviews, triggers and rights. "
        "Exits 0 when all fits, 2 when something does not, 1 when it could not check."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was checked, and a sentence for each thing that does not fit."""
        count, problems = 0, 0
        try:
            self.check_migrations()
            with read_snapshot():
                for checked in everything():
                    count += checked.count if checked.is_content else 0
                    problems += len(checked.problems)
                    self.report(checked)
        except (DatabaseError, OSError) as error:
            raise CommandError(f"The check could not run: {error}") from error
        if problems:
            self.stderr.write(f"{problems} things do not fit. Nothing was changed.")
            sys.exit(2)
        if not count:
            raise CommandError("There is nothing to check yet: no sources, quotes or claims.")

    def report(self, checked: Checked) -> None:
        """Print how many of a kind were checked, and each problem."""
        fits = "all fit" if not checked.problems else f"{len(checked.problems)} do not fit"
        self.stdout.write(f"{checked.count:>8}  {checked.what}: {fits}")
        for problem in checked.problems:
            self.stderr.write(f"          {problem}")


def everything() -> Iterator[Checked]:
    """Each kind of check, the database's own guards last."""
    yield from verify_sources()
    yield from verify_claims(at=datetime.now(UTC))
    count = (
        len(rights.rights())
        + len(list(triggers.declared_triggers()))
        + len(constraints.declared_constraints())
    )
    standing = [*rights.guard_problems(connection), *constraints.constraint_problems(connection)]
    yield Checked("rights, triggers and constraints", count, standing, is_content=False)
