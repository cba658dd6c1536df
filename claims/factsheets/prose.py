"""Prose of a fact sheet: what people wrote as Markdown, as blocks that hold no more than text.

Pandoc's CommonMark reader takes it, in the sandbox; of its tree only what is named here is kept,
each word as text. Whatever else was written (mark-up of HTML or TeX, images, links that no reader
should follow) comes out as the words that were typed.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from claims.factsheets import ast
from claims.factsheets.ast import Node
from claims.factsheets.sheet import Sheet
from sources.extraction.bounded_pandoc import PandocFailed, run_pandoc

Refer = Callable[[str], list[Node]]

# CommonMark knows no metadata, TeX, citations, attributes or notes; HTML it would take.
READER = "commonmark-raw_html"
# More than these and the reader takes minutes: such prose is shown as it was typed.
MAX_LENGTH = 200_000
MAX_BRACKETS = 2_000
# A reference to a claim or one of its versions.
REFERENCE = re.compile(r"\[(C[1-9][0-9]{0,8})(?:/v[1-9][0-9]{0,5})?\]")
# What CommonMark gives a meaning in a line or at the beginning of one. Text without any is no work.
_MARKED = re.compile(r"[\\`*_<&!]|\]\(|\]:|^ {0,3}(?:[#>+~=-]|\d+[.)])|^(?: {4}|\t)", re.MULTILINE)
_INLINES = {"Emph", "Strong"}
_GAPS = {"Space", "SoftBreak"}
# Headings of prose stand below those of its section.
_TOP_LEVEL = 3


def prose_blocks(markdown: str, sheet: Sheet, refer: Refer | None = None) -> list[Node]:
    """The blocks of prose; call it within a turn of pandoc. Never raises.

    `refer` makes the inlines of a reference such as "C17" to a claim that is on the sheet; without
    it they are a link to the claim. References to others stay as they were typed.
    """
    if not markdown.strip():
        return []
    made = _Prose(sheet, refer)
    if not _MARKED.search(markdown):
        return made.paragraphs(markdown)
    if len(markdown) > MAX_LENGTH or markdown.count("[") > MAX_BRACKETS:
        return made.paragraphs(markdown)
    try:
        tree = json.loads(run_pandoc(markdown.encode(), f"--from={READER}", "--to=json"))
    except PandocFailed:
        return made.paragraphs(markdown)
    return made.blocks(tree["blocks"])


class _Prose:
    """The tree of a reader, block by block, with what may stay."""

    def __init__(self, sheet: Sheet, refer: Refer | None) -> None:
        self.urls = {one.line.claim.ref: one.url for one in sheet.claims}
        self.refer = refer or self._link

    def _link(self, ref: str) -> list[Node]:
        return [ast.link(ast.text(ref), self.urls[ref], "ref")]

    def paragraphs(self, written: str) -> list[Node]:
        """Plain text: a paragraph for each run of lines."""
        parts = re.split(r"\n[ \t]*\n", written)
        return [ast.para(self.text(part)) for part in parts if part.strip()]

    def text(self, written: str) -> list[Node]:
        """Words, with the references in them."""
        pieces: list[Node | str | Sequence[Node]] = []
        start = 0
        for match in REFERENCE.finditer(written):
            if match[1] in self.urls:
                pieces += [written[start : match.start()], self.refer(match[1])]
                start = match.end()
        return ast.join_inlines([*pieces, written[start:]])

    def blocks(self, blocks: Iterable[Node]) -> list[Node]:
        """The blocks that may stay; of the others their words."""
        return [made for block in blocks for made in self._block(block)]

    def _block(self, block: Node) -> list[Node]:
        kind: str = block["t"]
        content: Any = block.get("c")
        match kind:
            case "Para" | "Plain":
                return [{"t": kind, "c": self.inlines(content)}]
            case "Header":
                level = min(content[0] + _TOP_LEVEL, 6)
                return [ast.header(level, self.inlines(content[2]))]
            case "BlockQuote":
                return [ast.block_quote(self.blocks(content))]
            case "BulletList":
                return [{"t": kind, "c": [self.blocks(item) for item in content]}]
            case "OrderedList":
                return [{"t": kind, "c": [content[0], [self.blocks(one) for one in content[1]]]}]
            case "CodeBlock" | "RawBlock":
                return [ast.para(ast.text(content[1]))]
        return []

    def inlines(self, inlines: Iterable[Node]) -> list[Node]:
        """The inlines that may stay; of the others their words. Neighbouring words are one text."""
        made: list[Node | str | Sequence[Node]] = []
        words = ""
        for node in inlines:
            written = _written(node)
            if written is not None:
                words += written
                continue
            made += [self.text_within(words), self._inline(node)]
            words = ""
        return ast.join_inlines([*made, self.text_within(words)])

    def text_within(self, words: str) -> list[Node]:
        """Words of a longer line: a gap alone stays one."""
        if not words.strip():
            return [ast.space()] if words else []
        return self.text(words)

    def _inline(self, node: Node) -> Node | list[Node]:
        kind, content = node["t"], node.get("c")
        if kind in _INLINES and content is not None:
            return {"t": kind, "c": self.inlines(content)}
        if kind == "LineBreak":
            return {"t": "LineBreak"}
        if kind == "Link" and content is not None:
            return self._followed(content)
        return []

    def _followed(self, link: Any) -> list[Node]:
        """A link; where no reader should follow it, what was typed."""
        _attributes, inlines, (url, _title) = link
        shown = _words(inlines)
        if REFERENCE.fullmatch(f"[{shown}]"):  # no definition of a link may take its place
            return self.text(f"[{shown}]")
        if ast.is_safe_url(url) and url.startswith("http"):
            return [ast.link(ast.text(shown), url)]
        return ast.text(f"[{shown}]({url})")


def _written(node: Node) -> str | None:
    """The characters typed, of an inline that is no more than text; None of another."""
    kind, content = node["t"], node.get("c")
    if kind == "Str":
        return str(content)
    if kind in _GAPS:
        return " "
    if kind in ("Code", "RawInline", "Math") and content is not None:
        return str(content[1])
    if kind == "Image" and content is not None:
        return f"![{_words(content[1])}]({content[2][0]})"
    return None


def _words(inlines: Iterable[Node]) -> str:
    """The characters of inlines."""
    text = ""
    for node in inlines:
        written = _written(node)
        if written is not None:
            text += written
        elif node["t"] in _INLINES:
            text += _words(node["c"])
        elif node["t"] == "Link":
            text += _words(node["c"][1])
    return text
