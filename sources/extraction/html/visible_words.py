"""The words that a web page shows, counted without the readers that choose its main text.

They come in pieces, one for each block of the page. What stands in navigation, headers, footers,
asides, forms and lists of links belongs to no article and is counted apart.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from sources.domain.text.completeness import count_words
from sources.extraction.html import elements

_ASIDE = frozenset(["nav", "header", "footer", "aside", "form", "search"])
_ASIDE_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar"]
)
_LISTS = frozenset(["ul", "ol", "dl", "menu", "dir"])
# A list of links has so many, and they are so much of its text.
_LINKS, _OF_LINKS = 3, 0.8
# A form with so much of the page is the page: some systems wrap all of it in one.
_WRAPS = 0.5
_COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|disqus|respond)(?:$|[\s_-])", re.I)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class VisibleWords:
    """The blocks of a page that belong to its body, and how many words stand aside.

    `asides` are the elements that were counted apart.
    """

    pieces: tuple[str, ...]
    aside: int
    asides: frozenset[Any]

    def is_body(self, element: Any, *, has_comments: bool) -> bool:
        """Whether an element is of the body and, unless `has_comments`, no comment of a reader."""
        for one in (element, *element.iterancestors()):
            names = f"{one.get('id', '')} {one.get('class', '')}"
            is_comment = one.tag != "body" and _COMMENTS.search(names) is not None
            if one in self.asides or (is_comment and not has_comments):
                return False
        return True


def visible_words(tree: Any) -> VisibleWords:
    """The words that a page shows, in pieces. The tree stays as it is."""
    body = tree.find(".//body")
    root = tree if body is None else body
    whole = _length(root)
    asides = frozenset(element for element in root.iter(etree.Element) if _is_aside(element, whole))
    inside: list[str] = []
    aside = 0
    for piece, is_aside in _pieces(root, asides):
        if is_aside:
            aside += count_words(piece)
        else:
            inside.append(piece)
    return VisibleWords(tuple(inside), aside, asides)


def _is_aside(element: Any, whole: int) -> bool:
    tag = element.tag
    if tag == "form":
        return _length(element) < _WRAPS * whole
    if tag in _ASIDE or element.get("role", "").lower() in _ASIDE_ROLES:
        return True
    return tag in _LISTS and _is_of_links(element)


def _is_of_links(element: Any) -> bool:
    links = list(element.iter("a"))
    if len(links) < _LINKS:
        return False
    return sum(map(_length, links)) >= _OF_LINKS * _length(element)


def _length(element: Any) -> int:
    return sum(len(_SPACES.sub("", text)) for text in element.itertext())


def _pieces(root: Any, asides: frozenset[Any]) -> Iterator[tuple[str, bool]]:
    """The text of each block, in order, and whether it stands aside."""
    gathered: list[str] = []
    depth = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        is_seen = not elements.is_unseen(element)
        breaks = not isinstance(element.tag, str) or (
            element.tag in elements.BLOCKS
            or element.tag in elements.CELLS
            or element.tag in elements.PICTURES
            or element.tag == "br"
        )
        if event == "start":
            if breaks or element in asides:
                yield from _piece(gathered, is_aside=depth > 0)
            if not is_seen or element.tag in elements.PICTURES:
                walk.skip_subtree()
            else:
                depth += element in asides
                gathered.append(element.text or "")
            continue
        if breaks or element in asides:
            yield from _piece(gathered, is_aside=depth > 0)
        if is_seen and element.tag not in elements.PICTURES:
            depth -= element in asides
        if element is not root:
            gathered.append(element.tail or "")
    yield from _piece(gathered, is_aside=depth > 0)


def _piece(gathered: list[str], *, is_aside: bool) -> Iterator[tuple[str, bool]]:
    text = "".join(gathered)
    gathered.clear()
    if text.strip():
        yield text, is_aside
