"""The first page: the search, and what there is."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from claims.pages.parameters import page_of, refusals_as_pages, search_words
from claims.pages.past import moment_of, takes_known_at
from claims.pages.presenters import lines_of, public_versions, reader_at
from claims.pages.topics import published_topics
from sources.domain.search.typed import read_search

_REFERENCE = re.compile(
    r"(?:C(?P<claim>[1-9][0-9]{0,17})(?:/v(?P<version>[1-9][0-9]{0,8}))?"
    r"|K(?P<conflict>[1-9][0-9]{0,17}))",
    re.IGNORECASE,
)


@require_safe
@takes_known_at()
@refusals_as_pages
def search_page(request: HttpRequest) -> HttpResponse:
    """Published claims with these words, the latest first; a typed reference leads to its page."""
    now = moment_of(request)
    typed = search_words(request)
    if match := _REFERENCE.fullmatch(typed):
        if match["conflict"]:
            return redirect("claims:conflict", int(match["conflict"]))
        if match["version"]:
            return redirect("claims:version", int(match["claim"]), int(match["version"]))
        return redirect("claims:claim", int(match["claim"]))
    versions = public_versions(now)
    if typed:
        versions = versions.found_by(read_search(typed), None)
    page = page_of(versions, request, key="claim_id")
    return render(
        request,
        "claims/search.html",
        {
            "typed": typed,
            "lines": lines_of(page.rows, reader_at(now)),
            "next_after": page.next_after,
            "is_first": "after" not in request.GET,
            "topics": published_topics(now)[:60],
        },
    )
