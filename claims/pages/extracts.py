"""The pages of extracts, their files as frozen, and how to cite one."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.models import Extract
from claims.pages.parameters import page_of, refusal_page
from claims.pages.presenters import reader_at
from claims.readings.extracts import (
    ExtractReading,
    bytes_as_frozen,
    extract_record,
    read_extract,
    read_extracts,
)
from claims.vocabulary.extracts import ExtractFormat
from sources.domain.bibliography.formats import FileRefused, Format
from sources.extraction.bibliography_files import write_bibliography

# The formats in which an extract is cited, by the endings of the files.
CITATIONS = {"bib": Format.BIBTEX, "json": Format.CSL_JSON, "ris": Format.RIS}


@require_safe
def extracts(request: HttpRequest) -> HttpResponse:
    """All extracts, the latest first."""
    reader = reader_at(timezone.now())
    page = page_of(Extract.objects.made(reader.at).only("pk"), request, key="pk")
    shown = Extract.objects.filter(pk__in=[row.pk for row in page.rows])
    context = {
        "here": "extracts",
        "extracts": read_extracts(shown, reader),
        "next_after": page.next_after,
    }
    return render(request, "claims/extracts.html", context)


@require_safe
def extract(request: HttpRequest, number: int) -> HttpResponse:
    """An extract: what was asked and when, its files with their hashes, and how to cite it."""
    found = _extract(number)
    address = _short_address(request, found)
    context = {
        "here": "extracts",
        "extract": found,
        "query_address": f"{reverse('api:claims-list')}?{found.query}",
        "short_address": address,
        "citation": _citation(found, address),
        "citations": [(ending, form.label) for ending, form in CITATIONS.items()],
    }
    return render(request, "claims/extract.html", context)


@require_safe
def extract_file(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """The bytes of a file as frozen; of one that is not given, status 410 and why."""
    found = _extract(number)
    file = next(one for one in found.files if one.format == form)
    if not found.is_given:
        context = {"here": "extracts", "extract": found, "file": file}
        return render(request, "claims/extract_file_not_given.html", context, status=410)
    return HttpResponse(
        bytes_as_frozen(found.id, ExtractFormat(form)),
        content_type=file.format.media_type,
        headers={
            "ETag": f'"{file.sha256}"',
            "Last-Modified": http_date(found.made_at.timestamp()),
            "Content-Disposition": f'attachment; filename="{file.name}"',
        },
    )


@require_safe
def cite_extract(request: HttpRequest, number: int, ending: str) -> HttpResponse:
    """The record of an extract for reference managers."""
    found, form = _extract(number), CITATIONS[ending]
    record = extract_record(
        found, _short_address(request, found), installation=settings.INSTALLATION_NAME
    )
    try:
        text = write_bibliography([record], form)
    except FileRefused as refused:
        return refusal_page(request, refused.message)
    return HttpResponse(
        text,
        content_type=f"{form.media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{found.ref}.{ending}"'},
    )


def _extract(number: int) -> ExtractReading:
    """The extract of that number. Raises Http404."""
    found = read_extract(number, reader_at(timezone.now()))
    if found is None:
        raise Http404
    return found


def _short_address(request: HttpRequest, found: ExtractReading) -> str:
    return request.build_absolute_uri(reverse("claims:short-extract", args=[found.id]))


def _citation(found: ExtractReading, address: str) -> str:
    """How to cite it in a line."""
    words = {
        "installation": settings.INSTALLATION_NAME,
        "year": found.made_at.year,
        "title": found.title,
        "ref": found.ref,
        "at": f"{found.known_at:%Y-%m-%d %H:%M} UTC",
        "address": address,
    }
    return (
        _("%(installation)s (%(year)d). %(title)s (%(ref)s), as known at %(at)s. %(address)s")
        % words
    )
