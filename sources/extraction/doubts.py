"""The doubtful spans of a text that its readers do not name themselves."""

from collections.abc import Callable, Sequence

from sources.domain.text.folded_text import FoldedText
from sources.domain.text.line_hyphens import line_hyphen_doubts, line_hyphens
from sources.domain.text.segments import blanked
from sources.domain.text.spans import DoubtfulSpan, Span
from sources.extraction.dictionaries import word_test
from sources.vocabulary import ApparatusKind, DoubtKind


def find_doubts(text: str, apparatus: Sequence[Span]) -> list[DoubtfulSpan]:
    """Hidden words, and hyphens at the ends of lines that may belong to their word.

    `apparatus` is in order and apart: a word may be parted by the foot of a page, too.
    """
    hidden = [
        DoubtfulSpan(span.start, span.end, DoubtKind.HIDDEN)
        for span in apparatus
        if span.kind == ApparatusKind.HIDDEN
    ]
    return [*hidden, *_line_hyphens(blanked(text, FoldedText(text, apparatus).blocks))]


def _line_hyphens(text: str) -> tuple[DoubtfulSpan, ...]:
    if next(line_hyphens(text), None) is None:
        return ()
    is_word: Callable[[str], bool] | None = word_test(text)
    return line_hyphen_doubts(text, is_word)


def with_hidden_blank(text: str, spans: Sequence[Span]) -> str:
    """The text as long as before, with spaces for what its pages do not show."""
    hidden = sorted((one.start, one.end) for one in spans if one.kind == ApparatusKind.HIDDEN)
    return blanked(text, hidden) if hidden else text
