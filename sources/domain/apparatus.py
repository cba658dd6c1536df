"""The apparatus of a text: what stands in the file and is not words of the source.

For layers drawn from plain text and light Markdown: marks of notes, link targets, mark-up left in
the text, asterisks of emphasis. A quote may pass over these and over nothing else, so in doubt it
is no apparatus: a superscript after a digit or a unit (10⁶, m²) is a number, and so is one without
a note of that number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sources.vocabulary import ApparatusKind

__all__ = ["ApparatusKind", "Span", "find_apparatus"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text in code points, half-open: [start, end)."""

    start: int
    end: int
    kind: str

    @property
    def is_quotable(self) -> bool:
        """Whether it has words that can be quoted: a footnote has, the mark of one has not."""
        return self.kind in _OF_WORDS

    @property
    def is_repeat(self) -> bool:
        """Whether it repeats words of the running text, where these are better quoted."""
        return self.kind in _OF_WORDS and self.kind != ApparatusKind.FOOTNOTE


_OF_WORDS = (ApparatusKind.FOOTNOTE, ApparatusKind.PULL_QUOTE, ApparatusKind.RUNNING_HEAD)

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = re.compile(
    r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?![⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ])|<sup>(\d{1,3})</sup>|\[\^([\w-]{1,20})\](?!\()"
)
_NOTE = re.compile(
    r"^[ \t]*(?:([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})[ \t]+(?=\S)|<sup>(\d{1,3})</sup>[ \t]*(?=\S)"
    r"|(\[\^[\w-]{1,20}\]):)",
    re.M,
)
# What may carry an exponent. Words of one or two letters (m, km, kg, CO, R) always may.
_UNITS = re.compile(
    "nmi|mol|sec|min|feet|foot|inch|inches|yard|yards|mile|miles|yds|ppm|gal|hrs|log|cos|sin|tan"
    "|(?:centi|kilo)?met(?:er|re)s?"
)
_STOPS = '.,;:!?"”»…'
# The word at the end, with what ties it to a number or another unit: 5km, W/m.
_LAST_WORD = re.compile(r"([\d/·^⁻]?)([^\W\d_]+(?:['’][^\W\d_]+)*)['’*]*$")

_LINK = re.compile(
    r"(?<![!\\])(\[)[^\[\]\n]+(\]\((?:(?:https?://|mailto:|www\.|#|\.{0,2}/)[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?:[ ]\"[^\"\n]*\")?\))"
)
_TAG = re.compile(r"<(/?)(sup|b|i|em|strong|u|small|span)>")
# The letters that are raised after a figure or a name; an x or n there is an exponent.
_RAISED = re.compile(r"(?:st|nd|rd|th|e|er|re|ère|ème|TM|SM)", re.I)
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])[^*\n]*(?<=[^\s*\\])(\1)(?![\w*])")


def find_apparatus(text: str) -> tuple[Span, ...]:
    """The apparatus of a text, in order and apart from each other."""
    found = sorted([*_notes(text), *_links(text), *_tags(text), *_emphasis(text)])
    apart: list[Span] = []
    for span in found:
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    return tuple(apart)


def _notes(text: str) -> Iterator[Span]:
    """Marks of notes that the text has, in running text and before the notes themselves."""
    notes = {
        _number(match.group(1) or match.group(2) or match.group(3))
        for match in _NOTE.finditer(text)
    }
    if not notes:
        return
    for mark in _MARK.finditer(text):
        number = mark.group() if mark.group(2) else _number(mark.group(1) or mark.group())
        if number in notes and not _carries_an_exponent(text, mark.start()):
            yield Span(*mark.span(), ApparatusKind.NOTE)


def _number(mark: str) -> str:
    return mark.translate(_SUPERSCRIPT)


def _carries_an_exponent(text: str, position: int) -> bool:
    """Whether what stands before may be a number, a unit or a formula; a word or a stop is none."""
    line = text[max(0, text.rfind("\n", 0, position) + 1, position - 64) : position]
    if not line.strip():
        return False  # before the note itself
    if line[-1] in _STOPS:
        return False
    if line[-1] in ")]":
        inside = line[line.rfind("(" if line[-1] == ")" else "[") + 1 : -1]
        return not re.search(r"[^\W\d_]{3}", inside) or re.search(r"[+−×=^]", inside) is not None
    word = _LAST_WORD.search(line)
    if word is None or word.group(1):
        return True
    return len(word.group(2)) <= 2 or _UNITS.fullmatch(word.group(2).lower()) is not None


def _links(text: str) -> Iterator[Span]:
    """The brackets and targets of Markdown links, where the target looks like one."""
    for link in _LINK.finditer(text):
        yield Span(*link.span(1), ApparatusKind.LINK)
        yield Span(*link.span(2), ApparatusKind.LINK)


def _tags(text: str) -> Iterator[Span]:
    """Pairs of plain tags; those of <sup> only around the ending of an ordinal or a TM."""
    opened: list[re.Match[str]] = []
    for tag in _TAG.finditer(text):
        if not tag.group(1):
            opened.append(tag)
            continue
        while opened and opened[-1].group(2) != tag.group(2):
            opened.pop()
        if opened:
            opening = opened.pop()
            inside = text[opening.end() : tag.start()]
            if tag.group(2) != "sup" or _RAISED.fullmatch(inside):
                yield Span(*opening.span(), ApparatusKind.MARKUP)
                yield Span(*tag.span(), ApparatusKind.MARKUP)


def _emphasis(text: str) -> Iterator[Span]:
    """Asterisks around words of one line: *so*, **so**, ***so***; never between digits (5*3*2)."""
    for words in _EMPHASIS.finditer(text):
        yield Span(*words.span(1), ApparatusKind.EMPHASIS)
        yield Span(*words.span(2), ApparatusKind.EMPHASIS)
