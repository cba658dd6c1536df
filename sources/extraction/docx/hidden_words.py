"""Hidden words of a DOCX: marked on their way through pandoc, and then named in the text.

Hidden is what Word does not print: set as hidden, by itself or by a style, and white letters where
nothing around them says of another ground. pandoc has no word for either, so two characters that no
text has stand around them until it is done.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sources.domain.text.spans import DoubtfulSpan, Span
from sources.extraction.reader_types import Content
from sources.vocabulary import ApparatusKind

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BEGIN, _END = "\ue010", "\ue011"
_MARKS = re.compile(f"[{_BEGIN}{_END}]")
_HIDDEN = re.compile(rf"{_BEGIN}[^{_END}]*{_END}(?:\s*{_BEGIN}[^{_END}]*{_END})*")
# Of a title, which is cut where it is very long: its last mark may be missing.
_MARKED = re.compile(rf"{_BEGIN}[^{_END}]*(?:{_END}|$)")
_WHITE = re.compile(r"F[A-F0-9]F[A-F0-9]F[A-F0-9]", re.I)
_CLEAR = ("auto", "FFFFFF", "")
# Around white letters: what has, or may have, a ground of its own.
_WITH_GROUND = ("txbxContent", "tbl")
# Of a hidden run: its properties, and the marks of fields, which come in pairs.
_KEPT = (f"{_W}rPr", f"{_W}fldChar", f"{_W}instrText")


def forget_marks(root: Any) -> None:
    """Take out of a part the characters that are to mark hidden words."""
    for words in root.iter(f"{_W}t"):
        if words.text and _MARKS.search(words.text):
            words.text = _MARKS.sub("\ufffd", words.text)


def mark_hidden_run(run: Any) -> None:
    """Mark the words of a hidden run, and take out what else is in it."""
    for child in list(run):
        if child.tag == f"{_W}t" and child.text:
            child.text = f"{_BEGIN}{child.text}{_END}"
        elif child.tag not in _KEPT:
            run.remove(child)
    for mark in run.findall(f"{_W}rPr/{_W}vanish"):
        mark.getparent().remove(mark)


def is_white_on_white(run: Any, shaded: frozenset[str]) -> bool:
    """Whether the letters of a run are white, and its ground as far as known is the page.

    `shaded` are the styles that may give a ground. What stands in a table or a box may have one.
    """
    colour = run.find(f"{_W}rPr/{_W}color")
    if colour is None or not _WHITE.fullmatch(colour.get(f"{_W}val", "")):
        return False
    if colour.get(f"{_W}themeColor") not in (None, "background1"):
        return False
    around = [run.find(f"{_W}rPr"), *(one.find(f"{_W}pPr") for one in run.iterancestors(f"{_W}p"))]
    if any(_has_ground(properties, shaded) for properties in around if properties is not None):
        return False
    if next(run.iterancestors(*(_W + name for name in _WITH_GROUND)), None) is not None:
        return False
    return run.getroottree().getroot().find(f"{_W}background") is None


def shaded_styles(root: Any) -> frozenset[str]:
    """The styles that have a ground of their own, or rest on another style, which may have one."""
    return frozenset(
        style.get(f"{_W}styleId", "")
        for style in root.iter(f"{_W}style")
        if next(style.iter(f"{_W}shd"), None) is not None or style.find(f"{_W}basedOn") is not None
    )


def with_hidden_words(content: Content) -> Content:
    """The text without the marks, with the words that stood between them as apparatus.

    Title and authors, which everybody may read, are without these words.
    """
    content = replace(content, metadata=_shown_metadata(content.metadata))
    marks = [found.start() for found in _MARKS.finditer(content.text)]
    if not marks:
        return content

    def moved(position: int) -> int:
        return position - bisect_left(marks, position)

    hidden = [
        Span(moved(found.start()), moved(found.end()), ApparatusKind.HIDDEN)
        for found in _HIDDEN.finditer(content.text)
    ]
    spans = [Span(moved(one.start), moved(one.end), one.kind) for one in content.spans]
    doubts = [DoubtfulSpan(moved(one.start), moved(one.end), one.kind) for one in content.doubts]
    return replace(
        content,
        text=_MARKS.sub("", content.text),
        spans=(*_outside(spans, hidden), *hidden),
        doubts=tuple(doubts),
    )


def _shown_metadata(metadata: dict[str, Any]) -> dict[str, Any]:
    """The metadata without hidden words, and without a title or an author of which none is left."""
    shown = dict(metadata)
    if title := _shown_words(shown.pop("title", "")):
        shown["title"] = title
    authors = [_shown_words(author["literal"]) for author in shown.pop("author", [])]
    if any(authors):
        shown["author"] = [{"literal": author} for author in authors if author]
    return shown


def _shown_words(words: str) -> str:
    return " ".join(_MARKED.sub("", words).split()) if _MARKS.search(words) else words


def _outside(spans: Iterable[Span], hidden: Iterable[Span]) -> list[Span]:
    """The spans that reach into no hidden words."""
    places = list(hidden)
    return [
        span
        for span in spans
        if not any(span.start < one.end and one.start < span.end for one in places)
    ]


def _has_ground(properties: Any, shaded: frozenset[str]) -> bool:
    """Whether properties of letters or of a paragraph give them a ground that is not white."""
    if properties.find(f"{_W}highlight") is not None:
        return True
    ground = properties.find(f"{_W}shd")
    if ground is not None and ground.get(f"{_W}fill", "") not in _CLEAR:
        return True
    styles = (properties.find(_W + name) for name in ("rStyle", "pStyle"))
    return any(style is not None and style.get(f"{_W}val") in shaded for style in styles)
