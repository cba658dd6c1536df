"""A text made ready to be searched for terms: its words, folded, with their places.

A word is a run of letters or a run of digits, so that "2" is not in "2023" and is in "Siberia-2".
Of Han, Kana, Thai and other scripts without spaces between words each character is one. Case,
diacritics, the width of a character and invisible characters make no difference; nor does what
stands between words: white space, a line's end, dashes, quotation marks.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sources.domain.refusals import is_invisible
from sources.domain.search import fold_for_search

# Scripts that put no space between words: Thai, Lao, Myanmar, Khmer, Kana, Han.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# One character of an unspaced script, or a run of digits, or a run of letters with their marks.
_WORD = re.compile(rf"{UNSPACED.pattern}|\d+|(?:(?!{UNSPACED.pattern})[^\W\d_])+")
_LINE_HYPHEN = re.compile(r"(?:[-\u2010\u2011][ \t]*\r?\n|\u00ad\s*\n)[ \t]*")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text in code points, half-open."""

    start: int
    end: int


@dataclass(frozen=True)
class Words:
    """Words in the order of reading, each with its place in the text."""

    words: Sequence[str]
    places: Sequence[Place]

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """Where each word stands, by the number of the word."""
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            found.setdefault(word, []).append(number)
        return found

    def place(self, first: int, last: int) -> Place:
        """From one word to another, both counted."""
        return Place(self.places[first].start, self.places[last].end)


@dataclass(frozen=True)
class Searched:
    """A text as it is searched.

    `streams` are what is read in one go: the running text, once with words kept apart that a
    line's end parts after a hyphen and, where there are such, once with these joined; and each
    stretch that the running text passes over (a footnote, a running head), by itself.
    """

    text: str
    streams: Sequence[Words]


def ready(text: str, passed_over: Iterable[tuple[int, int]] = ()) -> Searched:
    """Make a text ready; `passed_over` are stretches, half-open, that are no running text.

    They part no words of it, and are searched as texts of their own. Linear in the text's length.
    """
    aside = _apart(passed_over)
    running, positions = _without(text, aside)
    streams = [_words(running, positions)]
    if _LINE_HYPHEN.search(running):
        streams.append(_words(*_joined(running, positions)))
    streams += [_words(text[start:end], range(start, end)) for start, end in aside]
    return Searched(text, [stream for stream in streams if stream.words])


def folded_words(text: str) -> list[str]:
    """The words of a short text as they are compared."""
    return list(_words(text, range(len(text))).words)


def _words(text: str, positions: Sequence[int]) -> Words:
    """The words of a text whose characters stand at these positions of the whole."""
    text, positions = _seen(text, positions)
    words, places = [], []
    for word, start, end in _parts(text):
        words.append(word)
        places.append(Place(positions[start], positions[end - 1] + 1))
    return Words(words, places)


def _parts(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word folded, with its place. What folds to several words (½, ㎞) is several."""
    known: dict[str, list[str]] = {}
    for match in _WORD.finditer(_with_marks_as_letters(text)):
        raw = text[match.start() : match.end()]
        if raw not in known:
            known[raw] = _WORD.findall(fold_for_search(raw)) or [raw]
        for word in known[raw]:
            yield word, match.start(), match.end()


def _with_marks_as_letters(text: str) -> str:
    """The text with a letter for each combining mark, so that no word ends at one.

    NFC leaves the marks that no single character has, and a pattern of letters knows none.
    """
    if text.isascii():
        return text
    return "".join("\u02bc" if unicodedata.combining(one) else one for one in text)


def _seen(text: str, positions: Sequence[int]) -> tuple[str, Sequence[int]]:
    """The text without invisible characters, which may stand inside of words."""
    if text.isascii():
        return text, positions
    kept = [n for n, one in enumerate(text) if one.isspace() or not is_invisible(one)]
    if len(kept) == len(text):
        return text, positions
    return "".join(text[n] for n in kept), [positions[n] for n in kept]


def _joined(text: str, positions: Sequence[int]) -> tuple[str, Sequence[int]]:
    """The text with the words joined that a line's end parts after a hyphen."""
    pieces, kept, start = [], list[int](), 0
    for match in _LINE_HYPHEN.finditer(text):
        pieces.append(text[start : match.start()])
        kept += positions[start : match.start()]
        start = match.end()
    return "".join(pieces) + text[start:], [*kept, *positions[start:]]


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that meet as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return found


def _without(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, Sequence[int]]:
    """The text without some stretches, with the place that each character left has."""
    if not spans:
        return text, range(len(text))
    pieces, kept, start = [], list[int](), 0
    for begin, end in spans:
        pieces.append(text[start:begin])
        kept += range(start, begin)
        start = end
    return "".join(pieces) + text[start:], [*kept, *range(start, len(text))]


def inside(places: Sequence[Place], place: Place) -> bool:
    """Whether a place shares a character with one of these, which are in order and apart."""
    number = bisect_left(places, place.end, key=lambda one: one.start)
    return number > 0 and places[number - 1].end > place.start
