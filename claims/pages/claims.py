"""The pages of a claim: as it stands, and as it stood in each version that was published."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.factsheets.rows import (
    asserted_on,
    conflict_memberships,
    is_public_premise,
    version_context,
)
from claims.models import Premise, PublicConflict, Version
from claims.pages.disputes import disputes_of
from claims.pages.presenters import (
    PUBLIC,
    Citation,
    citation_of,
    line_of,
    public_findings,
    public_versions,
    quotes_of,
)
from claims.readings.absences import (
    DocumentFindings,
    SearchState,
    absence_text,
    document_findings,
    search_states_of,
)
from claims.readings.claims import read_claims
from claims.readings.decisions import claim_decision_text
from claims.readings.other_bases import other_basis_text
from claims.readings.support import shared_texts, support_text
from claims.readings.wording import entity_text, understood_text
from claims.vocabulary import Matching, Mode
from sources.readings.reader import Reader


@dataclass(frozen=True)
class AbsenceSearch:
    """Something said to be absent: from where, and what the last search found.

    `unsearched` are documents that are named and that no search has come to yet.
    """

    terms: tuple[tuple[str, str], ...]
    matching: str
    series: Any
    state: SearchState
    text: str
    documents: tuple[tuple[Citation, DocumentFindings], ...]
    unsearched: tuple[Citation, ...]


@dataclass(frozen=True)
class HistoryEntry:
    """A version in the history of a claim: when readers saw it."""

    number: int
    since: datetime
    until: datetime | None
    is_taken_off: bool
    is_current: bool


@require_safe
def claim(request: HttpRequest, number: int) -> HttpResponse:
    """The claim as it is published now."""
    now = timezone.now()
    version = public_versions(now).in_full(PUBLIC, now).filter(claim=number).first()
    if version is None:
        return gone(request, number, now)
    return render_claim(request, version, now)


@require_safe
def version(request: HttpRequest, number: int, of: int) -> HttpResponse:
    """One version that readers see or saw, and how it stands now."""
    now = timezone.now()
    if not Version.objects.visible_to(PUBLIC, now).filter(claim=number).exists():
        return gone(request, number, now)
    asked = Version.objects.filter(claim=number, number=of)
    found = asked.ever_published(now).in_full(PUBLIC, now).first()
    if found is None:
        if not asked.in_history(PUBLIC, now).exists():
            raise Http404
        return render(request, "claims/gone.html", {"ref": f"C{number}/v{of}"}, status=410)
    return render_claim(request, found, now)


def gone(request: HttpRequest, number: int, at: datetime) -> HttpResponse:
    """The page of a claim that readers saw once. Raises Http404 where they never did."""
    if not Version.objects.begun(at).filter(claim=number).exists():
        raise Http404
    return render(request, "claims/gone.html", {"ref": f"C{number}"}, status=410)


def render_claim(request: HttpRequest, shown: Version, at: datetime) -> HttpResponse:
    """A version with all that is public of it."""
    context = version_context([shown], reader=PUBLIC, at=at, with_conflicts=False)
    said_on, is_from_source = asserted_on(shown, context)
    mode = Mode(shown.mode)
    return render(
        request,
        "claims/claim.html",
        {
            "claim": shown.claim,
            "version": shown,
            "line": line_of(shown),
            "is_current": shown.is_published(at),
            "subject": entity_text(shown.subject),
            "understood": understood_text(shown),
            "mode": _(mode.label),
            "mode_meaning": _(mode.meaning),
            "said_on": said_on,
            "is_said_on_from_source": is_from_source,
            "search": absence_search_of(shown),
            "premises": premises_of(shown, at),
            "formula": public_formula(shown, at),
            "disputes": [
                (dispute, claim_decision_text(dispute.decided, shown.claim_id))
                for dispute in disputes_of(conflicts_with(shown, at), at)
            ],
            "other_bases": [
                (other.claim_id, other.claim.ref, other_basis_text(other, to=context.to))
                for other in context.on_another_basis.get(shown.pk, ())
            ],
            "support": support_text(context.support[shown.pk]),
            "shared": shared_texts(context.support[shown.pk]),
            "quotes": quotes_of(shown, public_findings([shown], at)),
            "history": history_of(shown.claim.versions.in_history(PUBLIC, at), at),
        },
    )


def conflicts_with(shown: Version, at: datetime) -> list[PublicConflict]:
    """The conflicts that readers see the version in, and those that its claim was party to.

    Of the latter, those that a retraction or taking off closed, or that go on without this claim.
    """
    conflicts = [tie.conflict for tie in conflict_memberships(shown, is_public=True)]
    (reading,) = read_claims([shown.pk], Reader(None, at))
    left = {one.conflict.record for one in reading.former_conflicts}
    left -= {conflict.pk for conflict in conflicts}
    return [*conflicts, *PublicConflict.objects.filter(pk__in=left).order_by("number")]


def history_of(versions: QuerySet[Any], at: datetime) -> list[HistoryEntry]:
    """The versions that readers see or saw, the latest first."""
    rows = versions.order_by("-number").values_list("number", "published", "taken_off_at")
    return [
        HistoryEntry(
            number=number,
            since=published.lower,
            until=published.upper
            if published.upper is not None and published.upper <= at
            else None,
            is_taken_off=taken_off_at is not None,
            is_current=published.upper is None or published.upper > at,
        )
        for number, published, taken_off_at in rows
    ]


def absence_search_of(shown: Version) -> AbsenceSearch | None:
    """Return the search for what the version says is absent, as far as the public may see it."""
    state = search_states_of([shown]).get(shown.pk)
    if state is None:
        return None
    scope = shown.absence_scope
    found = document_findings(state, scope, reader=PUBLIC)
    named = scope.documents.exclude(source__in=[one.source.pk for one in found])
    return AbsenceSearch(
        terms=tuple((term["text"], term.get("language", "")) for term in scope.terms),
        matching=_(Matching(scope.matching).label),
        series=scope.series,
        state=state,
        text=absence_text(state),
        documents=tuple((citation_of(one.source), one) for one in found),
        unsearched=tuple(
            citation_of(document.source)
            for document in named.select_related("source__publisher").order_by("pk")
        ),
    )


def premises_of(shown: Version, at: datetime) -> list[Premise]:
    """The versions that this one rests on, as far as readers see or saw them."""
    seen = Version.objects.ever_published(at)
    premises = Premise.objects.filter(version=shown, rests_on__in=seen)
    return list(premises.select_related("rests_on").order_by("pk"))


def public_formula(shown: Version, at: datetime) -> str:
    """By what it is computed from what it rests on, where readers see or saw all of that."""
    premises = list(shown.premises.all())
    if not all(is_public_premise(premise, at) for premise in premises):
        return ""
    return next((premise.formula for premise in premises if premise.formula), "")
