"""`capture FILE|URL --source KEY`: capture a file or a page of a source."""

import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.actions.captures.archives import is_archive
from sources.actions.captures.fetches import capture_from
from sources.actions.captures.uploads import capture_file, read_file
from sources.domain.refusals import Refusal, quoted
from sources.management.arguments import account_named, open_file
from sources.models import Capture, Source
from sources.readings.capture_notices import capture_notices
from sources.vocabulary import ExtractionOutcome

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)


class Command(BaseCommand):
    """Captures a file, a page of the web, or records of a web archive, and reports on its text."""

    help = (
        "Keep a file (HTML, PDF, DOCX, Markdown, plain text, or a web archive, WARC or WACZ) or "
        "what stands at an address as a capture of a source, and draw its text. A fetch may take "
        "up to a minute, and so may the text."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to keep, for which source, and who keeps it."""
        parser.add_argument("what", metavar="FILE|URL")
        parser.add_argument("--source", metavar="KEY", required=True, help="the source it is of")
        parser.add_argument(
            "--url",
            metavar="ADDRESS",
            nargs="+",
            default=[],
            help="which records of a web archive to keep (default: those of the source's address); "
            "of any other file, the one address that it came from",
        )
        parser.add_argument(
            "--as",
            metavar="USERNAME",
            dest="username",
            help="the account that keeps it (default: the only one there is)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Capture the file or address, and print what was stored."""
        at = timezone.now()
        what: str = options["what"]
        try:
            by = account_named(options["username"])
            source = source_for(by, options["source"])
            if _ADDRESS.match(what):
                captures = [capture_from(source=source, url=what, by=by, at=at)]
            else:
                with open_file(Path(what)) as file:
                    data = read_file(file, Path(what).name)
                captures = capture_file(
                    source=source,
                    data=data,
                    file_name=Path(what).name,
                    by=by,
                    at=at,
                    **address_arguments(data, options["url"]),
                )
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        rows = Capture.objects.filter(pk__in=[kept.pk for kept in captures]).with_notices()
        for kept in rows.select_related("blob").order_by("captured_at", "pk"):
            for line in report(kept, is_new=at in (kept.captured_at, kept.kept_at)):
                self.stdout.write(line)


def source_for(person: Any, key: str) -> Source:
    """Return the source of that key, if the account may read it. Raises CommandError."""
    source: Source | None = (
        Source.objects.readable_by(person, timezone.now()).filter(key=key).first()
    )
    if source is None:
        raise CommandError(
            _("There is no source %(key)s that %(person)s may read. Enter it first.")
            % {"key": quoted(key), "person": person}
        )
    return source


def address_arguments(data: bytes, urls: list[str]) -> dict[str, Any]:
    """Return the arguments of `capture_file` for the addresses given. Raises CommandError."""
    if is_archive(data):
        return {"urls": urls}
    if len(urls) > 1:
        raise CommandError(
            _("The file is no web archive and came from one place; name one address with --url.")
        )
    return {"fetched_from": "".join(urls)}


def report(kept: Capture, *, is_new: bool) -> list[str]:
    """Describe a capture as lines of text; the row is one of `with_notices`."""
    found: Any = kept
    lines = [
        _("Kept: %(name)s") % {"name": kept}
        if is_new
        else _("Kept before: %(name)s") % {"name": kept},
        f"SHA-256: {kept.blob.sha256}",
        _("Kind: %(kind)s, %(size)s bytes")
        % {"kind": found.kind or "–", "size": f"{kept.blob.size:,}"},
        _("From: %(when)s%(where)s")
        % {
            "when": f"{kept.captured_at:%Y-%m-%d %H:%M} UTC",
            "where": f", {kept.fetched_from}" if kept.fetched_from else "",
        },
    ]
    if found.has_text:
        layer = kept.blob.layers.get(is_current=True)
        facts = {"pages": len(layer.pages), "characters": f"{len(layer.text):,}", "by": layer}
        sentence = ngettext(
            "Text: %(pages)d page, %(characters)s characters (%(by)s)",
            "Text: %(pages)d pages, %(characters)s characters (%(by)s)",
            len(layer.pages),
        )
        return [*lines, sentence % facts, *capture_notices(found)]
    if found.outcome == ExtractionOutcome.NO_TEXT:
        return [*lines, _("Text: no text layer. %(message)s") % {"message": found.message}]
    return [*lines, _("Text: none, no text layer. %(message)s") % {"message": found.message or ""}]
