"""How to cite a claim: its version and its original sources in the styles that are asked most."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from claims.factsheets.citations import citations, claim_record
from claims.factsheets.render import RenderFailed
from claims.factsheets.sheet import cited_key
from claims.models import Version
from claims.pages.parameters import PageRefused, refusal_page, refusals_as_pages, search_words
from claims.pages.presenters import PUBLIC, line_view, reader_at
from claims.readings.claims import ClaimReading, read_claims
from claims.vocabulary import Stance
from sources.domain.bibliography.formats import FileRefused, Format
from sources.domain.refusals import quoted
from sources.extraction.bibliography_files import write_bibliography
from sources.readings.citing import CitedRecord, cited_records, descriptor_record

BIBTEX = "bibtex"
STYLES = {
    "apa": gettext_lazy("APA"),
    "chicago-notes-bibliography": gettext_lazy("Chicago"),
    "modern-language-association": gettext_lazy("MLA"),
    "harvard-cite-them-right": gettext_lazy("Harvard"),
    BIBTEX: gettext_lazy("BibTeX"),
}


@require_safe
@refusals_as_pages
def cite_claim(request: HttpRequest, number: int, of: int) -> HttpResponse:
    """A version that readers see or saw, and its sources, in one style; pandoc runs for this."""
    style = search_words(request, "style") or "apa"
    if style not in STYLES:
        words = {"style": quoted(style), "styles": ", ".join(STYLES)}
        raise PageRefused("style", _("%(style)s is no style here; use %(styles)s.") % words)
    reader = reader_at(timezone.now())
    asked = Version.objects.filter(claim=number, number=of)
    if not Version.objects.visible_to(PUBLIC, reader.at).filter(claim=number).exists():
        raise Http404
    found = list(asked.ever_published(reader.at).values_list("pk", flat=True))
    if not found:
        raise Http404
    (claim,) = read_claims(found, reader)
    address = request.build_absolute_uri(reverse("claims:version", args=[number, of]))
    record = claim_record(claim, address, installation=settings.INSTALLATION_NAME)
    sources = {key: one.csl for key, one in records_cited_by(claim).items()}
    context = {"claim": claim, "line": line_view(claim), "styles": STYLES, "style": style}
    try:
        if style == BIBTEX:
            records = [{**record, "id": f"{claim.ref}v{claim.number}"}]
            records += [{**csl, "id": key} for key, csl in sources.items()]
            context["bibtex"] = write_bibliography(records, Format.BIBTEX)
        else:
            context["entries"] = citations(record, sources, style=style)
    except (RenderFailed, FileRefused) as error:
        return refusal_page(request, str(error))
    return render(request, "claims/cite.html", context)


def records_cited_by(claim: ClaimReading) -> dict[str, CitedRecord]:
    """The records of the sources that bear it out or refute it, as its reader may know them."""
    sources = {
        cited_key(piece.quote.source): piece.quote.source
        for piece in claim.evidence
        if piece.stance != Stance.CONTEXT
    }
    known = cited_records(sources.values())
    return {
        key: known[key] if key in known else descriptor_record(source)
        for key, source in sources.items()
    }
