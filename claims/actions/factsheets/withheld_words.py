"""Withholding in fact sheets: files of editions, and copies of the words in what people wrote."""

from collections.abc import Sequence
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


def clear_fact_sheets(excerpt: Excerpt, resting: "QuerySet[Version]", order: Order) -> None:
    """Empty the files of editions that print a quote, and copies of its words in fact sheets.

    `resting` are the versions that rest on it. All files of an edition go, since in some of them
    words cannot be searched for; so do its content, manifest and notes where they repeat the words.
    The hashes of files and manifest stay. In fact sheets that are being written the words are
    blacked out, and earlier saves are emptied.
    """
    lock_fact_sheets()
    words = [one for one in (excerpt.exact, excerpt.translation) if one]
    copied = copied_in(Edition.objects.all(), ["content", "manifest"], words)
    printed = [*copied, *editions_printing(excerpt, resting, words)]
    clear_columns(EditionFile.objects.filter(edition__in=printed), ["content"], order)
    black_out_sheets(words, order)
    black_out_requests(words)
    columns: list[tuple[QuerySet[Any], list[str]]] = [
        (Edition.objects.all(), ["content"]),
        (Edition.objects.all(), ["manifest"]),
        (Edition.objects.all(), ["notes"]),
        (Erratum.objects.all(), ["words"]),
        (EditionWithdrawal.objects.all(), ["reason"]),
        (ConflictDecision.objects.all(), ["note", "reason"]),
        (events_of(FactSheet), PROSE_FIELDS),
    ]
    for rows, fields in columns:
        clear_columns(rows.filter(pk__in=copied_in(rows, fields, words)), fields, order)


def lock_fact_sheets() -> None:
    """Let no edition be issued and no fact sheet be saved until the transaction ends.

    An edition is made of what was read before its locks: one that is being stored is waited for and
    then found, one that comes later reads what is left.
    """
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(FactSheet._meta.db_table)
        cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")


def editions_printing(
    excerpt: Excerpt, resting: "QuerySet[Version]", words: Sequence[str]
) -> list[int]:
    """The editions whose files have the words, or can have them.

    Those with a claim that rests on the quote, those that print it as another side's, and those in
    whose readable files the words stand.
    """
    holding = EditionFile.objects.readable().containing(written_forms(words))
    return [
        *Edition.objects.filter(versions__version__in=resting.values("pk")).values_list(
            "pk", flat=True
        ),
        *Edition.objects.printing(excerpt.pk).values_list("pk", flat=True),
        *holding.values_list("edition", flat=True),
    ]


def copied_in(rows: "QuerySet[Any]", fields: Sequence[str], words: Sequence[str]) -> list[int]:
    """The rows in one of whose fields one of these wordings is copied."""
    return [
        pk
        for pk, *values in rows.order_by("pk").values_list("pk", *fields).iterator()
        if are_copied(words, values)
    ]


def black_out_sheets(words: Sequence[str], order: Order) -> None:
    """Black the words out in fact sheets as saved last; whoever has one open must read it anew."""
    copied = copied_in(FactSheet.objects.all(), PROSE_FIELDS, words)
    for sheet in FactSheet.objects.filter(pk__in=copied).order_by("pk"):
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
