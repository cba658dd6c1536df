"""The pandoc document tree in small pieces: what people wrote goes in as text and stays text.

Nothing here makes Markdown or HTML, and there is no function for raw mark-up: what a `Str` holds
is escaped for the format that is written, so no word of a user can become mark-up.
Source of the shapes: pandoc-types 1.23, `Text.Pandoc.Definition`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

API_VERSION = [1, 23, 1]

Node = dict[str, Any]
Attr = list[Any]

TO_NOTE = "to-note"  # the class of a link to a note; links in prose have no classes

# What separates words. No-break spaces and the ideographic space are part of the wording.
_GAP = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")
# Characters that would act on what stands around them, or hide: direction embeddings, overrides
# and isolates, interlinear marks, tags, lone surrogates, controls and what is no character. Joiners
# and the plain direction marks stay: Persian, Hindi and Hebrew need them.
_ACTING = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    r"\U000e0000-\U000e007f]"
)
# Two double quotation marks that belong together, straight or curly, with none between.
_QUOTED = re.compile(r'"([^"“”]+)"|“([^"“”]+)”')


def attr(identifier: str = "", *classes: str, **pairs: str) -> Attr:
    """Identifier, classes and key-value pairs; a pair without a value is left out."""
    return [identifier, list(classes), [[key, value] for key, value in pairs.items() if value]]


def string(words: str) -> Node:
    """Characters without a gap, taken literally."""
    return {"t": "Str", "c": words}


def space() -> Node:
    """A gap between words."""
    return {"t": "Space"}


def text(words: str) -> list[Node]:
    """Inlines of plain text: runs of white space are one space, nothing is mark-up.

    Characters that would turn or hide the text around them are shown by name (`U+202E`) instead
    of acting, so that the reader sees that they are there.
    """
    inlines: list[Node] = []
    for index, word in enumerate(_GAP.split(words.strip())):
        if index:
            inlines.append(space())
        inlines.extend(_word(word))
    return _trimmed(inlines)


def _word(word: str) -> Iterator[Node]:
    """One word, with acting characters as named marks between its parts."""
    start = 0
    for match in _ACTING.finditer(word):
        if word[start : match.start()]:
            yield string(word[start : match.start()])
        code = f"U+{ord(match[0]):04X}"
        name = unicodedata.name(match[0], "control character").lower()
        yield span([string(f"⟨{code}⟩")], "invisible", title=name)
        start = match.end()
    if word[start:]:
        yield string(word[start:])


def _trimmed(inlines: list[Node]) -> list[Node]:
    """The inlines without a space at either end."""
    while inlines and inlines[0]["t"] == "Space":
        inlines.pop(0)
    while inlines and inlines[-1]["t"] == "Space":
        inlines.pop()
    return inlines


def plain_text(inlines: Iterable[Node]) -> str:
    """The characters of text inlines, for places that carry no mark-up, such as a page's title."""
    text = ""
    for node in inlines:
        if node["t"] == "Str":
            text += node["c"]
        else:
            text += plain_text(node["c"][1]) if node["t"] == "Span" else " "
    return text


def length(tree: Any) -> int:
    """How many characters of text a tree holds, gaps left out."""
    count = 0
    waiting: list[Any] = [tree]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            count += len(item["c"]) if item.get("t") == "Str" else 0
            waiting.append(item.get("c"))
    return count


def title_text(words: str) -> list[Node]:
    """A title as inlines, its double quotation marks as quotes.

    A citation style sets a title in quotation marks of its own; the ones inside then turn single,
    which it can do only where it knows them for quotes. An odd mark stays as it is.
    """
    inlines: list[Node] = []
    start = 0
    for match in _QUOTED.finditer(words):
        _append_part(inlines, words[start : match.start()])
        inside = text(match[1] or match[2])
        inlines.append({"t": "Quoted", "c": [{"t": "DoubleQuote"}, inside]})
        start = match.end()
    _append_part(inlines, words[start:])
    return _trimmed(inlines)


def _append_part(inlines: list[Node], part: str) -> None:
    """Append a part of a longer text, keeping the gaps at its ends."""
    if part[:1] and _GAP.match(part):
        inlines.append(space())
    inlines.extend(text(part))
    if part.strip() and _GAP.fullmatch(part[-1]):
        inlines.append(space())


def join_inlines(inlines: Iterable[Node | str | Sequence[Node]]) -> list[Node]:
    """Pieces put together as they come: strings become text, lists are spliced."""
    joined: list[Node] = []
    for piece in inlines:
        if isinstance(piece, str):
            _append_part(joined, piece)
        elif isinstance(piece, dict):
            joined.append(piece)
        else:
            joined.extend(piece)
    return joined


def joined(pieces: Iterable[Sequence[Node]], separator: str = " · ") -> list[Node]:
    """The pieces that hold anything, with a separator between them."""
    inlines: list[Node] = []
    for piece in pieces:
        if piece and inlines:
            _append_part(inlines, separator)
        inlines.extend(piece)
    return inlines


def span(inlines: Sequence[Node], *classes: str, **pairs: str) -> Node:
    """Inlines under a class, language or direction."""
    return {"t": "Span", "c": [attr("", *classes, **pairs), list(inlines)]}


def isolated(written: str, *classes: str, lang: str = "") -> Node:
    """Text in a direction of its own, so that it cannot turn the line that it stands in."""
    return span(text(written), *classes, lang=lang, dir="auto")


def strong(inlines: Sequence[Node]) -> Node:
    """Inlines with weight."""
    return {"t": "Strong", "c": list(inlines)}


def struck(inlines: Sequence[Node]) -> Node:
    """Inlines that no longer hold."""
    return {"t": "Strikeout", "c": list(inlines)}


def is_safe_url(url: str) -> bool:
    """Whether following the address can only open a page: http, https, or a place on this site."""
    if re.search(r"[\s\\<>\"]", url) or _ACTING.search(url):
        return False
    if url.startswith(("#", "/")):
        return not url.startswith("//")
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def link(inlines: Sequence[Node], url: str, *classes: str) -> Node:
    """A link, or the bare inlines where the address is none that a reader may follow."""
    if not is_safe_url(url):
        return span(inlines, *classes)
    return {"t": "Link", "c": [attr("", *classes), list(inlines), [url, ""]]}


def cite(key: str, suffix: Sequence[Node], number: int) -> Node:
    """A citation of a source; `number` counts the citations from 1, for styles with notes."""
    citation = {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": list(suffix),
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": number,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[citation], []]}


def para(inlines: Sequence[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": list(inlines)}


def header(level: int, inlines: Sequence[Node], identifier: str = "", *classes: str) -> Node:
    """A heading of level 1 to 6."""
    return {"t": "Header", "c": [level, attr(identifier, *classes), list(inlines)]}


def block_quote(blocks: Sequence[Node]) -> Node:
    """Words of somebody else."""
    return {"t": "BlockQuote", "c": list(blocks)}


def bullets(items: Iterable[Sequence[Node]]) -> Node:
    """An unordered list of one paragraph each, set tight."""
    return {"t": "BulletList", "c": [[{"t": "Plain", "c": list(item)}] for item in items]}


def div(blocks: Sequence[Node], *classes: str, identifier: str = "", **pairs: str) -> Node:
    """Blocks under a class."""
    return {"t": "Div", "c": [attr(identifier, *classes, **pairs), list(blocks)]}


def note(blocks: Sequence[Node]) -> Node:
    """A numbered note."""
    return {"t": "Note", "c": list(blocks)}


def to_note(number: int) -> Node:
    """The number of a note that the document has already, leading to it; notes count from 1."""
    return {"t": "Superscript", "c": [link([string(str(number))], f"#fn{number}", TO_NOTE)]}


def table(heads: Sequence[str], rows: Iterable[Sequence[Sequence[Node]]], *classes: str) -> Node:
    """A table of inlines under a row of headings."""
    plain = {"t": "ColWidthDefault"}
    return {
        "t": "Table",
        "c": [
            attr("", *classes),
            [None, []],
            [[{"t": "AlignDefault"}, plain] for _head in heads],
            [attr(), [_row([text(head) for head in heads])]],
            [[attr(), 0, [], [_row(row) for row in rows]]],
            [attr(), []],
        ],
    }


def _row(cells: Iterable[Sequence[Node]]) -> list[Any]:
    """A row of cells of one paragraph each."""
    made = [
        [attr(), {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": list(cell)}]] for cell in cells
    ]
    return [attr(), made]


def meta_text(written: str) -> Node:
    """A string of metadata, taken literally."""
    return {"t": "MetaString", "c": written}


def meta_bool(value: bool) -> Node:  # noqa: FBT001 - it is the value
    """A truth value of the metadata."""
    return {"t": "MetaBool", "c": value}


def meta_inlines(inlines: Sequence[Node]) -> Node:
    """Inlines of metadata."""
    return {"t": "MetaInlines", "c": list(inlines)}


def meta_list(items: Iterable[Node]) -> Node:
    """A list of metadata."""
    return {"t": "MetaList", "c": list(items)}


def meta_map(entries: dict[str, Node]) -> Node:
    """Metadata by name."""
    return {"t": "MetaMap", "c": entries}


def defused(tree: Any) -> Any:
    """The same tree without what could act: of links that nobody should follow and of pictures
    what they show is left, of raw mark-up its characters.

    The citation processor makes links of its own, out of the records' identifiers.
    """
    if isinstance(tree, dict):
        kind = tree.get("t")
        if kind == "Image" or (kind == "Link" and not is_safe_url(tree["c"][2][0])):
            return span(defused(tree["c"][1]))
        if kind in ("RawInline", "Math"):
            return {"t": "Code", "c": [attr(), tree["c"][1]]}
        if kind == "RawBlock":
            return {"t": "CodeBlock", "c": [attr(), tree["c"][1]]}
        return {key: defused(value) for key, value in tree.items()}
    return [defused(item) for item in tree] if isinstance(tree, list) else tree


def document(blocks: Sequence[Node], meta: dict[str, Node] | None = None) -> Node:
    """A whole document as pandoc reads it."""
    return {"pandoc-api-version": API_VERSION, "meta": meta or {}, "blocks": list(blocks)}
