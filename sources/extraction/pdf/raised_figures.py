"""Figures of a PDF that stand above or below their line: 10⁶, CO₂, and marks of notes.

pdfium flattens them: 10⁶ to 106.
"""

from collections.abc import Sequence
from ctypes import byref, c_double
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from sources.extraction.pdf.characters import Character
from sources.extraction.raised import LOWERED, RAISED

_DIGITS = frozenset("0123456789")
_SIGNS = frozenset("+-\u2212\u2013")
# Of the size of what stands beside: how small a raised figure is at most, and how far off the line.
_SMALL, _HIGH, _LOW = 0.85, 0.15, -0.06


@dataclass(frozen=True, slots=True)
class CharacterPosition:
    """The position of a character: the left end of its base line, and its size."""

    x: float
    y: float
    size: float


def position_of(page: Any, index: int) -> CharacterPosition:
    """The position of a character, by its index on the page (a PdfTextPage)."""
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(page.raw, index, byref(x), byref(y))
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(page.raw, index, byref(box))
    return CharacterPosition(x.value, y.value, abs(box.top - box.bottom))


def raise_figures(page: Any, characters: Sequence[Character]) -> None:
    """Write figures that stand above or below the line as such."""
    beside: CharacterPosition | None = (
        None  # of the last character on the line that is not raised itself
    )
    for position, character in enumerate(characters):
        text = character.read
        if text == "\n":
            beside = beside if not character.written else None
        elif text in _DIGITS or text in _SIGNS:
            place = position_of(page, character.index)
            line = beside or _next_on_line(page, characters, position)
            table = _table(place, line)
            if table is None:
                beside = place if text in _DIGITS else beside
            elif text in _DIGITS or _is_before_raised(page, characters, position, line):
                character.written = text.translate(table)
                if _line_goes_on(page, characters, position, line):
                    characters[position + 1].written = ""
        elif text.isalpha() or text in ")]":
            # Only where a figure follows is the place of what stands before it asked for.
            following = characters[position + 1].read if position + 1 < len(characters) else ""
            if following in _DIGITS or following in _SIGNS or following in ' .,;:!?"”»':
                beside = position_of(page, character.index)


def _table(place: CharacterPosition, line: CharacterPosition | None) -> dict[int, int] | None:
    if line is None or line.size <= 0 or place.size > _SMALL * line.size:
        return None
    height = (place.y - line.y) / line.size
    if _HIGH <= height < 1:
        return RAISED
    return LOWERED if -0.6 < height <= _LOW else None


def _line_goes_on(
    page: Any, characters: Sequence[Character], position: int, line: CharacterPosition | None
) -> bool:
    """Whether pdfium ends a line behind a raised figure that goes on at the height of before."""
    if line is None or position + 2 >= len(characters) or characters[position + 1].read != "\n":
        return False
    after = position_of(page, characters[position + 2].index)
    here = position_of(page, characters[position].index)
    return abs(after.y - line.y) < 0.1 * line.size and after.x > here.x


def _next_on_line(
    page: Any, characters: Sequence[Character], position: int
) -> CharacterPosition | None:
    """The place of the first letter behind a figure that begins a line."""
    for character in characters[position + 1 : position + 8]:
        if character.read == "\n":
            return None
        if character.read.isalpha():
            return position_of(page, character.index)
    return None


def _is_before_raised(
    page: Any, characters: Sequence[Character], position: int, line: CharacterPosition | None
) -> bool:
    """Whether a figure stands behind a sign, as high as it."""
    if position + 1 == len(characters) or characters[position + 1].read not in _DIGITS:
        return False
    return _table(position_of(page, characters[position + 1].index), line) is not None
