"""The distinct words of a text, folded: by them a quote is looked for in many texts at once.

A quote that stands in a text, exact or folded, has no word that the text has not: words are
taken from the folded text with its apparatus and without, and are parted wherever a quote may
begin or end. Scripts that write no spaces (Han, kana, Thai) give pairs of neighbours instead.
"""

import re
from collections.abc import Iterator, Sequence

from sources.domain.apparatus import Span
from sources.domain.characters import UNSPACED, is_unspaced
from sources.domain.folding import Folded, FoldedText

MAX_LENGTH = 64  # code points of a word that count; an index takes no endless ones

# Letters, digits and what is written onto them; superscripts part words as a note's mark does.
_WORD = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+")
_INSERTED = re.compile(r"\[[^\]]*\]")


def distinct_words(text: str, apparatus: Sequence[Span] = ()) -> list[str]:
    """The words of a text by which quotes in it are found, each once, sorted."""
    folded = FoldedText(text, apparatus)
    words = set(_words(folded.kept.text))
    if folded.apparatus:
        words.update(_words(folded.passed.text))
    return sorted(words)


def words_of_quote(exact: str) -> list[str]:
    """The words that a text must have to carry the quote; those in brackets are the desk's."""
    return sorted(set(_words(Folded(_INSERTED.sub(" ", exact)).text)))


def _words(folded: str) -> Iterator[str]:
    for run in _WORD.findall(folded):
        if is_unspaced(run[0]):
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        else:
            yield run[:MAX_LENGTH]
