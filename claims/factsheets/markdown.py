"""The document as Markdown can carry it: nothing but text, emphasis, links, lists and notes.

Pandoc's Markdown writer leaves some text active: a citation key inside a word, a character
reference, an attribute in braces. So text is escaped here, by one rule for all of it, and handed
over as finished Markdown.
Source of the rule: CommonMark 0.31.2, section 2.4: a backslash before ASCII punctuation makes it
literal; "Pandoc's Markdown" in its manual for what else is active there.
"""

import re
from typing import Any

from claims.factsheets import ast
from claims.factsheets.ast import Node

# Containers to take out, with the place of what they hold; the others hold nothing else.
_UNWRAPPED = {"Div": 1, "Span": 1, "Cite": 1, "SmallCaps": None, "Underline": None}
# Elements to keep without identifier, classes and pairs, with the place of these.
_BARED = {"Header": 1, "Link": 0}
_RAISED = str.maketrans("0123456789−-–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻")

# What is active anywhere in a line. An underscore inside a word is not, nor an @ or # after one;
# an ampersand only as the start of a character reference, a colon only as that of an emoji.
_ACTIVE = re.compile(
    r"[\\`*\[\]<{~^$]|(?<![^\W_])_|_(?![^\W_])|(?<![^\W_])[@#]|&(?=#?\w)|(?<!\d):(?=[\w+-]+:)"
)
# What is active where a block starts: quotes, lists, rules, tables, definitions, fences.
_OPENING = re.compile(r"[-+=:>|%]")
_ENUMERATOR = re.compile(r"(\(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+))([.)](?:\s|$))")


def carried(tree: Node) -> Node:
    """The document without what only HTML can hold, its text escaped for Markdown.

    Classes, languages and links to the bibliography go; raised digits of a numbering style become
    the characters for them.
    """
    return ast.document(_finished(_unwrapped(tree["blocks"])))


def escaped(written: str, *, is_first: bool = False) -> str:
    """Text as Markdown that reads as just this text; `is_first` where it opens a block."""
    if not is_first:
        return _ACTIVE.sub(r"\\\g<0>", written)
    if _OPENING.match(written):
        return f"\\{written[0]}{escaped(written[1:])}"
    if match := _ENUMERATOR.match(written):
        return f"{match[1]}\\{match[2]}{escaped(written[match.end() :])}"
    return escaped(written)


def _unwrapped(tree: Any) -> Any:
    """The same tree with its containers taken out and neighbouring strings put together."""
    if isinstance(tree, dict):
        bare = {key: _unwrapped(value) for key, value in tree.items()}
        if (place := _BARED.get(tree.get("t", ""))) is not None:
            bare["c"][place] = ast.attr()
        return bare
    if not isinstance(tree, list):
        return tree
    flat: list[Any] = []
    for item in tree:
        for part in _parts(item):
            if flat and _is_string(part) and _is_string(flat[-1]):
                flat[-1] = ast.string(flat[-1]["c"] + part["c"])
            else:
                flat.append(part)
    return flat


def _parts(item: Any) -> list[Any]:
    """The nodes that replace one item of a list."""
    kind = item.get("t") if isinstance(item, dict) else None
    if kind == "Table":
        return [_unwrapped(_listed(item["c"]))]
    if kind in _UNWRAPPED:
        place = _UNWRAPPED[kind]
        parts: list[Any] = _unwrapped(item["c"] if place is None else item["c"][place])
        return parts
    if kind == "Superscript":
        return _raised(_unwrapped(item["c"]))
    return [_unwrapped(item)]


def _listed(table: Any) -> Node:
    """A table as a list, a line for each row: every reader of Markdown has lists."""
    _attr, _caption, _columns, (_head_attr, heads), bodies, _foot = table
    names = [_cell(cell) for _row_attr, cells in heads for cell in cells]
    lines = []
    for _body_attr, _count, _more, rows in bodies:
        for _row_attr, cells in rows:
            named = zip(names, map(_cell, cells), strict=True)
            lines.append(
                ast.joined(
                    [ast.join_inlines([name, ": ", cell]) for name, cell in named if cell], "; "
                )
            )
    return ast.bullets(lines)


def _cell(cell: Any) -> list[Node]:
    """The inlines of a cell."""
    return [inline for block in cell[4] for inline in block["c"]]


def _raised(inlines: list[Node]) -> list[Node]:
    """Inlines of a superscript, as raised characters where all of them are digits."""
    content = "".join(inline["c"] if _is_string(inline) else " " for inline in inlines)
    if re.fullmatch(r"[0-9−–, \u00a0-]*", content):
        return [ast.string(content.translate(_RAISED))]
    return [{"t": "Superscript", "c": inlines}]


def _finished(tree: Any) -> Any:
    """The unwrapped tree with its strings as finished Markdown."""
    if isinstance(tree, list):
        return [_finished(item) for item in tree]
    if not isinstance(tree, dict) or _is_bare_address(tree):
        return tree
    if _is_string(tree):
        return _raw(escaped(tree["c"]))
    finished = {key: _finished(value) for key, value in tree.items()}
    if tree.get("t") in ("Para", "Plain") and tree["c"] and _is_string(tree["c"][0]):
        finished["c"][0] = _raw(escaped(tree["c"][0]["c"], is_first=True))
    return finished


def _is_string(node: Any) -> bool:
    """Whether it is literal text."""
    return isinstance(node, dict) and node.get("t") == "Str"


def _is_bare_address(node: Node) -> bool:
    """Whether it is a link that shows its own address, which the writer puts between < and >."""
    return node.get("t") == "Link" and node["c"][1] == [ast.string(node["c"][2][0])]


def _raw(markdown: str) -> Node:
    """Markdown that is finished: only ever made of escaped text."""
    return {"t": "RawInline", "c": ["markdown", markdown]}
