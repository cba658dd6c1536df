"""Prepare a part of a DOCX for pandoc as Word shows it: hidden words marked, fields' results in.

Pandoc writes hidden text like any other, leaves out the result of a simple field and the words
under a reading, and keeps a row of a table whose deletion is tracked.
"""

from dataclasses import dataclass
from typing import Any

from lxml import etree

from sources.extraction.docx.hidden_words import (
    forget_marks,
    is_white_on_white,
    mark_hidden_run,
    shaded_styles,
)
from sources.extraction.docx.structure import mend

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = ("0", "false", "off", "none")
_PARTS = ("document", "footnotes", "endnotes")


def is_shown_part(name: str) -> bool:
    """Whether a part of the file holds words of its text."""
    name = name.lower()
    return name.startswith("word/") and name.removesuffix(".xml")[5:].startswith(_PARTS)


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document that hide what is set in them, and those that may give a ground."""

    hidden: frozenset[str] = frozenset()
    shaded: frozenset[str] = frozenset()


def read_styles(part: bytes) -> Styles:
    """The styles that hide words, by themselves or by the style under them, and shaded ones."""
    root = part_tree(part)
    based: dict[str, str] = {}
    hides: dict[str, bool] = {}
    for style in root.iter(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        base = style.find(f"{_W}basedOn")
        based[name] = "" if base is None else base.get(f"{_W}val", "")
        mark = style.find(f"{_W}rPr/{_W}vanish")
        if mark is not None:
            hides[name] = _is_on(mark)
    hidden = frozenset(name for name in based if _inherited(name, based, hides))
    return Styles(hidden, shaded_styles(root))


def shown(part: bytes, styles: Styles) -> bytes:
    """A part as Word shows it, with hidden words marked. Raises etree.LxmlError for no XML."""
    root = part_tree(part)
    forget_marks(root)
    # Judged where Word has them: `mend` lifts what stands in a box out of the box and its run.
    hidden = {
        run
        for run in root.iter(f"{_W}r")
        if _is_hidden(run, styles.hidden) or is_white_on_white(run, styles.shaded)
    }
    mend(root)
    for row in list(root.iter(f"{_W}tr")):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            row.getparent().remove(row)
    for field in list(root.iter(f"{_W}fldSimple")):
        _replace(field, list(field))
    for choice in list(root.iter(f"{_MC}AlternateContent")):
        _choose(choice)
    for reading in list(root.iter(f"{_W}ruby")):
        _read_out(reading, hidden)
    for run in list(root.iter(f"{_W}r")):
        if run in hidden:
            mark_hidden_run(run)
        else:
            _set_plainly(run)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def part_tree(part: bytes) -> Any:
    """The tree of a part. Raises etree.LxmlError for one that is no XML."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    return etree.fromstring(part, parser)


def _is_on(mark: Any) -> bool:
    return mark.get(f"{_W}val", "1").lower() not in _OFF


def _inherited(name: str, based: dict[str, str], hides: dict[str, bool]) -> bool:
    seen: set[str] = set()
    while name and name not in seen:
        if name in hides:
            return hides[name]
        seen.add(name)
        name = based.get(name, "")
    return False


def _is_hidden(run: Any, hidden: frozenset[str]) -> bool:
    """Whether a run is hidden: by itself or by a run around it, as that of a box that it is in."""
    around = run.iterancestors(f"{_W}r")
    return _hides(run, hidden) or any(_hides(outer, hidden) for outer in around)


def _hides(run: Any, hidden: frozenset[str]) -> bool:
    """Whether a run is set as hidden: by itself, by its style, or by the style of its paragraph."""
    mark = run.find(f"{_W}rPr/{_W}vanish")
    if mark is not None:
        return _is_on(mark)
    if not hidden:
        return False
    paragraph = next(run.iterancestors(f"{_W}p"), None)
    styles = [run.find(f"{_W}rPr/{_W}rStyle")]
    if paragraph is not None:
        styles.append(paragraph.find(f"{_W}pPr/{_W}pStyle"))
    return any(style is not None and style.get(f"{_W}val") in hidden for style in styles)


def _set_plainly(run: Any) -> None:
    """Words struck twice as struck, raised by points as raised, a tab to a place as a tab."""
    for mark in run.iter(f"{_W}ptab"):
        mark.tag = f"{_W}tab"
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return
    for mark in properties.iter(f"{_W}dstrike"):
        mark.tag = f"{_W}strike"
    place = properties.find(f"{_W}position")
    if place is not None and properties.find(f"{_W}vertAlign") is None:
        by = place.get(f"{_W}val", "0")
        text = "".join(words.text or "" for words in run.iter(f"{_W}t")).strip()
        if by.strip("-+0") and text.lstrip("+-\u2212\u2013").isdecimal():
            aligned = etree.SubElement(properties, f"{_W}vertAlign")
            aligned.set(f"{_W}val", "subscript" if by.startswith("-") else "superscript")


def _choose(choice: Any) -> None:
    """Choose the fallback that older programs show, where it is words of the line."""
    fallback = choice.find(f"{_MC}Fallback")
    if fallback is None or fallback.find(f".//{_W}txbxContent") is not None:
        return
    _replace(choice, list(fallback))


def _read_out(reading: Any, hidden: set[Any]) -> None:
    """The words of a reading, and the reading behind them in brackets, `hidden` as it was."""
    run = reading.getparent()
    base = reading.find(f"{_W}rubyBase")
    above = reading.find(f"{_W}rt")
    if run.tag != f"{_W}r" or base is None:
        return
    runs = list(base)
    ruby = "" if above is None else "".join(t.text or "" for t in above.iter(f"{_W}t")).strip()
    if ruby:
        added = etree.Element(f"{_W}r")
        etree.SubElement(added, f"{_W}t").text = f"({ruby})"
        if any(one in hidden for one in above.iter(f"{_W}r")):
            hidden.add(added)
        runs.append(added)
    _replace(run, runs)


def _replace(element: Any, children: list[Any]) -> None:
    parent = element.getparent()
    place = parent.index(element)
    parent[place : place + 1] = children
