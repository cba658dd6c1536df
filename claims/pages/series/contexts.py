"""Words in context: each place of a topic or of typed words in a series, on one line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from claims.domain.absence.terms import Pattern, TermRefused, read_term
from claims.domain.series.contexts import ContextOrder
from claims.pages.parameters import PageRefused, refusals_as_pages, search_words
from claims.pages.series.asking import series_and_reader
from claims.pages.series.spreadsheets import CellValue, csv_response
from claims.readings.cell_entry import document_subjects, presence_property
from claims.readings.context_positions import ContextPosition, read_position
from claims.readings.series_contexts import (
    ContextsReading,
    ContextState,
    dictionary_topics,
    read_contexts,
)
from sources.actions.permission import may
from sources.domain.refusals import Refusal
from sources.models import Series
from sources.readings.reader import Reader
from sources.vocabulary import Role

# Words of more letters need a wider column.
LONG = 16
CSV_COLUMNS = (
    *("series", "document", "title", "label", "start", "end"),
    *("before", "words", "after", "page", "address"),
)


class ContextsRefused(Refusal):
    """Words or a topic that cannot be looked for."""


@dataclass(frozen=True)
class AskedContexts:
    """The words, topic, order and position that an address asks for. `refusal` says why the words
    cannot be looked for."""

    words: str
    topic: str
    order: ContextOrder
    begin: ContextPosition | None
    pattern: Pattern | None = None
    refusal: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.pattern or self.topic) and not self.refusal

    def parameters(self, **changed: str) -> str:
        """The query of an address that asks for the same, but for what is changed."""
        own = {"q": self.words, "topic": self.topic, "sort": self.order.value}
        told = {**own, **changed}
        return urlencode({name: value for name, value in told.items() if value})


@require_safe
@refusals_as_pages
def contexts(request: HttpRequest, key: str) -> HttpResponse:
    """The places of a topic or of typed words with their neighbours; without either, the form."""
    found, reader = series_and_reader(request, key)
    asked = asked_contexts(request)
    may_enter = reader.is_staff and may(reader.account, Role.CONTRIBUTOR)
    reading = _read(found, reader, asked, with_quotable=may_enter)
    topics = dictionary_topics(found)
    context: dict[str, Any] = {
        "series": found,
        "asked": asked,
        "topics": topics,
        "topic_name": next((one.name for one in topics if one.key == asked.topic), asked.topic),
        "orders": [(order, label, asked.parameters(sort=order)) for order, label in orders()],
        "reading": reading,
        "csv_url": f"{reverse('claims:contexts-csv', args=[key])}?{_here(asked)}",
        "may_enter": may_enter,
    }
    if reading is not None:
        entry = _entry(reading, asked, reader) if may_enter else {}
        context |= {
            "lines": [(line, entry.get(line.text.source.key)) for line in reading.lines],
            "summary": contexts_summary(reading),
            "has_pages": any(line.page for line in reading.lines),
            "has_long_words": any(len(line.context.words) > LONG for line in reading.lines),
            "documents": [(one, context_state_text(one.state)) for one in reading.documents],
            "next_query": asked.parameters(**reading.next.parameters) if reading.next else "",
            "first_query": asked.parameters() if asked.begin else "",
        }
    status = 400 if asked.refusal else 200
    return render(request, "claims/contexts.html", context, status=status)


@require_safe
@refusals_as_pages
def contexts_csv(request: HttpRequest, key: str) -> HttpResponse:
    """The same lines as CSV. Its last row says where the lines go on, if they do."""
    found, reader = series_and_reader(request, key)
    asked = asked_contexts(request)
    if asked.refusal:
        raise ContextsRefused("words", asked.refusal)
    reading = _read(found, reader, asked)
    if reading is None:
        raise ContextsRefused("nothing_asked", _("Type words, or choose a topic."))
    site = f"{request.scheme}://{request.get_host()}"
    return csv_response(f"{key}.contexts", _csv_rows(key, asked, reading, site))


def asked_contexts(request: HttpRequest) -> AskedContexts:
    """Read the words, topic, order and position of an address.

    Raises PageRefused, PositionRefused for what no page can show.
    """
    words, topic = search_words(request), request.GET.get("topic", "")
    typed = request.GET.get("sort", "") or ContextOrder.TEXT
    if typed not in list(ContextOrder):
        raise PageRefused(
            "sort", _("Lines sort by the text, or by the words to the left or right of them.")
        )
    begin = read_position(request.GET.get("from", ""), request.GET.get("at", ""))
    pattern, refusal = None, ""
    if words and topic:
        refusal = _("Type words or choose a topic: one of the two.")
    elif words:
        try:
            pattern = read_term(words)
        except TermRefused as refused:
            refusal = refused.message
    return AskedContexts(words, topic, ContextOrder(typed), begin, pattern, refusal)


def _entry(
    reading: ContextsReading, asked: AskedContexts, reader: Reader
) -> dict[str, dict[str, str]]:
    """Fields of a new claim about each document, as far as they are known, by the source."""
    sources = {line.text.source.key for line in reading.lines}
    subjects = document_subjects(sources, reader)
    told = {}
    if asked.topic and sources:
        told = {"aspect": asked.topic, "value": "present"}
        told["property"] = presence_property(asked.topic)
    return {source: {"subject": subjects.get(source, ""), **told} for source in sources}


def _read(
    found: Series, reader: Reader, asked: AskedContexts, *, with_quotable: bool = False
) -> ContextsReading | None:
    """The lines that are asked for; None where nothing is. Raises Http404 for a text or a topic
    that the series has not."""
    if not asked.is_asked:
        return None
    if asked.topic and asked.topic not in {one.key for one in dictionary_topics(found)}:
        raise Http404
    reading = read_contexts(
        found,
        reader=reader,
        pattern=asked.pattern,
        topic=asked.topic,
        order=asked.order,
        begin=asked.begin,
        with_quotable=with_quotable,
    )
    if reading is None:
        raise Http404
    return reading


def orders() -> list[tuple[ContextOrder, str]]:
    """The orders of lines with their names."""
    return [
        (ContextOrder.TEXT, _("Text")),
        (ContextOrder.LEFT, _("Word to the left")),
        (ContextOrder.RIGHT, _("Word to the right")),
    ]


def context_state_text(state: ContextState) -> str:
    """How far a text was looked at, in words; empty of one that was looked at."""
    return {
        ContextState.SEARCHED: "",
        ContextState.NOT_YET: _("not on this page"),
        ContextState.NO_TEXT: _("not searched: there is no text"),
        ContextState.NOT_SHOWN: _("not searched: readers know it by its description alone"),
        ContextState.EXCERPTS_ONLY: _("not searched: readers see only quotes from it"),
        ContextState.NOT_COUNTED: _("not counted yet"),
        ContextState.NO_TERM: _("the topic has no term in its language"),
    }[state]


def contexts_summary(reading: ContextsReading) -> str:
    """How many places are in how many of the texts, and how many of these were looked at."""
    places = ngettext("%(n)d place", "%(n)d places", reading.places) % {"n": reading.places}
    searched = ngettext(
        "%(places)s in %(searched)d of %(all)d document searched",
        "%(places)s in %(searched)d of %(all)d documents searched",
        len(reading.documents),
    )
    return searched % {
        "places": places,
        "searched": reading.searched,
        "all": len(reading.documents),
    }


def _here(asked: AskedContexts) -> str:
    """The query of this page itself."""
    return asked.parameters(**(asked.begin.parameters if asked.begin else {}))


def _csv_rows(
    key: str, asked: AskedContexts, reading: ContextsReading, site: str
) -> Iterator[Sequence[CellValue]]:
    yield CSV_COLUMNS
    for line in reading.lines:
        source, context = line.text.source, line.context
        yield (
            *(key, source.key, source.title, line.text.label, line.start, line.end),
            *(context.before, context.words, context.after, line.page, site + line.url),
        )
    if reading.next is not None:
        query = asked.parameters(**reading.next.parameters)
        address = f"{site}{reverse('claims:contexts-csv', args=[key])}?{query}"
        yield (f"{contexts_summary(reading)}. {_('The lines go on here:')}", *[""] * 9, address)
