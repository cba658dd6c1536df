"""The check of a fact sheet at the desk: findings with links to their places, and notes on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.actions.factsheets.issuing import MAX_NOTE
from claims.actions.factsheets.keeping import content_of
from claims.domain.factsheets.check import CheckFinding
from claims.domain.factsheets.content import SheetContent
from claims.factsheets.checking import check_content
from claims.models import FactSheet
from claims.querysets.versions import is_number
from claims.readings.issue_requests import IssueProgress, read_newest_request
from claims.readings.jobs import read_worker
from claims.vocabulary.factsheets import IssueState
from sources.actions.permission import NotPermitted, require
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

# The names of fields: a note has the key of its finding behind it; `FOUND` has the keys of all
# findings that were on the page, so that those that came since are known.
NOTE = "note:"
FOUND = "found"
# The button that fills in the notes that were kept with the edition before.
TAKE_NOTES = "take-notes"

# The ends of the ids that Django gives to the fields of a section.
_PARTS = ("heading", "prose")


@dataclass(frozen=True)
class FindingRow:
    """A finding on the page. `anchor` is the id of its place there.

    `note` is what was typed so far, `before` the note kept with the edition before. One that
    `is_new` was not on the page that was sent; of one that `lacks_note` nothing is issued until it
    has one.
    """

    finding: CheckFinding
    anchor: str
    note: str = ""
    before: str = ""
    is_new: bool = False
    lacks_note: bool = False

    @property
    def sought(self) -> str:
        """The words to look for at its place: of a finding about a claim, its reference."""
        reference = self.finding.key.partition(":")[0].rpartition("-")[2]
        return f"[{reference}]" if is_reference(reference) else self.finding.words

    @property
    def note_name(self) -> str:
        """The name of the field of its note."""
        return f"{NOTE}{self.finding.key}"


@dataclass(frozen=True)
class CheckPanel:
    """The findings in what is saved, and who may issue it.

    `not_permitted` says in a sentence why the account may not, and is empty where it may.
    `refusal` says why nothing was issued when somebody tried. `progress` is of the edition that was
    asked for last, unless it is issued.
    """

    sheet: FactSheet
    rows: Sequence[FindingRow]
    checked_at: datetime
    number: int
    not_permitted: str = ""
    refusal: str = ""
    progress: IssueProgress | None = None
    max_note: int = MAX_NOTE

    @property
    def number_before(self) -> int:
        """The number of the edition before."""
        return self.number - 1

    @property
    def offers_notes(self) -> bool:
        """Whether notes of the edition before can be taken over by somebody who may issue."""
        is_busy = self.progress is not None and self.progress.is_under_way
        return (
            not self.not_permitted
            and not is_busy
            and any(row.before and not row.note.strip() for row in self.asking)
        )

    @property
    def blocking(self) -> list[FindingRow]:
        """Those that have to be mended."""
        return [row for row in self.rows if row.finding.blocks]

    @property
    def asking(self) -> list[FindingRow]:
        """Those that ask for a note."""
        return [row for row in self.rows if not row.finding.blocks]

    @property
    def summary(self) -> str:
        """How many findings there are, in a line."""
        blocks, asks = len(self.blocking), len(self.asking)
        parts = []
        if blocks:
            parts.append(
                ngettext("%(n)d finding blocks", "%(n)d findings block", blocks) % {"n": blocks}
            )
        if asks:
            parts.append(
                ngettext("%(n)d asks for a note", "%(n)d ask for a note", asks) % {"n": asks}
            )
        return ", ".join(parts) or _("Nothing stands against issuing it")

    @property
    def progress_words(self) -> str:
        """How far the edition is, or why nothing was issued; empty where there is none to tell."""
        return "" if self.progress is None else progress_sentence(self.progress, self.checked_at)

    @property
    def when(self) -> str:
        """The time of the check."""
        return _("Checked %(time)s UTC.") % {"time": f"{self.checked_at:%H:%M:%S}"}


def check_panel(
    request: HttpRequest,
    sheet: FactSheet,
    *,
    refusal: str = "",
) -> CheckPanel:
    """Check what is saved now; notes come back as they were sent, or from an edition that failed.

    With a refusal the notes that are missing are pointed out.
    """
    at = timezone.now()
    content = content_of(sheet)
    progress = read_newest_request(sheet)
    if progress is not None and progress.state == IssueState.ISSUED:
        progress = None
    typed = {**(progress.notes if progress else {}), **sent_notes(request)}
    seen = request.POST.getlist(FOUND) if FOUND in request.POST else None
    last = sheet.editions.newest_first().only("number", "notes").first()
    before = {one["key"]: one["note"] for one in last.notes} if last else {}
    if TAKE_NOTES in request.POST:
        typed = before | {key: note for key, note in typed.items() if note.strip()}
    return CheckPanel(
        sheet=sheet,
        rows=[
            FindingRow(
                finding=one,
                anchor=anchor_of(one, content),
                note=typed.get(one.key, ""),
                before=before.get(one.key, ""),
                is_new=seen is not None and one.key not in seen,
                lacks_note=bool(refusal) and not one.blocks and not typed.get(one.key, "").strip(),
            )
            for one in check_content(content, request.user, at)
        ],
        checked_at=at,
        number=last.number + 1 if last else 1,
        not_permitted=why_not_editor(request.user),
        refusal=refusal,
        progress=progress,
    )


def progress_sentence(progress: IssueProgress, at: datetime) -> str:
    """How far an edition is, and that nobody is at work on it where nobody is."""
    if progress.is_under_way and not read_worker(at).is_there:
        return f"{progress.sentence} {_('No worker is at work; it begins once one is started.')}"
    return progress.sentence


def sent_notes(request: HttpRequest) -> dict[str, str]:
    """The notes that were typed, by the key of their finding."""
    return {
        name.removeprefix(NOTE): str(request.POST[name])
        for name in request.POST
        if name.startswith(NOTE)
    }


def why_not_editor(person: "User | object") -> str:
    """The sentence that says why an account may not issue, correct or withdraw; empty if it may."""
    try:
        require(person, Role.EDITOR)  # type: ignore[arg-type] # the desk is open to accounts only
    except NotPermitted as refused:
        return refused.message
    return ""


def anchor_of(finding: CheckFinding, content: SheetContent) -> str:
    """The id, on the page of the editor, of the field or claim that a finding is about.

    Its key begins with the place: "summary", "section-2-prose", "section-1-C17", "unknown-3".
    """
    slug = finding.key.partition(":")[0]
    name, *rest = slug.split("-", 2)
    if name != "section" or len(rest) != 2:
        return f"id_{name}"
    section, part = int(rest[0]), rest[1]
    if part in _PARTS:
        return f"id_sections-{section - 1}-{part}"
    written = content.sections[section - 1]
    if part in written.claims:
        return slug
    return (
        f"id_sections-{section - 1}-prose" if f"[{part}]" in written.prose else f"section-{section}"
    )


def is_reference(part: str) -> bool:
    """Whether the end of a place names a claim, as in "section-1-C17"."""
    return part[:1] == "C" and is_number(part[1:])
