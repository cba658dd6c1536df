"""Figures of which the file does not say whether the page raises them: those of scans.

Behind the picture of a page stands what a program read in it, in a font that draws nothing: its
letters have places, and no shape. There 2025¹ may be read as 20251. Where a note of that number
begins further down, only a person who sees the page can tell, so the figure is doubtful.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pypdfium2 import raw

from sources.extraction.pdf.characters import Character
from sources.extraction.pdf.glyphs import Glyphs
from sources.vocabulary import DoubtKind

_STOPS = '.,;:!?"”»)]'
_LONGEST = 3  # figures of the number of a note
_NOTE = re.compile(r"^[ \t]*(\d{1,3})[.)]?[ \t]*(?=[^\W\d_]|[\"“„«(])", re.M)
# Figures that no part of their number follows.
_FIGURES = re.compile(r"(?<!\d)\d+(?!\d|[.,]\d|[ \t]?[%‰])")


def doubt_flat_figures(page: Any, glyphs: Glyphs, characters: Sequence[Character]) -> None:
    """Doubt the last figures of a number that may be the mark of a note, where none are drawn.

    Only of the page (a PdfTextPage) whose text is not drawn: others say how high a figure stands.
    """
    text = "".join(one.read for one in characters)
    notes = {match.group(1): match.start(1) for match in _NOTE.finditer(text)}
    if not notes:
        return
    for start, stop in _marked(text, notes):
        last = characters[stop - 1]
        if _is_drawn(page, glyphs, last.index) or last.written != last.read:
            continue
        for character in characters[start:stop]:
            character.doubt = DoubtKind.RAISED_FIGURE


def _marked(text: str, notes: dict[str, int]) -> Iterator[tuple[int, int]]:
    """The longest ends of numbers that are the number of a note further down, half-open.

    All of a number is one where it is attached to a word or a stop: said2, it.2
    """
    for match in _FIGURES.finditer(text):
        start, stop = match.span()
        before = text[start - 1] if start else "\n"
        if before == "\n" and stop - start <= _LONGEST:
            continue  # where a note itself may begin
        is_attached = before.isalpha() or before in _STOPS
        for first in range(max(start + (not is_attached), stop - _LONGEST), stop):
            if notes.get(text[first:stop], -1) > stop:
                yield first, stop
                break


def _is_drawn(page: Any, glyphs: Glyphs, index: int) -> bool:
    if glyphs[index].box is None:
        return False
    drawn = raw.FPDFText_GetTextObject(page.raw, index)
    return not drawn or (
        raw.FPDFTextObj_GetTextRenderMode(drawn) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
    )
