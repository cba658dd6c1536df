"""Short addresses, which are printed, and references in small letters: each leads to its page."""

from django.db.models import Q
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.models import Version
from sources.models import Excerpt
from sources.vocabulary import Access


@require_safe
def to_claim(request: HttpRequest, number: str) -> HttpResponse:
    """To a claim, from /C17, /c17 and /claims/c17/."""
    return _moved(request, reverse("claims:claim", args=[int(number)]))


@require_safe
def to_version(request: HttpRequest, number: str, of: str) -> HttpResponse:
    """To a version of a claim, from /C17/v2 and /claims/c17/v2/."""
    return _moved(request, reverse("claims:version", args=[int(number), int(of)]))


@require_safe
def to_conflict(request: HttpRequest, number: str) -> HttpResponse:
    """To a conflict, from /K5, /k5 and /conflicts/k5/."""
    return _moved(request, reverse("claims:conflict", args=[int(number)]))


@require_safe
def to_extract(request: HttpRequest, number: str) -> HttpResponse:
    """To an extract, from /X12, /x12 and /extracts/x12/."""
    return _moved(request, reverse("claims:extract", args=[int(number)]))


@require_safe
def to_edition(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """To an edition of a fact sheet, from /f/KEY/3."""
    return _moved(request, reverse("claims:edition", args=[key, int(number)]))


@require_safe
def to_newest_edition(request: HttpRequest, key: str) -> HttpResponse:
    """To the newest edition of a fact sheet, from /f/KEY."""
    return _moved(request, reverse("claims:newest-edition", args=[key]))


@require_safe
def to_words(request: HttpRequest, number: str) -> HttpResponse:  # noqa: ARG001 - as views are
    """To the words of an excerpt, from /q/17: on the page of its source.

    Words that only an earlier version of a claim quotes are on the page of that version. Raises
    Http404 for what the public does not read.
    """
    pk, at = int(number), timezone.now()
    quoted = Excerpt.objects.visible_to(None, at).select_related("source").filter(pk=pk).first()
    if quoted is not None:
        address = reverse("claims:source", args=[quoted.source.key])
        return HttpResponseRedirect(f"{address}?excerpt={pk}#x{pk}")
    quotes = Q(evidence__excerpt=pk, evidence__excerpt__source__access=Access.PUBLIC)
    earlier = Version.objects.ever_published(at).filter(quotes).order_by("-pk")
    found = earlier.values_list("claim", "number").first()
    if found is None:
        raise Http404
    return HttpResponseRedirect(reverse("claims:version", args=found))


def _moved(request: HttpRequest, address: str) -> HttpResponse:
    """The redirection for good to the address of a page, with the parameters of the request."""
    sent = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{sent}" if sent else address)
