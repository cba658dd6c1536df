"""A text prepared to be searched for terms: its words, folded, with their spans.

A word is a run of letters or a run of digits, so that "2" is not in "2023" and is in "Siberia-2"
and "Siberia2". Of Han, kana, Thai and other scripts without spaces between words each character is
one. Case, diacritics, the width of a character and invisible characters make no difference; nor
does what stands between words: white space, a line's end, dashes, quotation marks, stops, a raised
figure (the note's mark in "2³").

To find too much is safe, since a person can dismiss a hit; to find too little is not. So where a
mark may part one word or two ("Sibe-" at the end of a line, "Xi'an", "U.S.", "2,000", a zero-width
space, a note's mark amid letters) both are searched, and digits of every script are ASCII ones.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate

from sources.domain.refusals import is_invisible
from sources.domain.text.characters import HYPHENS, SOFT_HYPHEN, UNSPACED, is_mark, is_unspaced
from sources.domain.text.search_folding import fold_for_search
from sources.domain.text.spans import Span
from sources.vocabulary import ApparatusKind

# It may part words or be nothing, and nobody can tell which. Spans passed over become this.
_BREAK = "\u200b"
_STROKE = "\u0640"  # Arabic letters are drawn longer by it
_RAISED = "\u2070\u00b9\u00b2\u00b3\u2074-\u2079"
_LOWERED = "\u2080-\u2089"
_APOSTROPHES = "'\u2018\u2019\u201b\u02b9-\u02bf\uff07"
_VOICED = "\uff9e\uff9f"  # marks that half-width kana carry behind them
_RADICALS = "\u2e80-\u2fdf"  # of Han characters, which copied PDFs often have in their place
_DIGIT = rf"[\d{_LOWERED}]"
_LETTER = rf"[^\W\d_{_RAISED}{_LOWERED}\u02b9-\u02bf{_STROKE}{_VOICED}{UNSPACED}]"
# Drawn at the end of a line where a word goes on below: also the sign ¬ of some scans, and the
# two characters that readers of PDF put for it.
_LINE_END = f"{HYPHENS[1:]}{SOFT_HYPHEN}\u00ac\u2043\x02\ufffe-"
# Between two words that may be one: where a line ends, in names and abbreviations, in numbers.
_JOINT = re.compile(
    rf"(?:[{_LINE_END}][\s{_BREAK}]++|[{_APOSTROPHES}.,\u00a0\u2009\u202f]|{_BREAK}++)(?=\w)"
)
# What a character folds to may be several words: ½, ㎡.
_PARTS = re.compile(r"\d+|[^\d\s\u2044]+")
_PIECES = 4  # so many words in a row are also read as one
_MAX_PIECES = 32  # and all that hang together; where more do, no more than two are read as one


@dataclass(frozen=True, slots=True, order=True)
class TextSpan:
    """A span of a text in code points, half-open."""

    start: int
    end: int


@dataclass(frozen=True, eq=False)
class WordStream:
    """The words of a text in one way to read it, in order.

    `words` are folded, `starts` and `ends` their places in code points. `joined` says by the number
    of a word which words from it on may be one: up to which number (excluded), and the word.
    `index` says for every word, joined ones included, at which numbers it begins, ascending. The
    last word has no letters, so that there is always a word behind a word. `barriers` are the
    numbers of words that no phrase reaches from the word before: they begin a cell of a table, or
    stand behind one. `spellings` says for every word in which ways it is written in the text.
    """

    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    joined: Mapping[int, Sequence[tuple[int, str]]]
    index: Mapping[str, Sequence[int]]
    barriers: Collection[int] = ()
    spellings: Mapping[str, Collection[str]] = field(default_factory=dict)

    @cached_property
    def run_together(self) -> tuple[str, Sequence[int]]:
        """All words without anything between them, and where each of them ends there."""
        return "".join(self.words), list(accumulate(len(word) for word in self.words))

    def span(self, first: int, end: int) -> TextSpan:
        """From the word of one number to that before another."""
        return TextSpan(self.starts[first], self.ends[end - 1])

    def __len__(self) -> int:
        return len(self.words) - 1


@dataclass(frozen=True, eq=False)
class SearchableText:
    """A text as it is searched: its words, in each way to read it."""

    text: str
    streams: Sequence[WordStream]


def prepare_text(text: str, passed_over: Iterable[tuple[int, int]] = ()) -> SearchableText:
    """Prepare a text to be searched; `passed_over` are spans, half-open, that are no running text.

    The text is read with them and without: what is in them is found, what they part, and what
    runs from one into the other where a span was taken too far. Linear in the text's length.
    """
    return _searched(text, [list(passed_over)])


def prepare_layer_text(text: str, apparatus: Sequence[Span]) -> SearchableText:
    """Prepare a layer's text to be searched: as it is, without its apparatus, and without the marks
    alone, so that a footnote is found whose words a link's brackets part. No phrase runs over the
    border of a cell."""
    borders = [span.start for span in apparatus if span.kind == ApparatusKind.CELL]
    others = [span for span in apparatus if span.kind != ApparatusKind.CELL]
    marks = [span for span in others if not span.is_quotable]
    return _searched(
        text, [[(span.start, span.end) for span in spans] for spans in (others, marks)], borders
    )


def _searched(
    text: str, passed_over: Sequence[Sequence[tuple[int, int]]], borders: Sequence[int] = ()
) -> SearchableText:
    texts = [text, *(_without(text, spans) for spans in passed_over)]
    return SearchableText(text, [_words(each, borders) for each in dict.fromkeys(texts)])


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with breaks in place of some spans, as long as before."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        begin, stop = max(start, at), min(end, len(text))
        if begin < stop:
            pieces += [text[at:begin], _BREAK * (stop - begin)]
            at = stop
    return "".join(pieces) + text[at:]


def _words(text: str, borders: Sequence[int] = ()) -> WordStream:
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    folded: dict[str, list[str]] = {}
    for found in _pattern_of_words(text).finditer(text):
        raw = found.group()
        parts = folded.get(raw)
        if parts is None:
            parts = folded[raw] = _fold(raw)
        start, end = found.span()
        for word in parts:
            words.append(word)
            starts.append(start)
            ends.append(end)
    barriers = frozenset(bisect_left(starts, border) for border in borders)
    joints = (number for number in _joints(text, words, starts, ends) if number + 1 not in barriers)
    joined = _joined(words, joints)
    return WordStream(
        [*words, ""],
        [*starts, len(text)],
        [*ends, len(text)],
        joined,
        _index(words, joined),
        barriers,
        _spellings(text, folded, joined, starts, ends),
    )


def _spellings(
    text: str,
    folded: Mapping[str, Sequence[str]],
    joined: Mapping[int, Sequence[tuple[int, str]]],
    starts: Sequence[int],
    ends: Sequence[int],
) -> dict[str, set[str]]:
    """How each word is written, joined ones without what stands between their parts."""
    found: dict[str, set[str]] = {}
    for raw, parts in folded.items():
        for word in parts:
            found.setdefault(word, set()).add(raw)
    for number, ways in joined.items():
        for end, word in ways:
            pieces = (text[starts[each] : ends[each]] for each in range(number, end))
            found.setdefault(word, set()).add("".join(pieces))
    return found


def _pattern_of_words(text: str) -> re.Pattern[str]:
    """The pattern that finds the words of this text. Marks (category M) and invisible characters
    belong to the letter before them; `re` has no class for them, so those of the text are named."""
    characters = sorted({*text} - {_BREAK})
    marks = [each for each in characters if each in _VOICED or is_mark(each)]
    hidden = [each for each in characters if _is_hidden(each)]
    return _compiled("".join(marks), "".join(hidden))


@lru_cache(maxsize=64)
def _compiled(marks: str, hidden: str) -> re.Pattern[str]:
    """Repetitions are possessive: no text makes it go back over what it has read."""
    mark = f"[{re.escape(marks)}]" if marks else "(?!)"
    unseen = f"[{re.escape(hidden)}]++" if hidden else "(?!)"
    return re.compile(
        rf"{_LETTER}++(?:(?:{mark}|{unseen}(?={_LETTER}|{mark})){_LETTER}*+)*+"
        rf"|{_DIGIT}++(?:(?:{mark}|{unseen}(?={_DIGIT})){_DIGIT}*+)*+"
        rf"|[{UNSPACED}{_RADICALS}]{mark}*+"
    )


def _is_hidden(character: str) -> bool:
    return character == _STROKE or (is_invisible(character) and not character.isspace())


def _fold(raw: str) -> list[str]:
    """A word as it is compared; none for what folds away, several for ½."""
    if raw.isascii() and raw.isalnum():  # else it may hide a control character
        return [raw.lower()]
    word = fold_for_search("".join(each for each in raw if not _is_hidden(each)))
    return _PARTS.findall("".join(str(unicodedata.decimal(each, each)) for each in word))


def _index(
    words: Sequence[str], joined: Mapping[int, Sequence[tuple[int, str]]]
) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        if word in index:
            index[word].append(number)
        else:
            index[word] = [number]
    again = set()
    for number, ways in joined.items():
        for _end, word in ways:
            again.add(word)
            index.setdefault(word, []).append(number)
    for word in again:
        index[word].sort()
    return index


def _joints(
    text: str, words: Sequence[str], starts: Sequence[int], ends: Sequence[int]
) -> Iterator[int]:
    """The numbers of words that may be one with the next, ascending."""
    for joint in _JOINT.finditer(text):
        number = bisect_left(ends, joint.start())
        meets = (
            number + 1 < len(words)
            and ends[number] == joint.start()
            and starts[number + 1] == joint.end()
        )
        if meets and _may_join(words[number], joint.group(), words[number + 1]):
            yield number


def _may_join(word: str, mark: str, following: str) -> bool:
    """Whether the mark may stand in a word: U.S., 2,000; "Siberia.The" is two words."""
    if is_unspaced(word) or is_unspaced(following):
        return False
    if mark[0] == _BREAK:
        return True
    if word.isdecimal():
        return len(mark) == 1 and following.isdecimal() and len(following) == 3
    if mark in ".,\u00a0\u2009\u202f":
        return mark == "." and len(word) == len(following) == 1
    return True


def _joined(words: Sequence[str], joints: Iterator[int]) -> dict[int, list[tuple[int, str]]]:
    """The words from each number on that may be one, up to which number, and the word."""
    joined: dict[int, list[tuple[int, str]]] = {}
    first = last = -1
    for number in (*joints, -1):
        if number != last + 1 or last < 0:
            if last >= 0:
                _join(words, first, last + 2, joined)
            first = number
        last = number
    return joined


def _join(
    words: Sequence[str], first: int, end: int, joined: dict[int, list[tuple[int, str]]]
) -> None:
    is_word = end - first <= _MAX_PIECES
    pieces = _PIECES if is_word else 2
    for start in range(first, end - 1):
        stops = range(start + 2, min(start + pieces, end) + 1)
        joined[start] = [(stop, "".join(words[start:stop])) for stop in stops]
    if is_word and end - first > _PIECES:
        joined[first].append((end, "".join(words[first:end])))


def overlaps_any(places: Sequence[TextSpan], place: TextSpan) -> bool:
    """Whether a span shares a character with one of these, which are in order and apart."""
    number = bisect_left(places, place.end, key=lambda one: one.start)
    return number > 0 and places[number - 1].end > place.start


def is_within(places: Sequence[TextSpan], place: TextSpan) -> bool:
    """Whether one of these spans, which are in order and apart, has all of a span."""
    number = bisect_right(places, place.start, key=lambda one: one.start)
    return number > 0 and places[number - 1].end >= place.end
