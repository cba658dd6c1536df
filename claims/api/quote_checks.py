"""Whether typed words are a quote of a source: GET /quotes/check/?text=&source=."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, TypedDict, TypeVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.readings.checked_quotes import CheckedPlaceReading, CheckReading, read_check
from sources.actions.quotes.checking import (
    MAX_CHARACTERS,
    BlindSpot,
    check_quote,
    find_source,
    read_words,
)
from sources.api.parameters import ParameterRefused
from sources.api.serializers import SourceRefShape, present_source_ref
from sources.api.views import ReadViewSet
from sources.api.visit import Visit
from sources.domain.keys import KEY
from sources.domain.refusals import Refusal
from sources.models import Excerpt
from sources.vocabulary import Grade

Read = TypeVar("Read")


class WordingShape(TypedDict):
    """Words that the quote and the source both have, or that only one of them has."""

    side: Annotated[str, "One of both, quote, text."]
    words: str


class CheckedPlaceShape(TypedDict):
    """The place in one source where the words stand, or where something similar does."""

    source: SourceRefShape
    grade: Grade
    words: Annotated[str, "What stands there; withheld words are blocks."]
    times: Annotated[int, "In how many places the words stand."]
    page_url: Annotated[str, "The page that shows the place."]
    page: Annotated[str, "The page of the source; empty where none is known."]
    start: Annotated[int | None, "Where it begins in the text, in code points; null of several."]
    end: Annotated[int | None, "Where it ends, exclusive."]
    notes: Annotated[list[str], "What differs, and what only a person can settle, in sentences."]
    differences: Annotated[list[WordingShape], "Quote and source word by word, where they differ."]


class BlindSpotShape(TypedDict):
    """A reason why the words may stand somewhere though they were not found there."""

    code: Annotated[str, f"One of {', '.join(BlindSpot)}."]
    sentence: str


class QuoteCheckShape(TypedDict):
    """Whether words are a quote: of the source that is named, or of another one."""

    text: Annotated[str, "The words as they were read: in NFC, without white space around them."]
    source: Annotated[SourceRefShape | None, "The source that was named."]
    verdict: Annotated[str, "The result in a sentence."]
    grade: Annotated[Grade, "As of a quote that the desk enters: of the named source, if any."]
    is_verbatim: Annotated[
        bool,
        "Whether the very words were found, here or elsewhere: nothing differs but white space, "
        "dashes, quotation marks or the like, and nothing is left for a person to settle.",
    ]
    here: Annotated[CheckedPlaceShape | None, "The place in the named source."]
    elsewhere: Annotated[CheckedPlaceShape | None, "The place in another source."]
    searched_texts: Annotated[int, "How many texts were searched."]
    searched_quotes: Annotated[int, "How many published quotes were, of sources not open whole."]
    blind_spots: Annotated[list[BlindSpotShape], "What was not searched, or not to the end."]


class QuoteCheckViewSet(ReadViewSet):
    """Whether typed words are a quote of a source, or stand in another one.

    One "not", one digit or one minus sign that differs is never better than drifted. Only what you
    may read is searched: whole texts where rights allow, else the quotes that are published.
    """

    queryset = Excerpt.objects.none()
    throttle_scope = "quotes"

    @classmethod
    def shape(cls) -> Any:
        """The shape of a check."""
        return QuoteCheckShape

    def known_parameters(self) -> list[str]:
        """The words, and where they are said to stand."""
        return ["text", "source"]

    @extend_schema(
        operation_id="quotes_check",
        parameters=[
            OpenApiParameter(
                "text",
                {"type": "string", "minLength": 1, "maxLength": MAX_CHARACTERS},
                description="The words, as they are quoted.",
                required=True,
            ),
            OpenApiParameter(
                "source",
                {"type": "string", "pattern": f"^{KEY}$"},
                description="The key of the source that is said to have them.",
            ),
        ],
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Check the words."""
        reader, asked = self.visit.asking, request.query_params
        words = _read("text", read_words, asked.get("text", ""))
        source = _read("source", partial(find_source, reader=reader), asked.get("source", ""))
        check = check_quote(words, source=source, reader=reader)
        return Response(present_check(read_check(check, reader), self.visit))


def _read(name: str, read: Callable[[str], Read], written: str) -> Read:
    """Return what a parameter says. Raises ParameterRefused where it is refused."""
    try:
        return read(written)
    except Refusal as refusal:
        raise ParameterRefused(refusal.code, name, refusal.message) from refusal


def present_check(check: CheckReading, visit: Visit) -> QuoteCheckShape:
    """Present a check."""
    return {
        "text": check.words,
        "source": None if check.source is None else present_source_ref(check.source, visit),
        "verdict": check.verdict,
        "grade": check.grade,
        "is_verbatim": check.is_verbatim,
        "here": None if check.here is None else present_place(check.here, visit),
        "elsewhere": None if check.elsewhere is None else present_place(check.elsewhere, visit),
        "searched_texts": check.texts,
        "searched_quotes": check.quotes,
        "blind_spots": [
            {"code": code, "sentence": sentence} for code, sentence in check.blind_spots
        ],
    }


def present_place(place: CheckedPlaceReading, visit: Visit) -> CheckedPlaceShape:
    """Present a place in a source."""
    return {
        "source": present_source_ref(place.source, visit),
        "grade": place.grade,
        "words": place.words,
        "times": place.times,
        "page_url": f"{visit.site}{place.url}",
        "page": place.page,
        "start": place.start,
        "end": place.end,
        "notes": list(place.notes),
        "differences": [{"side": one.side, "words": one.words} for one in place.differing],
    }
