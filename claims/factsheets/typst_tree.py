"""The pandoc tree of a sheet in the few shapes that the Typst template reads.

The tree goes to the template as data, never as Typst source, so no word in it can become code.
Each node is a list: its kind, then what it holds. `sheet.typ` has the other half.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from claims.factsheets import ast
from claims.factsheets.ast import Node
from claims.factsheets.table_widths import WIDTHS

# Nothing people write needs more levels; Typst allows about seventy calls within each other.
MAX_DEPTH = 24
# Characters of a quote with its translation and note that are not parted by the end of a page; half
# a page.
MAX_UNBROKEN = 1_500
_EMPHASES = {
    "Emph": "em",
    "Strong": "strong",
    "Strikeout": "strike",
    "Superscript": "super",
    "Subscript": "sub",
    "SmallCaps": "smallcaps",
    "Underline": "underline",
}
_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-([A-Z][a-z]{3}))?(?:-([A-Z]{2}))?(?:-.*)?")
# Where the script decides which forms of the same characters are set.
_REGION_OF_SCRIPT = {"Hans": "CN", "Hant": "TW"}
_STARTS_RIGHT_TO_LEFT = ("R", "AL")
# A word so long that no line holds it, and that Typst would try to set in ever more ways.
_BREAKLESS = re.compile(r"[!-~]{200,}")
_BREAK = "\u200b"
# Letters of an address that a narrow column still holds on one line.
MAX_UNBROKEN = 40
# What a note takes beside its words, in characters: half a line on average.
NOTE_LINE = 30
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"


def typst_tree(blocks: Sequence[Node], *, notes_at_end: bool = False) -> list[Any]:
    """The blocks of a document for the template.

    Links lead to what is in the document or to an address that a reader may follow; headings skip
    no level, as PDF/UA asks. `notes_at_end` gathers the notes below the text, in two halves of much
    the same length to stand side by side; else each is at the foot of its page.
    """
    tree = _Tree(blocks, notes_at_end=notes_at_end)
    return [*tree.made, ["notes", *_halves(tree.notes)]] if tree.notes else tree.made


class _Tree:
    """One conversion, with the identifiers that links may lead to."""

    def __init__(self, blocks: Sequence[Node], *, notes_at_end: bool) -> None:
        self.notes_at_end = notes_at_end
        self.notes: list[list[Any]] = []  # number and inlines of each note for the end
        self.targets = set(_identifiers(blocks))
        self.given: set[str] = set()
        self.level = 0
        self.made = self.blocks(blocks, 0)

    def blocks(self, blocks: Iterable[Node], depth: int) -> list[Any]:
        """Blocks that stand in each other; deeper than MAX_DEPTH only their text."""
        blocks = list(blocks)
        if depth > MAX_DEPTH:
            return [["para", [["text", _all_text(blocks)]]]]
        return [made for block in blocks if (made := self.block(block, depth)) is not None]

    def block(self, block: Node, depth: int) -> list[Any] | None:  # noqa: C901 - a case a shape
        """One block, or None for one that shows nothing."""
        content: Any = block.get("c")
        match block["t"]:
            case "Para" | "Plain" as kind:
                return [kind.lower(), self.inlines(content, depth)]
            case "Header":
                return self.header(content, depth)
            case "Div":
                attributes, inner = content
                return ["div", *self.attributes(attributes), self.blocks(inner, depth + 1)]
            case "BlockQuote":
                return self.quote(content, depth)
            case "BulletList":
                return ["bullets", [self.blocks(item, depth + 1) for item in content]]
            case "OrderedList":
                return ["numbers", content[0][0], [self.blocks(i, depth + 1) for i in content[1]]]
            case "DefinitionList":
                return ["div", [], "", "", "", self.definitions(content, depth)]
            case "LineBlock":
                lines = [self.inlines(line, depth) for line in content]
                return ["para", [part for line in lines for part in [*line, ["break"]]][:-1]]
            case "Table":
                return self.table(content, depth)
            case "Figure":
                return ["div", [], "", "", "", self.blocks(content[2], depth + 1)]
            case "HorizontalRule":
                return ["rule"]
            case "CodeBlock" | "RawBlock":
                return ["para", [["code", content[1]]]]
        return None

    def header(self, content: Any, depth: int) -> list[Any]:
        """A heading at most one level below the one before it; the first of level 1 is the title.

        The title is level 0.
        """
        level, attributes, inlines = content
        self.level = 0 if self.level == 0 and level == 1 else max(1, min(level - 1, self.level + 1))
        return ["heading", self.level, self.attributes(attributes)[3], self.inlines(inlines, depth)]

    def quote(self, blocks: Iterable[Node], depth: int) -> list[Any]:
        """A quote, and whether it is short enough to stay on one page."""
        blocks = list(blocks)
        is_short = len(_all_text(blocks)) <= MAX_UNBROKEN
        return ["quote", self.blocks(blocks, depth + 1), is_short]

    def definitions(self, items: Any, depth: int) -> list[Any]:
        """Terms with what they mean below them."""
        made: list[Any] = []
        for term, meanings in items:
            made.append(["plain", [["strong", self.inlines(term, depth)]]])
            made.extend(self.quote(blocks, depth) for blocks in meanings)
        return made

    def table(self, content: Any, depth: int) -> list[Any]:
        """A table: classes, widths (0 for what it takes), alignments, head rows and body rows."""
        attributes, _caption, columns, head, bodies, foot = content
        body = [row for one in bodies for row in [*one[2], *one[3]]] + foot[1]
        classes = self.attributes(attributes)[0]
        known = next((WIDTHS[one] for one in classes if one in WIDTHS), None)
        return [
            "table",
            classes,
            known or [one[1].get("c", 0) if one[1]["t"] == "ColWidth" else 0 for one in columns],
            [one[0]["t"].removeprefix("Align").lower() for one in columns],
            [self.row(row, depth) for row in head[1]],
            [self.row(row, depth) for row in body],
        ]

    def row(self, row: Any, depth: int) -> list[Any]:
        """The cells of a row: rows and columns that each spans, and its blocks."""
        return [[cell[2], cell[3], self.blocks(cell[4], depth + 1)] for cell in row[1]]

    def inlines(self, inlines: Iterable[Node], depth: int) -> list[Any]:
        """Inlines, neighbouring strings and spaces put together."""
        if depth > MAX_DEPTH:
            return [["text", _all_text(list(inlines))]]
        made: list[Any] = []
        for inline in inlines:
            for part in self.inline(inline, depth):
                if made and part[0] == "text" == made[-1][0]:
                    made[-1] = ["text", made[-1][1] + part[1]]
                else:
                    made.append(part)
        return made

    def inline(self, inline: Node, depth: int) -> list[Any]:  # noqa: C901 - a case a shape
        """The parts of one inline."""
        kind: str = inline["t"]
        content: Any = inline.get("c")
        if kind in _EMPHASES:
            return [[_EMPHASES[kind], self.inlines(content, depth + 1)]]
        match kind:
            case "Str":
                return [["text", _BREAKLESS.sub(_with_breaks, content)]]
            case "Space" | "SoftBreak":
                return [["text", " "]]
            case "LineBreak":
                return [["break"]]
            case "Quoted":
                before, after = _QUOTES[content[0]["t"]]
                return [["text", before], *self.inlines(content[1], depth), ["text", after]]
            case "Cite":
                return self.inlines(content[1], depth)
            case "Span":
                return self.span(content[0], content[1], depth)
            case "Link":
                return self.link(content, depth)
            case "Image":
                return self.inlines(content[1], depth)
            case "Note":
                return [self.numbered(self.note(content, depth + 1))]
            case "Code" | "Math" | "RawInline":
                return [["code", content[1]]]
        return []

    def note(self, blocks: Any, depth: int) -> list[Any]:
        """A footnote; its paragraphs run on after its number, each on a line of its own."""
        if any(block["t"] not in ("Para", "Plain") for block in blocks):
            return self.blocks(blocks, depth)
        lines = [[*self.inlines(block["c"], depth), ["break"]] for block in blocks]
        return [part for line in lines for part in line][:-1]

    def numbered(self, note: list[Any]) -> list[Any]:
        """A footnote, or the number of a note for the end."""
        if not self.notes_at_end:
            return ["note", note]
        self.notes.append([len(self.notes) + 1, note])
        return ["to-note", len(self.notes)]

    def span(self, attributes: Any, inlines: Any, depth: int) -> list[Any]:
        """Inlines under classes, language and direction; what turns the line is isolated."""
        classes, language, region, label = self.attributes(attributes)
        inner = self.inlines(inlines, depth + 1)
        if _turns(_all_text(inlines)):
            return [
                ["text", _ISOLATE],
                ["span", classes, language, region, label, inner],
                ["text", _END_OF_ISOLATE],
            ]
        return [["span", classes, language, region, label, inner]]

    def link(self, content: Any, depth: int) -> list[Any]:
        """A link, or what it shows where it leads nowhere; a short address is not broken."""
        (_identifier, classes, _pairs), inlines, (url, _title) = content
        shown = self.inlines(inlines, depth + 1)
        if "short" in classes and ast.length(inlines) <= MAX_UNBROKEN:
            shown = [["span", ["short"], "", "", "", shown]]
        if ast.TO_NOTE in classes:
            return [["see-note", url.removeprefix("#fn")]] if self.notes_at_end else shown
        if url.startswith("#"):
            return [["goto", url[1:], shown]] if url[1:] in self.targets else shown
        if not ast.is_safe_url(url) or url.startswith("/"):
            return shown
        return [["link", url, shown]]

    def attributes(self, attributes: Any) -> tuple[list[str], str, str, str]:
        """Classes, language, region, and the identifier where it is the first of its name."""
        identifier, classes, pairs = attributes
        label = identifier if identifier not in self.given else ""
        self.given.add(label)
        return [*classes, *_style_of(pairs)], *language_of(dict(pairs).get("lang", "")), label


def _halves(notes: Sequence[list[Any]]) -> tuple[list[list[Any]], list[list[Any]]]:
    """The notes in their order, cut where both parts are about as long."""
    lengths = [len(json.dumps(note)) + NOTE_LINE for _number, note in notes]
    best = min(
        range(1, len(notes) + 1),
        key=lambda cut: abs(sum(lengths[:cut]) - sum(lengths[cut:])),
    )
    return list(notes[:best]), list(notes[best:])


def _with_breaks(word: re.Match[str]) -> str:
    """A word with places where a line may end."""
    return _BREAK.join(re.findall(r".{1,60}", word[0]))


def language_of(tag: str) -> tuple[str, str]:
    """Language and region of a tag as Typst takes them; both empty for what is none."""
    found = _LANGUAGE.fullmatch(tag)
    if found is None:
        return "", ""
    return found[1], found[3] or _REGION_OF_SCRIPT.get(found[2] or "", "")


def starts_right_to_left(tree: Any) -> bool:
    """Whether the first letter of a tree runs from right to left (Unicode UAX 9, rule P2)."""
    for one in _all_text(tree):
        direction = unicodedata.bidirectional(one)
        if direction in ("L", *_STARTS_RIGHT_TO_LEFT):
            return direction != "L"
    return False


def _style_of(pairs: Any) -> list[str]:
    """The class of what citation styles mark by an attribute."""
    return ["roman"] if "font-style:normal" in dict(pairs).get("style", "").replace(" ", "") else []


def _turns(written: str) -> bool:
    """Whether any character runs from right to left."""
    return any(unicodedata.bidirectional(one) in _STARTS_RIGHT_TO_LEFT for one in written)


def _identifiers(tree: Any) -> Iterable[str]:
    """The identifiers of blocks and spans."""
    if isinstance(tree, list):
        for item in tree:
            yield from _identifiers(item)
    elif isinstance(tree, dict):
        content: Any = tree.get("c")
        if tree.get("t") in ("Div", "Span") and content[0][0]:
            yield content[0][0]
        elif tree.get("t") == "Header" and content[1][0]:
            yield content[1][0]
        yield from _identifiers(content)


def _all_text(tree: Any) -> str:
    """All characters of a tree, words apart by spaces."""
    parts: list[str] = []
    waiting: list[Any] = [tree]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item))
        elif isinstance(item, dict):
            if item.get("t") == "Str":
                parts.append(item["c"])
            elif item.get("t") in ("Space", "SoftBreak", "LineBreak", "Para", "Plain"):
                parts.append(" ")
                waiting.append(item.get("c"))
            else:
                waiting.append(item.get("c"))
    return "".join(parts)
