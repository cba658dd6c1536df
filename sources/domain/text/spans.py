"""Spans of a text: apparatus, and whether it may be quoted; places that are in doubt."""

from dataclasses import dataclass
from typing import NamedTuple

from sources.vocabulary import ApparatusKind, DoubtKind

_REPEATS = (ApparatusKind.PULL_QUOTE, ApparatusKind.RUNNING_HEAD)
_QUOTABLE = (
    ApparatusKind.FOOTNOTE,
    ApparatusKind.AUDIENCE,
    ApparatusKind.CELL,
    ApparatusKind.HIDDEN,
)
_BLOCKS = (*_REPEATS, ApparatusKind.FOOTNOTE, ApparatusKind.PAGE_NUMBER)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A span of a text in code points, half-open: [start, end)."""

    start: int
    end: int
    kind: str

    @property
    def is_quotable(self) -> bool:
        """Whether it can be part of a quote: a footnote, applause or the border of a cell can, the
        mark of a note cannot."""
        return self.is_repeat or self.kind in _QUOTABLE

    @property
    def is_repeat(self) -> bool:
        """Whether it repeats words of the running text, where these are better quoted."""
        return self.kind in _REPEATS

    @property
    def is_block(self) -> bool:
        """Whether it stands on lines of its own between those of the running text."""
        return self.kind in _BLOCKS


@dataclass(frozen=True, slots=True, order=True)
class DoubtfulSpan:
    """A span of a text, in code points and half-open, of which only a person can tell the words."""

    start: int
    end: int
    kind: DoubtKind


class Note(NamedTuple):
    """A raised figure with the number of a note, half-open: a mark of it or only like one."""

    start: int
    end: int
    number: str
    begins_note: bool  # the note itself begins here
    is_certain: bool  # a mark and no exponent (10⁶, m²)
    is_doubtful: bool = False  # only a person can tell
