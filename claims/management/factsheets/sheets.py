"""Steps with a fact sheet that is kept: looking at it, writing it, checking it."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from claims.actions.factsheets.keeping import content_of, keep_sheet, start_sheet
from claims.domain.factsheets.check import CheckFinding
from claims.domain.factsheets.content import content_as_json, content_from_json
from claims.factsheets.assemble import Operator
from claims.factsheets.checking import check_content
from claims.management.factsheets.files import json_object
from claims.models import Edition, FactSheet
from claims.readings.editions import EditionReading, read_editions
from claims.readings.issue_requests import read_newest_request
from sources.domain.refusals import Refusal, quoted
from sources.management.arguments import account_named
from sources.readings.reader import Reader

# What `read` prints beside the content, so that `write` knows what was edited.
REVISION = "revision"


def sheet_of(key: str) -> FactSheet:
    """The fact sheet of that key. Raises CommandError."""
    sheet = FactSheet.objects.filter(key=key).first()
    if sheet is None:
        known = FactSheet.objects.order_by("key").values_list("key", flat=True)[:20]
        there = f"There are: {', '.join(known)}." if known else "There is none yet: `new` one."
        raise CommandError(f"There is no fact sheet {quoted(key)}. {there}")
    return sheet


def list_sheets(_options: dict[str, Any]) -> Iterator[str]:
    """A line for each fact sheet: key, title, and its newest edition with where it stands."""
    at = timezone.now()
    newest = read_editions(Edition.objects.issued(at).newest_of_each(), Reader(None, at))
    editions = {one.key: one for one in newest}
    for sheet in FactSheet.objects.order_by("key"):
        edition = editions.get(sheet.key)
        state = f"edition {edition.number}, {edition.state_text}" if edition else "not issued yet"
        yield f"{sheet.key}: {sheet.title} ({state})"


def show_sheet(options: dict[str, Any]) -> Iterator[str]:
    """A fact sheet and its editions as readers are told of them."""
    sheet, at = sheet_of(options["key"]), timezone.now()
    yield sheet.title
    saved_at, saved_by = sheet.saved_at or sheet.created_at, sheet.saved_by or sheet.created_by
    yield f"revision {sheet.revision}, saved by {saved_by} at {saved_at:%Y-%m-%d %H:%M} UTC"
    request = read_newest_request(sheet)
    if request is not None and request.edition is None:
        yield f"{request.requested_by} asked for an edition. {request.sentence}"
    issued = Edition.objects.issued(at).filter(fact_sheet=sheet).newest_first()
    editions = read_editions(issued, Reader(None, at))
    for edition in editions:
        yield from _edition_lines(edition)
    if not editions:
        yield "No edition is issued yet."


def _edition_lines(edition: EditionReading) -> Iterator[str]:
    yield ""
    yield (
        f"Edition {edition.number}, {edition.issued_at:%Y-%m-%d %H:%M} UTC: {edition.state_text}"
    )
    yield from (f"  {reason.sentence}" for reason in edition.reasons)
    yield from (f"  Erratum, {one.added_at:%Y-%m-%d}: {one.words}" for one in edition.errata)
    if edition.changes:
        yield f"  Changed since edition {edition.replaces}:"
        yield from (f"    {change}" for change in edition.changes)
    withheld = " Words in it were withheld." if edition.is_withheld else ""
    yield f"  {len(edition.files)} files.{withheld}"


def new_sheet(options: dict[str, Any]) -> Iterator[str]:
    """Begin a fact sheet, with a title alone or with all that is in a file."""
    given: dict[str, Any] = json_object(options["file"]) if options["file"] else {}
    given.pop(REVISION, None)
    if options["title"] is not None:
        given["title"] = options["title"]
    content = content_from_json(given)
    by = account_named(options["username"])
    sheet = start_sheet(key=options["key"], content=content, by=by, at=timezone.now())
    yield f"{sheet.key} is begun, revision {sheet.revision}."


def read_sheet(options: dict[str, Any]) -> Iterator[str]:
    """The content of a fact sheet as JSON, with its revision."""
    sheet = sheet_of(options["key"])
    data = {REVISION: sheet.revision} | content_as_json(content_of(sheet))
    yield json.dumps(data, ensure_ascii=False, indent=1)


def write_sheet_from(options: dict[str, Any]) -> Iterator[str]:
    """Save the content in a file as the next revision of a fact sheet."""
    sheet = sheet_of(options["key"])
    given = json_object(options["file"])
    written = given.pop(REVISION, options["revision"])
    revision = options["revision"] if options["revision"] is not None else written
    if not isinstance(revision, int) or isinstance(revision, bool):
        raise CommandError(
            f"The file does not say which revision was edited. Print {sheet.key} with `read` and "
            f"edit that, or name the revision with --revision; the newest is {sheet.revision}."
        )
    kept = keep_sheet(
        sheet=sheet,
        content=content_from_json(given),
        revision=revision,
        by=account_named(options["username"]),
        at=timezone.now(),
    )
    is_new = kept.revision != revision
    yield (
        f"{kept.key} is saved, revision {kept.revision}."
        if is_new
        else f"{kept.key} is as it was, revision {kept.revision}; nothing was saved."
    )


def check_sheet_kept(options: dict[str, Any]) -> Iterator[str]:
    """All that stands against issuing a fact sheet.

    Raises SystemExit with 2 where something blocks.
    """
    content = content_of(sheet_of(options["key"]))
    found = check_content(content, Operator(), timezone.now())
    for one in found:
        yield from finding_lines(one)
    blocking = sum(one.blocks for one in found)
    yield (
        f"{len(found)} found, {blocking} of them in the way of issuing; the others ask for a note."
        if found
        else "Nothing stands against issuing it."
    )
    if blocking:
        raise SystemExit(2)


def finding_lines(found: CheckFinding) -> Iterator[str]:
    """A finding with its place, what to do, and the key for a note."""
    yield f"{found.place}{' (blocks)' if found.blocks else ''}: {found.sentence}"
    yield f"  {found.next_step}"
    if not found.blocks:
        yield f"  --note '{found.key}=…'"


def refusal_lines(refusal: Refusal) -> str:
    """A refusal as the command says it: of the check, with all findings that are in the way."""
    findings = getattr(refusal, "findings", ())
    lines = [refusal.message, *(line for one in findings for line in finding_lines(one))]
    return "\n".join(lines)
