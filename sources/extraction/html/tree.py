"""From the source of a web page to its tree, and from its runs to a text."""

from typing import Any

from lxml import etree
from lxml import html as lxml_html

from sources.domain.text.apparatus import Span
from sources.extraction.html.elements import cell_around
from sources.extraction.html.runs import Run
from sources.extraction.reader_types import File, Unreadable
from sources.extraction.replaced import without_controls, without_references
from sources.vocabulary import ApparatusKind


def parsed(file: File, source: str) -> Any:
    """The tree of a page. Raises Unreadable for one that is nested too deep."""
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    source, _places = without_controls(without_references(source))
    data = source.encode("utf-8", "replace")
    try:
        tree = etree.fromstring(data, parser)
    except etree.LxmlError as error:
        raise Unreadable("empty", f"{file.name} shows no text. Load a page that does.") from error
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise Unreadable(
            "damaged",
            f"{file.name} cannot be read to its end: it is nested too deep. Save it in a simpler "
            "form.",
        )
    if tree is None:
        raise Unreadable("empty", f"{file.name} shows no text. Load a page that does.")
    return tree


def written(runs: list[Run]) -> tuple[str, tuple[Span, ...]]:
    """The text of runs, one below the other, the apparatus in it and the borders of its cells."""
    parts: list[str] = []
    spans: list[Span] = []
    length = 0
    cell = None
    for run in runs:
        between = ("\n" * (run.lines or (0 if run.tabs else 1)) + "\t" * run.tabs) if parts else ""
        before, cell = cell, cell_around(run.block)
        if between and cell is not before:
            spans.append(Span(length, length + len(between), ApparatusKind.CELL))
        parts.append(between)
        length += len(between)
        for text, kind in run.parts:
            if kind and text:
                spans.append(Span(length, length + len(text), kind))
            parts.append(text)
            length += len(text)
    return "".join(parts), tuple(spans)
