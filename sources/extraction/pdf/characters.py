"""The characters of a page of a PDF, one by one, in the order in which they are read.

pdfium gives UTF-16: a character beyond U+FFFF (the italics of formulas, rare Han) is two of its
characters, at one and the same place. It has no end of a line behind a hyphen.
"""

from collections.abc import Sequence
from ctypes import byref, c_double
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pypdfium2 import raw

from sources.domain.text.spans import DoubtfulSpan, Span
from sources.vocabulary import DoubtKind

UNKNOWN = "\ufffd"
_SOFT_HYPHEN = 0xAD


@dataclass(slots=True)
class Character:
    """A character of a page.

    `index` is its index on the page, that of the first where pdfium has two for it. `read` is the
    character itself, `written` is how the text writes it: ⁶ for a raised 6, nothing for a line
    end that is none. `kind` is the kind of the apparatus that it is, empty for words; `doubt` is
    why only a person can tell what the page prints here.
    """

    index: int
    read: str
    written: str
    kind: str = ""
    doubt: DoubtKind | None = None


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page with line ends as \\n and without form feeds, its apparatus and doubts."""

    text: str
    spans: tuple[Span, ...] = ()
    doubts: tuple[DoubtfulSpan, ...] = ()


def read_characters(page: Any) -> list[Character]:
    """The characters of a page (a PdfTextPage), those that nobody sees there too.

    A glyph without a meaning in Unicode is U+FFFD: it may be the minus sign of a number. A hyphen
    at the end of a line, and one whose glyph says to be a soft hyphen, is printed: it is a hyphen,
    with the end of the line behind it.
    """
    found = []
    unicode_of, is_hyphen = raw.FPDFText_GetUnicode, raw.FPDFText_IsHyphen
    handle = page.raw
    count = page.count_chars()
    index = 0
    while index < count:
        first, point = index, unicode_of(handle, index)
        index += 1
        if 0xD800 <= point <= 0xDFFF and index < count:
            whole = _beyond_ffff(handle, first, point, unicode_of(handle, index))
            if whole is not None:
                point = whole
                index += 1
        if point == 0x0D:
            continue
        if point == 0x02 and is_hyphen(handle, first):
            found.append(Character(first, "-", "-\n"))
            continue
        if point == _SOFT_HYPHEN and _has_width(handle, first):
            text = "-"
        elif point in (0x0A, 0x09) or _is_known(point):
            text = chr(point)
        else:
            text = UNKNOWN
        found.append(Character(first, text, text))
    return found


def _is_known(point: int) -> bool:
    return (
        0x20 <= point <= 0x10FFFF
        and point & 0xFFFE != 0xFFFE
        and not (0xD800 <= point <= 0xDFFF or 0xFDD0 <= point <= 0xFDEF)
    )


def _beyond_ffff(handle: Any, index: int, unit: int, following: int) -> int | None:
    """The code point of two surrogates; in letters read leftwards pdfium turns them round.

    None where they are no pair: each is then unknown by itself.
    """
    high, low = min(unit, following), max(unit, following)
    if not (0xD800 <= high <= 0xDBFF and 0xDC00 <= low <= 0xDFFF):
        return None
    if unit == low and _origin(handle, index) != _origin(handle, index + 1):
        return None
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)


def _has_width(handle: Any, index: int) -> bool:
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(handle, index, byref(box))
    return bool(abs(box.right - box.left) > 0)


def _origin(handle: Any, index: int) -> tuple[float, float]:
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(handle, index, byref(x), byref(y))
    return x.value, y.value


def as_page_text(characters: Sequence[Character]) -> PageText:
    """The text as it is written, with its apparatus and its doubtful places in spans."""
    parts, spans, doubts, length = [], [], [], 0
    for (kind, doubt), group in groupby(characters, key=lambda one: (one.kind, one.doubt)):
        part = "".join(one.written for one in group)
        parts.append(part)
        if kind and part:
            spans.append(Span(length, length + len(part), kind))
        if doubt is not None and part:
            doubts.append(DoubtfulSpan(length, length + len(part), doubt))
        length += len(part)
    return PageText("".join(parts), tuple(spans), tuple(doubts))
