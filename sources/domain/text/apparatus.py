"""The apparatus of a text: what stands in the file and is not words of its running text.

For layers of plain text and light Markdown: marks of notes, link targets, mark-up left in the text,
asterisks of emphasis; and, found by `sources.domain.text.page_furniture`, what parts a sentence on
the page: footnotes, running heads, page numbers, pull quotes; and, found by
`sources.domain.text.audience`, the laughter and applause of a transcript. A quote may pass over
these and over nothing else, so in doubt it is no apparatus. Which raised figures are marks of notes
is said in `sources.domain.text.note_marks`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import attrgetter

from sources.domain.text.audience import find_audience
from sources.domain.text.note_marks import MOST_NOTES, find_notes
from sources.domain.text.page_furniture import find_furniture
from sources.domain.text.pages import Page
from sources.domain.text.spans import Note, Span
from sources.vocabulary import ApparatusKind

__all__ = ["ApparatusKind", "Span", "find_apparatus"]


_MOST = MOST_NOTES  # pieces in one text; a text with more is no text that people read

_LINK = re.compile(
    r"(?<![!\\])(\[)[^\[\]\n]+(\]\((?:(?:https?://|mailto:|www\.|#|\.{0,2}/)[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?:[ ]\"[^\"\n]*\")?\))"
)
_TAG = re.compile(r"<(/?)(sup|b|i|em|strong|u|small|span)>")
# The letters that are raised after a figure or a name; an x or n there is an exponent.
_RAISED = re.compile(r"(?:st|nd|rd|th|e|er|re|ère|ème|TM|SM)", re.I)
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])[^*\n]*(?<=[^\s*\\])(\1)(?![\w*])")


def find_apparatus(
    text: str, pages: Sequence[Page] = (), notes: Sequence[Note] | None = None
) -> tuple[Span, ...]:
    """The apparatus of a text, in order and apart from each other.

    `pages` are those of the layer; without them form feeds part pages. `notes` are its raised
    figures as `find_notes` gives them, for a file whose format ties some to their notes. Marks
    that stand inside of a footnote or a pull quote cut it in pieces, so that these can be quoted
    without them. A text of tens of thousands of marks and little else has none.
    """
    if notes is None:
        notes = find_notes(text)
    found = chain(_links(text), _tags(text), _emphasis(text), find_audience(text))
    others = islice(found, _MOST + 1)
    marks = _apart(
        chain(
            (Span(note.start, note.end, ApparatusKind.NOTE) for note in notes if note.is_certain),
            others,
        )
    )
    if max(len(notes), len(marks)) > _MOST:
        return ()
    furniture = find_furniture(text, pages, marks, notes)
    return tuple(_in_order([*marks, *_cut(furniture, marks)]))


def _in_order(spans: Iterable[Span]) -> list[Span]:
    return sorted(spans, key=attrgetter("start", "end", "kind"))


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, without those that reach into an earlier one."""
    apart: list[Span] = []
    for span in _in_order(spans):
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    return apart


def _cut(blocks: Sequence[Span], marks: Sequence[Span]) -> Iterator[Span]:
    """The blocks without the marks; both in order and apart."""
    index = 0
    for block in blocks:
        start = block.start
        while index < len(marks) and marks[index].end <= start:
            index += 1
        while index < len(marks) and marks[index].start < block.end:
            if start < marks[index].start:
                yield Span(start, marks[index].start, block.kind)
            start = max(start, marks[index].end)
            index += 1
        if start < block.end:
            yield Span(start, block.end, block.kind)


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
            if tag.group(2) != "sup" or _RAISED.fullmatch(text, opening.end(), tag.start()):
                yield Span(*opening.span(), ApparatusKind.MARKUP)
                yield Span(*tag.span(), ApparatusKind.MARKUP)


def _emphasis(text: str) -> Iterator[Span]:
    """Asterisks around words of one line: *so*, **so**, ***so***; never between digits (5*3*2)."""
    for words in _EMPHASIS.finditer(text):
        yield Span(*words.span(1), ApparatusKind.EMPHASIS)
        yield Span(*words.span(2), ApparatusKind.EMPHASIS)
