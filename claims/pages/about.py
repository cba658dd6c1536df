"""The pages about the house: how it works, and corrections."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.models import Edition, EditionWithdrawal, Erratum, Version
from claims.pages.parameters import page_of, refusals_as_pages
from claims.pages.presenters import citation_of, lines_of, public_versions, reader_at
from claims.vocabulary import ConflictStatus, Mode, NoticeCode, Reconciliation
from sources.models import Source
from sources.readings.reader import Reader
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


@dataclass(frozen=True)
class CorrectedEdition:
    """An erratum to an edition, or that it was withdrawn and why."""

    key: str
    number: int
    title: str
    words: str
    at: datetime
    is_withdrawn: bool


def corrected_editions(reader: Reader) -> list[CorrectedEdition]:
    """The latest errata and withdrawals of editions, the latest first; at most MAX_LISTED."""
    issued = Edition.objects.issued(reader.at)
    columns = ("edition__fact_sheet__key", "edition__number", "edition__content")
    errata = Erratum.objects.filter(edition__in=issued).order_by("-added_at", "-pk")
    withdrawals = EditionWithdrawal.objects.filter(edition__in=issued)
    rows = [
        *((*row, False) for row in errata.values_list(*columns, "words", "added_at")[:MAX_LISTED]),
        *(
            (*row, True)
            for row in withdrawals.order_by("-withdrawn_at", "-pk").values_list(
                *columns, "reason", "withdrawn_at"
            )[:MAX_LISTED]
        ),
    ]
    found = [
        CorrectedEdition(
            key,
            number,
            content.get("title") or key,
            words or _("Words withheld."),
            at,
            is_withdrawn,
        )
        for key, number, content, words, at, is_withdrawn in rows
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)[:MAX_LISTED]


@require_safe
@refusals_as_pages
def corrections(request: HttpRequest) -> HttpResponse:
    """Claims taken back or taken off, editions corrected or withdrawn, and public sources that no
    longer stand as published.

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
            "errata": corrected_editions(reader),
            "sources": [
                citation_of(source_of(row, reader))
                for row in changed.select_related("publisher").order_by("-standing_on", "-pk")[
                    :MAX_LISTED
                ]
            ],
        },
    )
