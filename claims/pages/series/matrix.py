"""The page of a series: what its documents say of each topic, and what is published about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.models import DictionaryVersion, Entity
from claims.pages.parameters import page_of, refusals_as_pages
from claims.pages.presenters import citation_of, lines_of, public_versions, reader_at
from claims.pages.series.asking import series_and_reader
from claims.pages.series.cells import has_claims, heads_of, how_to_read, table_rows
from claims.pages.series.files import as_csv, as_xlsx
from claims.pages.series.picture import as_svg
from claims.readings.series_cells import MatrixColumn, MatrixReading
from claims.readings.series_matrix import read_matrix
from sources.actions.permission import may
from sources.models import Series, Source
from sources.readings.reader import Reader
from sources.readings.sources import source_of
from sources.vocabulary import Role

# With more documents than these, a matrix is printed as a list: a page has no room for the columns.
MOST_ON_PAPER = 12


@dataclass(frozen=True)
class FileKind:
    """A file of a matrix: how its address ends, what links call it, its media type and bytes."""

    suffix: str
    label: str
    media_type: str
    made_by: Any


FILES = {
    one.suffix: one
    for one in (
        FileKind("csv", "CSV", "text/csv; charset=utf-8", as_csv),
        FileKind(
            "xlsx",
            "XLSX",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            as_xlsx,
        ),
        FileKind("svg", "SVG", "image/svg+xml; charset=utf-8", as_svg),
    )
}
# JSON is the answer of the API, at an address beside the other files.
JSON = ("json", "JSON")


@dataclass(frozen=True)
class WithoutText:
    """A document of which there is no text; `url` leads the desk to where one is captured."""

    label: str
    url: str


@require_safe
@refusals_as_pages
def series(request: HttpRequest, key: str) -> HttpResponse:
    """The matrix of a series, its documents in order, and the published claims about it and them.

    The desk reads of all documents that the account may know. The public reads of those on which
    something public rests; of a confidential one stands its descriptor.
    """
    found, reader = series_and_reader(request, key)
    return _page(request, found, reader, read_matrix(found, reader=reader), number=None)


@require_safe
@refusals_as_pages
def matrix(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The page of a series with the counts of one version of its dictionary."""
    found, reader = series_and_reader(request, key)
    return _page(request, found, reader, _matrix_of(found, number, reader), number=number)


@require_safe
def matrix_file(request: HttpRequest, key: str, number: int, suffix: str) -> HttpResponse:
    """The matrix of one version of the dictionary as a file: CSV, XLSX or SVG."""
    found, reader = series_and_reader(request, key)
    kind = FILES.get(suffix)
    if kind is None:
        raise Http404
    reading = _matrix_of(found, number, reader)
    site = f"{request.scheme}://{request.get_host()}"
    shown = "inline" if suffix == "svg" else "attachment"
    return HttpResponse(
        kind.made_by(reading, site),
        content_type=kind.media_type,
        headers={"Content-Disposition": f'{shown}; filename="{found.key}.{number}.{suffix}"'},
    )


def _matrix_of(found: Series, number: int, reader: Reader) -> MatrixReading:
    """The matrix of a version of the dictionary. Raises Http404 where there is no such version."""
    if not DictionaryVersion.objects.filter(series=found, number=number).exists():
        raise Http404
    return read_matrix(found, reader=reader, number=number)


def _page(
    request: HttpRequest,
    found: Series,
    reader: Reader,
    reading: MatrixReading,
    *,
    number: int | None,
) -> HttpResponse:
    members = list(found.members.select_related("source__publisher").order_by("position"))
    ids = [member.source_id for member in members]
    readable = Source.objects.readable_ids(ids, reader.account, reader.at)
    documents = [
        citation_of(source_of(member.source, reader))
        for member in members
        if member.source_id in readable or member.source.is_confidential
    ]
    public = reader_at(reader.at)
    in_public = readable
    if reader.is_staff:
        in_public = Source.objects.readable_ids(ids, None, reader.at)
    subjects = Entity.objects.filter(Q(series=found) | Q(source__in=in_public))
    versions = public_versions(reader.at).filter(subject__in=subjects)
    page = page_of(versions, request, key="claim_id")
    return render(
        request,
        "claims/series.html",
        {
            "series": found,
            "is_desk": reader.is_staff,
            "documents": documents,
            "lines": lines_of(page.rows, public),
            "next_after": page.next_after,
            **_table(found, reader, reading, number),
        },
    )


def _table(
    found: Series, reader: Reader, reading: MatrixReading, number: int | None
) -> dict[str, Any]:
    """The context of the table; of a series without a dictionary, where to make one."""
    may_edit = reader.is_staff and may(reader.account, Role.EDITOR)
    at_desk = reverse("dictionary:edit", args=[found.key]) if may_edit else ""
    context: dict[str, Any] = {"dictionary_desk": at_desk}
    context["without_text"] = _without_text(reading.columns, reader)
    if not reading.dictionary:
        return context
    named = reading.dictionary_number
    newest = named
    if number is not None:
        newest = DictionaryVersion.objects.filter(series=found).aggregate(newest=Max("number"))[
            "newest"
        ]
    return {
        **context,
        "matrix": reading,
        "heads": heads_of(reading),
        "rows": table_rows(reading),
        "how": how_to_read(reading),
        "tells_claims": has_claims(reading),
        "is_many": len(reading.columns) > MOST_ON_PAPER,
        "newest": newest,
        "permanent_url": reverse("claims:matrix", args=[found.key, named]),
        "files": [
            *[
                (kind.label, reverse("claims:matrix-file", args=[found.key, named, kind.suffix]))
                for kind in FILES.values()
            ],
            (JSON[1], reverse("claims:matrix-json", args=[found.key, named])),
        ],
    }


def capture_urls(columns: Iterable[MatrixColumn]) -> dict[str, str]:
    """Where the desk captures a text of the documents, by the key of their sources; one query."""
    keys = [column.source.key for column in columns if column.source.is_known]
    found = Source.objects.filter(key__in=keys).values_list("key", "pk") if keys else ()
    return {key: reverse("admin:sources_source_change", args=[pk]) for key, pk in found}


def _without_text(columns: Sequence[MatrixColumn], reader: Reader) -> list[WithoutText]:
    """The documents without a text; the desk is led to where one is captured."""
    found = [column for column in columns if column.layer is None]
    urls = capture_urls(found) if reader.is_staff else {}
    return [WithoutText(column.label, urls.get(column.source.key, "")) for column in found]
