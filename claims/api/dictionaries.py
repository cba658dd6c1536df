"""The topic dictionary of a series: its terms in one version, and the list of its versions."""

from datetime import datetime
from typing import Annotated, Any, TypedDict

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.models import DictionaryVersion
from claims.querysets.versions import is_number
from claims.readings.dictionaries import (
    DictionaryReading,
    read_dictionary_history,
    read_dictionary_version,
)
from sources.api.parameters import ParameterRefused
from sources.api.views import ReadViewSet
from sources.api.visit import Visit
from sources.domain.refusals import quoted
from sources.models import Series


class DictionaryTermShape(TypedDict):
    """A term of a topic."""

    text: Annotated[str, "In the pattern grammar of absences: `Сил* Сибири-2`, `a NEAR/5 b`."]
    language: Annotated[
        str | None, "The BCP 47 tag of the texts in which it is looked for; null: in all."
    ]


class DictionaryEntryShape(TypedDict):
    """The terms of a topic."""

    topic: Annotated[str, "The key of the topic."]
    name: str
    note: Annotated[str, "How the topic is counted, for readers."]
    terms: list[DictionaryTermShape]


class DictionaryRefShape(TypedDict):
    """A version of the dictionary of a series."""

    series: Annotated[str, "The key of the series."]
    number: int
    name: Annotated[str, "How it is named beside every number that rests on it: quad/3."]
    url: str
    yaml_url: str
    csv_url: str
    sha256: Annotated[str, "Of its entries in canonical JSON."]
    made_at: datetime
    is_current: bool
    made_by: Annotated[str | None, "For the staff; null for everybody else."]
    change_note: Annotated[str | None, "For the staff; null for everybody else."]


class DictionaryShape(DictionaryRefShape):
    """A version of the dictionary of a series with its topics in the order of the matrix."""

    entries: list[DictionaryEntryShape]


class DictionaryVersionShape(DictionaryRefShape):
    """A version in the list of all, with what it changed."""

    changes: Annotated[list[str], "Against the version before, a sentence for each topic."]


class DictionaryVersionsShape(TypedDict):
    """The versions of the dictionary of a series."""

    series: str
    url: str
    versions: Annotated[list[DictionaryVersionShape], "The newest first."]


class OfSeriesViewSet(ReadViewSet):
    """The base of what is read of one series."""

    queryset = DictionaryVersion.objects.none()

    def series(self) -> Series:
        """The series of the address, where the reader may know it. Raises Http404."""
        known = Series.objects.known_to(self.visit.reader, self.visit.at)
        return get_object_or_404(known, key=self.kwargs["key"])


class DictionaryViewSet(OfSeriesViewSet):
    """The topic dictionary of a series: which terms stand for a topic in its texts.

    The current version, or the one of a number.
    """

    def known_parameters(self) -> list[str]:
        """The number of a version."""
        return ["number"]

    @classmethod
    def shape(cls) -> Any:
        """The shape of a dictionary."""
        return DictionaryShape

    @extend_schema(
        operation_id="series_dictionary_retrieve",
        summary="The topic dictionary of a series.",
        parameters=[
            OpenApiParameter(
                "number", OpenApiTypes.INT, description="A version; without it, the current one."
            )
        ],
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A version of the dictionary."""
        asked = request.query_params.get("number")
        number = None if asked is None else _number(asked)
        reading = read_dictionary_version(self.series(), self.visit.asking, number)
        if reading is None:
            raise Http404
        return Response(present_dictionary(reading, self.visit))


class DictionaryVersionsViewSet(OfSeriesViewSet):
    """All versions of the topic dictionary of a series, each with what it changed."""

    @classmethod
    def shape(cls) -> Any:
        """The shape of the list."""
        return DictionaryVersionsShape

    @extend_schema(
        operation_id="series_dictionary_versions",
        summary="The versions of the topic dictionary of a series.",
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The versions, the newest first; an empty list where there is no dictionary."""
        series = self.series()
        return Response(
            {
                "series": series.key,
                "url": f"{self.visit.root}series/{series.key}/dictionary/",
                "versions": [
                    {
                        **present_dictionary_ref(row.version, self.visit),
                        "changes": list(row.changes),
                    }
                    for row in read_dictionary_history(series, self.visit.asking)
                ],
            }
        )


def present_dictionary(reading: DictionaryReading, visit: Visit) -> DictionaryShape:
    """Present a version with its topics and terms."""
    return {
        **present_dictionary_ref(reading, visit),
        "entries": [
            {
                "topic": entry.topic,
                "name": entry.name,
                "note": entry.note,
                "terms": [
                    {"text": term.text, "language": term.language or None} for term in entry.terms
                ],
            }
            for entry in reading.entries
        ],
    }


def present_dictionary_ref(reading: DictionaryReading, visit: Visit) -> DictionaryRefShape:
    """Present a version with its addresses."""

    def file(form: str) -> str:
        address = reverse("claims:dictionary-file", args=[reading.series, reading.number, form])
        return f"{visit.site}{address}"

    address = f"{visit.root}series/{reading.series}/dictionary/"
    return {
        "series": reading.series,
        "number": reading.number,
        "name": reading.name,
        "url": f"{address}?number={reading.number}",
        "yaml_url": file("yaml"),
        "csv_url": file("csv"),
        "sha256": reading.sha256,
        "made_at": reading.made_at,
        "is_current": reading.is_current,
        "made_by": reading.made_by if visit.is_staff else None,
        "change_note": reading.change_note if visit.is_staff else None,
    }


def _number(written: str) -> int:
    """The number of a version. Raises ParameterRefused."""
    if not is_number(written) or len(written) > 9:
        raise ParameterRefused(
            "invalid",
            "number",
            _("%(value)s is no number of a version. They are counted from 1.")
            % {"value": quoted(written)},
        )
    return int(written)
