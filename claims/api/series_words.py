"""The most used words of the documents of a series in the API."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypedDict

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.readings.series_words import (
    SeriesWordsReading,
    TextWordsReading,
    UsedWord,
    read_words,
)
from sources.api.pagination import DEFAULT_LIMIT, MAX_LIMIT, read_limit
from sources.api.serializers import SourceRefShape, present_if_known
from sources.api.views import ReadViewSet
from sources.api.visit import Visit
from sources.models import Series


class UsedWordShape(TypedDict):
    """A word and how often a text has it."""

    word: Annotated[str, "Folded: without case, apostrophes straight."]
    count: int
    per_thousand: Annotated[float, "On 1,000 words of the text, to a hundredth."]


class DocumentWordsShape(TypedDict):
    """The most used words of a text, without stop words."""

    text: Annotated[str | None, "The name of the text; null of a confidential source."]
    label: Annotated[str, "A short name, such as “May 2023”."]
    source: SourceRefShape | None
    descriptor: Annotated[str | None, "What stands for a confidential source."]
    language: Annotated[str, "BCP 47; empty where it is not known."]
    state: Annotated[
        Literal["listed", "no-text", "not-counted", "not-shown", "total-only"],
        "Not counted: the worker is not there yet. Not shown: it is known by its descriptor alone. "
        "Total only: readers see only quotes from it, "
        "and so not the list of its words.",
    ]
    total: Annotated[int | None, "How many words it has: segments of UAX #29, no apparatus."]
    words: list[UsedWordShape]


class SeriesWordsShape(TypedDict):
    """The most used words of each text of a series, in order."""

    series: Annotated[str, "The key of the series."]
    added_stop_words: Annotated[list[str], "Left out beside the stop words of each language."]
    shown_stop_words: Annotated[list[str], "Shown, though a language leaves them out."]
    documents: list[DocumentWordsShape]


def present_series_words(reading: SeriesWordsReading, visit: Visit) -> SeriesWordsShape:
    """Present the most used words of a series."""
    return {
        "series": reading.series,
        "added_stop_words": sorted(reading.stop_words.added),
        "shown_stop_words": sorted(reading.stop_words.shown),
        "documents": [present_text_words(text, visit) for text in reading.texts],
    }


def present_text_words(text: TextWordsReading, visit: Visit) -> DocumentWordsShape:
    """Present the words of one text."""
    source = text.text.source
    return {
        "text": text.text.id if source.is_known else None,
        "label": text.text.label,
        "source": present_if_known(source, visit),
        "descriptor": None if source.is_known else source.title,
        "language": text.language,
        "state": text.state.value,
        "total": text.total,
        "words": present_used_words(text.words),
    }


def present_used_words(words: Sequence[UsedWord]) -> list[UsedWordShape]:
    """Present words with their counts."""
    return [
        {"word": one.word, "count": one.count, "per_thousand": float(one.per_thousand)}
        for one in words
    ]


class SeriesWordsViewSet(ReadViewSet):
    """The most used words of each text of a series, counted in the background.

    Stop words (stopwords-iso, by the language of the text) are left out, as are withheld words,
    those that no page shows, and apparatus.
    """

    present = present_series_words
    queryset = Series.objects.none()

    def known_parameters(self) -> list[str]:
        """The parameters that this address takes."""
        return ["limit"]

    @extend_schema(
        operation_id="series_words_retrieve",
        summary="The most used words of a series.",
        parameters=[
            OpenApiParameter(
                "limit",
                OpenApiTypes.INT,
                description=f"How many words of each text, at most {MAX_LIMIT}; without it, "
                f"{DEFAULT_LIMIT}.",
            )
        ],
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The words of the series of that key."""
        known = Series.objects.known_to(self.visit.reader, self.visit.at)
        series = known.filter(key=kwargs["key"]).first()
        if series is None:
            raise Http404
        limit = read_limit(request.query_params.get("limit"))
        reading = read_words(series, reader=self.visit.asking, limit=limit)
        return Response(present_series_words(reading, self.visit))
