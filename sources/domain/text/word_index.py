"""The distinct words of a text, folded: by them a quote is looked for in many texts at once.

A quote that stands in a text, exact or folded, has no word that the text has not: words are
taken from the folded text with its apparatus and without, and with those joined that the ends of
lines part; they are parted wherever a quote may begin or end. Scripts that write no spaces (Han,
kana, Thai) give pairs of neighbours instead.
Among the words stands every fourth run of three that follow each other (chosen by a checksum, so
that text and quote choose the same ones): they tell apart texts that share their words.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from zlib import crc32

from sources.domain.text.apparatus import Span
from sources.domain.text.characters import UNSPACED, is_unspaced
from sources.domain.text.folded_text import FoldedText
from sources.domain.text.folding import Folded

MAX_LENGTH = 64  # code points of a word that count; an index takes no endless ones
ONE_RUN_IN = 4

# Letters, digits and what is written onto them; superscripts part words as a note's mark does.
_WORD = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+")
# As in `sources.domain.grading.elided`: where a quote leaves words out, and where the desk put
# some in.
_GAP = re.compile(r"\[[^\]]*\]|\(?(?:…|\.\.\.)\)?")


def distinct_words(text: str, apparatus: Sequence[Span] = ()) -> list[str]:
    """The words of a text by which quotes in it are found, and some runs; each once, sorted."""
    folded = FoldedText(text, apparatus)
    words = _words_and_runs(folded.kept.text)
    if folded.apparatus:
        words |= _words_and_runs(folded.passed.text)
    parted = chain.from_iterable(folded.parted_words.values())
    if hyphens := [Span(one.start, one.end, "") for one in parted]:
        words |= _words_and_runs(Folded(text, sorted([*apparatus, *hyphens])).text)
    return sorted(words)


def words_of_quote(exact: str) -> list[str]:
    """The words and runs that a text must have to carry the quote, those that say most first.

    What stands in brackets is the desk's, and no run reaches over it or over an ellipsis.
    """
    words: set[str] = set()
    for part in _GAP.split(exact):
        words |= _words_and_runs(Folded(part).text)
    return sorted(words, key=lambda word: (" " not in word, -len(word), word))


def _words_and_runs(folded: str) -> set[str]:
    words = list(_words(folded))
    runs = map(" ".join, zip(words, words[1:], words[2:], strict=False))
    return {*words, *(run for run in runs if crc32(run.encode()) % ONE_RUN_IN == 0)}


def _words(folded: str) -> Iterator[str]:
    for run in _WORD.findall(folded):
        if is_unspaced(run[0]):
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        else:
            yield run[:MAX_LENGTH]
