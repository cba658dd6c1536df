"""Tell the cells of a table on a PDF page, where the gaps between them stand below each other.

pdfium writes one space for a gap of any width. A wide gap alone may be that of a justified line; of
three lines near each other whose wide gaps leave one strip of the page white, it is the gap between
two columns. Where the lines of a table are fewer, or its columns close, nothing is told.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sources.extraction.pdf.characters import Character
from sources.extraction.pdf.glyphs import Glyphs
from sources.vocabulary import ApparatusKind

_WIDE = 1.5  # times the size of the letters beside it
_STRIP = 1.0  # likewise: how wide the common strip is at least
_NEAR = 3.0  # likewise: how far the lines are apart at most
_SAME_LINE = 0.3
_LINES = 3
_MOST_GAPS = 5_000  # of one page; one with more is a drawing


class _Gap(NamedTuple):
    """A wide gap in a line: the space in it, its ends and height on the page."""

    space: Character
    left: float
    right: float
    y: float
    size: float


def mark_cells(glyphs: Glyphs, characters: Sequence[Character]) -> None:
    """Write the spaces between cells as tabs, and mark them as borders of cells."""
    gaps = _wide_gaps(glyphs, characters)
    if not _LINES <= len(gaps) <= _MOST_GAPS:
        return
    gaps.sort(key=lambda gap: -gap.y)
    for index, gap in enumerate(gaps):
        if _stands_in_a_column(gaps, index):
            gap.space.written = "\t"
            gap.space.kind = ApparatusKind.CELL


def _wide_gaps(glyphs: Glyphs, characters: Sequence[Character]) -> list[_Gap]:
    found = []
    for before, space, after in zip(characters, characters[1:], characters[2:], strict=False):
        is_gap = space.written == " " and not space.kind and space.doubt is None
        if not is_gap or before.read.isspace() or after.read.isspace():
            continue
        one, other = glyphs[before.index], glyphs[after.index]
        size = max(one.size, other.size)
        if one.turn != other.turn or abs(one.y - other.y) > _SAME_LINE * size:
            continue
        if other.left - one.right >= _WIDE * size > 0:
            found.append(_Gap(space, one.right, other.left, one.y, size))
    return found


def _stands_in_a_column(gaps: Sequence[_Gap], index: int) -> bool:
    """Whether the gaps of lines near by, above and below, leave a strip of this gap white."""
    gap = gaps[index]
    left, right, lines = gap.left, gap.right, 1
    for step in (-1, 1):
        y, at = gap.y, index + step
        while 0 <= at < len(gaps) and abs(gaps[at].y - y) <= _NEAR * gap.size:
            other = gaps[at]
            narrower = max(left, other.left), min(right, other.right)
            is_below = abs(other.y - y) > _SAME_LINE * gap.size
            if is_below and narrower[1] - narrower[0] >= _STRIP * gap.size:
                left, right = narrower
                y = other.y
                lines += 1
                if lines >= _LINES:
                    return True
            at += step
    return False
