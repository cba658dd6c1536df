"""Letters of scripts that are written leftwards, in the order in which they are read.

pdfium turns round the letters of a glyph that stands for several of such a script.
"""

import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

from sources.extraction.pdf.characters import Character

_LEFTWARDS = ("R", "AL")


def turn_back(characters: Sequence[Character], place_of: Callable[[Character], object]) -> None:
    """Set letters of one glyph in their order again: they are those at one and the same place."""
    if not any(_is_letter(one.read) for one in characters):
        return
    start = 0
    places = [place_of(one) if _is_leftwards(one.read) else None for one in characters]
    while start < len(characters):
        stop = start + 1
        if places[start] is not None:
            while stop < len(characters) and places[stop] == places[start]:
                stop += 1
            letters = [one.written for one in characters[start:stop]]
            if sum(map(_is_letter, letters)) > 1 and "".join(letters) not in _ligatures():
                for one, letter in zip(characters[start:stop], reversed(letters), strict=True):
                    one.written = letter
        start = stop


def _is_leftwards(text: str) -> bool:
    return unicodedata.bidirectional(text) in (*_LEFTWARDS, "NSM")


def _is_letter(text: str) -> bool:
    return len(text) == 1 and unicodedata.bidirectional(text) in _LEFTWARDS


@cache
def _ligatures() -> frozenset[str]:
    """Letters behind the Arabic presentation forms; pdfium takes these apart in their order."""
    points = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD))
    return frozenset(unicodedata.normalize("NFKC", chr(point)) for point in points)
