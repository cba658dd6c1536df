"""The places of a dictionary's topics in one text, counted.

A place is where one or several terms of a topic are found: hits that share a character are one
place, from the first character of any to the last. Counted are places in what the pages show.
Those in words that no page shows are apart. So are at first those that stand wholly in mark-up, in
running heads, page numbers or pull quotes, which go along with the text or repeat it: they are
counted only where a topic has no other place, so that nothing is called absent that is there.
Footnotes are text.

A barcode is drawn of sixtieths of the text, by words: from the first to the last word of the text
without its apparatus, each sixtieth has the same number of words, whatever white space, tables or
link targets lie between them.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from claims.domain.absence.searchable_text import (
    SearchableText,
    TextSpan,
    overlaps_any,
    prepare_layer_text,
)
from claims.domain.absence.terms import Pattern, find_hits, merge_spans, read_term
from claims.domain.series.dictionary import Dictionary, DictionaryEntry, DictionaryTerm
from sources.domain.text.language import language_of
from sources.domain.text.segments import blanked
from sources.domain.text.spans import Span
from sources.vocabulary import ApparatusKind

# Into how many parts of the same number of words a text is cut for its barcode.
BINS = 60

# How many places of a topic are listed, the first ones; more are only counted.
MAX_LISTED_PLACES = 2_000

# What belongs to the words of a text all the same: notes, and the borders between its cells.
_IN_TEXT = (ApparatusKind.FOOTNOTE, ApparatusKind.CELL)


@dataclass(frozen=True, slots=True)
class EntryCount:
    """The places of one topic in a text.

    `count` and `hidden` are numbers of places, in what the pages show and in what they do not;
    `bins` the numbers of the sixtieths of the text that have a shown place, ascending. `places` and
    `hidden_places` are in order and apart, the first MAX_LISTED_PLACES of each. `is_searched` is
    false where the topic has no term for a text of this language: it was looked for by none.
    """

    topic: str
    count: int = 0
    hidden: int = 0
    bins: tuple[int, ...] = ()
    places: tuple[TextSpan, ...] = ()
    hidden_places: tuple[TextSpan, ...] = ()
    is_searched: bool = True


@dataclass(frozen=True)
class CountedText:
    """A text prepared to be counted once, for all dictionaries.

    `languages` are those that the text may be in, empty where nobody can tell; a term of another
    one is not looked for.
    """

    shown: SearchableText
    whole: SearchableText
    hidden: Sequence[tuple[int, int]]
    furniture: Sequence[tuple[int, int]]
    languages: frozenset[str]
    _patterns: dict[str, Pattern] = field(default_factory=dict)
    _hits: dict[tuple[str, bool], Sequence[TextSpan]] = field(default_factory=dict)

    def hits(self, term: str, *, is_whole: bool = False) -> Sequence[TextSpan]:
        """Where a term is in what the pages show, or in the whole text; each is searched for once.

        Raises TermRefused for a term that cannot be read.
        """
        if self.whole is self.shown:
            is_whole = False
        key = (term, is_whole)
        if key not in self._hits:
            if term not in self._patterns:
                self._patterns[term] = read_term(term)
            searched = self.whole if is_whole else self.shown
            self._hits[key] = find_hits(self._patterns[term], searched)
        return self._hits[key]


def prepare_counting(
    text: str, *, apparatus: Sequence[Span] = (), languages: Collection[str] = ()
) -> CountedText:
    """Prepare a text, in which withheld words are masked, to be counted.

    `languages` are BCP 47 tags of what it is said to be in; what its words tell is added. Linear in
    the text's length: about a second for 1 MB.
    """
    told = {primary_language(tag) for tag in (*languages, language_of(text))} - {""}
    hidden = [(span.start, span.end) for span in apparatus if span.kind == ApparatusKind.HIDDEN]
    others = [span for span in apparatus if span.kind != ApparatusKind.HIDDEN]
    shown = prepare_layer_text(blanked(text, hidden) if hidden else text, others)
    return CountedText(
        shown=shown,
        whole=prepare_layer_text(text, others) if hidden else shown,
        hidden=_merged((start, end) for start, end in hidden),
        furniture=_merged((one.start, one.end) for one in others if one.kind not in _IN_TEXT),
        languages=frozenset(told),
    )


def count_topics(
    text: str,
    dictionary: Dictionary,
    *,
    language: str = "",
    apparatus: Sequence[Span] = (),
) -> list[EntryCount]:
    """Count each topic of a dictionary in a text, in their order. Raises TermRefused.

    `language` is what the text is said to be in, a BCP 47 tag or empty.
    """
    prepared = prepare_counting(text, apparatus=apparatus, languages=[language])
    return count_prepared(prepared, dictionary)


def count_prepared(text: CountedText, dictionary: Dictionary) -> list[EntryCount]:
    """Count each topic of a dictionary in a prepared text, in their order. Raises TermRefused."""
    return [_count_entry(text, entry) for entry in dictionary.entries]


def is_looked_for(term: DictionaryTerm, languages: Collection[str]) -> bool:
    """Whether a term is looked for in a text that may be in these languages.

    A term that names no language always is, and all are in a text of which nobody knows it.
    """
    return not languages or not term.language or primary_language(term.language) in languages


def primary_language(tag: str) -> str:
    """The language of a BCP 47 tag without its script and region: "zh" of "zh-Hant-TW"."""
    return tag.strip().replace("_", "-").partition("-")[0].lower()


def _count_entry(text: CountedText, entry: DictionaryEntry) -> EntryCount:
    terms = [term.text for term in entry.terms if is_looked_for(term, text.languages)]
    if not terms:
        return EntryCount(entry.topic, is_searched=False)
    found = merge_spans(hit for term in terms for hit in text.hits(term))
    places = [place for place in found if not _is_furniture(place, text.furniture)] or found
    hidden: list[TextSpan] = []
    if text.hidden:
        beneath = [TextSpan(*span) for span in text.hidden]
        whole = merge_spans(hit for term in terms for hit in text.hits(term, is_whole=True))
        hidden = [
            place
            for place in whole
            if overlaps_any(beneath, place) and not overlaps_any(places, place)
        ]
    return EntryCount(
        entry.topic,
        count=len(places),
        hidden=len(hidden),
        bins=bins_of(places, text.shown),
        places=tuple(places[:MAX_LISTED_PLACES]),
        hidden_places=tuple(hidden[:MAX_LISTED_PLACES]),
    )


def bins_of(places: Iterable[TextSpan], text: SearchableText) -> tuple[int, ...]:
    """The sixtieths of the text, from 0 to 59, in which a place begins, ascending."""
    words = text.streams[min(1, len(text.streams) - 1)]  # without the apparatus
    if not len(words):
        return ()
    last = len(words)
    numbers = (max(bisect_right(words.starts, one.start, 0, last) - 1, 0) for one in places)
    return tuple(sorted({number * BINS // last for number in numbers}))


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order; those that overlap or touch are one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _is_furniture(place: TextSpan, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a place is wholly in one of these spans, which are in order and apart."""
    number = bisect_right(spans, place.start, key=lambda span: span[0]) - 1
    return number >= 0 and place.end <= spans[number][1]
