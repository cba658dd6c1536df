"""Writes everything to one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from factbase.backups.backup import backup
from factbase.backups.refusals import BackupRefused


class Command(BaseCommand):
    """Writes rows, history and captures to one file, for `restore`."""

    help = "Writes rows, history and captured files to FILE, readable by you alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file to write."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--force", action="store_true", help="replace FILE when it exists")

    def handle(self, *, file: Path, force: bool, **_: Any) -> None:
        """Make the backup and say what is in it."""
        try:
            manifest = backup(
                file.absolute(), force=force, at=timezone.now(), say=self.stdout.write
            )
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        rows = sum(manifest.counts.values())
        self.stdout.write(
            f"{file} holds {rows} rows in {len(manifest.counts)} tables and "
            f"{len(manifest.captures)} captured files."
        )
