"""The sources that readers may know, by who published them."""

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from claims.pages.parameters import page_of, refusals_as_pages, search_words
from claims.pages.past import moment_of, takes_known_at
from claims.pages.presenters import citation_of, reader_at
from sources.models import Publisher, Source
from sources.querysets.sources import SourceQuerySet
from sources.readings.sources import source_of

PER_PAGE = 50


@require_safe
@takes_known_at()
@refusals_as_pages
def sources(request: HttpRequest) -> HttpResponse:
    """The publishers of public sources, or the sources of the one that the address names."""
    reader = reader_at(moment_of(request))
    public = Source.objects.readable_by(None, reader.at)
    if "publisher" not in request.GET:
        of_it = public.filter(publisher=OuterRef("pk"))
        context = {
            "publishers": Publisher.objects.filter(Exists(of_it)).order_by("name", "pk"),
            "has_others": public.filter(publisher=None).exists(),
        }
        return render(request, "claims/publishers.html", context)
    name = search_words(request, "publisher")
    asked = public.filter(publisher__name=name) if name else public.filter(publisher=None)
    page = page_of(asked.select_related("publisher"), request, key="pk", size=PER_PAGE)
    if not page.rows and "after" not in request.GET:
        return _renamed_publisher(request, name, public)
    return render(
        request,
        "claims/publisher.html",
        {
            "name": name,
            "citations": [citation_of(source_of(row, reader)) for row in page.rows],
            "next_after": page.next_after,
        },
    )


def _renamed_publisher(request: HttpRequest, name: str, public: SourceQuerySet) -> HttpResponse:
    """Lead on from a name that a publisher had, by which a public record still names it."""
    survivor = Publisher.objects.named([name]).get(name)
    if survivor is None or not public.filter(publisher=survivor, csl__publisher=name).exists():
        raise Http404
    query = request.GET.copy()
    query["publisher"] = survivor.name
    return redirect(f"{request.path}?{query.urlencode()}")
