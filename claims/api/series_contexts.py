"""Words in context in the API: each place of a topic or of typed words in the texts of a series."""

from typing import Annotated, Any, Literal, TypedDict
from urllib.parse import urlencode

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.domain.absence.terms import Pattern, TermRefused, read_term
from claims.domain.series.contexts import ContextOrder
from claims.readings.context_positions import ContextPosition, read_position
from claims.readings.series_contexts import (
    ContextLine,
    ContextsReading,
    DocumentContexts,
    dictionary_topics,
    read_contexts,
)
from sources.api.parameters import ParameterRefused
from sources.api.serializers import SourceRefShape, present_if_known
from sources.api.views import ReadViewSet
from sources.api.visit import Visit
from sources.domain.refusals import Refusal, quoted
from sources.models import Series

DocumentState = Literal[
    "searched", "not-yet", "no-text", "not-shown", "excerpts-only", "not-counted", "no-term"
]
PARAMETERS = {
    "q": "Words, in the grammar of the terms of absences: `Siber*`, `Arctic NEAR/5 Russia`.",
    "topic": "The key of a topic of the series' dictionary, in place of words.",
    "sort": "The order of the lines of this page: `text`, or by the nearest word to the `left` or "
    "`right`.",
    "from": "The text with which the page begins: taken from `next`, never made up.",
    "at": "The place in that text, likewise.",
}


class ContextDocumentShape(TypedDict):
    """A text of a document, and how far it was looked at for this page."""

    text: Annotated[str | None, "By which lines refer to it; null of a confidential source."]
    label: Annotated[str, "A short name, such as “May 2023”."]
    source: SourceRefShape | None
    descriptor: Annotated[str | None, "What stands for a confidential source."]
    state: Annotated[
        DocumentState,
        "Not yet: it is on another page. No text: there is none to search. Excerpts only: the "
        "reader may not read the whole text, so it is not searched. Not counted: the worker has "
        "not counted the topic yet. No term: the topic has none in the language of the text.",
    ]
    places: Annotated[int, "How many places were found in it for this page."]
    is_cut: Annotated[bool, "Only a part of it was searched, or only a part of these is listed."]


class ContextLineShape(TypedDict):
    """A place with its neighbours, on one line."""

    text: Annotated[str, "The text, as `documents` names it."]
    start: Annotated[int, "In code points of the text, half-open."]
    end: int
    before: str
    words: str
    after: str
    page: Annotated[str, "How the page is named; empty where the text has none."]
    page_url: Annotated[str, "The words in their text, as a page."]
    is_hidden: Annotated[bool, "No page of the document shows the words; only for the desk."]


class ContextsShape(TypedDict):
    """A page of places in context. Texts are searched one after the other up to a limit: `searched`
    says how many were for this page, and `next` goes on from there."""

    series: Annotated[str, "The key of the series."]
    words: Annotated[str | None, "The words that were asked for."]
    topic: Annotated[str | None, "The topic that was asked for."]
    sort: Literal["text", "left", "right"]
    searched: int
    places: int
    documents: Annotated[list[ContextDocumentShape], "All texts of the series, in order."]
    results: list[ContextLineShape]
    next: Annotated[str | None, "The address of the next page; null on the last one."]


def present_contexts(reading: ContextsReading, visit: Visit, **asked: Any) -> ContextsShape:
    """Present a page of lines; `asked` are series, words, topic, sort and the address of next."""
    return {
        "series": asked["series"],
        "words": asked["words"] or None,
        "topic": asked["topic"] or None,
        "sort": asked["sort"].value,
        "searched": reading.searched,
        "places": reading.places,
        "documents": [present_document(one, visit) for one in reading.documents],
        "results": [present_line(line, visit) for line in reading.lines],
        "next": asked["next"],
    }


def present_document(document: DocumentContexts, visit: Visit) -> ContextDocumentShape:
    """Present a text; of a confidential source the descriptor."""
    text = document.text
    return {
        "text": text.id if text.source.is_known else None,
        "label": text.label,
        "source": present_if_known(text.source, visit),
        "descriptor": None if text.source.is_known else text.source.title,
        "state": document.state.value,
        "places": document.places,
        "is_cut": document.is_cut,
    }


def present_line(line: ContextLine, visit: Visit) -> ContextLineShape:
    """Present a place."""
    return {
        "text": line.text.id,
        "start": line.start,
        "end": line.end,
        "before": line.context.before,
        "words": line.context.words,
        "after": line.context.after,
        "page": line.page,
        "page_url": visit.site + line.url,
        "is_hidden": line.is_hidden,
    }


class ContextsViewSet(ReadViewSet):
    """Each place of typed words, or of a topic, in the texts of a series that the reader may read.

    In a text of which readers see quotes alone nothing is searched for them. Of the places of a
    topic those are listed that were counted with the current version of the dictionary.
    """

    present = present_contexts
    queryset = Series.objects.none()

    def known_parameters(self) -> list[str]:
        """The parameters that this address takes."""
        return [*PARAMETERS]

    @extend_schema(
        operation_id="series_contexts_retrieve",
        summary="Words in context.",
        parameters=[
            OpenApiParameter(name, OpenApiTypes.STR, description=description)
            for name, description in PARAMETERS.items()
        ],
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page of lines."""
        known = Series.objects.known_to(self.visit.reader, self.visit.at)
        series = known.filter(key=kwargs["key"]).first()
        if series is None:
            raise Http404
        sent = request.query_params
        words, topic = sent.get("q", ""), sent.get("topic", "")
        order = _order(sent.get("sort", ContextOrder.TEXT.value))
        pattern = _pattern(words, topic)
        if topic and topic not in {one.key for one in dictionary_topics(series)}:
            raise ParameterRefused(
                "unknown_topic",
                "topic",
                f"The dictionary of {series.key} has no topic {quoted(topic)}.",
            )
        reading = read_contexts(
            series,
            reader=self.visit.asking,
            pattern=pattern,
            topic=topic,
            order=order,
            begin=_position(sent.get("from", ""), sent.get("at", "")),
        )
        if reading is None:
            raise ParameterRefused("position", "from", "The series has no text of that name.")
        following = None
        if reading.next is not None:
            told = {"q": words, "topic": topic, "sort": order.value, **reading.next.parameters}
            query = urlencode({name: value for name, value in told.items() if value})
            following = f"{self.visit.root}series/{series.key}/contexts/?{query}"
        return Response(
            present_contexts(
                reading,
                self.visit,
                series=series.key,
                words=words,
                topic=topic,
                sort=order,
                next=following,
            )
        )


def _pattern(words: str, topic: str) -> Pattern | None:
    """The words to look for; None where a topic is. Raises ParameterRefused."""
    if bool(words) == bool(topic):
        raise ParameterRefused("q_or_topic", "q", "Give `q` or `topic`: one of the two.")
    if topic:
        return None
    try:
        return read_term(words)
    except TermRefused as refusal:
        raise ParameterRefused(refusal.code, "q", refusal.message) from refusal


def _order(typed: str) -> ContextOrder:
    try:
        return ContextOrder(typed)
    except ValueError as error:
        raise ParameterRefused(
            "invalid_choice",
            "sort",
            f"{quoted(typed)} is none of the known words. Known are: {', '.join(ContextOrder)}.",
        ) from error


def _position(text: str, start: str) -> ContextPosition | None:
    try:
        return read_position(text, start)
    except Refusal as refusal:
        raise ParameterRefused(refusal.code, "from", refusal.message) from refusal
