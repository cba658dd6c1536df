"""Meaning of elements of a web page for its text: hidden, raised, a block, a cell, a note."""

import re
from typing import Any

from sources.extraction.html.styles import figure_level, is_apart, is_blank, is_gone, style_of

# Never text of the page: what steers it, what is asked of a visitor, what no visitor sees.
UNSEEN = frozenset(
    [
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "datalist",
        "select",
        "textarea",
        "button",
        "rp",
        "annotation",
        "annotation-xml",
        "mphantom",
        "frameset",
        "applet",
        "param",
    ]
)
# Struck out: the text is what stands, as with tracked changes that were accepted.
STRUCK = frozenset(["del", "s", "strike"])
# Seen, but no words; what stands before and behind it is apart.
PICTURES = frozenset(
    [
        "img",
        "picture",
        "svg",
        "video",
        "audio",
        "canvas",
        "iframe",
        "object",
        "embed",
        "map",
        "input",
        "meter",
        "progress",
        "hr",
    ]
)
PARAGRAPHS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "table",
        "ul",
        "ol",
        "dl",
        "figure",
        "figcaption",
        "section",
        "article",
        "header",
        "footer",
        "aside",
        "nav",
        "main",
        "form",
        "fieldset",
        "address",
        "details",
        "summary",
        "caption",
        "hr",
    ]
)
LINES = frozenset(
    [
        "html",
        "body",
        "div",
        "li",
        "dt",
        "dd",
        "tr",
        "thead",
        "tbody",
        "tfoot",
        "legend",
        "center",
        "hgroup",
        "search",
        "menu",
        "dir",
        "dialog",
        "optgroup",
        "option",
        "mtr",
        "noframes",
    ]
)
BLOCKS = PARAGRAPHS | LINES
CELLS = frozenset(["td", "th", "mtd"])
RAISING = {"msup": (1,), "mover": (1,), "msubsup": (2,), "munderover": (2,)}
LOWERING = {"msub": (1,), "munder": (1,), "msubsup": (1,), "munderover": (1,)}

_STRUCK_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.I)
_BLOCK_STYLE = re.compile(
    r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table|list-item|flow-root)", re.I
)
_CELL_STYLE = re.compile(r"(?:^|;)\s*display\s*:\s*(?:table-cell|inline-block)", re.I)
_TABLE_CELL = re.compile(r"(?:^|;)\s*display\s*:\s*table-cell", re.I)
_ALIGNED = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.I)
# Classes by which many sites keep words for programs that read aloud.
_FOR_READING_ALOUD = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|u-hidden)(?:\s|$)", re.I
)
_NOTE_TARGET = re.compile(r"#_?(?:fn|ftn|edn|note|footnote|endnote|cite|ref|sdfootnote)", re.I)
_NOTE_CLASS = re.compile(r"(?:^|\s)(?:footnote-ref|noteref|footnote-anchor)(?:\s|$)", re.I)
_BACK_CLASS = re.compile(r"(?:^|\s)(?:footnote-back(?:ref)?|mw-cite-backlink)(?:\s|$)", re.I)


def is_unseen(element: Any) -> bool:
    """Whether no visitor sees the element, as far as the page itself says so."""
    tag = element.tag
    if not isinstance(tag, str) or tag in UNSEEN or tag in STRUCK:
        return True
    if not element.attrib:
        return False
    style = style_of(element)
    if style and (is_gone(style) or _STRUCK_STYLE.search(style) or is_left_blank(element)):
        return True
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        return True
    if tag == "dialog" and element.get("open") is None:
        return True
    names = element.get("class", "")
    if _FOR_READING_ALOUD.search(names):
        return True
    return element.get("role") == "doc-backlink" or _BACK_CLASS.search(names) is not None


def is_left_blank(element: Any) -> bool:
    """Whether the element is hidden and leaves a gap between the words around it."""
    if element.tag == "mphantom":
        return True
    style = style_of(element) if isinstance(element.tag, str) else ""
    return bool(style) and is_blank(style, is_within_line=not is_block(element))


def is_cell(element: Any) -> bool:
    """Whether the element stands beside the one before it, apart from it."""
    if element.tag in CELLS or _has_style(element, _CELL_STYLE):
        return True
    return element.tag not in BLOCKS and is_apart(element) and not level(element)


def cell_around(element: Any) -> Any:
    """The innermost cell of a table that the element is or stands in; None outside of tables."""
    while element is not None:
        if element.tag in ("td", "th") or _has_style(element, _TABLE_CELL):
            return element
        element = element.getparent()
    return None


def is_block(element: Any) -> bool:
    """Whether the element begins and ends a line."""
    return element.tag in BLOCKS or _has_style(element, _BLOCK_STYLE)


def level(element: Any) -> int:
    """1 where the element stands above the line, -1 below, 0 on it."""
    tag = element.tag
    if tag == "sup":
        return 1
    if tag == "sub":
        return -1
    parent = element.getparent()
    if parent is not None and (parent.tag in RAISING or parent.tag in LOWERING):
        position = parent.index(element)
        if position in RAISING.get(parent.tag, ()):
            return 1
        if position in LOWERING.get(parent.tag, ()):
            return -1
    aligned = _ALIGNED.search(style_of(element))
    if aligned is not None:
        return 1 if aligned.group(1).lower() == "super" else -1
    if moved := figure_level(element):
        return moved
    is_mark = _NOTE_CLASS.search(element.get("class", "")) or element.get("role") == "doc-noteref"
    return 1 if element.tag == "a" and is_mark and element.find(".//sup") is None else 0


def is_note_link(element: Any) -> bool:
    """Whether the element leads to a note or back from it."""
    if element.tag != "a":
        return False
    if element.get("role") == "doc-noteref" or _NOTE_CLASS.search(element.get("class", "")):
        return True
    target = element.get("href", "")
    return target.startswith("#") or _NOTE_TARGET.search(target) is not None


def _has_style(element: Any, pattern: re.Pattern[str]) -> bool:
    style = style_of(element)
    return bool(style) and pattern.search(style) is not None
