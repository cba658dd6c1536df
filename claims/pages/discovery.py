"""Files for programs that visit the public pages: robots, site maps, the icon."""

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.models import PublicConflict
from claims.pages.presenters import public_versions
from claims.pages.topics import published_topics

# Claims by number in one site map, and addresses of other pages; 50,000 are allowed in one, and so
# many take a server a tenth of a second.
PER_MAP = 5_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PAGES = ("search", "topics", "entities", "sources", "conflicts", "about", "corrections")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """All public pages may be read by programs; the staff's are for nobody else."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        f"Sitemap: {request.build_absolute_uri(reverse('claims:sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of views
    """The icon, for programs that ask for it where it stood of old."""
    return HttpResponseRedirect(static("claims/mark.svg"))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the site maps: one of pages, and one for each five thousand claims."""
    last = public_versions(timezone.now()).aggregate(last=Max("claim_id"))["last"] or 0
    maps = [reverse("claims:sitemap-pages")]
    maps += [reverse("claims:sitemap-claims", args=[n]) for n in range(1, last // PER_MAP + 2)]
    return _xml(request, "sitemapindex", "sitemap", [(one, None) for one in maps])


@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """The pages that are not of single claims."""
    now = timezone.now()
    found = [reverse(f"claims:{name}") for name in _PAGES]
    found += [
        reverse("claims:topic", args=[key])
        for key in published_topics(now).values_list("key", flat=True)[:PER_MAP]
    ]
    numbers = PublicConflict.objects.live(now).order_by("-number").values_list("number", flat=True)
    found += [reverse("claims:conflict", args=[number]) for number in numbers[:PER_MAP]]
    return _xml(request, "urlset", "url", [(address, None) for address in found])


@require_safe
def sitemap_claims(request: HttpRequest, number: int) -> HttpResponse:
    """The pages of five thousand numbers of claims, each with when its version was published."""
    numbers = ((number - 1) * PER_MAP, number * PER_MAP)
    versions = public_versions(timezone.now())
    found = versions.filter(claim_id__gte=numbers[0], claim_id__lt=numbers[1])
    rows = list(found.order_by("claim_id").values_list("claim_id", "published__startswith"))
    if not rows and number > 1:
        raise Http404
    # The address of one is looked up, those of all others are like it.
    before, after = reverse("claims:claim", args=[1]).rsplit("1", 1)
    addresses = [(f"{before}{claim}{after}", begin) for claim, begin in rows]
    return _xml(request, "urlset", "url", addresses)


def _xml(
    request: HttpRequest, root: str, entry: str, found: Iterable[tuple[str, datetime | None]]
) -> HttpResponse:
    """A site map of these addresses and the times at which they changed, where these are known."""
    root_address = request.build_absolute_uri("/").rstrip("/")
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_NAMESPACE}">']
    for address, at in found:
        changed = f"<lastmod>{at.isoformat()}</lastmod>" if at else ""
        where = escape(f"{root_address}{address}")
        lines.append(f"<{entry}><loc>{where}</loc>{changed}</{entry}>")
    lines.append(f"</{root}>\n")
    return HttpResponse("\n".join(lines), content_type="application/xml; charset=utf-8")
