"""Conflicts as the public sees them: both sides, next to each other."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.models import PublicConflict, PublicConflictMember
from claims.pages.asking import answering, page_of
from claims.pages.shown import disputes_of
from claims.vocabulary import ConflictStatus

LIVE = [status for status in ConflictStatus if status.is_live]


@require_safe
@answering
def conflicts(request: HttpRequest) -> HttpResponse:
    """The conflicts between published claims, the latest first."""
    now = timezone.now()
    members = PublicConflictMember.objects.open(now).filter(conflict=OuterRef("pk"))
    found = PublicConflict.objects.filter(Exists(members), status__in=LIVE)
    page = page_of(found, request, key="number")
    return render(
        request,
        "claims/conflicts.html",
        {"disputes": disputes_of(page.rows, now), "next_after": page.next_after},
    )


@require_safe
def conflict(request: HttpRequest, number: int) -> HttpResponse:
    """One conflict. Where its published claims no longer disagree, the page says just that."""
    members = PublicConflictMember.objects.filter(conflict=OuterRef("pk"))
    found = get_object_or_404(PublicConflict.objects.filter(Exists(members)), number=number)
    disputes = disputes_of([found], timezone.now())
    if not disputes or found.status not in LIVE:
        return render(request, "claims/lapsed.html", {"conflict": found})
    return render(request, "claims/conflict.html", {"dispute": disputes[0]})
