"""The page of a source: its record, its text as far as the reader may, and what is quoted."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.pages.comparison import texts_of
from claims.pages.parameters import Page, page_of, refusals_as_pages
from claims.pages.passages import passages_of
from claims.pages.past import is_of_the_past, moment_of, takes_known_at
from claims.pages.presenters import citation_of
from claims.pages.reader import asked_number, current_text, reading_of
from sources.actions.permission import may
from sources.models import Extraction, Series, Source
from sources.querysets.readers import is_staff
from sources.readings.reader import Reader
from sources.readings.sources import source_of
from sources.vocabulary import ExtractionOutcome, OriginKind, Rights, Role


@require_safe
@takes_known_at(desk_reads=True)
@refusals_as_pages
def source(request: HttpRequest, key: str) -> HttpResponse:
    """The page of a source; the public has none of one that is not public.

    The desk reads the whole text of all sources that the account may read, the public that of
    sources whose rights allow it, and of others the quotes with a little around them.
    """
    reader = Reader(request.user if is_staff(request.user) else None, moment_of(request))
    sources = Source.objects.readable_by(reader.account, reader.at).select_related("publisher")
    found = get_object_or_404(sources, key=key)
    return source_page(request, found, reader)


def source_page(
    request: HttpRequest,
    found: Source,
    reader: Reader,
    *,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    """The page of a source that the reader may read."""
    context = {**record_of(found, reader), **extra}
    may_read = reader.is_staff or found.rights == Rights.WHOLE
    asked = asked_number(request, "text")
    layer = current_text(found, asked) if may_read else None
    if layer is not None:
        context["reading"] = reading_of(request, found, layer, reader)
    else:
        page = quotes_page(request, found, reader)
        context |= {
            "passages": passages_of(page.rows, reader),
            "next_after": page.next_after,
        }
    if reader.is_staff:
        context |= of_the_desk(found, reader, has_text=layer is not None)
        # Quotes are looked for in the first text, and in that of today.
        context["may_quote"] &= asked is None and not is_of_the_past(request)
    return render(request, "claims/source.html", context, status=status)


def record_of(found: Source, reader: Reader) -> dict[str, Any]:
    """The bibliographic record, as far as the reader may know of what is around it."""
    told = source_of(found, reader)
    origins = found.origin_ties.select_related("origin__publisher").order_by("pk")
    series = Series.objects.known_to(reader.account, reader.at).filter(members__source=found)
    return {
        "source": found,
        "citation": citation_of(told),
        "type": found.type.replace("-", " ").replace("_", " "),
        "standing": told.standing,
        "origins": [
            (OriginKind(tie.kind), citation_of(source_of(tie.origin, reader))) for tie in origins
        ],
        "series": series.order_by("title", "pk"),
        "captures": found.captures.order_by("-captured_at", "-pk")[:1],
    }


def quotes_page(request: HttpRequest, found: Source, reader: Reader) -> Page:
    """A page of the list of quotes; the one on which a quote stands, where the address names it."""
    quotes = found.excerpts.visible_to(reader.account, reader.at).with_withheld_at()
    asked = asked_number(request, "excerpt")
    if asked is not None and quotes.filter(pk=asked).exists():
        quotes = quotes.filter(pk__lte=asked)
    return page_of(quotes, request, key="pk")


def of_the_desk(found: Source, reader: Reader, *, has_text: bool) -> dict[str, Any]:
    """Return what only the desk sees: why there is no text, and where to go on."""
    extraction = None
    if not has_text:
        latest = Extraction.objects.filter(capture__source=found).order_by("-pk")
        extraction = latest.exclude(outcome=ExtractionOutcome.TEXT).first()
    return {
        "is_desk": True,
        "is_public": Source.objects.readable_by(None, reader.at).filter(pk=found.pk).exists(),
        "may_quote": may(reader.account, Role.CONTRIBUTOR),
        "no_text": extraction,
        "can_compare": has_text and len(texts_of(found)) > 1,
        "desk_url": reverse("admin:sources_source_change", args=[found.pk]),
    }
