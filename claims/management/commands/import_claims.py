"""`import_claims FILE.jsonl`: enter claims, one a line."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.dossier.import_claims import import_claims
from claims.domain.dossier.claim_lines import ImportRefused
from claims.management.commands.load_dossier import report
from sources.domain.refusals import Refusal
from sources.management.arguments import account_named, open_file


class Command(BaseCommand):
    """Import claims, checked as a whole and written in batches.

    Importing the same file again changes nothing, and goes on where an import was refused.
    """

    help = (
        "Enter claims from a file with one JSON object a line, as in docs/dossier-format.md. What "
        "they name is in the database already."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the namespace of the claims' ids, and who writes."""
        parser.add_argument("file", metavar="FILE", help="the file, or - for standard input")
        parser.add_argument(
            "--namespace",
            metavar="NAME",
            help="in which the ids are unique (default: the name of the file without its ending)",
        )
        parser.add_argument(
            "--as",
            metavar="USERNAME",
            dest="username",
            help="the account that writes them (default: the only one there is)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import, and say what was done."""
        by, name = account_named(options["username"]), options["file"]
        if name == "-" and not options["namespace"]:
            raise CommandError(_("Say with --namespace NAME in which the ids are unique."))
        try:
            with read_twice(name) as data:
                summary, conflicts = import_claims(
                    data=data,
                    file=_("standard input") if name == "-" else Path(name).name,
                    namespace=options["namespace"] or Path(name).stem,
                    by=by,
                    at=timezone.now(),
                    now=timezone.now,
                    notify=lambda doing: self.stdout.write(f"… {doing}"),
                )
        except ImportRefused as refusal:
            faults = [fault.message for fault in refusal.faults]
            raise CommandError("\n".join([*faults, imported_until(refusal)])) from refusal
        except Refusal as refusal:
            raise CommandError(f"{refusal.message}\n" + _("Nothing was imported.")) from refusal
        for line in report(summary):
            self.stdout.write(line)
        changes = [f"{count} {what}" for what, count in sorted(conflicts.items()) if count]
        self.stdout.write(_("Conflicts: %s.") % (", ".join(changes) or _("none changed")))


def imported_until(refusal: ImportRefused) -> str:
    """Which lines are in the database although the import was refused."""
    if not refusal.imported:
        return str(_("Nothing was imported."))
    return _(
        "The lines up to %(line)d are imported; those after it are not. Correct what is refused, "
        "and import the file again: it goes on from there."
    ) % {"line": refusal.imported}


@contextmanager
def read_twice(name: str) -> Iterator[IO[bytes]]:
    """The bytes of a file or of standard input, kept apart so that they stay as they are."""
    with TemporaryFile() as kept:
        if name == "-":
            copyfileobj(sys.stdin.buffer, kept)
        else:
            with open_file(Path(name)) as file:
                copyfileobj(file, kept)
        kept.seek(0)
        yield kept
