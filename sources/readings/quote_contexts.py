"""Quotes within the archived text, for who judges them: the paragraph, with the quote marked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sources.domain.text.paragraphs import as_paragraphs, paragraph_after, paragraph_before
from sources.domain.text.segments import Location, masked
from sources.models import Grading
from sources.readings.reader import Reader
from sources.vocabulary import DoubtKind, Grade

# Code points of the text that are read before and after a quote, and how many are shown at least.
CONTEXT_SIZE = 1_200
LEAST_SHOWN = 240


@dataclass(frozen=True, slots=True)
class QuotedPiece:
    """Words between the first and the last of a quote: quoted, or left out of it."""

    words: str
    is_quoted: bool = True


@dataclass(frozen=True, slots=True)
class QuoteContext:
    """A quote at its place in a text: the pieces of the quote, with what stands before and after.

    `start` and `end` are code points of the text `layer`, half-open. `is_similar` says that the
    words are not those of the quote but the most similar ones. Withheld words are blocks.
    """

    layer: int
    start: int
    end: int
    before: str
    pieces: Sequence[QuotedPiece]
    after: str
    is_similar: bool = False

    @property
    def words(self) -> str:
        """The words of the text from the first to the last of the quote."""
        return "".join(piece.words for piece in self.pieces)


def quote_contexts(excerpts: Collection[int], reader: Reader) -> dict[int, QuoteContext]:
    """The contexts of quotes in their texts for the staff, by the id of the quote.

    Without those that have no place, whose words or text were withheld, and whose source the reader
    may not know. Two statements, three where a source is for named persons.
    """
    rows = [
        row
        for row in Grading.objects.filter(excerpt__in=list(excerpts)).with_context(CONTEXT_SIZE)
        if row.context_words and row.excerpt.exact and reader.knows(row.excerpt.source)
    ]
    withheld = Grading.objects.withheld_places({row.layer_id for row in rows}) if rows else {}
    return {row.excerpt_id: _context_of(row, withheld[row.layer_id]) for row in rows}


def _context_of(row: Any, withheld: Sequence[Location]) -> QuoteContext:
    """The context of a grading that was read `with_context`."""
    first, last = len(row.context_before), len(row.context_before) + len(row.context_words)
    offset = row.start - first
    here = [(max(start - offset, 0), end - offset) for start, end in withheld if end > offset]
    whole = masked(row.context_before + row.context_words + row.context_after, here)
    before = paragraph_before(whole[:first], LEAST_SHOWN)
    after = paragraph_after(whole[last:], LEAST_SHOWN)
    if len(before) == first < row.start:  # in the middle of a paragraph
        before = f"… {before.partition(' ')[2]}"
    return QuoteContext(
        layer=row.layer_id,
        start=row.start,
        end=row.end,
        before=as_paragraphs(before),
        pieces=_pieces(whole[first:last], row),
        after=as_paragraphs(after) + ("…" if len(after) == CONTEXT_SIZE else ""),
        is_similar=row.grade == Grade.DRIFTED,
    )


def _pieces(words: str, row: Any) -> list[QuotedPiece]:
    """The words from the first to the last of a quote, parted where it leaves some out."""
    pieces, at = [], 0
    for gap in sorted(
        (doubt["start"] - row.start, doubt["end"] - row.start)
        for doubt in row.doubts
        if doubt["kind"] == DoubtKind.GAP
    ):
        pieces.append(QuotedPiece(words[at : gap[0]]))
        pieces.append(QuotedPiece(words[slice(*gap)], is_quoted=False))
        at = gap[1]
    pieces.append(QuotedPiece(words[at:]))
    return [QuotedPiece(as_paragraphs(one.words), one.is_quoted) for one in pieces if one.words]
