"""The words of a quote as they are printed: without what its file has beside them.

Apparatus (the marks of notes, links, mark-up, running heads within the words), hidden words and
soft hyphens are left out, and the line ends of the file are none of the print. The words as they
were located are kept: this decides only what readers see. What is left out is known by its place in
the words, since only the text knows which figure is the mark of a note: "documents¹⁰" but 10⁶.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from sources.domain.text.apparatus import Span, find_apparatus
from sources.domain.text.characters import HYPHENS, SOFT_HYPHEN, WHITE_SPACE, is_unspaced
from sources.domain.text.folded_text import FoldedText
from sources.vocabulary import ApparatusKind

NOTHING_LEFT = "[…]"  # printed where all of the words are left out
_LETTER = r"[^\W\d_]"
_LINE_END = r"[ \t]*[\n\f]\s*"
_HYPHEN_AT_LINE_END = re.compile(
    rf"(?<={_LETTER})[{HYPHENS[1:]}{SOFT_HYPHEN}-]+{_LINE_END}(?={_LETTER})"
)
_WHITE_SPACE = re.compile(
    f"[{WHITE_SPACE}]*[\\n\\t\\f\\v\\r\\u0085\\u2028\\u2029][{WHITE_SPACE}]*|  +"
)


@dataclass(frozen=True, slots=True, order=True)
class LeftOut:
    """A part of a quote that is not printed: code points of its words, half-open; its kind is one
    of `ApparatusKind`."""

    start: int
    end: int
    kind: str


def left_out_of(
    quote: str, layer: FoldedText | None, place: tuple[int, int] | None
) -> tuple[LeftOut, ...]:
    """Return the parts of a quote that are not printed, by its place in a text if it has one."""
    if layer is None or place is None:
        return marks_in(quote)
    return left_out_at(quote, layer, *place)


def left_out_at(quote: str, layer: FoldedText, start: int, end: int) -> tuple[LeftOut, ...]:
    """Return the parts of a quote that are apparatus of the text at its place, in order.

    A footnote or a running head is left out between the words of a quote and not of one that is
    within it. Where the quote is worded otherwise than the text, only what both have.
    """
    spans = [
        LeftOut(max(span.start, start) - start, min(span.end, end) - start, span.kind)
        for span in layer.apparatus
        if span.start < end and start < span.end and _is_left_out(span, start, end)
    ]
    words = layer.text[start:end]
    if spans and quote != words:
        spans = _aligned(quote, words, spans)
    return tuple(span for span in spans if not _joins_digits(quote, span))


def marks_in(quote: str) -> tuple[LeftOut, ...]:
    """Return what is surely mark-up in the words of a quote that has no place: links, tags."""
    return tuple(
        LeftOut(span.start, span.end, span.kind)
        for span in find_apparatus(quote)
        if span.kind in (ApparatusKind.LINK, ApparatusKind.MARKUP, ApparatusKind.EMPHASIS)
    )


def printed_words(exact: str, left_out: Sequence[LeftOut] = ()) -> str:
    """Return the words as they are printed, on one line.

    The border of two cells, a tab, is a bar. A line end is a space, within Chinese and Japanese
    nothing, and behind a hyphen nothing: the page prints "re-sign". Where nothing is left, "[…]"
    stands.
    """
    if not left_out and exact.isprintable() and "  " not in exact:
        return exact  # nearly all of them
    words = _HYPHEN_AT_LINE_END.sub("-", without(exact, left_out)).replace(SOFT_HYPHEN, "")
    return _WHITE_SPACE.sub(_as_printed, words).strip() or NOTHING_LEFT


def located_words(exact: str, left_out: Sequence[LeftOut] = ()) -> str:
    """Return the words as they stand in the file, but for those that its page hides."""
    hidden = [span for span in left_out if span.kind == ApparatusKind.HIDDEN]
    return without(exact, hidden) if hidden else exact


def without(words: str, spans: Sequence[LeftOut]) -> str:
    """Return the words without these spans."""
    parts, at = [], 0
    for span in sorted(spans):
        parts.append(words[at : span.start])
        at = max(at, span.end)
    return "".join([*parts, words[at:]])


def _is_left_out(span: Span, start: int, end: int) -> bool:
    """Whether apparatus is not printed of a quote at this place."""
    if span.kind == ApparatusKind.CELL:
        return False
    return not span.is_quotable or (start < span.start and span.end < end)


def _aligned(quote: str, words: str, spans: Sequence[LeftOut]) -> list[LeftOut]:
    """The spans of the text's words that the quote has too, where it has them.

    The bracket that opens a link only together with the one that closes it: the brackets of a quote
    may be those of who quotes.
    """
    found = []
    blocks = [
        (step.src_start, step.dest_start, step.dest_end)
        for step in Levenshtein.opcodes(quote, words)
        if step.tag == "equal"
    ]
    for span in spans:
        for ours, begin, stop in blocks:
            if begin <= span.start and span.end <= stop:
                shift = ours - begin
                found.append(LeftOut(span.start + shift, span.end + shift, span.kind))
    return [
        span
        for span in found
        if quote[span.start : span.end] != "["
        or any(other.start > span.start and other.kind == span.kind for other in found)
    ]


def _joins_digits(quote: str, span: LeftOut) -> bool:
    """Whether two figures would be one without what stands between them."""
    before, after = quote[: span.start][-1:], quote[span.end :][:1]
    return before.isnumeric() and after.isnumeric()


def _as_printed(run: re.Match[str]) -> str:
    """A line end, a gap or the border of two cells as it is printed.

    Words of two cells of a table are no phrase: a tab directly behind a word is their border.
    """
    before, after = run.string[run.start() - 1 : run.start()], run.string[run.end() : run.end() + 1]
    if before and after and "\n" in run[0] and is_unspaced(before) and is_unspaced(after):
        return ""
    return " | " if before and after and run[0].startswith("\t") else " "
