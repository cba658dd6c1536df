"""Editions of fact sheets as one reader may know them: where each stands, why, and its files.

For everybody this is computed from published versions, public conflicts, retractions and the
standings of sources alone; flags and the staff's conflicts count for the staff. A page of editions
costs a constant number of statements.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from claims.domain.factsheets.file_names import edition_file_name
from claims.models import Edition, EditionFile, Erratum
from claims.querysets.editions import EditionQuerySet
from claims.readings.edition_changes import edition_change_texts
from claims.readings.edition_reasons import EditionReason, reasons_of
from claims.readings.wording import day_text
from claims.vocabulary.factsheets import EditionFormat, EditionReasonCode, EditionState, SheetLayout
from sources.readings.reader import Reader

# Of no bytes: a bibliography of no sources is as long, and nothing of it was withheld.
NOTHING_SHA256 = hashlib.sha256(b"").hexdigest()
# Fact sheets that the page of a claim names.
MAX_USING = 20


@dataclass(frozen=True)
class ErratumReading:
    """A correction that the desk added to an edition."""

    words: str
    added_at: datetime


@dataclass(frozen=True)
class EditionFileReading:
    """A file of an edition as issued, without its bytes.

    `layout` is None of formats that have none. `size` is in bytes. Of one that is withheld, because
    it quotes words that were, the hash stays and nothing else is given; nor of one that is closed,
    because the edition has what readers may no longer be shown.
    """

    name: str
    layout: SheetLayout | None
    format: EditionFormat
    media_type: str
    sha256: str
    size: int
    is_withheld: bool
    is_closed: bool

    @property
    def is_given(self) -> bool:
        """Whether readers get its bytes."""
        return not (self.is_withheld or self.is_closed)


@dataclass(frozen=True)
class EditionReading:
    """One edition of a fact sheet, for one reader at one time.

    `reasons` say why it is not current, the gravest first; `changes` what changed since the edition
    that it `replaces`, in sentences. `replaced_by` is the number of the next one. Of one that is
    closed `summary`, `changes` and `manifest` are empty.
    """

    id: int
    key: str
    number: int
    title: str
    language: str
    summary: str
    issued_at: datetime
    state: EditionState
    reasons: tuple[EditionReason, ...]
    errata: tuple[ErratumReading, ...]
    replaces: int | None
    replaced_by: int | None
    withdrawn_at: datetime | None
    files: tuple[EditionFileReading, ...]
    changes: tuple[str, ...]
    manifest: Mapping[str, Any]
    manifest_sha256: str

    @property
    def is_withheld(self) -> bool:
        """Whether words in it were withheld, so that none of its files is given."""
        return any(file.is_withheld for file in self.files)

    @property
    def is_closed(self) -> bool:
        """Whether it has what readers may no longer be shown, so that its text is not given."""
        return any(reason.code.closes for reason in self.reasons)

    @property
    def state_text(self) -> str:
        """The state in a few words: "superseded by edition 4"."""
        if self.state == EditionState.SUPERSEDED:
            return _("superseded by edition %(number)d") % {"number": self.replaced_by}
        return str(_(self.state.label)).lower()

    def file_of(self, layout: SheetLayout | None, to: EditionFormat) -> EditionFileReading | None:
        """The file of a layout and format; None where it was issued without."""
        return next((one for one in self.files if (one.layout, one.format) == (layout, to)), None)


@dataclass(frozen=True)
class UsingSheet:
    """The newest edition of a fact sheet in which a claim is, with the number of its version."""

    key: str
    number: int
    title: str
    language: str
    version: int


def read_edition(key: str, number: int, reader: Reader) -> EditionReading | None:
    """The edition of that number of a fact sheet; None where none was issued."""
    found = Edition.objects.issued(reader.at).filter(fact_sheet__key=key, number=number)
    return next(iter(read_editions(found, reader)), None)


def read_newest(key: str, reader: Reader) -> EditionReading | None:
    """The newest edition of a fact sheet that was not withdrawn; of all withdrawn, the newest."""
    found = Edition.objects.issued(reader.at).filter(fact_sheet__key=key)
    editions = found.newest_first().values_list("pk", "withdrawal")
    standing = [pk for pk, withdrawal in editions if withdrawal is None]
    chosen = [*standing, *(pk for pk, _withdrawal in editions)][:1]
    return next(iter(read_editions(Edition.objects.filter(pk__in=chosen), reader)), None)


def sheets_using(claim: int, reader: Reader) -> list[UsingSheet]:
    """Return the fact sheets whose newest edition has a claim, the latest issued first.

    `claim` is its number. Without editions that were withdrawn; at most MAX_USING.
    """
    using = Edition.objects.issued(reader.at).newest_of_each().with_claim(claim)
    rows = using.order_by("-pk").values_list("fact_sheet__key", "number", "content", "version")
    return [
        UsingSheet(
            key=key,
            number=number,
            title=str(content.get("title", "")) or key,
            language=str(content.get("language", "")),
            version=version,
        )
        for key, number, content, version in rows[:MAX_USING]
    ]


def read_editions(editions: EditionQuerySet, reader: Reader) -> list[EditionReading]:
    """The readings of editions, in their order: of all of them at once."""
    rows = list(editions.with_context())
    if not rows:
        return []
    ids = [row.pk for row in rows]
    reasons = reasons_of(rows, reader)
    errata, files = defaultdict(list), defaultdict(list)
    for erratum in Erratum.objects.filter(edition__in=ids).order_by("added_at", "pk"):
        words = erratum.words or _("Its words were withheld.")
        errata[erratum.edition_id].append(ErratumReading(words, erratum.added_at))
    for file in EditionFile.objects.filter(edition__in=ids).without_content().order_by("pk"):
        files[file.edition_id].append(file)
    return [_edition(row, reasons[row.pk], errata[row.pk], files[row.pk]) for row in rows]


def _edition(
    row: Any,
    found: Sequence[EditionReason],
    errata: Iterable[ErratumReading],
    files: Iterable[Any],
) -> EditionReading:
    key = row.fact_sheet.key
    withdrawal = getattr(row, "withdrawal", None)
    reasons = [*_of_desk(row, withdrawal), *found]
    is_closed = any(reason.code.closes for reason in reasons)
    changes = () if row.replaces is None else edition_change_texts(row.replaces, row)
    return EditionReading(
        id=row.pk,
        key=key,
        number=row.number,
        title=str(row.content.get("title", "")) or key,
        language=str(row.content.get("language", "")),
        summary="" if is_closed else str(row.content.get("summary", "")),
        issued_at=row.issued_at,
        state=_state(row, withdrawal, reasons),
        reasons=tuple(reasons),
        errata=tuple(errata),
        replaces=row.replaces.number if row.replaces else None,
        replaced_by=row.next_number,
        withdrawn_at=withdrawal.withdrawn_at if withdrawal else None,
        files=tuple(_file(file, key, row.number, is_closed=is_closed) for file in files),
        changes=() if is_closed else changes,
        manifest={} if is_closed else row.manifest,
        manifest_sha256=row.manifest_sha256,
    )


def _state(row: Any, withdrawal: Any, reasons: Sequence[EditionReason]) -> EditionState:
    if withdrawal is not None:
        return EditionState.WITHDRAWN
    if row.next_number is not None:
        return EditionState.SUPERSEDED
    return EditionState.STALE if reasons else EditionState.CURRENT


def _of_desk(row: Any, withdrawal: Any) -> Iterable[EditionReason]:
    """Of the withdrawal and the replacement of the edition itself."""
    if withdrawal is not None:
        reason = withdrawal.reason or _("The words of the reason were withheld.")
        words = {"day": day_text(withdrawal.withdrawn_at.date()), "reason": reason}
        sentence = _("The edition was withdrawn on %(day)s: %(reason)s") % words
        yield EditionReason(EditionReasonCode.WITHDRAWN, sentence)
    if row.next_number is not None:
        words = {"number": row.next_number, "day": day_text(row.next_issued_at.date())}
        sentence = _("Edition %(number)d replaced it on %(day)s.") % words
        yield EditionReason(EditionReasonCode.SUPERSEDED, sentence, str(row.next_number))


def _file(row: Any, key: str, number: int, *, is_closed: bool) -> EditionFileReading:
    layout = SheetLayout(row.layout) if row.layout else None
    to = EditionFormat(row.format)
    name = edition_file_name(key, number, layout, to)
    return EditionFileReading(
        name,
        layout,
        to,
        row.media_type,
        row.sha256,
        row.size,
        is_withheld=row.size == 0 and row.sha256 != NOTHING_SHA256,
        is_closed=is_closed,
    )
