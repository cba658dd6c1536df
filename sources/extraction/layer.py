"""From what a reader found to the text of a layer: one Unicode form, pages, apparatus."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, astuple
from itertools import pairwise
from typing import Any, NamedTuple

from sources.domain.text.apparatus import find_apparatus
from sources.domain.text.note_marks import doubtful_marks, find_notes
from sources.domain.text.pages import Page, find_pages
from sources.domain.text.spans import DoubtfulSpan, Span
from sources.domain.text.word_index import distinct_words
from sources.extraction.doubts import find_doubts, with_hidden_blank
from sources.extraction.reader_types import Content
from sources.vocabulary import ApparatusKind

# PostgreSQL keeps neither; U+FFFD is what Unicode writes for what could not be read.
_UNKEPT = re.compile("[\0\ud800-\udfff]")
LINE_ENDS = re.compile("\r\n?")  # those that no layer has


class LayerText(NamedTuple):
    """The text of a layer with its pages, its apparatus and its doubtful spans.

    The apparatus is in order and its spans are apart from each other; doubtful spans are in order.
    """

    text: str
    pages: tuple[Page, ...]
    apparatus: tuple[Span, ...]
    doubts: tuple[DoubtfulSpan, ...]


def as_answer(content: Content) -> dict[str, Any]:
    """The text with all that belongs to it, as JSON carries them."""
    layer = as_layer(content)
    completeness = content.completeness
    return {
        "text": layer.text,
        "pages": [astuple(page) for page in layer.pages],
        "apparatus": [astuple(span) for span in layer.apparatus],
        "doubts": [astuple(span) for span in layer.doubts],
        "metadata": _kept(content.metadata),
        "words": distinct_words(layer.text, layer.apparatus),
        "completeness": None if completeness is None else _kept(asdict(completeness)),
    }


def _kept(value: Any) -> Any:
    """Metadata without what a database does not keep: NUL and lone surrogates."""
    if isinstance(value, dict):
        return {str(name): _kept(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_kept(each) for each in value]
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    return value


def as_layer(content: Content) -> LayerText:
    """The text in NFC with \n, its pages, its apparatus and its doubtful spans."""
    text, moved = _composed(content)
    pages = find_pages(text) if content.labels is None else _labelled(text, content.labels)
    spans = [Span(moved[s.start], moved[s.end], s.kind) for s in content.spans]
    shown = with_hidden_blank(text, spans)
    notes = find_notes(shown, [span for span in spans if span.kind == ApparatusKind.NOTE])
    doubts = {DoubtfulSpan(moved[d.start], moved[d.end], d.kind) for d in content.doubts}
    doubts.update(doubtful_marks(notes))
    apparatus = _merged(spans, find_apparatus(shown, pages, notes))
    doubts.update(find_doubts(text, apparatus))
    return LayerText(
        text,
        pages,
        apparatus,
        tuple(sorted(doubt for doubt in doubts if doubt.start < doubt.end)),
    )


def _composed(content: Content) -> tuple[str, Mapping[int, int]]:
    """The text in one Unicode form and with one line end, and where borders of spans are in it.

    A border that would part a mark from its letter is moved behind the mark.
    """
    text = _UNKEPT.sub("\ufffd", content.text)
    borders = {0, len(text)}
    borders.update(border for span in content.spans for border in (span.start, span.end))
    borders.update(border for span in content.doubts for border in (span.start, span.end))
    if "\r" not in text and unicodedata.is_normalized("NFC", text):
        return text, {border: border for border in borders}
    whole = {border: _behind_marks(text, border) for border in borders}
    moved, parts, length = {0: 0}, [], 0
    for start, end in pairwise(sorted(set(whole.values()))):
        part = unicodedata.normalize("NFC", LINE_ENDS.sub("\n", text[start:end]))
        parts.append(part)
        length += len(part)
        moved[end] = length
    return "".join(parts), {border: moved[whole[border]] for border in borders}


def _behind_marks(text: str, border: int) -> int:
    """The next position from here that no composition of characters crosses, nor a line end."""
    while 0 < border < len(text) and _composes(text[border - 1], text[border]):
        border += 1
    return border


def _composes(left: str, right: str) -> bool:
    """Whether the second of two characters may become one with what stands before it."""
    if left + right == "\r\n" or unicodedata.combining(right):
        return True
    return len(unicodedata.normalize("NFC", left + right)) < len(
        unicodedata.normalize("NFC", left) + unicodedata.normalize("NFC", right)
    )


def _labelled(text: str, labels: tuple[str, ...]) -> tuple[Page, ...]:
    pages, start = [], 0
    for index, (part, label) in enumerate(zip(text.split("\f"), labels, strict=True)):
        pages.append(Page(index, label, start, start + len(part)))
        start += len(part) + 1
    return tuple(pages)


def _merged(known: Iterable[Span], found: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order and apart: those that the format names, and what they leave of the others."""
    apart: list[Span] = []
    for span in sorted(known):
        if span.end > span.start and (not apart or span.start >= apart[-1].end):
            apart.append(span)
    starts = [span.start for span in apart]
    left = [
        Span(start, end, span.kind)
        for span in found
        for start, end in _outside(span, apart[max(0, bisect_right(starts, span.start) - 1) :])
    ]
    return tuple(sorted([*apart, *left]))


def _outside(span: Span, known: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """The stretches of a span that none of the known ones, in order, covers."""
    start = span.start
    for one in known:
        if one.start >= span.end:
            break
        if one.start > start:
            yield start, one.start
        start = max(start, one.end)
    if start < span.end:
        yield start, span.end
