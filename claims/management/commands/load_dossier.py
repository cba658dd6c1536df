"""`load_dossier DIR`: load a folder of records, claims and texts."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.dossier.load import load_dossier
from claims.domain.dossier.summary import Summary
from sources.domain.refusals import Refusal, quoted
from sources.vocabulary import Grade


class Command(BaseCommand):
    """Load a dossier: all of it or nothing; loading it again changes nothing."""

    help = "Load a dossier (sources.json, dossier.json and the texts) from a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder and the account that writes the claims."""
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument(
            "--by",
            metavar="NAME",
            default="dossier",
            help="the account that writes the claims; made if missing (default: dossier)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, and say what was done."""
        try:
            summary = load_dossier(
                folder=options["folder"],
                by=options["by"],
                at=timezone.now(),
                now=timezone.now,
                notify=lambda doing: self.stdout.write(f"… {doing}"),
            )
        except Refusal as refusal:
            raise CommandError(f"{refusal.message}\n" + _("Nothing was loaded.")) from refusal
        for line in report(summary):
            self.stdout.write(line)


def report(summary: Summary) -> list[str]:
    """The summary as lines that a person reads."""
    lines = [f"{'':<12}{_('new'):>9}{_('changed'):>9}{_('as it was'):>11}"]
    lines += [
        f"{name:<12}{tally.new:>9}{tally.changed:>9}{tally.skipped:>11}"
        for name, tally in summary.tallies().items()
    ]
    if summary.accounts:
        lines.append(_("Accounts made: %s.") % ", ".join(summary.accounts))
    grades = [f"{summary.grades[grade]} {grade}" for grade in Grade if summary.grades[grade]]
    lines.append(_("Quotes by grade: %s.") % (", ".join(grades) or "none"))
    lines += [
        _("Not verified (%(grade)s): claim %(claim)s, source %(source)s, quote %(quote)s.")
        % {
            "grade": quote.grade,
            "claim": quote.claim,
            "source": quote.source,
            "quote": quoted(quote.quote),
        }
        for quote in summary.unverified
        if quote.grade != Grade.UNLOCATED
    ]
    lines += [
        _("Came in as submitted, not approved: claim %(claim)s. %(reason)s")
        % {"claim": held.claim, "reason": held.reason}
        for held in summary.held
    ]
    lines += [
        _(
            "Without a period: claim %(claim)s differs from %(others)s and is not compared, since "
            "only one of the two is bound to a time."
        )
        % {"claim": undated.claim, "others": ", ".join(undated.others)}
        for undated in summary.undated
    ]
    if summary.above_whole:
        lines.append(
            _(
                "More than 100 percent: claims %s. Is it so? A growth can be; a share of a whole "
                "cannot."
            )
            % ", ".join(summary.above_whole)
        )
    if summary.is_nothing_new:
        lines.append(_("Nothing is new; nothing was changed."))
    return lines
