"""A fact sheet made on the spot: published claims, printed or written in any format."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from claims.factsheets.assemble import Operator, assemble
from claims.factsheets.cite import StyleUnknown
from claims.factsheets.formats import FORMATS, Layout, format_of_ending
from claims.factsheets.render import RenderFailed, render
from claims.factsheets.sheet import Sheet
from claims.management.factsheets.files import write_whole

# The formats to write where nobody names one.
BOTH = ["html", "markdown"]


def make_sheet(options: dict[str, Any]) -> Iterator[str]:
    """Assemble, render, then write or give to print; nothing is written when a format fails."""
    if not (options["topic"] or options["entity"] or options["claims"] is not None):
        raise CommandError("Name claims: one of --topic, --entity and --claims is required.")
    output: Path | None = options["output"]
    forms = forms_of(options["form"], output)
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
    made = {form: rendered(sheet, options["style"], form, options["layout"]) for form in forms}
    if output is None:
        yield "\n".join(written.decode() for written in made.values())
        return
    for form, written in made.items():
        path = path_of(output, form, is_alone=len(forms) == 1)
        write_whole(path, written)
        yield f"{path} ({len(sheet.claims)} claims)"


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
