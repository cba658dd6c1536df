"""How a folded quote differs from the words in the text, for the people who read its grade."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sources.domain.apparatus import Span
from sources.domain.characters import LIGATURES, SOFT_HYPHEN
from sources.domain.folding import Folded, FoldedText


class Difference(StrEnum):
    """What sort of difference folding passed over; apparatus has its own kinds."""

    WHITE_SPACE = "white-space"
    QUOTATION_MARKS = "quotation-marks"
    DASHES = "dashes"
    LIGATURES = "ligatures"
    SOFT_HYPHENS = "soft-hyphens"
    UNICODE_FORM = "unicode-form"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """One difference: where in the text (code points, half-open), its kind, both wordings.

    `kind` is one of `Difference` or `ApparatusKind`; `words` are the text's, `quoted` the quote's;
    either is empty where that side has nothing.
    """

    start: int
    end: int
    kind: str
    words: str
    quoted: str


def differences(
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
                kind = _kind_of_gap(layer.text[slice(*gap)] + quoted, gap, layer.apparatus)
                found[*gap, kind] = PassedOver(*gap, kind, layer.text[slice(*gap)], quoted)
        piece = folded.start(at + index), folded.end(at + index + 1)
        quoted = quote[folded_quote.start(index) : folded_quote.end(index + 1)]
        words = layer.text[slice(*piece)]
        if words != quoted:
            kind = _kind_of_piece(folded_quote.text[index], words, quoted)
            found.setdefault((*piece, kind), PassedOver(*piece, kind, words, quoted))
    return tuple(found.values())


def _kind_of_gap(words: str, gap: tuple[int, int], apparatus: Sequence[Span]) -> str:
    index = bisect_right(apparatus, gap[0], key=lambda span: span.start) - 1
    for span in apparatus[max(0, index) : index + 2]:
        if span.start < gap[1] and gap[0] < span.end:
            return span.kind
    return Difference.SOFT_HYPHENS if SOFT_HYPHEN in words else Difference.WHITE_SPACE


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
