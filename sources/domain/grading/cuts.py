"""The places where the words of a quote stand, but only as a part of longer words or numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sources.domain.grading.boundaries import Cut, cut_at
from sources.domain.grading.contexts import Context
from sources.domain.text.folded_text import FoldedText

Location = tuple[int, int]
MAX_WIDENED = 80  # code points that a place is widened by at either end
_MOST = 200  # places that are looked at


@dataclass(frozen=True, slots=True)
class CutPlace:
    """A place that cuts a word or a number, widened to the whole of it: code points, half-open.

    `cuts_number` says that it is a number, or the negation written onto a word.
    """

    start: int
    end: int
    cuts_number: bool


def find_cut_place(
    places: Iterable[Location], layer: FoldedText, context: Context
) -> CutPlace | None:
    """The place that cuts something: a number rather than a word, and where the context fits best.

    None where no place does, or what it cuts is too long.
    """
    found = list(_cut_places(places, layer))
    if not found:
        return None

    def rank(cut: CutPlace) -> tuple[bool, float, int]:
        likeness = context.likeness(layer.text, cut.start, cut.end)
        return cut.cuts_number, likeness, cut.start - cut.end

    return max(found, key=rank)


def _cut_places(places: Iterable[Location], layer: FoldedText) -> Iterator[CutPlace]:
    for _, (start, end) in zip(range(_MOST), places, strict=False):
        cuts = {cut_at(layer.text, at, layer.marks) for at in (start, end)} - {None}
        if not cuts:
            continue
        wide = widen(layer, start, end)
        if wide is not None:
            yield CutPlace(*wide, cuts_number=cuts != {Cut.WORD})


def widen(layer: FoldedText, start: int, end: int) -> Location | None:
    """A place widened to whole words and numbers; None where these are too long."""
    least, most = max(0, start - MAX_WIDENED), min(len(layer.text), end + MAX_WIDENED)
    while cut_at(layer.text, start, layer.marks):
        start -= 1
        if start < least:
            return None
    while cut_at(layer.text, end, layer.marks):
        end += 1
        if end > most:
            return None
    return start, end
