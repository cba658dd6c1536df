"""`export_bibliography --format ris [KEY…]`: sources as a bibliography."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.actions.bibliography import export_bibliography
from sources.domain.bibliography.formats import Format
from sources.domain.refusals import Refusal, quoted
from sources.management.arguments import account_named
from sources.models import Source


class Command(BaseCommand):
    """Print sources as CSL-JSON, BibTeX, BibLaTeX or RIS."""

    help = (
        "Print sources as a bibliography, all of them or those of the keys. Confidential ones, and "
        "those on which nothing published rests, are left out, unless --as names an account that "
        "may know them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the format, the keys and for whom."""
        parser.add_argument("keys", metavar="KEY", nargs="*")
        parser.add_argument(
            "--format", dest="form", choices=[form.value for form in Format], default="csl-json"
        )
        parser.add_argument(
            "--as",
            metavar="USERNAME",
            dest="username",
            help="the account that reads (default: the public)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the file, and on stderr the number of sources left out."""
        reader = account_named(options["username"]) if options["username"] else None
        sources, now = Source.objects.all(), timezone.now()
        if options["keys"]:
            sources = sources.filter(key__in=options["keys"])
            known = set(sources.readable_by(reader, now).values_list("key", flat=True))
            unknown = [key for key in options["keys"] if key not in known]
            if unknown:
                raise CommandError(
                    _("There is no source %(key)s that may be read here. Name another one.")
                    % {"key": quoted(unknown[0])}
                )
        try:
            made = export_bibliography(
                sources=sources, form=Format(options["form"]), reader=reader, at=now
            )
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(made.text, ending="")
        if made.left_out:
            self.stderr.write(
                ngettext(
                    "%(count)d source was left out that may not be read here.",
                    "%(count)d sources were left out that may not be read here.",
                    made.left_out,
                )
                % {"count": made.left_out}
            )
