"""All claims that a reader may see as one file, by the filters of the list of claims."""

from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request

from claims.api.claims import ClaimViewSet, listed
from claims.exports.batches import row_batches
from claims.exports.export_slots import RETRY_AFTER, SLOTS, ExportsBusy, ExportSlot
from claims.exports.flat_rows import FlatRow
from claims.exports.formats import FORMATS
from claims.querysets.versions import VersionQuerySet
from sources.api.parameters import ParameterRefused, check_parameters
from sources.api.visit import Visit
from sources.querysets.snapshots import one_snapshot

View = Callable[..., HttpResponseBase]


class AsAddressEnds(DefaultContentNegotiation):
    """The ending of the address chooses the form, so that a plain link can."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """The renderer of problems; a file is sent as it is."""
        return renderers[0], renderers[0].media_type


def _documented(name: str, summary: str) -> Callable[[View], View]:
    """Put an export with its media type and the filters of claims into the schema of the API."""
    form = FORMATS[name]
    shape = OpenApiTypes.STR if form.is_text else OpenApiTypes.BINARY
    documented: Callable[[View], View] = extend_schema(
        operation_id=f"export_claims_{name.replace('.', '_').replace('-', '_')}",
        summary=summary,
        filters=True,
        responses={(200, form.media_type): shape},
    )
    return documented


class ClaimExportViewSet(ClaimViewSet):
    """Claims as one file, the first reference first, in flat columns.

    Any filter of the list of claims is taken. The rows are sent as they are read, all as at one
    moment: what is written meanwhile is in the next export. The columns are explained in the data
    dictionary.
    """

    content_negotiation_class = AsAddressEnds
    throttle_scope = "exports"

    def known_parameters(self) -> list[str]:
        """The filters of the list: a file has no pages."""
        return list(self.filters)

    def versions(self) -> VersionQuerySet:
        """The versions that the reader may see, as far as they are asked for."""
        found = self.filter_queryset(self.get_queryset())
        asked_for: VersionQuerySet = listed(found, self.request.query_params)[0]
        return asked_for

    @_documented("csv", "Claims as CSV.")
    def csv(self, request: Request) -> HttpResponseBase:
        """Claims as CSV for programs: RFC 4180 in UTF-8, every value as it is."""
        return self.file("csv", request)

    @_documented("for-spreadsheets.csv", "Claims as CSV for spreadsheets.")
    def spreadsheet_csv(self, request: Request) -> HttpResponseBase:
        """Claims as CSV for spreadsheets: a text that looks like a formula begins with “'”."""
        return self.file("for-spreadsheets.csv", request)

    @_documented("ndjson", "Claims as NDJSON.")
    def ndjson(self, request: Request) -> HttpResponseBase:
        """Claims as NDJSON, one object a line."""
        return self.file("ndjson", request)

    @_documented("parquet", "Claims as Parquet.")
    def parquet(self, request: Request) -> HttpResponseBase:
        """Claims as Parquet, each column with its type."""
        return self.file("parquet", request)

    @_documented("xlsx", "Claims as a workbook.")
    def xlsx(self, request: Request) -> HttpResponseBase:
        """Claims as a workbook of one sheet, of at most 1,048,575 claims."""
        return self.file("xlsx", request)

    def batches(self, versions: VersionQuerySet) -> Iterator[list[FlatRow]]:
        """The rows, read when the request has been answered: again in the time that it is of."""
        with one_snapshot(), self.visit.in_its_time():
            yield from row_batches(versions, self.visit.asking, self.visit.site)

    def file(self, name: str, request: Request) -> HttpResponseBase:
        """The file in a format; its rows are read while it is sent."""
        form, versions = FORMATS[name], self.versions()
        form.require_room(versions)
        chunks = form.encoded(self.batches(versions))
        return StreamingHttpResponse(
            () if request.method == "HEAD" else ChunksInTurn(chunks),
            headers={
                "Content-Type": form.content_type,
                "Content-Disposition": f'attachment; filename="{form.file_name}"',
            },
        )


class ExportUnavailable(APIException):
    """As many exports as there can be at once are being sent. `wait`: seconds to come back in."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    wait = RETRY_AFTER

    def __init__(self) -> None:
        words = {"slots": SLOTS, "seconds": RETRY_AFTER}
        super().__init__(
            _(
                "%(slots)d exports are being made at the moment, and there can be no more at once. "
                "Try again in %(seconds)d seconds."
            )
            % words,
            "busy",
        )


def export_turn() -> ExportSlot:
    """A turn at exports, to be closed. Raises ExportUnavailable."""
    try:
        return ExportSlot()
    except ExportsBusy as busy:
        raise ExportUnavailable from busy


class ChunksInTurn:
    """The chunks of a file in a turn, which ends when the web server closes the answer.

    Raises ExportUnavailable at once, so that nothing is sent before.
    """

    def __init__(self, chunks: Generator[bytes]) -> None:
        self._turn = export_turn()
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks

    def close(self) -> None:
        """Read no more rows, and end the turn."""
        try:
            self._chunks.close()
        finally:
            self._turn.close()


# How each format is called; the methods of the view set by the names of formats.
EXPORTS: dict[str, Any] = {
    name: ClaimExportViewSet.as_view({"get": method})
    for name, method in (
        ("csv", "csv"),
        ("for-spreadsheets.csv", "spreadsheet_csv"),
        ("ndjson", "ndjson"),
        ("parquet", "parquet"),
        ("xlsx", "xlsx"),
    )
}


def versions_asked_for(query: str, account: Any, at: datetime) -> VersionQuerySet:
    """The versions that an account (None: the public) finds by a query string of this API.

    Raises ParameterRefused, as the API does.
    """
    sent = HttpRequest()
    sent.method, sent.GET, sent.META["QUERY_STRING"] = "GET", QueryDict(query), query
    request = Request(sent)
    view = ClaimExportViewSet()
    view.request, view.action = request, "csv"
    check_parameters(request, view.known_parameters(), repeated=view.repeated_parameters())
    view.visit = Visit(account or AnonymousUser(), at, root="", site="")
    try:
        return view.versions()
    except ValidationError as error:
        details: Any = error.detail
        name, (first, *_others) = next(iter(details.items()))
        raise ParameterRefused(first.code, name, str(first)) from error
