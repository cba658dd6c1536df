"""Compare all claims anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from claims.actions.conflicts.detection import detect_all


class Command(BaseCommand):
    """`detect_conflicts`: run conflict detection over all claims at once."""

    help = "Compares all claims anew and says which conflicts changed."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        """Run detection over everything; one line for each kind of change."""
        changes = detect_all(at=timezone.now())
        if not changes:
            self.stdout.write("Nothing changed.")
        for kind, count in sorted(changes.items()):
            noun = "conflict" if count == 1 else "conflicts"
            self.stdout.write(f"{count} {noun} {kind}.")
