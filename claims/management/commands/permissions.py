"""Write who may take which step with a claim, as Markdown."""

from typing import Any

from django.core.management.base import BaseCommand

from claims.domain.permission_table import as_markdown


class Command(BaseCommand):
    """Prints docs/permissions.md."""

    help = "Write who may take which step with a claim, as the Markdown of docs/permissions.md."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the page."""
        self.stdout.write(as_markdown(), ending="")
