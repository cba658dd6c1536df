"""Extracts in the API: claims frozen as a table that can be cited; the desk freezes them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, ClassVar, TypedDict

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions.extracts.freezing import MAX_TITLE, freeze_extract
from claims.domain.extract_queries import MAX_QUERY
from claims.models import Extract
from claims.readings.extracts import ExtractReading, extract_record, read_extract, read_extracts
from claims.vocabulary.extracts import ExtractFormat, ExtractState
from sources.api.captures import DeskWrites
from sources.api.parameters import ParameterRefused
from sources.api.views import ListViewSet
from sources.api.visit import KNOWN_AT, Visit
from sources.domain.moments import MomentRefused, read_moment
from sources.domain.refusals import quoted

# What is sent to freeze an extract.
MEMBERS = ("title", "query", KNOWN_AT)


class ExtractFileShape(TypedDict):
    """A file of an extract as frozen."""

    name: str
    format: ExtractFormat
    media_type: str
    sha256: str
    size: Annotated[int, "In bytes; 0 of one that is withheld."]
    url: Annotated[str | None, "Null where it is not given: the reasons say why."]


class ExtractShape(TypedDict):
    """The claims that a query found, frozen as files."""

    ref: Annotated[str, "The permanent reference, such as X12."]
    url: str
    page_url: str
    short_url: str
    title: str
    query: Annotated[str, "The query in its one form; empty for all claims."]
    query_words: Annotated[list[str], "Its conditions in words."]
    known_at: Annotated[datetime, "The moment for which the query was answered."]
    made_at: datetime
    rows: Annotated[int, "How many claims it has."]
    columns_version: Annotated[int, "The version of the columns, as in the data dictionary."]
    state: ExtractState
    reasons: Annotated[
        list[str], "Why its files are not given, and what became of the claims in it since."
    ]
    withdrawn_at: datetime | None
    files: list[ExtractFileShape]
    citation: Annotated[dict[str, Any], "How to cite it, in CSL-JSON."]


class ExtractViewSet(ListViewSet):
    """Extracts, the latest first: claims that a query found, frozen as a table that can be cited.

    An extract has what the public read at that moment, whoever made it. Editors freeze one with a
    POST of its `title`, `query` and, for a time of the past, `known_at`.
    """

    http_method_names = ["get", "head", "post"]
    parser_classes = [JSONParser]
    permission_classes = [DeskWrites]
    queryset = Extract.objects.none()
    keyset = "-id"
    lookup_field = "ref"
    lookup_value_regex = "X[1-9][0-9]{0,17}"
    made = ExtractShape
    sent_as = "application/json"
    sent: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["title"],
        "additionalProperties": False,
        "properties": {
            "title": {"type": "string", "minLength": 1, "maxLength": MAX_TITLE},
            "query": {
                "type": "string",
                "maxLength": MAX_QUERY,
                "description": "Filters as in the address of the list of claims; the address "
                "itself will do. Without it, all claims.",
            },
            KNOWN_AT: {
                "type": "string",
                "description": "A date or time of the past: the claims as they were known then. "
                "Without it, as they are known now.",
            },
        },
    }

    @classmethod
    def shape(cls) -> Any:
        """The shape of an extract."""
        return ExtractShape

    def rows(self) -> QuerySet[Any]:
        """All extracts; each is public."""
        found: QuerySet[Any] = Extract.objects.made(self.visit.at)
        return found

    def present_all(self, rows: Sequence[Any]) -> list[Mapping[str, Any]]:
        """Present the extracts, which are read for all at once."""
        found = Extract.objects.filter(pk__in=[row.pk for row in rows])
        return [
            present_extract(extract, self.visit)
            for extract in read_extracts(found, self.visit.asking)
        ]

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """An extract with where it stands and its files."""
        extract = read_extract(int(kwargs["ref"][1:]), self.visit.asking)
        if extract is None:
            raise Http404
        return Response(present_extract(extract, self.visit))

    def create(self, request: Request) -> Response:
        """Freeze the claims that a query finds now."""
        sent = request.data if isinstance(request.data, dict) else {}
        extract = freeze_extract(
            title=_text(sent, "title"),
            query=_text(sent, "query"),
            by=self.visit.reader,
            clock=timezone.now,
            base_url=self.visit.site,
            known=_moment(sent, self.visit.at),
        )
        reading = read_extract(extract.pk, Visit.of(request).asking)
        if reading is None:
            raise Http404
        made = present_extract(reading, self.visit)
        return Response(made, status=201, headers={"Location": made["url"]})


def _text(sent: Mapping[str, Any], name: str) -> str:
    """A member of what was sent, as text; refused besides it is what nobody knows."""
    for other in sent:
        if other not in MEMBERS:
            raise ParameterRefused(
                "unknown_parameter",
                str(other),
                _("There is no member %(name)s here. Known are: %(known)s.")
                % {"name": quoted(str(other)), "known": ", ".join(MEMBERS)},
            )
    value = sent.get(name, "")
    if not isinstance(value, str):
        raise ParameterRefused(
            "not_text",
            name,
            _("%(name)s is no text. Write it in quotation marks.") % {"name": name},
        )
    return value


def _moment(sent: Mapping[str, Any], now: datetime) -> datetime | None:
    """The moment of the past that is asked for. Raises ParameterRefused."""
    typed = _text(sent, KNOWN_AT)
    if not typed:
        return None
    try:
        return read_moment(typed, now=now)
    except MomentRefused as refusal:
        raise ParameterRefused(refusal.code, KNOWN_AT, refusal.message) from refusal


def present_extract(extract: ExtractReading, visit: Visit) -> ExtractShape:
    """Present an extract."""
    short_url = visit.site + reverse("claims:short-extract", args=[extract.id])
    return {
        "ref": extract.ref,
        "url": f"{visit.root}extracts/{extract.ref}/",
        "page_url": visit.site + reverse("claims:extract", args=[extract.id]),
        "short_url": short_url,
        "title": extract.title,
        "query": extract.query,
        "query_words": list(extract.query_words),
        "known_at": extract.known_at,
        "made_at": extract.made_at,
        "rows": extract.rows,
        "columns_version": extract.columns,
        "state": extract.state,
        "reasons": list(extract.reasons),
        "withdrawn_at": extract.withdrawn_at,
        "files": [
            {
                "name": file.name,
                "format": file.format,
                "media_type": file.format.media_type,
                "sha256": file.sha256,
                "size": file.size,
                "url": visit.site
                + reverse("claims:extract-file", args=[extract.id, file.format.value])
                if extract.is_given
                else None,
            }
            for file in extract.files
        ],
        "citation": extract_record(extract, short_url, installation=settings.INSTALLATION_NAME),
    }
