"""Captures by number, and keeping new ones."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, TypedDict

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from sources.actions.captures.fetches import capture_from
from sources.actions.captures.uploads import capture_file, read_file
from sources.api.parameters import ParameterRefused, check_fields
from sources.api.serializers import SourceRefShape, present_source_ref
from sources.api.views import ListAndDetailViewSet
from sources.api.visit import Visit
from sources.domain.refusals import quoted
from sources.domain.text.completeness import stored_completeness
from sources.models import Capture, Source, Withholding
from sources.querysets.readers import is_staff
from sources.readings.capture_notices import capture_notices
from sources.readings.source_filters import CAPTURE_FILTERS
from sources.readings.sources import source_of
from sources.vocabulary import ExtractionOutcome

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}")

# What a capture may be sent with; `address` may come several times.
FIELDS = ("file", "source", "fetched_from", "archive_url", "address", "url")


class CompletenessShape(TypedDict):
    """An independent count of the words of a file against its text."""

    counted: Annotated[int, "Words of the body of the file."]
    kept: Annotated[int, "How many of them are in the text."]
    aside: Annotated[int, "Words of navigation, heads and feet of pages, which are not counted."]
    missing: Annotated[list[str], "Some pieces of the file that are not in the text, cut short."]


class CaptureShape(TypedDict):
    """One act of fixing the bytes of a source. The bytes themselves are for the desk."""

    id: int
    url: Annotated[str, "The address of the capture in this API."]
    source: SourceRefShape
    sha256: Annotated[str, "Of the bytes, in hex."]
    size: Annotated[int, "In bytes."]
    media_type: Annotated[str, "As the bytes tell, else as it came; empty where it is not known."]
    captured_at: Annotated[datetime, "When the bytes were fixed: upload, fetch, or archive."]
    fetched_from: Annotated[str, "The address that was asked; empty for a file."]
    archive_url: Annotated[str, "Where a public archive has a copy; empty where none is known."]
    has_text: Annotated[bool, "Whether quotes can be located in it."]
    page_count: Annotated[int | None, "Pages of the text; null without one."]
    first_page_number: Annotated[int | None, "What is printed on the first page, once it was set."]
    withheld_on: Annotated[
        date | None, "The day on which the bytes were withheld; null where they are kept."
    ]
    kept_at: Annotated[
        datetime | None, "For the desk: when a record of an archive was taken from it."
    ]
    captured_by: Annotated[str | None, "For the desk: who kept it."]
    file_name: Annotated[str | None, "For the desk: the name it came under."]
    response: Annotated[dict[str, Any] | None, "For the desk: what the server answered."]
    outcome: Annotated[ExtractionOutcome | None, "For the desk: how extracting the text ended."]
    message: Annotated[str | None, "For the desk: why there is no text."]
    completeness: Annotated[
        CompletenessShape | None,
        "For the desk: how many words of the file are in the text; null where it was not counted.",
    ]
    notices: Annotated[
        list[str] | None, "For the desk: what to mind in the text, as sentences; often empty."
    ]


class KeptShape(TypedDict):
    """The stored captures: one, or one for each record of an archive, the earliest first."""

    results: list[CaptureShape]


def present_capture(capture: Any, visit: Visit) -> CaptureShape:
    """A row of `with_text`, for the desk one of `with_notices`; its source the reader may know."""
    desk = visit.is_staff
    withheld_at = Withholding.objects.bytes_withheld_at(capture)
    is_told = desk and withheld_at is None  # a message can name the file
    outcome = ExtractionOutcome(capture.outcome) if is_told and capture.outcome else None
    return {
        "id": capture.pk,
        "url": f"{visit.root}captures/{capture.pk}/",
        "source": present_source_ref(source_of(capture.source, visit.asking), visit),
        "sha256": capture.blob.sha256,
        "size": capture.blob.size,
        "media_type": capture.kind,
        "captured_at": capture.captured_at,
        "fetched_from": capture.fetched_from,
        "archive_url": capture.archive_url,
        "has_text": capture.has_text,
        "page_count": capture.page_count,
        "first_page_number": capture.page_label_offset,
        "withheld_on": withheld_at.date() if withheld_at else None,
        "kept_at": capture.kept_at if desk else None,
        "captured_by": str(capture.captured_by) if desk else None,
        "file_name": capture.file_name if desk else None,
        "response": capture.response if desk else None,
        "outcome": outcome,
        "message": capture.message if is_told else None,
        "completeness": _present_completeness(capture) if is_told else None,
        "notices": capture_notices(capture) if is_told else None,
    }


def _present_completeness(capture: Any) -> CompletenessShape | None:
    completeness = stored_completeness(capture.completeness)
    if completeness is None:
        return None
    return {
        "counted": completeness.counted,
        "kept": completeness.kept,
        "aside": completeness.aside,
        "missing": list(completeness.missing),
    }


class DeskWrites(BasePermission):
    """Everybody reads what there is for them; the desk alone sends anything."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the request may go on."""
        return request.method in SAFE_METHODS or is_staff(request.user)


class CaptureViewSet(ListAndDetailViewSet):
    """Files of sources as they were fixed, the latest first.

    Captures of confidential sources are left out for readers who may not know these. The desk
    keeps new ones with a POST of `multipart/form-data`.
    """

    http_method_names = ["get", "head", "post"]
    parser_classes = [MultiPartParser]
    permission_classes = [DeskWrites]
    present = present_capture
    filters = CAPTURE_FILTERS
    queryset = Capture.objects.none()
    keyset = "-id"
    lookup_field = "id"
    lookup_value_regex = "[1-9][0-9]{0,17}"
    made = KeptShape
    sent: ClassVar[dict[str, Any]] = {
        "type": "object",
        "description": "A file, or the `url` of one to fetch; never both.",
        "required": ["source"],
        "additionalProperties": False,
        "properties": {
            "source": {"type": "string", "description": "The key of the source."},
            "file": {
                "type": "string",
                "format": "binary",
                "description": "At most 50 MB. Of a web archive (WARC, WACZ), the records of the "
                "source's own address are kept.",
            },
            "fetched_from": {"type": "string", "description": "Where the file came from."},
            "archive_url": {"type": "string", "description": "Where an archive has a copy."},
            "address": {
                "type": "array",
                "items": {"type": "string"},
                "description": "Which records of a web archive to keep instead.",
            },
            "url": {
                "type": "string",
                "description": "An address to fetch; that may take up to a minute.",
            },
        },
    }

    def rows(self) -> QuerySet[Any]:
        """The captures of sources that the reader may know."""
        readable = Capture.objects.readable_by(self.visit.reader, self.visit.at)
        found: QuerySet[Any] = (
            readable.with_notices() if self.visit.is_staff else readable.with_text()
        )
        return found.select_related("blob", "captured_by", "source__publisher")

    def create(self, request: Request) -> Response:
        """Keep a file, or what stands at an address."""
        # A request without a body has no form.
        sent: Any = request.data if isinstance(request.data, QueryDict) else QueryDict()
        check_fields(sent, FIELDS, repeated=("address",))
        at = timezone.now()
        kept = self._kept(sent, self._source(sent.get("source", "")), at)
        rows = self.rows().filter(pk__in=[capture.pk for capture in kept])
        results = self.present_all(list(rows.order_by("captured_at", "pk")))
        is_new = any(at in (capture.captured_at, capture.kept_at) for capture in kept)
        return Response({"results": results}, status=201 if is_new else 200)

    def _source(self, key: str) -> Source:
        """The source of that key, where the reader may know it."""
        if not key:
            raise ParameterRefused(
                "missing_parameter", "source", _("Say in `source` of which source the file is.")
            )
        known = Source.objects.readable_by(self.visit.reader, self.visit.at)
        source: Source | None = known.filter(key=str(key)[:100].replace("\0", "")).first()
        if source is None:
            raise ParameterRefused(
                "unknown_source",
                "source",
                _("There is no source %(key)s that you may read. Enter it first.")
                % {"key": quoted(str(key))},
            )
        return source

    def _kept(self, sent: Any, source: Source, at: datetime) -> list[Capture]:
        """The captures that the request made, or that were there."""
        by: Any = self.visit.reader
        file, url = sent.get("file"), sent.get("url")
        if (file is None) == (url is None) or isinstance(file, str):
            raise ParameterRefused(
                "file_or_url", "file", _("Send either a file, as a file, or the url of one.")
            )
        if file is None:
            return [capture_from(source=source, url=url, by=by, at=at)]
        return capture_file(
            source=source,
            data=read_file(file, file.name, file.size),
            file_name=file.name,
            media_type=file.content_type or "",
            urls=sent.getlist("address"),
            by=by,
            at=at,
            **self._places(sent),
        )

    @staticmethod
    def _places(sent: Mapping[str, Any]) -> dict[str, str]:
        """Where the file came from, and where else it is kept."""
        return {name: str(sent.get(name, "")) for name in ("fetched_from", "archive_url")}
