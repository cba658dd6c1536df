"""`manage.py factsheet`: a cited fact sheet of published claims, or the check of a file."""

import os
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.domain.factsheets.edition_marks import MAX_FILE
from claims.factsheets.assemble import Operator, assemble
from claims.factsheets.cite import StyleUnknown
from claims.factsheets.formats import (
    DEFAULT_LAYOUT,
    FORMATS,
    LAYOUTS,
    Layout,
    format_of_ending,
    names,
)
from claims.factsheets.render import RenderFailed, render
from claims.factsheets.sheet import Sheet
from claims.readings.edition_files import check_file
from claims.vocabulary import FileVerdict
from sources.domain.refusals import Refusal
from sources.readings.reader import Reader

# The formats to write where nobody names one.
BOTH = ["html", "markdown"]


class Command(BaseCommand):
    """Print a fact sheet as Markdown, or write it to files in any format."""

    help = (
        "Make a fact sheet of published claims with their quotes, conflicts and citations. "
        "Without --output, Markdown is printed (or what --format names). With --output NAME, "
        "both NAME.html and NAME.md are written, or the one that --format or the ending names. "
        "`factsheet verify FILE` says whether a file is one of an edition, unchanged and current: "
        "it exits 0 then, 2 for every other file, 1 when it could not read it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the claims, the style, the formats and the output."""
        steps = parser.add_subparsers(dest="step", metavar="verify")
        verify = steps.add_parser("verify", help="say whether a file is ours, unchanged, current")
        verify.add_argument("file", type=Path, help="the file to check")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--topic", help="the key of a topic: the claims filed under it")
        which.add_argument("--entity", help="the key of an entity: the claims about it")
        which.add_argument("--claims", help="references, such as C1,C2,C17, in this order")
        parser.add_argument(
            "--style",
            default="chicago-notes-bibliography",
            help="any CSL style, such as chicago-notes-bibliography (the default), apa or ieee",
        )
        parser.add_argument(
            "--include-submitted",
            action="store_true",
            help="also what waits for review or for its day of publication, marked as such",
        )
        parser.add_argument("--format", choices=[*names(), "both"], dest="form")
        parser.add_argument("--layout", choices=LAYOUTS, default=DEFAULT_LAYOUT)
        parser.add_argument("--title", help="the title; otherwise that of the topic or entity")
        parser.add_argument(
            "--base-url",
            default="",
            help="where readers find the pages, such as https://facts.example.org",
        )
        parser.add_argument("--output", type=Path, help="the file to write, or its name")

    def handle(self, **options: Any) -> None:
        """Assemble, render, then print or write; nothing is written when a format fails."""
        if options["step"] == "verify":
            self.verify(options["file"])
            return
        if not (options["topic"] or options["entity"] or options["claims"] is not None):
            raise CommandError("Name claims: one of --topic, --entity and --claims is required.")
        output: Path | None = options["output"]
        forms = forms_of(options["form"], output)
        try:
            sheet = assemble(
                topic=options["topic"],
                entity=options["entity"],
                claims=split_references(options["claims"]),
                include_submitted=options["include_submitted"],
                reader=Operator(),
                at=timezone.now(),
                base_url=options["base_url"].rstrip("/"),
                title=options["title"],
            )
            made = {
                form: rendered(sheet, options["style"], form, options["layout"]) for form in forms
            }
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        if output is None:
            self.stdout.write("\n".join(written.decode() for written in made.values()))
            return
        for form, written in made.items():
            path = path_of(output, form, is_alone=len(forms) == 1)
            try:
                write_whole(path, written)
            except OSError as error:
                raise CommandError(
                    f"{path} cannot be written: {error.strerror}. Name another place."
                ) from error
            self.stdout.write(f"{path} ({len(sheet.claims)} claims)")

    def verify(self, path: Path) -> None:
        """Print whether a file is one of an edition, and why the edition is not current."""
        try:
            with path.open("rb") as file:
                data = file.read(MAX_FILE + 1)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        if len(data) > MAX_FILE:
            raise CommandError(f"{path} has more than {MAX_FILE} bytes. No edition is as long.")
        check = check_file(data, Reader(None, timezone.now()))
        self.stdout.write(check.sentence)
        if check.edition is not None and check.is_ours:
            for reason in check.edition.reasons:
                self.stdout.write(f"  {reason.sentence}")
        if check.verdict != FileVerdict.CURRENT:
            sys.exit(2)


def split_references(written: str | None) -> list[str]:
    """Split a list of references at its commas."""
    return [] if written is None else [ref for ref in written.split(",") if ref.strip()] or [""]


def forms_of(wanted: str | None, output: Path | None) -> list[str]:
    """Return the formats to make: as named, else by the file's ending, else both.

    Raises CommandError for one that a screen cannot show.
    """
    if wanted == "both":
        return BOTH
    if wanted is not None:
        if output is None and not FORMATS[wanted].is_text:
            raise CommandError(f"{FORMATS[wanted].label} is no text. Name a file with --output.")
        return [wanted]
    if output is None:
        return ["markdown"]
    by_ending = format_of_ending(output.suffix) if output.suffix else None
    return [by_ending.name] if by_ending else BOTH


def rendered(sheet: Sheet, style: str, form: str, layout: Layout) -> bytes:
    """The sheet in one format. Raises CommandError."""
    try:
        return render(sheet, style=style, to=form, layout=layout)
    except (StyleUnknown, RenderFailed) as error:
        raise CommandError(str(error)) from error


def path_of(output: Path, form: str, *, is_alone: bool) -> Path:
    """The file of a format: the name as given where it has an ending, else with one."""
    if is_alone and output.suffix:
        return output
    stem = output.with_suffix("") if format_of_ending(output.suffix) else output
    return stem.with_name(f"{stem.name}.{FORMATS[form].ending}")


def write_whole(path: Path, written: bytes) -> None:
    """Write a file whole or not at all: a reader never finds half a sheet."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(written)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
