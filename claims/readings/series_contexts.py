"""Words in context: each place of a topic, or of words typed in, in the texts of a series.

The places of a topic were counted in the background; typed words are searched, in one text after
the other and up to a limit for each page, which says how far it came. The index of quotes tells
nothing here: it keeps case and diacritics, and a text that it passes over might have the words.
Only texts that the reader may read are searched: how often words are in another would tell, word
by word, what it says.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Func, IntegerField
from django.urls import reverse

from claims.domain.absence.searchable_text import TextSpan, overlaps_any, prepare_layer_text
from claims.domain.absence.terms import Pattern, find_hits, merge_spans
from claims.domain.series.contexts import ContextOrder, WordsInContext, words_in_context
from claims.models import DictionaryVersion, Topic, TopicCount
from claims.querysets.text_counts import withheld_spans
from claims.readings.cell_entry import QuotableWords, quotable_places
from claims.readings.context_positions import ContextPosition
from claims.readings.series_texts import SeriesText, series_texts
from sources.domain.text.segments import Location, blanked, masked
from sources.domain.text.spans import Span
from sources.models import Series, TextLayer
from sources.readings.page_labels import PageLabels, labels_of_pages, page_offsets
from sources.readings.reader import Reader
from sources.readings.redacted_text import hidden_places

# How many lines a page has at most, and how much of the texts is searched for one, in characters;
# for a topic nothing is searched, and texts are only read.
MAX_LINES = 250
MAX_SEARCHED = 1_500_000
MAX_READ = 10_000_000
# How far a place that begins in the part of a text that is searched may reach beyond it.
_REACH = 20_000


class ContextState(StrEnum):
    """How far a text was looked at for a page of lines."""

    SEARCHED = "searched"
    NOT_YET = "not-yet"  # it comes on a later page, or came on one before
    NO_TEXT = "no-text"
    NOT_SHOWN = "not-shown"  # the reader may not know the document
    EXCERPTS_ONLY = "excerpts-only"  # the reader may not read the whole text
    NOT_COUNTED = "not-counted"  # the worker has not counted the topics of the text yet
    NO_TERM = "no-term"  # the dictionary has no term of the topic in the language of the text


@dataclass(frozen=True)
class ContextLine:
    """A place with its neighbours. `page` names its page, empty where the text has none; `url`
    leads to the words in their text. `is_hidden`: no page of the document shows them, for staff.
    `quotable` are the words to quote there, for whom they are read.
    """

    text: SeriesText
    start: int
    end: int
    context: WordsInContext
    page: str
    url: str
    is_hidden: bool = False
    quotable: QuotableWords | None = None


@dataclass(frozen=True)
class DocumentContexts:
    """How many places a text has among those that were looked at for this page.

    `is_cut`: only a part of the text was looked at, or only a part of the places is listed.
    """

    text: SeriesText
    state: ContextState
    places: int = 0
    is_cut: bool = False


@dataclass(frozen=True)
class DictionaryTopic:
    """A topic of the dictionary of a series, by key and name."""

    key: str
    name: str


def dictionary_topics(series: Series) -> list[DictionaryTopic]:
    """The topics of the current dictionary of a series, in its order. Two queries."""
    version = DictionaryVersion.objects.current_of(series)
    keys = [entry.topic for entry in version.dictionary.entries] if version else []
    names = dict(Topic.objects.filter(key__in=keys).values_list("key", "name"))
    return [DictionaryTopic(key, names.get(key, key)) for key in keys]


@dataclass(frozen=True)
class ContextsReading:
    """A page of places in context, for one reader at one time.

    `documents` are all texts of the series in order; `next` is where the next page begins, None
    where all was looked at.
    """

    documents: Sequence[DocumentContexts]
    lines: Sequence[ContextLine] = field(default_factory=tuple)
    next: ContextPosition | None = None

    @property
    def searched(self) -> int:
        """How many texts were looked at for this page."""
        return sum(one.state == ContextState.SEARCHED for one in self.documents)

    @property
    def places(self) -> int:
        """How many places were found in them."""
        return sum(one.places for one in self.documents)


@dataclass(frozen=True)
class TopicPlaces:
    """The places of a topic in the texts of a series, from the counts of one dictionary version.

    `places` and `hidden` by the text's id; a text that is not counted is in neither. `counts` says
    how many there are, where not all are kept; `without_term` are texts in languages for which the
    topic has no term.
    """

    places: Mapping[int, Sequence[TextSpan]] = field(default_factory=dict)
    hidden: Mapping[int, Sequence[TextSpan]] = field(default_factory=dict)
    counts: Mapping[int, int] = field(default_factory=dict)
    without_term: Collection[int] = ()


def read_contexts(
    series: Series,
    *,
    reader: Reader,
    pattern: Pattern | None = None,
    topic: str = "",
    order: ContextOrder = ContextOrder.TEXT,
    begin: ContextPosition | None = None,
    with_quotable: bool = False,
) -> ContextsReading | None:
    """Read a page of places of typed words (`pattern`) or of a topic (its key) in context.

    None where the page would begin in no text that the reader may know. A topic that the
    dictionary of the series does not have is in no counted text. `with_quotable`: for the desk,
    with the words to quote at each place.
    """
    texts = series_texts(series, reader=reader)
    first = 0
    if begin is not None:
        first = next((at for at, text in enumerate(texts) if text.id == begin.text), -1)
        if first < 0:
            return None
    sought = _topic_places(series, topic, texts) if pattern is None else pattern
    return _Page(reader, sought, with_quotable).read(
        texts, first, begin.start if begin else 0, order
    )


def _topic_places(series: Series, topic: str, texts: Sequence[SeriesText]) -> TopicPlaces:
    """The places of a topic, by the current dictionary, in texts counted as they are now."""
    version = DictionaryVersion.objects.current_of(series)
    entries = version.dictionary.entries if version else ()
    index = next((at for at, entry in enumerate(entries) if entry.topic == topic), None)
    if version is None or index is None:
        return TopicPlaces()
    withheld = {text.layer: text.withheld for text in texts if text.may_read and text.layer}
    rows = TopicCount.objects.filter(dictionary=version, layer__in=withheld).values_list(
        "layer", "withheld", f"places__{index}", f"hidden_places__{index}", f"cells__{index}"
    )
    places, hidden, counts = {}, {}, {}
    without_term = set()
    for layer, spans, shown, unshown, cell in rows:
        if withheld_spans(spans) != withheld[layer]:
            continue
        if not (cell or {}).get("is_searched", True):
            without_term.add(layer)
            continue
        places[layer] = [TextSpan(*span) for span in shown or ()]
        hidden[layer] = [TextSpan(*span) for span in unshown or ()]
        counts[layer] = (cell or {}).get("count", len(places[layer]))
    return TopicPlaces(places, hidden, counts, without_term)


@dataclass
class _Places:
    """The places of one text from `start` on, up to `stop`; `count` is how many there are."""

    shown: list[TextSpan]
    hidden: list[TextSpan]
    count: int
    stop: int


@dataclass(frozen=True)
class _Page:
    """A page that is being read: for whom, and of what."""

    reader: Reader
    sought: Pattern | TopicPlaces
    with_quotable: bool

    def read(
        self, texts: Sequence[SeriesText], first: int, start: int, order: ContextOrder
    ) -> ContextsReading:
        """Look at one text after the other until the page is full."""
        documents = [self._unread(text) for text in texts]
        lines: list[ContextLine] = []
        following: ContextPosition | None = None
        read = _ReadTexts(self, [text for text in texts[first:] if self._is_open(text)], start)
        for number, text in enumerate(texts[first:], start=first):
            if not self._is_open(text):
                continue
            layer = read.layer(text)
            if layer is None or len(lines) >= MAX_LINES:
                following = ContextPosition(text.id)
                break
            begin, start = start, 0
            places = read.places(text, layer, begin)
            found = sorted([*places.shown, *places.hidden])
            listed = found[: MAX_LINES - len(lines)]
            lines += read.lines(text, layer, listed, places.hidden)
            if len(listed) < len(found):
                following = ContextPosition(text.id, found[len(listed)].start)
            elif places.stop < len(layer.text):
                following = ContextPosition(text.id, places.stop)
            is_cut = following is not None or begin > 0 or places.count > len(found)
            documents[number] = DocumentContexts(
                text, ContextState.SEARCHED, places.count, is_cut=is_cut
            )
            if following is not None:
                break
        if order != ContextOrder.TEXT:
            lines.sort(key=lambda line: line.context.sort_key(order))  # stable: then by the text
        return ContextsReading(documents, lines, following)

    def _is_open(self, text: SeriesText) -> bool:
        """Whether the places of a text can be listed."""
        if not text.may_read or text.layer is None:
            return False
        return isinstance(self.sought, Pattern) or text.layer in self.sought.places

    def _unread(self, text: SeriesText) -> DocumentContexts:
        """A text before it is looked at."""
        if self._is_open(text):
            return DocumentContexts(text, ContextState.NOT_YET)
        if text.layer is None:
            known = text.source.is_known
            return DocumentContexts(text, ContextState.NO_TEXT if known else ContextState.NOT_SHOWN)
        if not text.may_read:
            return DocumentContexts(text, ContextState.EXCERPTS_ONLY)
        lacks_term = isinstance(self.sought, TopicPlaces) and text.layer in self.sought.without_term
        return DocumentContexts(
            text, ContextState.NO_TERM if lacks_term else ContextState.NOT_COUNTED
        )


class _ReadTexts:
    """The texts of a page, read at once as far as the limit goes."""

    def __init__(self, page: _Page, texts: Sequence[SeriesText], start: int) -> None:
        self._page = page
        self._limit = MAX_SEARCHED if isinstance(page.sought, Pattern) else MAX_READ
        # The size of a text in bytes, without reading it, as its length in characters would.
        octets = Func("text", function="octet_length", output_field=IntegerField())
        layers = TextLayer.objects.filter(pk__in=[text.layer for text in texts])
        sizes = dict(layers.values_list("pk", octets))
        ids: list[int] = []
        size = 0
        for text in texts:
            size += sizes.get(text.layer or 0, 0)
            if ids and size - start > self._limit:
                break
            ids.append(text.layer or 0)
        self._layers = TextLayer.objects.defer("words", "metadata").in_bulk(ids)
        self._offsets = page_offsets(
            [(text.source_id, text.blob or 0) for text in texts if text.layer in self._layers]
        )

    def layer(self, text: SeriesText) -> TextLayer | None:
        """A text with its words; None where it is beyond the limit of this page."""
        return self._layers.get(text.layer or 0)

    def places(self, text: SeriesText, layer: TextLayer, begin: int) -> _Places:
        """The places of a text that begin at `begin` or behind it, as far as the limit goes."""
        withheld = text.withheld
        hidden = hidden_places(layer.doubts)
        sought = self._page.sought
        if isinstance(sought, TopicPlaces):
            shown, unshown = sought.places[layer.pk], sought.hidden[layer.pk]
            count, stop = sought.counts[layer.pk], len(layer.text)
        else:
            stop = min(len(layer.text), begin + self._limit)
            shown = _searched(layer, sought, begin, stop, withheld, hidden)
            unshown = []
            if hidden and self._page.reader.is_staff:
                whole = _searched(layer, sought, begin, stop, withheld)
                inside = merge_spans(TextSpan(*span) for span in hidden)
                unshown = [one for one in whole if overlaps_any(inside, one) and one not in shown]
            count = len(shown)
        if not self._page.reader.is_staff:
            unshown = []
        return _Places(
            shown=[place for place in shown if place.start >= begin],
            hidden=[place for place in unshown if place.start >= begin],
            count=count + len(unshown),
            stop=stop,
        )

    def lines(
        self,
        text: SeriesText,
        layer: TextLayer,
        places: Sequence[TextSpan],
        hidden: Sequence[TextSpan],
    ) -> Iterator[ContextLine]:
        """The places of a text with their context, as the reader may read it."""
        unread = [] if self._page.reader.is_staff else hidden_places(layer.doubts)
        words = masked(layer.text, [*text.withheld, *unread])
        labels = labels_of_pages(layer.pages, self._offsets.get((text.source_id, layer.blob_id)))
        unshown = set(hidden)
        quotable = self._quotable(text, layer, labels, places)
        for place in places:
            yield ContextLine(
                text=text,
                start=place.start,
                end=place.end,
                context=words_in_context(words, place.start, place.end),
                page=_page_name(labels, place),
                url=f"{reverse('claims:source', args=[text.source.key])}"
                f"?text={layer.pk}&place={place.start}-{place.end}#x0",
                is_hidden=place in unshown,
                quotable=quotable.get((place.start, place.end)),
            )

    def _quotable(
        self, text: SeriesText, layer: TextLayer, labels: PageLabels, places: Sequence[TextSpan]
    ) -> Mapping[Location, QuotableWords]:
        """The words to quote at places; none in a text in which quotes are not looked for."""
        if not (self._page.with_quotable and self._page.reader.is_staff and text.is_quoted_from):
            return {}
        words = masked(layer.text, [*text.withheld, *hidden_places(layer.doubts)])
        spans = [(place.start, place.end) for place in places]
        return quotable_places(words, layer, labels, spans)


def _searched(
    layer: TextLayer,
    pattern: Pattern,
    begin: int,
    stop: int,
    withheld: Sequence[Location],
    hidden: Sequence[Location] = (),
) -> list[TextSpan]:
    """The places of a pattern that begin in a part of a text, those that overlap as one.

    The text is searched without the words that are `hidden`; words on both sides of withheld ones
    are no phrase.
    """
    low, high = max(begin - _REACH, 0), min(stop + _REACH, len(layer.text))
    text = masked(layer.text[low:high], _moved(withheld, -low))
    text = blanked(text, _moved(hidden, -low))
    spans = [
        Span(max(one["start"] - low, 0), one["end"] - low, one["kind"])
        for one in layer.apparatus
        if one["end"] > low and one["start"] < high
    ]
    gone = merge_spans(TextSpan(*span) for span in withheld)
    places = (
        TextSpan(hit.start + low, hit.end + low)
        for hit in merge_spans(find_hits(pattern, prepare_layer_text(text, spans)))
    )
    return [
        place for place in places if begin <= place.start < stop and not overlaps_any(gone, place)
    ]


def _moved(spans: Sequence[Location], by: int) -> list[Location]:
    return [(max(start + by, 0), end + by) for start, end in spans if end + by > 0]


def _page_name(labels: PageLabels, place: TextSpan) -> str:
    return labels.named(labels.at(place.start))
