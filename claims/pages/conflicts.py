"""Conflicts as the public sees them: both sides, next to each other."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims.models import PublicConflict, PublicConflictMember
from claims.pages.disputes import disputes_of
from claims.pages.parameters import page_of, refusals_as_pages
from claims.pages.past import moment_of, takes_known_at
from claims.pages.presenters import reader_at
from claims.readings.lines import line_of, other_basis_line
from claims.readings.other_bases import read_bases_apart


@require_safe
@takes_known_at()
@refusals_as_pages
def conflicts(request: HttpRequest) -> HttpResponse:
    """The conflicts between published claims, the latest first."""
    reader = reader_at(moment_of(request))
    page = page_of(PublicConflict.objects.live(reader.at), request, key="number")
    disputes = disputes_of([row.pk for row in page.rows], reader)
    return render(
        request,
        "claims/conflicts.html",
        {"disputes": disputes, "next_after": page.next_after},
    )


@require_safe
@takes_known_at()
def conflict(request: HttpRequest, number: int) -> HttpResponse:
    """One conflict, also when it is over since a party was retracted or taken off.

    Where its published claims no longer disagree for another reason, the page says just that.
    """
    reader = reader_at(moment_of(request))
    members = PublicConflictMember.objects.filter(conflict=OuterRef("pk"))
    found = get_object_or_404(PublicConflict.objects.filter(Exists(members)), number=number)
    disputes = disputes_of([found.pk], reader, with_quotes=True)
    if not disputes:
        return render(request, "claims/lapsed.html", {"conflict": found})
    apart = read_bases_apart(disputes[0].question.parties, reader)
    return render(
        request,
        "claims/conflict.html",
        {
            "dispute": disputes[0],
            "other_bases": [(other, other_basis_line(line_of(other))) for other in apart],
        },
    )
