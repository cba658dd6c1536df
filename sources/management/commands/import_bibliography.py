"""`import_bibliography FILE [--write]`: preview a bibliography's changes, and import it."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.actions.bibliography import Choice, import_bibliography, preview_bibliography
from sources.domain.bibliography.comparison import in_words
from sources.domain.bibliography.formats import MAX_BYTES
from sources.domain.bibliography.preview import Entry, Outcome
from sources.domain.refusals import Refusal
from sources.extraction.bibliography_files import read_bibliography
from sources.management.arguments import account_named, open_file


class Command(BaseCommand):
    """Show what is new, same or different; with --write, enter it: all of it or nothing."""

    help = (
        "Read sources from CSL-JSON, BibTeX or RIS and show what is new, the same or different. "
        "With --write, what is new is entered; nothing that is there is overwritten but the "
        "fields that --take names."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, whether to write, what to take over, and who writes."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--write", action="store_true", help="enter what is new")
        parser.add_argument(
            "--take",
            metavar="FIELD",
            nargs="+",
            default=[],
            help="fields to take over where a source says something else, such as DOI abstract",
        )
        parser.add_argument(
            "--as",
            metavar="USERNAME",
            dest="username",
            help="the account that enters them (default: the only one there is)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Show the preview; write it where that is asked for."""
        by, path = account_named(options["username"]), options["file"]
        take = frozenset(options["take"])
        with open_file(path) as file:
            data = file.read(MAX_BYTES + 1)
        try:
            form, records = read_bibliography(data, file_name=path.name)
            entries = preview_bibliography(records=records, form=form, by=by, at=timezone.now())
            for entry in entries:
                for line in lines_of(entry, take):
                    self.stdout.write(line)
            self.stdout.write(summary(entries))
            if not options["write"]:
                self.stdout.write(_("Nothing was written. With --write, what is new is entered."))
                return
            done = import_bibliography(
                records=records,
                form=form,
                marks=[entry.mark for entry in entries],
                choices={
                    entry.number: Choice(take)
                    for entry in entries
                    if entry.outcome is Outcome.DIFFERENT
                },
                by=by,
                at=timezone.now(),
            )
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(
            _("Entered: %(added)d. Revised: %(revised)d.")
            % {"added": len(done.added), "revised": len(done.revised)}
        )


def lines_of(entry: Entry, take: frozenset[str]) -> list[str]:
    """Describe the outcome of a record and its differences, as lines of text."""
    texts = {
        Outcome.NEW: _("new, as %(key)s") % {"key": entry.key},
        Outcome.SAME: _("same as %(found)s") % {"found": entry.found},
        Outcome.DIFFERENT: _("different from %(found)s") % {"found": entry.found},
        Outcome.PERHAPS: _("perhaps %(found)s; decide at the desk") % {"found": entry.found},
        Outcome.REPEATED: entry.message,
        Outcome.REFUSED: _("refused. %(why)s") % {"why": entry.message},
    }
    place = " " + _("(line %(line)d)") % {"line": entry.line} if entry.line else ""
    lines = [f"{entry.number}. {entry.name}{place}: {texts[entry.outcome]}"]
    lines += [
        "  "
        + _("not taken: %(field)s = %(value)s") % {"field": each.field, "value": _short(each.value)}
        for each in entry.not_taken
    ]
    for difference in entry.differences:
        is_taken = difference.field in take and entry.outcome is Outcome.DIFFERENT
        mark = "+" if is_taken else " "
        has, says = in_words(difference.has) or "–", in_words(difference.suggested)
        lines.append(f"  {mark} {difference.field}: {_short(has)} → {_short(says)}")
    return lines


def summary(entries: list[Entry]) -> str:
    """Return a sentence that counts the records by outcome."""
    counted = Counter(entry.outcome for entry in entries)
    records = ngettext("%(count)d record", "%(count)d records", len(entries)) % {
        "count": len(entries)
    }
    return f"{records}: " + ", ".join(f"{counted[one]} {one}" for one in Outcome if counted[one])


def _short(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:99]}…"
