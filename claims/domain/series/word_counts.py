"""The words of a text, counted: how many there are, and how often each is used.

A word is a segment of UAX #29 (Unicode's default word boundaries) that has a letter or a decimal
digit: "can't", "3.14" and "U.S" are one, "e-mail" is two. Nothing is known of the words of a
language, so each Han character and each letter of Thai is a word of its own, as the rule says; a
run of katakana is one. A word that a hyphen parts at the end of a line is two. In one point the
rule is tailored, as it allows: the narrow no-break space (U+202F), which joins words for the sake
of Mongolian, parts them in other scripts, and joins digits alone ("10 000").

Words are compared without case and in compatibility form (NFKC: ligatures and full-width letters
are plain ones), soft hyphens and invisible characters left out, each apostrophe a straight one.
Diacritics make a difference: "résumé" is not "resume".
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from sources.domain.text.characters import without_invisible
from sources.domain.text.segments import Location
from sources.domain.text.spans import Span
from sources.vocabulary import ApparatusKind

# How many different words of one text are listed; the others are only in the total.
MAX_LISTED_WORDS = 5_000

# Between two words of UAX #29: with WORD, `\b` is Unicode's default word boundary.
_BOUNDARY = regex.compile(r"\b", regex.WORD)
_HAS_WORD = regex.compile(r"[\p{L}\p{Nl}\p{Nd}]")
# The narrow no-break space where it is only a space.
_NARROW_SPACE = re.compile(r"(?<![\d\u1800-\u18aa])\u202f|\u202f(?![\d\u1800-\u18aa])")
# What NFKC puts under a mark that stands alone, as the cedilla in "A¸".
_UNDER_MARK = regex.compile(r"\s(?=\p{M})")
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc\uff07", "'"))
# What marks leave behind: nothing, since they stand at words and amid them. All else parts words.
_MARKS = (
    ApparatusKind.NOTE,
    ApparatusKind.LINK,
    ApparatusKind.MARKUP,
    ApparatusKind.EMPHASIS,
)


@dataclass(frozen=True, slots=True)
class WordCounts:
    """How many words a text has, and how often each of the most used is there.

    `words` are pairs of a word, folded, and its count: the most used first, then in the order of
    their letters, at most MAX_LISTED_WORDS.
    """

    total: int
    words: tuple[tuple[str, int], ...]


def count_words(
    text: str, apparatus: Sequence[Span] = (), *, withheld: Sequence[Location] = ()
) -> WordCounts:
    """Count the words of a text's pages: without its apparatus and without hidden words.

    `withheld` are spans in code points, half-open: a word that reaches into one is not counted.
    Linear in the text's length, some half a second for 1 MB.
    """
    shown, covered = _shown(_NARROW_SPACE.sub(" ", text), apparatus, withheld)
    bounds = [0, *(boundary.start() for boundary in _BOUNDARY.finditer(shown)), len(shown)]
    found = Counter(shown[start:end] for start, end in pairwise(bounds))
    found.subtract(shown[bounds[at] : bounds[at + 1]] for at in _reached(bounds, covered))
    counts: Counter[str] = Counter()
    for segment, count in found.items():
        if count and _HAS_WORD.search(segment):
            counts[fold_word(segment)] += count
    words = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return WordCounts(counts.total(), tuple(words[:MAX_LISTED_WORDS]))


def folded_words(text: str) -> Iterator[str]:
    """The words of a short text, folded, in order."""
    text = _NARROW_SPACE.sub(" ", text)
    bounds = (0, *(boundary.start() for boundary in _BOUNDARY.finditer(text)), len(text))
    for start, end in pairwise(bounds):
        if _HAS_WORD.search(segment := text[start:end]):
            yield fold_word(segment)


def fold_word(word: str) -> str:
    """A word in the form in which words are compared and counted."""
    plain = unicodedata.normalize("NFKC", word.translate(_APOSTROPHES)).translate(_APOSTROPHES)
    shown = without_invisible(_UNDER_MARK.sub("", plain))
    return unicodedata.normalize("NFKC", shown.lower())


def _reached(bounds: Sequence[int], covered: Iterable[Location]) -> set[int]:
    """The numbers of the segments between these bounds that a covered span reaches into."""
    return {
        number
        for start, end in covered
        for number in range(bisect_right(bounds, start) - 1, bisect_left(bounds, end))
    }


def _shown(
    text: str, apparatus: Iterable[Span], withheld: Iterable[Location]
) -> tuple[str, list[Location]]:
    """The text without its apparatus, and where in that the withheld spans are."""
    pieces: list[str] = []
    at = length = 0
    kept: list[tuple[int, int]] = [(0, 0)]  # where a piece begins, in the text and in what is shown
    for span in sorted(apparatus):
        if span.end <= at or span.start >= span.end:
            continue
        pieces += [text[at : max(span.start, at)], "" if span.kind in _MARKS else " "]
        length += len(pieces[-2]) + len(pieces[-1])
        at = min(span.end, len(text))
        kept.append((at, length))
    pieces.append(text[at:])
    starts = [start for start, _shown_at in kept]
    ends = [shown_at for _start, shown_at in kept[1:]] + [length + len(pieces[-1])]

    def shown_at(position: int) -> int:
        number = bisect_right(starts, position) - 1
        return min(kept[number][1] + position - kept[number][0], ends[number])

    spans = ((shown_at(start), shown_at(end)) for start, end in withheld)
    return "".join(pieces), [(start, end) for start, end in spans if start < end]
