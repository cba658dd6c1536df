"""Whether a place in a text may be that of a quote, whatever its words."""

from bisect import bisect_left, bisect_right

from sources.domain.grading.boundaries import is_cut
from sources.domain.text.apparatus import Span
from sources.domain.text.folded_text import FoldedText

_REACH = 48  # code points looked at on either side


def is_valid_location(start: int, end: int, layer: FoldedText) -> bool:
    """Whether a place holds whole words and numbers, and is not inside of a mark."""
    if is_cut(layer.text, start, layer.marks) or is_cut(layer.text, end, layer.marks):
        return False
    if layer.blocks and _is_cut_by_a_block(start, end, layer):
        return False
    span = _span_at(start, layer)
    return span is None or span.is_quotable or end > span.end


def is_in_repeated_block(start: int, end: int, layer: FoldedText) -> bool:
    """Whether a place begins and ends inside of pull quotes and running heads."""
    spans = _span_at(start, layer), _span_at(end - 1, layer)
    return all(
        span is not None and span.is_repeat and at < span.end
        for span, at in zip(spans, (start, end - 1), strict=True)
    )


def crosses_blocks(start: int, end: int, layer: FoldedText) -> bool:
    """Whether a place begins in the running text and ends in a footnote, a pull quote or a running
    head, or the other way round: nobody reads these words on from each other."""
    return _block_at(start, layer) != _block_at(end - 1, layer)


def _is_cut_by_a_block(start: int, end: int, layer: FoldedText) -> bool:
    """Whether a word or number goes on behind a footnote or running head: opera- | tional."""
    text = layer.text
    left, right = _before_blocks(start, layer), _behind_blocks(end, layer)
    if left < start and _block_at(start, layer) is None:
        before = text[max(0, left - _REACH) : left].rstrip() + "\n"
        if is_cut(before + text[start : start + _REACH], len(before)):
            return True
    if right > end and _block_at(end - 1, layer) is None:
        before = text[max(0, end - _REACH) : end]
        return is_cut(f"{before}\n{text[right : right + _REACH].lstrip()}", len(before))
    return False


def _before_blocks(position: int, layer: FoldedText) -> int:
    """The starts of the blocks that stand before a position, with white space alone between."""
    index = bisect_right(layer.blocks, position, key=lambda block: block[1]) - 1
    while index >= 0 and _is_space(layer.blocks[index][1], position, layer):
        position = layer.blocks[index][0]
        index -= 1
    return position


def _behind_blocks(position: int, layer: FoldedText) -> int:
    """The ends of the blocks that stand behind a position, with white space alone between."""
    index = bisect_left(layer.blocks, position, key=lambda block: block[0])
    while index < len(layer.blocks) and _is_space(position, layer.blocks[index][0], layer):
        position = layer.blocks[index][1]
        index += 1
    return position


def _is_space(start: int, end: int, layer: FoldedText) -> bool:
    return end - start <= _REACH and not layer.text[start:end].strip()


def _block_at(position: int, layer: FoldedText) -> int | None:
    """The footnote, pull quote or running head that a position is in; None in the running text."""
    index = bisect_right(layer.blocks, position, key=lambda block: block[0]) - 1
    return index if index >= 0 and position < layer.blocks[index][1] else None


def _span_at(position: int, layer: FoldedText) -> Span | None:
    """The last piece of apparatus that begins at or before a position."""
    index = bisect_right(layer.apparatus, position, key=lambda span: span.start) - 1
    return layer.apparatus[index] if index >= 0 else None
