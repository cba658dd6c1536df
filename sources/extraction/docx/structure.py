"""Put the structure of a DOCX part so that pandoc loses none of its words, and count them.

Pandoc takes the number of columns from the first row of a table and drops the cells beyond it, the
words of a cell that another one spans, those of text boxes, and all that stands in mark-up which
says nothing of the text (custom XML, a direction of writing, a tracked block).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Around words, rows and cells, and no part of the text.
_WRAPPERS = ("customXml", "smartTag", "dir", "bdo")
_WRAPPED_BLOCKS = ("ins", "moveTo")
_OF_WRAPPERS = ("customXmlPr", "smartTagPr")
_SPANS = ("gridSpan", "vMerge", "hMerge")
_ROW_GAPS = ("gridBefore", "gridAfter")
_COLUMN_WIDTH = "1000"
# Word has at most 63 columns; a row with more is left as pandoc reads it.
_MOST_PADDED = 64


def mend(root: Any) -> None:
    """Change a part so that every word of it stands where pandoc reads it."""
    for name in _WRAPPERS:
        for wrapper in list(root.iter(_W + name)):
            _unwrap(wrapper)
    for name in _WRAPPED_BLOCKS:
        for wrapper in list(root.iter(_W + name)):
            if wrapper.find(f"{_W}p") is not None or wrapper.find(f"{_W}tbl") is not None:
                _unwrap(wrapper)
    _lift_boxes(root)
    for table in root.iter(f"{_W}tbl"):
        _square(table)


def words_of_part(root: Any) -> Iterator[str]:
    """The words of a part, one piece for each paragraph, as the file has them.

    Without what is deleted or moved away, and of two forms of one thing the first alone.
    """
    for paragraph in root.iter(f"{_W}p"):
        text = "".join(_texts(paragraph))
        if text.strip() and not _is_left_out(paragraph):
            yield text


def _texts(paragraph: Any) -> Iterator[str]:
    """The texts of a paragraph, but for those of paragraphs inside of it."""
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if next(element.iterancestors(f"{_W}p")) is not paragraph or _is_left_out(element):
            continue
        if element.tag == f"{_W}t":
            yield element.text or ""
        else:
            yield "-" if element.tag == f"{_W}noBreakHyphen" else " "


def _is_left_out(element: Any) -> bool:
    for one in element.iterancestors(f"{_W}moveFrom", f"{_W}del", f"{_MC}Fallback", f"{_W}tr"):
        if one.tag != f"{_W}tr" or one.find(f"{_W}trPr/{_W}del") is not None:
            return True
    return False


def _unwrap(wrapper: Any) -> None:
    """Put what stands in an element in its place."""
    parent = wrapper.getparent()
    if parent is None:
        return
    place = parent.index(wrapper)
    parent[place : place + 1] = [
        child for child in wrapper if child.tag not in [_W + name for name in _OF_WRAPPERS]
    ]


def _lift_boxes(root: Any) -> None:
    """Put the paragraphs of text boxes behind the paragraph that they are anchored in.

    Of a box that is there in a form for new programs and one for old ones, the first is taken.
    """
    for fallback in list(root.iter(f"{_MC}Fallback")):
        choice = fallback.getprevious()
        if choice is not None and choice.find(f".//{_W}txbxContent") is not None:
            fallback.getparent().remove(fallback)
    behind: dict[Any, Any] = {}
    for box in list(root.iter(f"{_W}txbxContent")):
        anchor = next(box.iterancestors(f"{_W}p"), None)
        if anchor is None or anchor.getparent() is None:
            continue
        last = behind.get(anchor, anchor)
        for block in list(box):
            last.addnext(block)
            last = block
        behind[anchor] = last


def _square(table: Any) -> None:
    """Give a table a cell for each place where words are, and all its rows as many cells."""
    rows = _of_table(table, f"{_W}tr")
    numbers = [_part_cells(row) for row in rows]
    widest = max([1, *numbers])
    for row, cells in zip(rows, numbers, strict=True):
        for _ in range(min(widest - cells, _MOST_PADDED)):
            etree.SubElement(etree.SubElement(row, f"{_W}tc"), f"{_W}p")
    for grid in table.findall(f"{_W}tblGrid"):
        table.remove(grid)
    grid = etree.Element(f"{_W}tblGrid")
    for _ in range(widest):
        etree.SubElement(grid, f"{_W}gridCol").set(f"{_W}w", _COLUMN_WIDTH)
    properties = table.find(f"{_W}tblPr")
    table.insert(0 if properties is None else table.index(properties) + 1, grid)


def _part_cells(row: Any) -> int:
    """Let no cell of a row span others; the number of its cells."""
    for gaps in row.findall(f"{_W}trPr"):
        _remove(gaps, _ROW_GAPS)
    cells = 0
    for cell in _of_table(row, f"{_W}tc"):
        if _is_spanned(cell):
            cell.getparent().remove(cell)
            continue
        cells += 1
        for properties in cell.findall(f"{_W}tcPr"):
            _remove(properties, _SPANS)
    return cells


def _remove(properties: Any, names: Sequence[str]) -> None:
    for name in names:
        for one in properties.findall(_W + name):
            properties.remove(one)


def _of_table(element: Any, tag: str) -> list[Any]:
    """The rows of a table or the cells of a row, also those in a content control."""
    found: list[Any] = []
    for child in element:
        if child.tag == tag:
            found.append(child)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            found += _of_table(child, tag)
    return found


def _is_spanned(cell: Any) -> bool:
    """Whether a cell is the empty part of one that spans it."""
    properties = cell.find(f"{_W}tcPr")
    if properties is None:
        return False
    goes_on = any(
        mark.get(f"{_W}val", "continue") == "continue"
        for name in ("vMerge", "hMerge")
        for mark in properties.findall(_W + name)
    )
    return goes_on and not any((text.text or "").strip() for text in cell.iter(f"{_W}t"))
