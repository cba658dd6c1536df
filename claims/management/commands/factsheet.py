"""`manage.py factsheet`: fact sheets on the spot, and all that the desk does with kept ones."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.management.factsheets import editions, on_the_spot, sheets
from claims.management.factsheets.arguments import add_sheet_arguments, add_step_arguments
from sources.domain.refusals import Refusal

STEPS: dict[str, Callable[[dict[str, Any]], Iterator[str]]] = {
    "list": sheets.list_sheets,
    "show": sheets.show_sheet,
    "new": sheets.new_sheet,
    "read": sheets.read_sheet,
    "write": sheets.write_sheet_from,
    "check": sheets.check_sheet_kept,
    "erratum": editions.add_erratum_to,
    "withdraw": editions.withdraw_one,
    "files": editions.write_files,
    "verify": editions.verify_file_given,
}


class Command(BaseCommand):
    """Make a fact sheet of claims, or write, check, issue and correct one that is kept."""

    help = (
        "Make a fact sheet of published claims with their quotes, conflicts and citations. "
        "Without --output, Markdown is printed (or what --format names). With --output NAME, "
        "both NAME.html and NAME.md are written, or the one that --format or the ending names. "
        "With a STEP, work with a fact sheet that is kept, and its editions: `factsheet STEP "
        "--help` says how. `check` exits 2 where something is in the way of issuing, `verify` for "
        "every file that is not a current one of ours; 1 says that a step could not be taken."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a step with its arguments, or what a sheet on the spot is made of."""
        add_step_arguments(parser)
        add_sheet_arguments(parser)

    def handle(self, **options: Any) -> None:
        """Take the step, and print what it says."""
        try:
            for line in self.taken(options):
                self.say(line)
        except Refusal as refusal:
            raise CommandError(sheets.refusal_lines(refusal)) from refusal

    def taken(self, options: dict[str, Any]) -> Iterator[str]:
        """The lines of the step, each printed as it comes."""
        step = options["step"]
        if step is None:
            return on_the_spot.make_sheet(options)
        if step == "issue":
            return editions.issue_sheet(options, self.say)
        return STEPS[step](options)

    def say(self, line: str) -> None:
        """Print a line at once."""
        self.stdout.write(line)
        self.stdout.flush()
