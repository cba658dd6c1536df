"""A fact sheet as a pandoc document, in one of its layouts."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from claims.factsheets import ast, cite
from claims.factsheets.ast import Node
from claims.factsheets.brief import brief_blocks
from claims.factsheets.dossier import dossier_blocks
from claims.factsheets.parts import source_blocks, used_by
from claims.factsheets.sheet import Sheet, cited_key

Layout = Literal["brief", "dossier"]


def build(sheet: Sheet, *, layout: Layout = "dossier", is_linked: bool = False) -> Node:
    """The document of a sheet, before its citations are made; call it within a turn of pandoc.

    `is_linked` makes each citation a link to its entry in the bibliography, where the output can
    carry one. The notes of a brief hold the entries themselves.
    """
    meta = {
        "lang": ast.meta_text(sheet.language),
        "references": _references(sheet, layout),
        "link-citations": {"t": "MetaBool", "c": is_linked and layout == "dossier"},
    }
    return ast.document(layout_blocks(sheet, layout), meta)


def build_bibliography(sheet: Sheet) -> Node:
    """The document of the entries for the notes of a brief, before they are made."""
    meta = {
        "lang": ast.meta_text(sheet.language),
        "references": _references(sheet, "brief"),
        "nocite": ast.meta_inlines([ast.cite("*", [], 1)]),
    }
    return ast.document([ast.div([], identifier="refs")], meta)


def _references(sheet: Sheet, layout: Layout) -> Node:
    """The records; those of a brief without their long addresses.

    Its notes have the short address of the words, where the source is linked.
    """
    left_out = {"URL"} if layout == "brief" else set()
    records = {
        key: {name: value for name, value in one.csl.items() if name not in left_out}
        for key, one in sheet.records.items()
    }
    return cite.references_metadata(records)


def layout_blocks(sheet: Sheet, layout: Layout) -> list[Node]:
    """The blocks of a layout."""
    return brief_blocks(sheet) if layout == "brief" else dossier_blocks(sheet)


def with_standings(blocks: Sequence[Node], sheet: Sheet) -> list[Node]:
    """The document with the standing of its source in each entry of its bibliography.

    No style prints it. Pandoc makes a block `ref-KEY` of each entry. Where the entries are for the
    notes (`entries`), they go there and their list goes.
    """
    entries: dict[str, list[Node]] = {}
    kept = []
    for block in blocks:
        if _is_for_notes(block):
            _gather(block["c"][1], entries)
        else:
            kept.append(_with_facts(block, sheet))
    filled: list[Node] = _filled(kept, entries)
    return filled


def without_citation_links(tree: Any) -> Any:
    """The same tree, its citations as they are made where no links were asked for.

    Numbers lead to no note either: files of words have no places that a reader could go to.
    """
    if isinstance(tree, list):
        return [without_citation_links(item) for item in tree]
    if not isinstance(tree, dict):
        return tree
    if tree.get("t") == "Cite":
        citations, inlines = tree["c"]
        return {"t": "Cite", "c": [citations, _unlinked(inlines)]}
    if tree.get("t") == "Link" and ast.TO_NOTE in tree["c"][0][1]:
        return ast.span(tree["c"][1])
    return {name: without_citation_links(value) for name, value in tree.items()}


def _unlinked(tree: Any) -> Any:
    """The same tree without links to entries; strings that meet by it become one."""
    if isinstance(tree, dict):
        return {name: _unlinked(value) for name, value in tree.items()}
    if not isinstance(tree, list):
        return tree
    made: list[Any] = []
    for item in tree:
        for part in _unlinked(item["c"][1]) if _leads_to_entry(item) else [_unlinked(item)]:
            if made and _is_string(part) and _is_string(made[-1]):
                made[-1] = {"t": "Str", "c": made[-1]["c"] + part["c"]}
            else:
                made.append(part)
    return made


def _leads_to_entry(item: Any) -> bool:
    return bool(
        isinstance(item, dict) and item.get("t") == "Link" and item["c"][2][0].startswith("#ref-")
    )


def _is_string(item: Any) -> bool:
    return isinstance(item, dict) and item.get("t") == "Str"


def with_entries(blocks: Sequence[Node], bibliography: Sequence[Node], sheet: Sheet) -> list[Node]:
    """The blocks of a brief, its notes filled with entries that were made on their own.

    A source of which the style makes no entry is named by its title.
    """
    made: dict[str, list[Node]] = {}
    _gather(bibliography, made)
    entries = {
        key: made.get(key) or ast.text(str(one.csl.get("title") or key))
        for key, one in sheet.records.items()
    }
    filled: list[Node] = _filled([one for one in blocks if not _is_for_notes(one)], entries)
    return filled


def _is_for_notes(block: Node) -> bool:
    return block["t"] == "Div" and "entries" in block["c"][0][1]


def _gather(blocks: Sequence[Node], entries: dict[str, list[Node]]) -> None:
    """Collect the inlines of the entries of a bibliography by key."""
    for block in blocks:
        if block["t"] != "Div":
            continue
        identifier, inner = block["c"][0][0], block["c"][1]
        if identifier.startswith("ref-"):
            entries[identifier.removeprefix("ref-")] = _entry(inner)
        else:
            _gather(inner, entries)


def _entry(blocks: Sequence[Node]) -> list[Node]:
    """The inlines of an entry, without the number that a style puts before it."""
    inlines: list[Node] = []
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            inlines += [
                one
                for one in block["c"]
                if not (one["t"] == "Span" and "csl-left-margin" in one["c"][0][1])
            ]
    return inlines


def _filled(tree: Any, entries: Mapping[str, list[Node]]) -> Any:
    """The tree with the entries of the bibliography where notes wait for them."""
    if isinstance(tree, dict):
        if tree.get("t") == "Span" and "entry" in tree["c"][0][1]:
            key = dict(tree["c"][0][2]).get("entry", "")
            return ast.span(entries.get(key) or tree["c"][1], "cited")
        return {name: _filled(value, entries) for name, value in tree.items()}
    return [_filled(item, entries) for item in tree] if isinstance(tree, list) else tree


def _with_facts(block: Node, sheet: Sheet) -> Node:
    """A block of the document; of a bibliography each entry with how its source stands."""
    if block["t"] != "Div" or block["c"][0][0] != "refs":
        return block
    attributes, entries = block["c"]
    facts = {key: source_blocks(key, sheet, refs) for key, refs in used_by(sheet).items()}
    made = []
    for entry in entries:
        key = entry["c"][0][0].removeprefix("ref-") if entry["t"] == "Div" else ""
        below = facts.pop(key, [])
        made.append({"t": "Div", "c": [entry["c"][0], [*entry["c"][1], *below]]} if key else entry)
    # A style without a bibliography lists none: then the titles stand for the entries.
    titles = {
        cited_key(piece.quote.source): piece.quote.source.title
        for one in sheet.claims
        for piece in one.line.claim.evidence
    }
    for key, below in facts.items():
        title = ast.para([ast.isolated(titles[key])])
        made.append(ast.div([title, *below], "csl-entry"))
    return {"t": "Div", "c": [attributes, made]}
