"""Conflicts as the public sees them: both sides, next to each other."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.models import PublicConflict, PublicConflictMember
from claims.pages.disputes import disputes_of
from claims.pages.parameters import page_of, refusals_as_pages
from claims.pages.presenters import EVERYBODY, PUBLIC
from claims.readings.other_bases import on_another_basis, on_bases_apart, other_basis_text


@require_safe
@refusals_as_pages
def conflicts(request: HttpRequest) -> HttpResponse:
    """The conflicts between published claims, the latest first."""
    now = timezone.now()
    page = page_of(PublicConflict.objects.live(now), request, key="number")
    return render(
        request,
        "claims/conflicts.html",
        {"disputes": disputes_of(page.rows, now), "next_after": page.next_after},
    )


@require_safe
def conflict(request: HttpRequest, number: int) -> HttpResponse:
    """One conflict, also when it is over since a party was retracted or taken off.

    Where its published claims no longer disagree for another reason, the page says just that.
    """
    now = timezone.now()
    members = PublicConflictMember.objects.filter(conflict=OuterRef("pk"))
    found = get_object_or_404(PublicConflict.objects.filter(Exists(members)), number=number)
    disputes = disputes_of([found], now)
    if not disputes:
        return render(request, "claims/lapsed.html", {"conflict": found})
    parties = disputes[0].parties
    apart = on_bases_apart(
        parties, on_another_basis(parties, reader=PUBLIC, at=now, is_public=True)
    )
    return render(
        request,
        "claims/conflict.html",
        {
            "dispute": disputes[0],
            "other_bases": [(other, other_basis_text(other, to=EVERYBODY)) for other in apart],
        },
    )
