"""The characters of a page of a PDF, one by one: hyphens, raised figures, letters read leftwards.

pdfium gives the characters of a page in the order in which they are read. It does not tell a
hyphen that parts a word from one that joins two, it flattens 10⁶ to 106, and it turns round the
letters of a glyph that stands for several of a script that is written leftwards.
"""

import unicodedata
from collections.abc import Callable
from ctypes import byref, c_double
from dataclasses import dataclass
from functools import cache
from typing import Any

from pypdfium2 import raw

from sources.extraction.raised import LOWERED, RAISED

SOFT_HYPHEN = "\u00ad"
_HYPHEN = "\ufffe"  # what stands for a hyphen at the end of a line until it is judged
_UNKNOWN = "\ufffd"
_DIGITS = frozenset("0123456789")
_SIGNS = frozenset("+-\u2212\u2013")
# Of the size of what stands beside: how small a raised figure is at most, and how far off the line.
_SMALL, _HIGH, _LOW = 0.85, 0.15, -0.06
_LEFTWARDS = ("R", "AL")


@dataclass(frozen=True, slots=True)
class CharacterPosition:
    """The position of a character: the left end of its base line, and its size."""

    x: float
    y: float
    size: float


def page_text(page: Any, is_hidden: Callable[[int], bool] = lambda _index: False) -> str:
    """The text of a page (a PdfTextPage) with line ends as \\n and without form feeds.

    `is_hidden` says of a character's index whether no reader of the page sees it.
    """
    characters = [one for one in _characters(page) if not is_hidden(one[0])]
    texts = [text for _, text in characters]
    _raise_figures(page, characters, texts)
    if any(unicodedata.bidirectional(text) in _LEFTWARDS for _, text in characters):
        _turn_back(page, characters, texts)
    return _with_hyphens_judged("".join(texts))


def _characters(page: Any) -> list[tuple[int, str]]:
    """The characters with their index on the page.

    A glyph without a meaning in Unicode is U+FFFD: it may be the minus sign of a number.
    """
    found = []
    unicode_of, is_hyphen = raw.FPDFText_GetUnicode, raw.FPDFText_IsHyphen
    handle = page.raw
    for index in range(page.count_chars()):
        point = unicode_of(handle, index)
        if point >= 0x20:
            is_known = point <= 0x10FFFF and point & 0xFFFE != 0xFFFE
            found.append((index, chr(point) if is_known else _UNKNOWN))
        elif point in (0x0A, 0x09):
            found.append((index, chr(point)))
        elif point == 0x02 and is_hyphen(handle, index):
            found.append((index, _HYPHEN))
        elif point != 0x0D:
            found.append((index, _UNKNOWN))
    return found


def _place(page: Any, index: int) -> CharacterPosition:
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(page.raw, index, byref(x), byref(y))
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(page.raw, index, byref(box))
    return CharacterPosition(x.value, y.value, abs(box.top - box.bottom))


def _raise_figures(page: Any, characters: list[tuple[int, str]], texts: list[str]) -> None:
    """Write figures that stand above or below the line as such: 10⁶, CO₂, and marks of notes."""
    beside: CharacterPosition | None = (
        None  # of the last character on the line that is not raised itself
    )
    for position in range(len(characters)):
        index, text = characters[position]
        if text == "\n":
            beside = beside if not texts[position] else None
        elif text in _DIGITS or text in _SIGNS:
            place = _place(page, index)
            line = beside or _next_on_line(page, characters, position)
            table = _table(place, line)
            if table is None:
                beside = place if text in _DIGITS else beside
            elif text in _DIGITS or _is_before_raised(page, characters, position, line):
                texts[position] = text.translate(table)
                if _line_goes_on(page, characters, position, line):
                    texts[position + 1] = ""
        elif text.isalpha() or text in ")]":
            # Only where a figure follows is the place of what stands before it asked for.
            following = characters[position + 1][1] if position + 1 < len(characters) else ""
            if following in _DIGITS or following in _SIGNS or following in ' .,;:!?"”»':
                beside = _place(page, index)


def _table(place: CharacterPosition, line: CharacterPosition | None) -> dict[int, int] | None:
    if line is None or line.size <= 0 or place.size > _SMALL * line.size:
        return None
    height = (place.y - line.y) / line.size
    if _HIGH <= height < 1:
        return RAISED
    return LOWERED if -0.6 < height <= _LOW else None


def _line_goes_on(
    page: Any, characters: list[tuple[int, str]], position: int, line: CharacterPosition | None
) -> bool:
    """Whether pdfium ends a line behind a raised figure that goes on at the height of before."""
    if line is None or position + 2 >= len(characters) or characters[position + 1][1] != "\n":
        return False
    after = _place(page, characters[position + 2][0])
    here = _place(page, characters[position][0])
    return abs(after.y - line.y) < 0.1 * line.size and after.x > here.x


def _next_on_line(
    page: Any, characters: list[tuple[int, str]], position: int
) -> CharacterPosition | None:
    """The place of the first letter behind a figure that begins a line."""
    for index, text in characters[position + 1 : position + 8]:
        if text == "\n":
            return None
        if text.isalpha():
            return _place(page, index)
    return None


def _is_before_raised(
    page: Any, characters: list[tuple[int, str]], position: int, line: CharacterPosition | None
) -> bool:
    """Whether a figure stands behind a sign, as high as it."""
    if position + 1 == len(characters) or characters[position + 1][1] not in _DIGITS:
        return False
    return _table(_place(page, characters[position + 1][0]), line) is not None


def _turn_back(page: Any, characters: list[tuple[int, str]], texts: list[str]) -> None:
    """Set letters of one glyph in their order again: they are those at one and the same place."""
    start = 0
    places = [_place(page, index) if _is_leftwards(text) else None for index, text in characters]
    while start < len(characters):
        stop = start + 1
        if places[start] is not None:
            while stop < len(characters) and places[stop] == places[start]:
                stop += 1
            glyph = "".join(texts[start:stop])
            if sum(_is_letter(text) for text in glyph) > 1 and glyph not in _ligatures():
                texts[start:stop] = texts[start:stop][::-1]
        start = stop


def _is_leftwards(text: str) -> bool:
    return unicodedata.bidirectional(text) in (*_LEFTWARDS, "NSM")


def _is_letter(text: str) -> bool:
    return unicodedata.bidirectional(text) in _LEFTWARDS


@cache
def _ligatures() -> frozenset[str]:
    """Letters behind the Arabic presentation forms; pdfium takes these apart in their order."""
    points = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD))
    return frozenset(unicodedata.normalize("NFKC", chr(point)) for point in points)


def _with_hyphens_judged(text: str) -> str:
    """Hyphens at line ends as soft ones before a small letter, and else as what is written.

    COVID-19 and Sino-Russian keep theirs: no word is parted before a figure or a capital.
    """
    if _HYPHEN not in text:
        return text
    parts = text.split(_HYPHEN)
    judged = [parts[0]]
    for part in parts[1:]:
        first = part.lstrip()[:1]
        is_soft = first.isalpha() and not first.isupper()
        judged += [SOFT_HYPHEN if is_soft else "-", part]
    return "".join(judged)
