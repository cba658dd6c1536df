"""Doubts about a quote at its place in a text: what only a person can settle.

A shortened quote has one for each gap, whatever stands in it: no list of denials is complete. The
others come with the text: a figure that may be raised, hidden words, unreadable letters. A doubt is
known by its kind and its number among those of the kind in the quote, and a person confirms it for
the very words that the text has there.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from sources.domain.grading.differences import Difference, PassedOver
from sources.domain.grading.gaps import goes_over_sentence_end
from sources.domain.text.folded_text import FoldedText
from sources.domain.text.spans import DoubtfulSpan
from sources.vocabulary import ApparatusKind, DoubtKind

# Of these a person says in a note why the quote is right all the same.
_NEED_A_NOTE = (DoubtKind.HIDDEN, DoubtKind.GIBBERISH)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt: where in the text (code points, half-open), and the text's words there.

    `number` counts from 1 among the doubts of this kind in the quote, in the order of the text.
    `needs_note` is whether a confirmation says why.
    """

    kind: DoubtKind
    number: int
    start: int
    end: int
    words: str
    needs_note: bool = False

    @property
    def sha256(self) -> str:
        """The SHA-256 of the words, in hex digits: for these and no others a person confirms it."""
        return hashlib.sha256(self.words.encode()).hexdigest()

    def is_confirmed(self, confirmed: Collection["Confirmed"]) -> bool:
        """Whether a person confirmed this doubt for the words that stand there."""
        return (self.kind.value, self.number, self.sha256) in confirmed


# A doubt that a person confirmed: its kind, its number and the SHA-256 of the words.
Confirmed = tuple[str, int, str]


def quote_doubts(
    layer: FoldedText, start: int, end: int, passed_over: Sequence[PassedOver] = ()
) -> tuple[Doubt, ...]:
    """The doubts about a quote at a place of a text, in order.

    `passed_over` is how the quote differs from the text there. A doubtful span within a gap is no
    doubt of its own, and neither are hidden words that the quote passes over, nor a hyphen at the
    end of a line that the quote keeps. One that it leaves out is, in a text whose doubts nobody
    looked for.
    """
    gaps = [each for each in passed_over if each.kind == Difference.ELISION]
    hidden = [each for each in passed_over if each.kind == ApparatusKind.HIDDEN]
    joined = [each for each in passed_over if each.kind == Difference.LINE_END_HYPHENS]
    found = [_gap(layer.text, each) for each in gaps]
    if not layer.has_doubts:
        found += [_line_hyphen(each) for each in joined]
    for span in layer.doubts:
        if span.end <= start or end <= span.start:
            continue
        if span.kind == DoubtKind.LINE_END_HYPHEN and not any(
            each.start <= span.start < each.end for each in [*joined, *hidden]
        ):
            continue
        skipped = [*gaps, *hidden] if span.kind == DoubtKind.HIDDEN else gaps
        if not any(each.start <= span.start and span.end <= each.end for each in skipped):
            found.append(_of_span(layer.text, span))
    return tuple(_numbered(sorted(found, key=lambda doubt: (doubt.start, doubt.end))))


def _gap(text: str, passed: PassedOver) -> Doubt:
    needs_note = goes_over_sentence_end(text, passed.start, passed.end)
    return Doubt(DoubtKind.GAP, 0, passed.start, passed.end, passed.words, needs_note=needs_note)


def _line_hyphen(passed: PassedOver) -> Doubt:
    return Doubt(DoubtKind.LINE_END_HYPHEN, 0, passed.start, passed.end, passed.words)


def _of_span(text: str, span: DoubtfulSpan) -> Doubt:
    words = text[span.start : span.end]
    return Doubt(span.kind, 0, span.start, span.end, words, needs_note=span.kind in _NEED_A_NOTE)


def _numbered(doubts: Sequence[Doubt]) -> Iterator[Doubt]:
    """The doubts with their numbers, which start at 1 for each kind."""
    counted: Counter[DoubtKind] = Counter()
    for doubt in doubts:
        counted[doubt.kind] += 1
        yield replace(doubt, number=counted[doubt.kind])
