"""The first page: the search, and what there is."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.domain.typed_references import ReferenceKind, TypedReference, read_reference
from claims.pages.parameters import (
    PER_PAGE,
    PageRefused,
    page_of,
    refusals_as_pages,
    search_words,
)
from claims.pages.past import moment_of, takes_known_at
from claims.pages.presenters import line_view, lines_of, public_versions, reader_at
from claims.pages.topics import published_topics
from claims.readings.found import MAX_RANKED, found_claims, found_names, understood
from sources.domain.search.typed import SearchRefused, TypedSearch, read_search

MAX_TOPICS = 60

_PAGES = {
    ReferenceKind.CLAIM: "claims:claim",
    ReferenceKind.CONFLICT: "claims:conflict",
    ReferenceKind.EXTRACT: "claims:extract",
    ReferenceKind.QUOTE: "claims:short-excerpt",
}


@require_safe
@takes_known_at()
@refusals_as_pages
def search_page(request: HttpRequest) -> HttpResponse:
    """The latest claims, or those with the words by rank; a typed reference leads to its page."""
    now = moment_of(request)
    typed = search_words(request)
    if (reference := read_reference(typed)) is not None:
        return redirect(*_page_of(reference))
    context: dict[str, Any] = {"typed": typed, "is_first": "after" not in request.GET}
    try:
        search = read_search(typed) if typed else None
    except SearchRefused as refusal:
        context["refusal"] = refusal.message
        return render(request, "claims/search.html", context)
    if search is not None and context["is_first"]:
        return _ranked_page(request, search, context)
    versions = public_versions(now)
    if search is not None:
        versions = versions.found_by(search, None)
    page = page_of(versions, request, key="claim_id")
    context |= {
        "lines": lines_of(page.rows, reader_at(now)),
        "next_after": page.next_after,
        "topics": published_topics(now)[:MAX_TOPICS],
    }
    return render(request, "claims/search.html", context)


def _page_of(reference: TypedReference) -> tuple[Any, ...]:
    """The name of the page that a reference leads to, and what stands in its address."""
    if reference.version is not None:
        return "claims:version", reference.number, reference.version
    return _PAGES[reference.kind], reference.number


def _ranked_page(
    request: HttpRequest, search: TypedSearch, context: dict[str, Any]
) -> HttpResponse:
    """Claims by rank, each with where the words stand, and what else has the words."""
    reader = reader_at(moment_of(request))
    start = request.GET.get("start", "0")
    if not (start.isascii() and start.isdigit() and len(start) <= len(str(MAX_RANKED))):
        raise PageRefused(
            "place", _("The address names no place in the list. Begin at its first page.")
        )
    claims = found_claims(search, reader, start=int(start), size=PER_PAGE)
    is_at_end = claims.next_start is None
    has_none = start == "0" and not claims.claims
    context |= {
        "lines": [
            replace(line_view(found.claim), fragments=found.fragments) for found in claims.claims
        ],
        "understood": understood(search),
        "is_capped": claims.is_capped,
        "next_start": claims.next_start,
        "next_after": claims.unranked_after if is_at_end else None,
        "names": found_names(search, reader) if start == "0" else None,
        "conflicts": claims.conflicts,
        "topics": published_topics(reader.at)[:MAX_TOPICS] if has_none else (),
    }
    return render(request, "claims/search.html", context)
