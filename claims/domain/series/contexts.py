"""Words in context: a place of a text on one line with what stands around it, and how lines sort.

Lines sort by the text, or by the words on one side: the nearest first, folded, so that lines with
the same neighbour stand together.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from claims.domain.series.word_counts import folded_words

# How many characters of context a line has on each side at most.
CONTEXT_LENGTH = 48
# So many neighbours are compared.
_NEIGHBOURS = 5

_SPACE = re.compile(r"\s+")


class ContextOrder(StrEnum):
    """The orders of lines: that of the texts, or by the nearest words on one side."""

    TEXT = "text"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True)
class WordsInContext:
    """The words at a place and their context on one line: white space is one space.

    The context is cut between words, where there are spaces.
    """

    before: str
    words: str
    after: str

    def sort_key(self, order: ContextOrder) -> tuple[str, ...]:
        """Neighbours in the order in which they are compared; empty in that of the text."""
        if order == ContextOrder.TEXT:
            return ()
        if order == ContextOrder.LEFT:
            return tuple(reversed(list(folded_words(self.before))[-_NEIGHBOURS:]))
        return tuple(list(folded_words(self.after))[:_NEIGHBOURS])


def words_in_context(text: str, start: int, end: int) -> WordsInContext:
    """The words from `start` to `end` (code points, half-open) with their context."""
    first = max(start - CONTEXT_LENGTH, 0)
    before = _on_one_line(text[first:start])
    after = _on_one_line(text[end : end + CONTEXT_LENGTH])
    if first and " " in before.rstrip():
        before = before.partition(" ")[2]
    if end + CONTEXT_LENGTH < len(text) and " " in after.lstrip():
        after = after.rpartition(" ")[0]
    return WordsInContext(before, _on_one_line(text[start:end]), after)


def _on_one_line(text: str) -> str:
    return _SPACE.sub(" ", text)
