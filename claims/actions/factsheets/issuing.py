"""Issuing an edition of a fact sheet: checked, made into files, and fixed with all it rests on.

Everything is read, checked and rendered before anything is locked; under the lock of the sheet it
is only asked whether what was read still holds.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from django.conf import settings

from claims.actions.factsheets.keeping import content_of, require_revision
from claims.domain.factsheets.check import CheckFinding
from claims.domain.factsheets.content import SheetContent, content_as_json
from claims.domain.factsheets.manifest import content_sha256, manifest_sha256
from claims.domain.text_limits import clean_words
from claims.factsheets.checking import check_content
from claims.factsheets.formats import DEFAULT_LAYOUT, FORMATS, LAYOUTS, FileFormat, Layout
from claims.factsheets.from_content import assemble_content
from claims.factsheets.manifest import manifest_of
from claims.factsheets.render import Rendering
from claims.factsheets.sheet import EditionFacts, Sheet
from claims.models import Edition, EditionFile, EditionVersion, FactSheet
from claims.readings.edition_changes import edition_change_texts
from sources.actions.action import Clock, ReadOutdated, action_transaction, retry_outdated
from sources.actions.permission import require
from sources.domain.refusals import Refusal
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

MAX_NOTE = 2_000

# Told how many files of how many are made.
OnFile = Callable[[int, int], None]
# Told the edition, in the transaction that stores it.
OnIssue = Callable[[Edition], None]


class IssueRefused(Refusal):
    """A fact sheet that cannot be issued as it is; `findings` are those that stand in the way."""

    def __init__(self, code: str, message: str, findings: Sequence[CheckFinding]) -> None:
        super().__init__(code, message)
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file of an edition before it is stored; `layout` is empty of formats that have none."""

    layout: str
    format: FileFormat
    content: bytes
    warnings: tuple[str, ...]


def issue_edition(
    *,
    sheet: FactSheet,
    notes: Mapping[str, str],
    by: "User",
    clock: Clock,
    base_url: str,
    revision: int | None = None,
    wait: float | None = None,
    on_file: OnFile = lambda made, total: None,
    on_issue: OnIssue = lambda edition: None,
) -> Edition:
    """Issue the next edition of a fact sheet as it was saved last.

    `notes` say why it is issued in spite of a finding, by the key of the finding. With `revision`,
    no later one is issued. Each file waits up to `wait` seconds for its turn, as a `Rendering`
    does. `on_file` is told before the first file and after each how many of how many are made,
    `on_issue` the edition in the transaction that stores it. Raises IssueRefused for findings that
    block and those without a note, SheetOutdated, StyleUnknown, RenderFailed, NotPermitted, and
    ReadOutdated where claims change all the time.
    """
    require(by, Role.EDITOR)

    def attempt() -> Edition:
        sheet.refresh_from_db()
        if revision is not None:
            require_revision(sheet, revision)
        return _issue(sheet, notes, by, clock, base_url, wait, on_file, on_issue)

    return retry_outdated(attempt)


def _issue(
    sheet: FactSheet,
    notes: Mapping[str, str],
    by: "User",
    clock: Clock,
    base_url: str,
    wait: float | None,
    on_file: OnFile,
    on_issue: OnIssue,
) -> Edition:
    """Make one attempt at an edition."""
    at = clock()
    content = content_of(sheet)
    kept_notes = require_notes(check_content(content, by, at), notes)
    before = sheet.editions.order_by("number").last()
    made = _sheet_of_edition(sheet, content, before, by, at, base_url)
    rendering = Rendering(made, style=content.style, wait=wait)
    files = []
    kinds = _kinds_of_files()
    for number, (one, layout) in enumerate(kinds):
        on_file(number, len(kinds))
        files.append(_made(rendering, one, layout))
    on_file(len(kinds), len(kinds))
    manifest = manifest_of(made, key=sheet.key) | {
        "content_sha256": content_sha256(content_as_json(content)),
        "files": [_listed(one) for one in files],
    }
    with action_transaction("issue_edition", by=by, at=at):
        _require_unchanged(sheet, before, made, by, clock())
        edition = Edition.objects.create(
            fact_sheet=sheet,
            number=manifest["number"],
            issued_at=at,
            issued_by=by,
            replaces=before,
            content=content_as_json(content),
            notes=kept_notes,
            manifest=manifest,
            manifest_sha256=manifest_sha256(manifest),
        )
        EditionVersion.objects.bulk_create(
            EditionVersion(edition=edition, version_id=claim.id, content_hash=claim.content_hash)
            for claim in (one.line.claim for one in made.claims)
        )
        EditionFile.objects.bulk_create(
            EditionFile(
                edition=edition,
                layout=one.layout,
                format=one.format.code,
                media_type=one.format.content_type,
                sha256=_sha256(one.content),
                content=one.content,
            )
            for one in files
        )
        on_issue(edition)
    return edition


def _kinds_of_files() -> list[tuple[FileFormat, Layout | Literal[""]]]:
    """The files of an edition in their order: each format in its layouts, or without one."""
    of_layouts = [
        (one, layout) for layout in LAYOUTS for one in FORMATS.values() if one.has_layouts
    ]
    return [*of_layouts, *((one, "") for one in FORMATS.values() if not one.has_layouts)]


def require_notes(
    findings: Sequence[CheckFinding], notes: Mapping[str, str]
) -> list[dict[str, str]]:
    """The notes that are kept, one for each finding. Raises IssueRefused."""
    if blocking := [one for one in findings if one.blocks]:
        raise IssueRefused(
            "findings_block",
            f"The fact sheet cannot be issued: {blocking[0].sentence} {blocking[0].next_step}",
            blocking,
        )
    if without := [one for one in findings if not notes.get(one.key, "").strip()]:
        raise IssueRefused(
            "notes_missing",
            f"Say in a note why it is issued all the same: {without[0].sentence} "
            f"{without[0].next_step}",
            without,
        )
    return [
        {
            "key": one.key,
            "code": str(one.code),
            "sentence": one.sentence,
            "note": clean_words(notes[one.key], name="note", limit=MAX_NOTE, required=True),
        }
        for one in findings
    ]


def _sheet_of_edition(
    sheet: FactSheet,
    content: SheetContent,
    before: Edition | None,
    by: "User",
    at: datetime,
    base_url: str,
) -> Sheet:
    """The sheet as readers may know it, as the edition after `before`."""
    number = before.number + 1 if before else 1
    facts = EditionFacts(
        number=number,
        issued_at=at,
        issued_by=by.display_name,  # never the name by which somebody signs in
        short_address=f"{base_url}/f/{sheet.key}/{number}",
        installation=settings.INSTALLATION_NAME,
        replaces=before.number if before else None,
    )
    made = assemble_content(content, reader=by, at=at, base_url=base_url, edition=facts)
    if before is None:
        return made
    after = _Contents(content_as_json(content), manifest_of(made, key=sheet.key))
    return replace(made, edition=replace(facts, changes=edition_change_texts(before, after)))


@dataclass(frozen=True, slots=True)
class _Contents:
    """The content and the manifest of an edition that is not stored yet."""

    content: Mapping[str, Any]
    manifest: Mapping[str, Any]


def _made(rendering: Rendering, one: FileFormat, layout: Layout | Literal[""]) -> MadeFile:
    """The sheet in one format."""
    made = rendering.file(one.name, layout or DEFAULT_LAYOUT)
    return MadeFile(layout, one, made.content, made.warnings)


def _listed(file: MadeFile) -> dict[str, Any]:
    """A file as the manifest lists it; `warnings` are what it falls short of, in sentences."""
    return {
        "layout": file.layout,
        "format": file.format.code,
        "sha256": _sha256(file.content),
        "size": len(file.content),
        "warnings": list(file.warnings),
    }


def _require_unchanged(
    sheet: FactSheet, before: Edition | None, made: Sheet, by: "User", now: datetime
) -> None:
    """Lock the fact sheet. Raises ReadOutdated where it, or what it rests on, changed meanwhile."""
    locked = FactSheet.objects.select_for_update().get(pk=sheet.pk)
    content = content_of(locked)
    again = assemble_content(content, reader=by, at=now, edition=made.edition)
    if (
        locked.revision != sheet.revision
        or locked.editions.order_by("number").last() != before
        or manifest_of(again, key=sheet.key) != manifest_of(made, key=sheet.key)
    ):
        raise ReadOutdated(
            "claims_changing",
            "The fact sheet, or claims in it, changed while its edition was made. Nothing was "
            "issued; look at it and try again.",
        )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
