"""A fact sheet as DOCX or ODT: pandoc writes it, with real footnotes; the pages are dressed here.

Pandoc carries no heads, feet or styles of ours into the file, so they are put into what it wrote.
"""

import json
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from claims.factsheets import ast
from claims.factsheets.ast import Node
from claims.factsheets.docx_pages import dress_docx
from claims.factsheets.odt_pages import dress_odt
from claims.factsheets.office_looks import BLOCKS, CELL, IN_FRAME, SPANS
from claims.factsheets.paper import page_facts
from claims.factsheets.sheet import Sheet
from claims.factsheets.table_widths import WIDTHS
from claims.factsheets.typst_tree import starts_right_to_left
from sources.extraction.bounded_pandoc import run_pandoc_for_bytes


def make_docx(sheet: Sheet, blocks: Sequence[Node]) -> bytes:
    """The document for Word. Raises PandocFailed; call it within a turn."""
    parts = _parts(sheet, blocks, "docx")
    dress_docx(parts, page_facts(sheet))
    return _packed(parts, sheet.generated_at)


def make_odt(sheet: Sheet, blocks: Sequence[Node]) -> bytes:
    """The document for LibreOffice and others. Raises PandocFailed; call it within a turn."""
    parts = _parts(sheet, blocks, "odt")
    dress_odt(parts, page_facts(sheet))
    return _packed(parts, sheet.generated_at)


def _parts(sheet: Sheet, blocks: Sequence[Node], writer: str) -> dict[str, bytes]:
    """The parts of the file as pandoc writes it, by name, in order."""
    tree = ast.document(_styled(list(blocks)), {"lang": ast.meta_text(sheet.language)})
    data = json.dumps(tree).encode("ascii")
    made_at = sheet.generated_at
    file = run_pandoc_for_bytes(data, "--from=json", f"--to={writer}", made_at=made_at)
    with zipfile.ZipFile(BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes], made_at: datetime) -> bytes:
    """The parts as one file: the same parts are the same bytes. The first is stored as it is."""
    file = BytesIO()
    day = max(made_at.astimezone(UTC), datetime(1980, 1, 1, tzinfo=UTC))  # where ZIP begins
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, day.timetuple()[:6])
            is_stored = name == "mimetype"
            info.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
            info.create_system = 3
            archive.writestr(info, content)
    return file.getvalue()


def _styled(tree: Any, frame: str = "") -> Any:
    """The tree with the style of each class that has one, and each direction decided.

    Writers of office files know no `dir="auto"`, no classes, and no block around another: `frame`
    is the style of the frame that blocks stand in, which each of them repeats.
    """
    if isinstance(tree, list):
        return [_styled(item, frame) for item in tree]
    if not isinstance(tree, dict):
        return tree
    if tree.get("t") == "Table":
        return _sized(tree)
    if tree.get("t") not in ("Div", "Span"):
        return {key: _styled(value, frame) for key, value in tree.items()}
    (identifier, classes, pairs), inner = tree["c"]
    is_block = tree["t"] == "Div"
    looks = BLOCKS if is_block else SPANS
    look = next((look for one, look in looks.items() if one in classes), None)
    style = look.name if look else None
    if is_block and look is not None and look.fill:
        frame = look.name
    elif is_block and frame:
        small = IN_FRAME.get(frame)
        style = small.name if small and look is not None and look.size else frame
    kept = [pair for pair in pairs if pair[0] not in ("dir", "custom-style")]
    if dict(pairs).get("dir") == "auto" and starts_right_to_left(inner):
        kept.append(["dir", "rtl"])
    if style is not None:
        kept.append(["custom-style", style])
    return {"t": tree["t"], "c": [[identifier, classes, kept], _styled(inner, frame)]}


def _sized(table: Node) -> Node:
    """A table with the widths of its class, its cells in small letters.

    Without widths each office program makes up its own.
    """
    attributes, caption, columns, head, bodies, foot = table["c"]
    widths = next((WIDTHS[one] for one in attributes[1] if one in WIDTHS), None)
    if widths is not None:
        columns = [
            [column[0], {"t": "ColWidth", "c": width}]
            for column, width in zip(columns, widths, strict=True)
        ]
    rows = [*head[1], *(row for body in bodies for row in body[3])]
    for index, (_attributes, cells) in enumerate(rows):
        for cell in cells:
            lines = [one["c"] for one in cell[4]]
            if index < len(head[1]):
                lines = [[ast.strong(line)] for line in lines]
            blocks = [ast.para(line) for line in lines]
            cell[4] = [ast.div(_styled(blocks), **{"custom-style": CELL})]
    return {"t": "Table", "c": [attributes, caption, columns, head, bodies, foot]}
