"""Cutting a text for reading: into parts of a bounded size, and these into segments.

Positions are code points of the whole text, half-open.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from sources.domain.text.invisible import RUN
from sources.domain.text.pages import Page

Location = tuple[int, int]

# How many characters one part has at most.
PART_SIZE = 50_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text that a quote has; the parts of a shortened quote have one number."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A span of the text with the same quotes and apparatus from end to end.

    `quotes` are the numbers of the marks that cover it; those of `begins` begin here and those of
    `ends` end here for good. `apparatus` is its kind. `is_invisible`: one character, or a run of
    the same, that prints nothing.
    """

    start: int
    text: str
    quotes: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    apparatus: str = ""
    is_invisible: bool = False

    @property
    def end(self) -> int:
        """The position after it."""
        return self.start + len(self.text)


def parts_of(text: str, pages: Sequence[Page], size: int = PART_SIZE) -> list[Location]:
    """The text in parts of at most `size` characters that follow on each other without a gap.

    A part ends where a page does, unless that would make it very small; then, and where a page is
    longer, it ends after a line or a word.
    """
    begins = sorted({page.start for page in pages if 0 < page.start < len(text)})
    parts, start, after = [], 0, 0
    while len(text) - start > size:
        while after < len(begins) and begins[after] <= start + size:
            after += 1
        at_page = begins[after - 1] if after else 0
        is_enough = at_page - start > size // 4
        end = at_page if is_enough else _cut(text, start, start + size)
        parts.append((start, end))
        start = end
    parts.append((start, len(text)))
    return parts


def masked(text: str, places: Iterable[Location]) -> str:
    """The text with blocks for the letters of these places; every position stays where it was."""
    return _covered(text, places, lambda words: re.sub(r"\S", "\u2588", words))


def blanked(text: str, places: Iterable[Location]) -> str:
    """The text with spaces for these places; its lines and pages stay."""
    return _covered(text, places, lambda words: re.sub(r"[^\n\f]", " ", words))


def _covered(text: str, places: Iterable[Location], cover: Callable[[str], str]) -> str:
    """The text with these places, in any order and maybe over each other, covered once."""
    parts, at = [], 0
    for start, end in sorted(places):
        begin = max(start, at)
        if begin < end:
            parts += [text[at:begin], cover(text[begin:end])]
            at = end
    return "".join([*parts, text[at:]])


def part_with(parts: Sequence[Location], position: int) -> int:
    """The index of the part in which a position stands; the first where none has it."""
    return next((index for index, part in enumerate(parts) if part[0] <= position < part[1]), 0)


def segments_of(
    text: str,
    within: Location,
    marks: Sequence[Mark] = (),
    apparatus: Iterable[tuple[int, int, str]] = (),
) -> list[Segment]:
    """Cut a span of the text wherever its quotes or apparatus change.

    Together the segments are that span, character for character. `apparatus` are start, end
    and kind, apart from each other.
    """
    start, end = within
    marks = sorted(marks, key=attrgetter("start"))
    first = {mark.number: mark.start for mark in reversed(marks)}
    last: dict[int, int] = {}
    for mark in marks:
        last[mark.number] = max(mark.end, last.get(mark.number, 0))
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    spans = [span for span in apparatus if span[0] < end and span[1] > start]
    unseen = [run.span() for run in RUN.finditer(text, start, end)]
    cuts = {start, end}
    for begun, ended in [
        *((mark.start, mark.end) for mark in here),
        *((span[0], span[1]) for span in spans),
        *unseen,
    ]:
        cuts |= {max(start, begun), min(end, ended)}
    kinds = _Sweep(spans)
    invisible = _Sweep([(*run, "invisible") for run in unseen])
    open_marks: list[Mark] = []
    coming, found, ordered = 0, [], sorted(cuts)
    for left, right in pairwise(ordered):
        open_marks = [mark for mark in open_marks if mark.end > left]
        while coming < len(here) and here[coming].start <= left:
            open_marks.append(here[coming])
            coming += 1
        numbers = sorted({mark.number for mark in open_marks})
        found.append(
            Segment(
                start=left,
                text=text[left:right],
                quotes=tuple(numbers),
                begins=tuple(number for number in numbers if first[number] == left),
                ends=tuple(number for number in numbers if last[number] == right),
                apparatus=kinds.at(left),
                is_invisible=bool(invisible.at(left)),
            )
        )
    return found


class _Sweep:
    """Spans apart from each other, asked from left to right."""

    def __init__(self, spans: Sequence[tuple[int, int, str]]) -> None:
        self._spans = sorted(spans)
        self._next = 0

    def at(self, position: int) -> str:
        """The kind of the span that covers the position; empty where none does."""
        while self._next < len(self._spans) and self._spans[self._next][1] <= position:
            self._next += 1
        if self._next < len(self._spans) and self._spans[self._next][0] <= position:
            return self._spans[self._next][2]
        return ""


def _cut(text: str, start: int, end: int) -> int:
    """The position to cut a text before `end`: after a line of its second half, or after a word."""
    for sign in ("\n", " "):
        at = text.rfind(sign, start + (end - start) // 2, end)
        if at != -1:
            return at + 1
    return end
