"""From what a reader found to the text of a layer: one Unicode form, pages, apparatus."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from itertools import pairwise
from typing import Any

from sources.domain.text.apparatus import Span, find_apparatus
from sources.domain.text.pages import Page, find_pages
from sources.domain.text.word_index import distinct_words
from sources.extraction.reader_types import Content

# PostgreSQL keeps neither; U+FFFD is what Unicode writes for what could not be read.
_UNKEPT = re.compile("[\0\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?")


def as_answer(content: Content) -> dict[str, Any]:
    """The text with its pages, apparatus, metadata and words, as JSON carries them."""
    text, pages, apparatus = as_layer(content)
    return {
        "text": text,
        "pages": [astuple(page) for page in pages],
        "apparatus": [astuple(span) for span in apparatus],
        "metadata": _kept(content.metadata),
        "words": distinct_words(text, apparatus),
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


def as_layer(content: Content) -> tuple[str, tuple[Page, ...], tuple[Span, ...]]:
    """The text in NFC with \\n, its pages, and its apparatus in order and apart from each other."""
    text, spans = _composed(content)
    pages = find_pages(text) if content.labels is None else _labelled(text, content.labels)
    return text, pages, _merged(spans, find_apparatus(text, pages))


def _composed(content: Content) -> tuple[str, tuple[Span, ...]]:
    """The text in one Unicode form and with one line end, and where its spans are in it."""
    text = _UNKEPT.sub("\ufffd", content.text)
    if "\r" not in text and unicodedata.is_normalized("NFC", text):
        return text, content.spans
    borders = sorted({0, len(text), *(b for span in content.spans for b in (span.start, span.end))})
    moved, parts, length = {0: 0}, [], 0
    for start, end in pairwise(borders):
        part = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text[start:end]))
        parts.append(part)
        length += len(part)
        moved[end] = length
    composed = "".join(parts)
    if unicodedata.is_normalized("NFC", composed):
        spans = (Span(moved[s.start], moved[s.end], s.kind) for s in content.spans)
        return composed, tuple(spans)
    # A mark combines across the border of a span: no span is better than a wrong one.
    return unicodedata.normalize("NFC", composed), ()


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
