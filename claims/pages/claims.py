"""The pages of a claim: as it stands, and as it stood in each version that was published."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.models import AbsenceScope, Version
from claims.pages.disputes import disputes_of
from claims.pages.past import moment_of, takes_known_at
from claims.pages.presenters import (
    PUBLIC,
    Citation,
    citation_of,
    findings_of,
    line_view,
    notice_view,
    quotes_of,
    reader_at,
)
from claims.querysets.absences import search_states
from claims.readings.absences import DocumentFindings, document_findings
from claims.readings.changes import change_texts
from claims.readings.claims import ClaimReading, read_claims
from claims.readings.editions import sheets_using
from claims.readings.lines import line_of, other_basis_line, undated_line
from claims.readings.other_bases import HeldApart, read_claim_with_others, read_with_others
from claims.readings.searches import SearchReading
from sources.models import Series
from sources.readings.reader import Reader
from sources.readings.sources import source_of

# Versions of a long history whose changes are told; of earlier ones stand number and time.
MAX_COMPARED = 20


@dataclass(frozen=True)
class AbsenceSearch:
    """Something said to be absent: from where, and what the last search found.

    `unsearched` are documents that are named and that no search has come to yet.
    """

    reading: SearchReading
    series: Series | None
    documents: Sequence[tuple[Citation, DocumentFindings]]
    unsearched: Sequence[Citation]


@dataclass(frozen=True)
class HistoryEntry:
    """A version in the history of a claim: when readers saw it, and what it changed.

    `before` is the statement that readers saw before, `after` its own; both are empty where they
    are the same. `changes` say what else is other than in the version that readers saw before.
    Where that was taken off, nothing is compared.
    """

    number: int
    since: datetime
    until: datetime | None
    is_taken_off: bool
    is_current: bool
    before: str = ""
    after: str = ""
    changes: Sequence[str] = ()


@require_safe
@takes_known_at()
def claim(request: HttpRequest, number: int) -> HttpResponse:
    """The claim as it is published now."""
    reader = reader_at(moment_of(request))
    found = read_claim_with_others(number, reader)
    if found is None:
        return gone(request, number, reader.at)
    shown, apart = found
    return render_claim(request, shown, apart, reader)


@require_safe
@takes_known_at()
def version(request: HttpRequest, number: int, of: int) -> HttpResponse:
    """One version that readers see or saw, and how it stands now."""
    reader = reader_at(moment_of(request))
    if not Version.objects.visible_to(PUBLIC, reader.at).filter(claim=number).exists():
        return gone(request, number, reader.at)
    asked = Version.objects.filter(claim=number, number=of)
    found = list(asked.ever_published(reader.at).values_list("pk", flat=True))
    if not found:
        if not asked.in_history(PUBLIC, reader.at).exists():
            raise Http404
        return render(request, "claims/gone.html", {"ref": f"C{number}/v{of}"}, status=410)
    (shown,), apart = read_with_others(found, reader)
    return render_claim(request, shown, apart[shown.id], reader)


def gone(request: HttpRequest, number: int, at: datetime) -> HttpResponse:
    """The page of a claim that readers saw once. Raises Http404 where they never did."""
    if not Version.objects.begun(at).filter(claim=number).exists():
        raise Http404
    return render(request, "claims/gone.html", {"ref": f"C{number}"}, status=410)


def render_claim(
    request: HttpRequest, shown: ClaimReading, apart: HeldApart[ClaimReading], reader: Reader
) -> HttpResponse:
    """A version with all that is public of it; `apart` has what is no conflict with it."""
    records = [one.record for one in shown.conflicts]
    ended = [one.conflict.record for one in shown.former_conflicts]
    history = Version.objects.filter(claim=shown.claim).in_history(PUBLIC, reader.at)
    disputes = disputes_of([*records, *ended], reader, claim=shown.claim)
    by_ref = {one.question.conflict.ref: one for one in disputes if one.is_disputing}
    notices = [notice_view(notice) for notice in shown.notices]
    return render(
        request,
        "claims/claim.html",
        {
            "claim": shown,
            "line": line_view(shown),
            "notices": [(one, by_ref.get(one.notice.reference)) for one in notices],
            "search": absence_search_of(shown, reader),
            "disputes": disputes,
            "other_bases": [(one, other_basis_line(line_of(one))) for one in apart.bases],
            "undated": [(one, undated_line(line_of(one))) for one in apart.undated],
            "quotes": quotes_of(shown, findings_of([shown], reader)),
            "history": history_of(history, reader),
            "sheets": sheets_using(shown.claim, reader),
        },
    )


def history_of(versions: QuerySet[Any], reader: Reader) -> list[HistoryEntry]:
    """The versions that readers see or saw, the latest first, with what the latest ones changed."""
    rows = list(
        versions.order_by("-number").values_list("pk", "number", "published", "taken_off_at")
    )
    told = [pk for pk, _number, _published, taken_off_at in rows if taken_off_at is None]
    compared = told[: MAX_COMPARED + 1] if len(rows) > 1 else []
    readings = {one.id: one for one in read_claims(compared, reader)}
    compared_with = [readings.get(pk) for pk, *_rest in rows[1:]] + [None]
    return [
        history_entry(row, readings.get(row[0]), earlier, reader.at)
        for row, earlier in zip(rows, compared_with, strict=True)
    ]


def history_entry(
    row: tuple[int, int, Any, datetime | None],
    told: ClaimReading | None,
    earlier: ClaimReading | None,
    at: datetime,
) -> HistoryEntry:
    """A version in the history, by id, number, publication and when it was taken off."""
    _pk, number, published, taken_off_at = row
    is_over = published.upper is not None and published.upper <= at
    entry = HistoryEntry(
        number=number,
        since=published.lower,
        until=published.upper if is_over else None,
        is_taken_off=taken_off_at is not None,
        is_current=not is_over,
    )
    if told is None or earlier is None:
        return entry
    entry = replace(entry, changes=change_texts(earlier, told))
    if earlier.statement == told.statement:
        return entry
    return replace(entry, before=earlier.statement, after=told.statement)


def absence_search_of(shown: ClaimReading, reader: Reader) -> AbsenceSearch | None:
    """Return the search for what the version says is absent, as far as the public may see it."""
    if shown.search is None:
        return None
    (state,) = search_states([shown.id])
    scope = AbsenceScope.objects.select_related("series").get(version=shown.id)
    found = document_findings(state, scope, reader=reader)
    named = scope.documents.exclude(source__in=[one.source.pk for one in found])
    return AbsenceSearch(
        reading=shown.search,
        series=scope.series,
        documents=[(citation_of(source_of(one.source, reader)), one) for one in found],
        unsearched=[
            citation_of(source_of(document.source, reader))
            for document in named.select_related("source__publisher").order_by("pk")
        ],
    )
