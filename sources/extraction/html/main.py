"""Select the runs of a page that are its main text, by trafilatura, losing no words between.

Its two readings, with all that may belong to the text and with what surely does, lose different
paragraphs of a page, so that what one of them keeps is kept.
"""

import re
from copy import deepcopy
from typing import Any

from trafilatura import bare_extraction
from trafilatura.settings import Document

from sources.extraction.html.runs import Run

# Byzantine musical symbols: printed, no words, in no page; three of them count 13 million runs.
_FIRST, _BASE = 0x1D000, 240
_MARK = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + _BASE - 1)}]{{3}}")
_SYMBOL = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + _BASE - 1)}]")
_SQUEEZED = re.compile(r"\W+")
# Of these the siblings go together: no paragraph is lost between two others.
_TOGETHER = frozenset(["p", "li", "tr", "td", "th", "dt", "dd", "blockquote", "h2", "h3", "h4"])
_WHOLE = frozenset(["table", "ol", "ul", "dl"])


def main_runs(tree: Any, runs: list[Run], title: str) -> list[Run]:
    """The runs of the main text, in the order of the page; none where there is no main text.

    Changes the tree. Comments of readers are left out; what stands between two kept paragraphs of
    one parent is kept, and so are the rest of a table or list, the headline, and marked notes.
    """
    for index, run in enumerate(runs):
        _mark(run, index)
    kept = _kept(deepcopy(tree), favor_recall=True) | _kept(tree, favor_recall=False)
    if not kept:
        return []
    _complete(runs, kept)
    headline = _squeezed(title)
    for index, run in enumerate(runs):
        if run.block.tag == "h1" and headline and _squeezed(run.text) in headline:
            kept.add(index)
    _keep_notes(runs, kept)
    return [run for index, run in enumerate(runs) if index in kept]


def _mark(run: Run, index: int) -> None:
    """Set the number of a run before its longest stretch of words in the tree."""
    nodes = [node for node in run.nodes if node[2]]
    if not nodes:
        return
    element, is_tail, _ = max(nodes, key=lambda node: node[2])
    high, low = divmod(index, _BASE)
    mark = "".join(chr(_FIRST + digit) for digit in (*divmod(high, _BASE), low))
    if is_tail:
        element.tail = mark + _SYMBOL.sub("", element.tail)
    else:
        element.text = mark + _SYMBOL.sub("", element.text)


def _kept(tree: Any, *, favor_recall: bool) -> set[int]:
    """The numbers that are left in trafilatura's main text. Changes the tree."""
    document = bare_extraction(
        tree,
        favor_recall=favor_recall,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        with_metadata=False,
    )
    if not isinstance(document, Document) or document.body is None:
        return set()
    text = "".join(document.body.itertext())
    return {_number(mark) for mark in _MARK.findall(text)}


def _number(mark: str) -> int:
    number = 0
    for symbol in mark:
        number = number * _BASE + ord(symbol) - _FIRST
    return number


def _complete(runs: list[Run], kept: set[int]) -> None:
    """Keep what stands between two kept runs of one parent, and the rest of tables and lists."""
    spans: dict[Any, tuple[int, int]] = {}
    groups = [_group(run) for run in runs]
    for index in sorted(kept & set(range(len(runs)))):
        group = groups[index]
        if group is not None:
            first, _ = spans.get(group, (index, index))
            spans[group] = (first, index)
    for index, group in enumerate(groups):
        if group is None or group not in spans:
            continue
        first, last = spans[group]
        if first < index < last or group.tag in _WHOLE:
            kept.add(index)


def _group(run: Run) -> Any:
    """The table, list or parent that a run belongs to."""
    if run.block.tag not in _TOGETHER:
        return None
    parent = run.block.getparent()
    while parent is not None and parent.tag in ("tr", "tbody", "thead", "tfoot"):
        parent = parent.getparent()
    return parent


def _keep_notes(runs: list[Run], kept: set[int]) -> None:
    """Keep the notes whose marks are kept, and those that their marks lead to."""
    targets = {target for index in kept if index < len(runs) for target in runs[index].targets}
    if not targets:
        return
    for index, run in enumerate(runs):
        holders = (run.block, *run.block.iterancestors("li", "p", "div", "aside", "td", "section"))
        if any(holder.get("id") in targets for holder in holders) or _is_anchored(run, targets):
            kept.add(index)


def _is_anchored(run: Run, targets: set[str]) -> bool:
    anchors = run.block.iter("a", "sup", "span")
    return any(one.get("id") in targets or one.get("name") in targets for one in anchors)


def _squeezed(text: str) -> str:
    return _SQUEEZED.sub("", text).casefold()
