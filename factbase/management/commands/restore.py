"""Fills an empty database from a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from factbase.backups.refusals import BackupRefused
from factbase.backups.restore import restore


class Command(BaseCommand):
    """Loads a backup into a database without sources, claims and accounts."""

    help = (
        "Fills an empty database, or one that was only migrated, from FILE: all of it or nothing. "
        "Restore only files that you or people you trust made with `backup`."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file to read."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file: Path, **_: Any) -> None:
        """Restore, bring the tables up to date where the backup is older, and say what came."""
        try:
            manifest = restore(file.absolute(), say=self.stdout.write)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except DatabaseError as error:
            raise CommandError(
                f"PostgreSQL refused the backup, and nothing was changed: {error}"
            ) from error
        executor = MigrationExecutor(connections["owner"])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write(
                "The backup is of an earlier factbase; bringing the tables up to date …"
            )
            call_command("migrate", verbosity=0)
        rows = sum(manifest.counts.values())
        self.stdout.write(
            f"Restored {rows} rows in {len(manifest.counts)} tables and "
            f"{len(manifest.captures)} captured files."
        )
