"""The pages about the house: how it works, and corrections."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.models import Version
from claims.pages.parameters import page_of, refusals_as_pages
from claims.pages.presenters import citation_of, lines_of, public_versions, reader_at
from claims.vocabulary import ConflictStatus, Mode, NoticeCode, Reconciliation
from sources.models import Source
from sources.readings.sources import source_of
from sources.vocabulary import Grade, Standing

# What only the staff is told of.
_FOR_STAFF = (NoticeCode.UNREVIEWED, NoticeCode.FLAGGED, NoticeCode.TAKEN_OFF)
# How many of the latest stand on the page of corrections, besides the retracted claims.
MAX_LISTED = 100


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """How it is done here, and the legend of all words for states, from the vocabularies."""
    legends = {
        "grades": list(Grade),
        "modes": list(Mode),
        "notices": [
            code for code in NoticeCode if code not in _FOR_STAFF and not code.is_of_source
        ],
        "standings": list(Standing),
        "statuses": [status for status in ConflictStatus if status.is_live],
        "reconciliations": list(Reconciliation),
    }
    return render(request, "claims/about.html", legends)


@require_safe
@refusals_as_pages
def corrections(request: HttpRequest) -> HttpResponse:
    """Claims taken back or taken off, and public sources that no longer stand as published.

    Of what was taken off stands its reference alone.
    """
    reader = reader_at(timezone.now())
    retracted = public_versions(reader.at).filter(claim__retracted_at__isnull=False)
    page = page_of(retracted, request, key="claim_id")
    gone = Version.objects.begun(reader.at).filter(taken_off_at__isnull=False)
    changed = Source.objects.readable_by(None, reader.at).exclude(standing=Standing.CURRENT)
    return render(
        request,
        "claims/corrections.html",
        {
            "lines": lines_of(page.rows, reader),
            "next_after": page.next_after,
            "taken_off": [
                f"C{claim}/v{number}"
                for claim, number in gone.order_by("-claim_id", "-number").values_list(
                    "claim_id", "number"
                )[:MAX_LISTED]
            ],
            "sources": [
                citation_of(source_of(row, reader))
                for row in changed.select_related("publisher").order_by("-standing_on", "-pk")[
                    :MAX_LISTED
                ]
            ],
        },
    )
