"""Differences between a folded quote and the words in the text, for readers of its grade."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sources.domain.text.apparatus import Span
from sources.domain.text.characters import HYPHENS, LIGATURES, SOFT_HYPHEN
from sources.domain.text.folded_text import FoldedText
from sources.domain.text.folding import Folded
from sources.vocabulary import ApparatusKind


class Difference(StrEnum):
    """The kind of a difference that was passed over; apparatus has its own kinds."""

    WHITE_SPACE = "white-space"
    QUOTATION_MARKS = "quotation-marks"
    DASHES = "dashes"
    LIGATURES = "ligatures"
    SOFT_HYPHENS = "soft-hyphens"
    LINE_END_HYPHENS = "line-end-hyphens"  # of the text, where a line ends amid a word
    UNICODE_FORM = "unicode-form"
    ELISION = "elision"  # words of the text that the quote leaves out
    INSERTION = "insertion"  # words of the desk, in square brackets
    # Not passed over: why a quote is drifted or missing, where the words alone do not show it.
    CUT = "cut"  # only a part of these words or of this number
    IN_APPARATUS = "in-apparatus"  # only inside of the target of a link or the like
    ACROSS_BLOCKS = "across-blocks"  # from the running text into a footnote or the like
    INVISIBLE = "invisible"  # characters that print nothing
    LOOK_ALIKE = "look-alike"  # another character that looks the same, or nearly


_HYPHEN = re.compile(f"[{HYPHENS[1:]}-]")
# How a gap begins where the end of a line or of a page parts a word.
_LINE_END = re.compile(f"{_HYPHEN.pattern}[ \t]*[\n\f]")
_TOLD = 40  # code points of words that were passed over


@dataclass(frozen=True, slots=True)
class PassedOver:
    """One difference: where in the text (code points, half-open), its kind, both wordings.

    `kind` is one of `Difference` or `ApparatusKind`; `words` are the text's, `quoted` the quote's;
    either is empty where that side has nothing. Of a footnote or the like only the beginning, of
    hidden words nothing.
    """

    start: int
    end: int
    kind: str
    words: str
    quoted: str


def quote_differences(
    quote: str, folded_quote: Folded, layer: FoldedText, folded: Folded, at: int
) -> tuple[PassedOver, ...]:
    """The differences between a quote and its place in the text, in order.

    `at` is where the place begins in the folded text. Walks the folded characters, which are the
    same on both sides, and compares what each stands for and what was dropped before it.
    """
    found: dict[tuple[int, int, str], PassedOver] = {}
    for index in range(len(folded_quote.text)):
        if index:
            gap = folded.end(at + index), folded.start(at + index)
            quoted = quote[folded_quote.end(index) : folded_quote.start(index)]
            if layer.text[slice(*gap)] != quoted:
                words = layer.text[slice(*gap)]
                kind = _kind_of_gap(words, quoted, gap, layer.apparatus)
                words = "" if kind == ApparatusKind.HIDDEN else words
                found[*gap, kind] = PassedOver(*gap, kind, words, quoted)
        piece = folded.start(at + index), folded.end(at + index + 1)
        quoted = quote[folded_quote.start(index) : folded_quote.end(index + 1)]
        words = layer.text[slice(*piece)]
        furniture = _furniture(layer, *piece) if words != quoted else []
        found.update(((each.start, each.end, each.kind), each) for each in furniture)
        if words != quoted and not furniture:
            kind = _kind_of_piece(folded_quote.text[index], words, quoted)
            found.setdefault((*piece, kind), PassedOver(*piece, kind, words, quoted))
    return tuple(found.values())


def _furniture(layer: FoldedText, start: int, end: int) -> list[PassedOver]:
    """The footnotes, pull quotes and the like that white space was folded across, one by one.

    Only the beginning of their words is given: they are no words of the quote, and can be long.
    """
    first = bisect_right(layer.apparatus, start, key=lambda span: span.start)
    last = bisect_left(layer.apparatus, end, key=lambda span: span.end)
    blocks: list[list[Span]] = []
    for span in layer.apparatus[first:last]:
        if blocks and blocks[-1][-1].end == span.start:
            blocks[-1].append(span)
        else:
            blocks.append([span])
    return [_block(layer.text, block) for block in blocks]


def _block(text: str, block: list[Span]) -> PassedOver:
    """Adjoining pieces of apparatus as one: a footnote with its mark and emphasis."""
    start, end = block[0].start, block[-1].end
    kind = next((span.kind for span in block if span.is_quotable), block[0].kind)
    words = "" if any(span.kind == ApparatusKind.HIDDEN for span in block) else text[start:end]
    return PassedOver(start, end, kind, words if len(words) <= _TOLD else f"{words[:_TOLD]}…", "")


def _kind_of_gap(words: str, quoted: str, gap: tuple[int, int], apparatus: Sequence[Span]) -> str:
    first = bisect_right(apparatus, gap[0], key=lambda span: span.end)
    last = bisect_left(apparatus, gap[1], key=lambda span: span.start)
    kinds = [span.kind for span in apparatus[first:last]]
    if ApparatusKind.HIDDEN in kinds:
        return ApparatusKind.HIDDEN
    if _LINE_END.match(words) and not _HYPHEN.search(quoted):  # a foot of the page may follow it
        return Difference.LINE_END_HYPHENS
    if kinds:
        return kinds[0]
    if _HYPHEN.search(words) and not _HYPHEN.search(quoted):
        return Difference.LINE_END_HYPHENS
    return Difference.SOFT_HYPHENS if SOFT_HYPHEN in words + quoted else Difference.WHITE_SPACE


def _kind_of_piece(folded: str, words: str, quoted: str) -> str:
    if folded.isspace():
        return Difference.WHITE_SPACE
    if folded in "\"'":
        return Difference.QUOTATION_MARKS
    if folded in "-—−":
        return Difference.DASHES
    if words in LIGATURES or quoted in LIGATURES:
        return Difference.LIGATURES
    return Difference.UNICODE_FORM
