"""Withholding in fact sheets: files of editions, and copies of the words in what people wrote."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from claims.domain.factsheets.copied_words import are_copied, blacked_out
from claims.domain.factsheets.written_forms import written_forms
from claims.models import (
    ConflictDecision,
    Edition,
    EditionFile,
    EditionWithdrawal,
    Erratum,
    FactSheet,
    IssueRequest,
    Version,
)
from sources.actions.withholding.clear_columns import Order, clear_columns, events_of
from sources.models import Excerpt

PROSE_FIELDS = ["title", "summary", "sections", "unknown"]


@dataclass(frozen=True)
class FactSheetCopies:
    """The rows of fact sheets and editions that have certain words, as read at one time.

    By the name of a table and a column: `read` are the ids of the rows that were looked at,
    `copied` of those that have the words. None of these rows changes, but those of fact sheets
    themselves: theirs are by id and revision.
    """

    read: Mapping[str, Collection[Any]] = field(default_factory=dict)
    copied: Mapping[str, Collection[Any]] = field(default_factory=dict)


def find_fact_sheet_copies(excerpt: Excerpt) -> FactSheetCopies:
    """Search all editions and fact sheets for copies of a quote's words; it may take long."""
    return _found(words_of(excerpt), FactSheetCopies())


def clear_fact_sheets(
    excerpt: Excerpt,
    resting: "QuerySet[Version]",
    order: Order,
    copies: FactSheetCopies | None = None,
) -> None:
    """Empty the files of editions that print a quote, and copies of its words in fact sheets.

    `resting` are the versions that rest on it, `copies` what was found before anything was locked:
    only rows that came since are read here. All files of an edition go, since in some of them
    words cannot be searched for; so do its content, manifest and notes where they repeat the words.
    The hashes of files and manifest stay. In fact sheets that are being written the words are
    blacked out, and earlier saves are emptied.
    """
    lock_fact_sheets()
    words = words_of(excerpt)
    found = _found(words, copies or FactSheetCopies())
    printed = [
        *found.copied["edition content"],
        *found.copied["edition manifest"],
        *EditionFile.objects.filter(pk__in=found.copied["files"]).values_list("edition", flat=True),
        *editions_printing(excerpt, resting),
    ]
    clear_columns(EditionFile.objects.filter(edition__in=printed), ["content"], order)
    sheets = [pk for pk, _revision in found.copied["fact sheets"]]
    black_out_sheets(sheets, words, order)
    black_out_requests(words)
    found = _found(words, found)  # again, since what was blacked out is an earlier save by now
    for name, (rows, fields) in _columns().items():
        clear_columns(rows.filter(pk__in=found.copied[name]), fields, order)


def words_of(excerpt: Excerpt) -> list[str]:
    """The wordings of a quote: its own, and its translation."""
    return [one for one in (excerpt.exact, excerpt.translation) if one]


def _columns() -> dict[str, tuple["QuerySet[Any]", list[str]]]:
    """The columns of append-only rows in which words can be repeated."""
    return {
        "edition content": (Edition.objects.all(), ["content"]),
        "edition manifest": (Edition.objects.all(), ["manifest"]),
        "edition notes": (Edition.objects.all(), ["notes"]),
        "errata": (Erratum.objects.all(), ["words"]),
        "withdrawals": (EditionWithdrawal.objects.all(), ["reason"]),
        "decisions": (ConflictDecision.objects.all(), ["note", "reason"]),
        "earlier saves": (events_of(FactSheet), PROSE_FIELDS),
    }


def _found(words: Sequence[str], before: FactSheetCopies) -> FactSheetCopies:
    """Return the copies found before, and those in rows that were not read then."""
    read: dict[str, Collection[Any]] = {}
    copied: dict[str, Collection[Any]] = {}

    def note(name: str, now: Collection[Any], having: Collection[Any]) -> None:
        read[name] = now
        copied[name] = {*having, *(one for one in before.copied.get(name, ()) if one in now)}

    for name, (rows, fields) in _columns().items():
        now = set(rows.values_list("pk", flat=True))
        new = now.difference(before.read.get(name, ()))
        note(name, now, copied_in(rows.filter(pk__in=new), fields, words) if new else ())
    files = set(EditionFile.objects.readable().values_list("pk", flat=True))
    new = files.difference(before.read.get("files", ()))
    holding = EditionFile.objects.filter(pk__in=new).containing(written_forms(words))
    note("files", files, set(holding.values_list("pk", flat=True)) if new else ())
    sheets = set(FactSheet.objects.values_list("pk", "revision"))
    changed = dict(sheets.difference(before.read.get("fact sheets", ())))
    having = copied_in(FactSheet.objects.filter(pk__in=changed), PROSE_FIELDS, words)
    note("fact sheets", sheets, {(pk, changed[pk]) for pk in having})
    return FactSheetCopies(read, copied)


def lock_fact_sheets() -> None:
    """Let no edition be issued and no fact sheet be saved until the transaction ends.

    An edition is made of what was read before its locks: one that is being stored is waited for and
    then found, one that comes later reads what is left.
    """
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(FactSheet._meta.db_table)
        cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")


def editions_printing(excerpt: Excerpt, resting: "QuerySet[Version]") -> list[int]:
    """The editions with a claim that rests on the quote, and those that print it as another's."""
    return [
        *Edition.objects.filter(versions__version__in=resting.values("pk")).values_list(
            "pk", flat=True
        ),
        *Edition.objects.printing(excerpt.pk).values_list("pk", flat=True),
    ]


def copied_in(rows: "QuerySet[Any]", fields: Sequence[str], words: Sequence[str]) -> list[int]:
    """The rows in one of whose fields one of these wordings is copied."""
    return [
        pk
        for pk, *values in rows.order_by("pk").values_list("pk", *fields).iterator()
        if are_copied(words, values)
    ]


def black_out_sheets(sheets: Collection[int], words: Sequence[str], order: Order) -> None:
    """Black the words out in fact sheets as saved last; whoever has one open must read it anew."""
    for sheet in FactSheet.objects.filter(pk__in=sheets).order_by("pk"):
        for name in PROSE_FIELDS:
            setattr(sheet, name, blacked_out(words, getattr(sheet, name)))
        sheet.revision += 1
        sheet.saved_at, sheet.saved_by = order.at, order.second_person
        sheet.save()


def black_out_requests(words: Sequence[str]) -> None:
    """Black the words out in the notes of editions that were asked for and are not there yet."""
    copied = copied_in(IssueRequest.objects.all(), ["notes"], words)
    for request in IssueRequest.objects.filter(pk__in=copied).order_by("pk").select_for_update():
        request.notes = blacked_out(words, request.notes)
        request.save()
