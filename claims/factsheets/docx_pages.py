"""Heads, feet and styles of a fact sheet in the parts of a DOCX file.

Source of the shapes: ECMA-376, part 1, WordprocessingML; part 2 for the packaging.
"""

from collections.abc import Iterable

from lxml import etree

from claims.factsheets.office_looks import (
    ARABIC,
    CHINESE,
    GREEN,
    GREY,
    HEADINGS,
    NOTE_SIZE,
    SANS,
    SERIF,
    Look,
    block_looks,
    span_looks,
)
from claims.factsheets.paper import PageFacts
from claims.factsheets.qr import qr_png

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
_QR_SIZE = 504_000  # 14 mm, in EMU
_TEXT_WIDTH = 9_866  # of an A4 page with its margins, in twentieths of a point


def dress_docx(parts: dict[str, bytes], facts: PageFacts) -> None:
    """Put title, heads, feet and styles into the parts that pandoc wrote."""
    parts["word/header1.xml"] = _head(facts)
    parts["word/footer1.xml"] = _foot(facts)
    kinds = [("header", "header1.xml"), ("footer", "footer1.xml")]
    if facts.address:
        parts["word/media/address.png"] = qr_png(facts.address)
        parts["word/_rels/footer1.xml.rels"] = _relations([("rIdQr", "image", "media/address.png")])
    _name_types(parts, is_with_picture=bool(facts.address))
    _relate(parts, kinds)
    _set_page(parts)
    _set_styles(parts)
    _set_title(parts, facts)


def _element(
    name: str, *children: etree._Element, text: str = "", **attributes: str
) -> etree._Element:
    """An element of WordprocessingML, its attributes in the same namespace."""
    made = etree.Element(f"{{{W}}}{name}", nsmap={"w": W, "r": R})
    for key, value in attributes.items():
        made.set(f"{{{W}}}{key}", value)
    if text:
        made.text = text
        made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.extend(children)
    return made


def _run(words: str, color: str = GREY, *, is_bold: bool = False, size: int = 15) -> etree._Element:
    """Words at the head or foot."""
    return _element("r", _properties(color, is_bold=is_bold, size=size), _element("t", text=words))


def _properties(color: str, *, is_bold: bool = False, size: int = 15) -> etree._Element:
    """The look of a run at the head or foot."""
    bold = [_element("b")] if is_bold else []
    return _element("rPr", *bold, _element("color", val=color), _element("sz", val=str(size)))


def _field(code: str) -> etree._Element:
    """A number that the reader's program counts."""
    shown = _element("r", _properties(GREY), _element("t", text="1"))
    return _element("fldSimple", shown, instr=code)


def _tab() -> etree._Element:
    """A jump to the right edge."""
    return _element("r", _element("tab"))


def _paragraph(*runs: etree._Element, rule: str = "") -> etree._Element:
    """A line with a stop at the right edge; `rule` is the colour of a line below it."""
    stop = _element("tabs", _element("tab", val="right", pos=str(_TEXT_WIDTH)))
    below = _element("bottom", val="single", sz="10", space="3", color=rule)
    border = [_element("pBdr", below)] if rule else []
    spacing = _element("spacing", before="0", after="0")
    return _element("p", _element("pPr", *border, stop, spacing), *runs)


def _head(facts: PageFacts) -> bytes:
    """The head of each page: who issues it, and what it is."""
    installation = _run(facts.installation, GREEN, is_bold=True, size=20)
    line = _paragraph(installation, _tab(), _run(facts.head), rule=GREEN)
    return _written(_element("hdr", line))


def _foot(facts: PageFacts) -> bytes:
    """The foot of each page: short address with its QR code, and page of pages."""
    runs: list[etree._Element] = []
    if facts.address:
        runs = [_picture(facts), _run(f"  {facts.address}")]
    runs.append(_tab())
    runs.extend(
        _field(_FIELDS[part]) if part in _FIELDS else _run(part) for part in facts.page_parts
    )
    return _written(_element("ftr", _paragraph(*runs)))


def _picture(facts: PageFacts) -> etree._Element:
    """The QR code in the line."""
    drawing = etree.fromstring(
        '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
        f'xmlns:r="{R}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{_QR_SIZE}" cy="{_QR_SIZE}"/><wp:docPr id="1" name="QR code"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="QR code"/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="rIdQr"/><a:stretch><a:fillRect/></a:stretch>'
        '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{_QR_SIZE}" cy="{_QR_SIZE}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline>"
    )
    drawing[1].set("descr", facts.qr_words)
    return _element("r", _element("drawing", drawing))


def _relations(targets: Iterable[tuple[str, str, str]]) -> bytes:
    """A part of relations: identifier, kind and target of each."""
    root = etree.Element(
        f"{{{_PACKAGE}/relationships}}Relationships", nsmap={None: f"{_PACKAGE}/relationships"}
    )
    for identifier, kind, target in targets:
        _add_relation(root, identifier, kind, target)
    return _written(root)


def _add_relation(root: etree._Element, identifier: str, kind: str, target: str) -> None:
    """Add a relation to the others of a part."""
    etree.SubElement(
        root,
        f"{{{_PACKAGE}/relationships}}Relationship",
        Id=identifier,
        Type=f"{R}/{kind}",
        Target=target,
    )


def _relate(parts: dict[str, bytes], kinds: Iterable[tuple[str, str]]) -> None:
    """Tie head and foot to the document."""
    root = etree.fromstring(parts["word/_rels/document.xml.rels"])
    for kind, target in kinds:
        _add_relation(root, f"rIdSheet{kind}", kind, target)
    parts["word/_rels/document.xml.rels"] = _written(root)


def _name_types(parts: dict[str, bytes], *, is_with_picture: bool) -> None:
    """Say what kind of part each new one is."""
    types = f"{{{_PACKAGE}/content-types}}"
    root = etree.fromstring(parts["[Content_Types].xml"])
    known = {one.get("Extension") for one in root}
    if is_with_picture and "png" not in known:
        root.insert(0, etree.Element(f"{types}Default", Extension="png", ContentType="image/png"))
    for kind in ("header", "footer"):
        etree.SubElement(
            root,
            f"{types}Override",
            PartName=f"/word/{kind}1.xml",
            ContentType=f"{_WORD}.{kind}+xml",
        )
    parts["[Content_Types].xml"] = _written(root)


def _set_page(parts: dict[str, bytes]) -> None:
    """A4 with margins, head and foot on each page."""
    root = etree.fromstring(parts["word/document.xml"])
    section = root.findall(f".//{{{W}}}sectPr")[-1]
    for kind in ("footer", "header"):
        reference = _element(f"{kind}Reference", type="default")
        reference.set(f"{{{R}}}id", f"rIdSheet{kind}")
        section.insert(0, reference)
    edges = {"top": "1300", "bottom": "1300", "left": "1020", "right": "1020"}
    section.append(_element("pgSz", w="11906", h="16838"))
    section.append(_element("pgMar", **edges, header="560", footer="400", gutter="0"))
    parts["word/document.xml"] = _written(root)


def _set_styles(parts: dict[str, bytes]) -> None:
    """The looks of the sheet's classes, in place of the empty styles that pandoc makes for them."""
    root = etree.fromstring(parts["word/styles.xml"])
    ours = {
        **{look.identifier: _style(look, "paragraph") for look in block_looks()},
        **{look.identifier: _style(look, "character") for look in span_looks()},
    }
    for style in root.findall(f"{{{W}}}style"):
        if style.get(f"{{{W}}}styleId") in ours:
            root.remove(style)
    root.extend(ours.values())
    for name in ("sz", "szCs"):
        for size in root.findall(f"{{{W}}}docDefaults//{{{W}}}{name}"):
            size.set(f"{{{W}}}val", "20")
    for spacing in root.findall(f"{{{W}}}docDefaults//{{{W}}}spacing"):
        spacing.set(f"{{{W}}}after", "80")
    letters = {"ascii": SERIF, "hAnsi": SERIF, "cs": ARABIC, "eastAsia": CHINESE}
    for fonts in root.findall(f"{{{W}}}docDefaults//{{{W}}}rFonts"):
        fonts.getparent().replace(fonts, _element("rFonts", **letters))
    by_id = {style.get(f"{{{W}}}styleId"): style for style in root.findall(f"{{{W}}}style")}
    for level, look in HEADINGS.items():
        _dress(by_id[f"Heading{level}"], look, before="240", after="80", font=SANS)
    _dress(by_id["BodyText"], None, before="60", after="80")
    _dress(by_id["FootnoteText"], Look("", size=NOTE_SIZE), before="0", after="20")
    parts["word/styles.xml"] = _written(root)


def _dress(
    style: etree._Element, look: Look | None, *, before: str, after: str, font: str = ""
) -> None:
    """Set letters and spacing of a style that pandoc has; that of claims keeps the text's font."""
    paragraph = style.find(f"{{{W}}}pPr")
    if paragraph is None:
        paragraph = _element("pPr")
        style.append(paragraph)
    for spacing in paragraph.findall(f"{{{W}}}spacing"):
        paragraph.remove(spacing)
    places = [index for index, one in enumerate(paragraph) if one.tag != f"{{{W}}}outlineLvl"]
    paragraph.insert(len(places), _element("spacing", before=before, after=after))
    if look is None:
        return
    for old in style.findall(f"{{{W}}}rPr"):
        style.remove(old)
    marks = [_element("rFonts", ascii=font, hAnsi=font)] if font and look.is_bold else []
    marks += [_element("b")] if look.is_bold else []
    marks += [_element("color", val=look.color)] if look.color else []
    marks += [_element("sz", val=str(look.size)), _element("szCs", val=str(look.size))]
    style.append(_element("rPr", *marks))


def _style(look: Look, kind: str) -> etree._Element:
    """A style of paragraphs or characters."""
    base = "BodyText" if kind == "paragraph" else "DefaultParagraphFont"
    marks = [_element(name) for name, on in (("b", look.is_bold), ("i", look.is_italic)) if on]
    if look.color:
        marks.append(_element("color", val=look.color))
    if look.size:
        marks.append(_element("sz", val=str(look.size)))
    frame: list[etree._Element] = []
    if look.bar:
        left = _element("left", val="single", sz="20", space="6", color=look.bar)
        frame.append(_element("pBdr", left))
    if look.fill:
        frame.append(_element("shd", val="clear", color="auto", fill=look.fill))
    children = [_element("name", val=look.name), _element("basedOn", val=base)]
    if kind == "paragraph":
        close = [_element("spacing", before="0", after="40")] if look.size or look.fill else []
        children.append(_element("pPr", *frame, *close))
    children.append(_element("rPr", *marks))
    return _element("style", *children, type=kind, customStyle="1", styleId=look.identifier)


def _set_title(parts: dict[str, bytes], facts: PageFacts) -> None:
    """Title and issuer in the properties of the file."""
    dc = "{http://purl.org/dc/elements/1.1/}"
    root = etree.fromstring(parts["docProps/core.xml"])
    for name, words in (("title", facts.title), ("creator", facts.installation)):
        found = root.find(f"{dc}{name}")
        if found is not None:
            found.text = words
    parts["docProps/core.xml"] = _written(root)


def _written(root: etree._Element) -> bytes:
    """A part as bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
