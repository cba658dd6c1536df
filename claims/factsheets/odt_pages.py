"""Heads, feet and styles of a fact sheet in the parts of an ODT file.

Source of the shapes: OASIS, Open Document Format for Office Applications 1.3, part 3.
"""

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

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = {
    "office": f"{_OASIS}:office:1.0",
    "style": f"{_OASIS}:style:1.0",
    "text": f"{_OASIS}:text:1.0",
    "draw": f"{_OASIS}:drawing:1.0",
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "manifest": f"{_OASIS}:manifest:1.0",
    "meta": f"{_OASIS}:meta:1.0",
}
_PICTURE = "Pictures/address.png"
_FIELDS = {
    "{page}": ("text:page-number", {"text:select-page": "current"}),
    "{pages}": ("text:page-count", {}),
}
_PAGE = {
    "fo:page-width": "210mm",
    "fo:page-height": "297mm",
    "fo:margin-top": "12mm",
    "fo:margin-bottom": "9mm",
    "fo:margin-left": "18mm",
    "fo:margin-right": "18mm",
}


def dress_odt(parts: dict[str, bytes], facts: PageFacts) -> None:
    """Put title, heads, feet and styles into the parts that pandoc wrote."""
    _set_styles(parts, facts)
    _set_title(parts, facts)
    if facts.address:
        parts[_PICTURE] = qr_png(facts.address)
        _name_picture(parts)


def _name(prefixed: str) -> str:
    """A name with its prefix as lxml has it."""
    prefix, _colon, local = prefixed.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def _element(
    name: str, *children: etree._Element, text: str = "", **attributes: str
) -> etree._Element:
    """An element of OpenDocument."""
    made = etree.Element(_name(name), nsmap=_SPACES)
    for key, value in attributes.items():
        made.set(_name(key), value)
    made.text = text or None
    made.extend(children)
    return made


def _set_styles(parts: dict[str, bytes], facts: PageFacts) -> None:
    """Styles of the sheet's classes, and its pages."""
    root = etree.fromstring(parts["styles.xml"])
    styles = root.find(_name("office:styles"))
    for look, family in (
        *((look, "paragraph") for look in block_looks()),
        *((look, "text") for look in span_looks()),
    ):
        styles.append(_style(look, family))
    _set_letters(styles)
    automatic = root.find(_name("office:automatic-styles"))
    automatic.extend(_page_styles())
    for page in root.iter(_name("style:page-layout-properties")):
        for key, value in _PAGE.items():
            page.set(_name(key), value)
    for layout in root.iter(_name("style:page-layout")):
        _set_header_style(layout)
    for master in root.iter(_name("style:master-page")):
        for child in list(master):
            master.remove(child)
        master.extend(
            [_element("style:header", _head(facts)), _element("style:footer", _foot(facts))]
        )
    parts["styles.xml"] = _written(root)


def _set_letters(styles: etree._Element) -> None:
    """Fonts of the text, and the look of headings and footnotes, in the styles that pandoc has."""
    known = {f"Heading_20_{level}": look for level, look in HEADINGS.items()}
    known["Footnote"] = Look("", size=NOTE_SIZE)
    for style in styles.iter(_name("style:default-style"), _name("style:style")):
        family, name = style.get(_name("style:family")), style.get(_name("style:name"), "")
        if family != "paragraph" or not (name == "" or name == "Standard" or name in known):
            continue
        look = known.get(name)
        words = style.find(_name("style:text-properties"))
        if words is None:
            words = _element("style:text-properties")
            style.append(words)
        for key in [key for key in words.attrib if "font-name" in str(key)]:
            del words.attrib[key]
        font = SANS if look is not None and look.is_bold else SERIF
        words.set(_name("fo:font-family"), f"'{font}'")
        words.set(_name("style:font-family-complex"), f"'{ARABIC}'")
        words.set(_name("style:font-family-asian"), f"'{CHINESE}'")
        if look is None:
            words.set(_name("fo:font-size"), "10pt")
            continue
        words.set(_name("fo:font-size"), f"{look.size / 2}pt")
        words.set(_name("fo:font-style"), "normal")
        words.set(_name("fo:font-weight"), "bold" if look.is_bold else "normal")
        if look.color:
            words.set(_name("fo:color"), f"#{look.color}")


def _set_header_style(layout: etree._Element) -> None:
    """Room between the head and the text, and between the text and the foot."""
    for name, edge in (
        ("style:header-style", "fo:margin-bottom"),
        ("style:footer-style", "fo:margin-top"),
    ):
        found = layout.find(_name(name))
        if found is None:
            continue
        for child in list(found):
            found.remove(child)
        found.append(
            _element("style:header-footer-properties", **{edge: "5mm", "fo:min-height": "9mm"})
        )


def _style(look: Look, family: str) -> etree._Element:
    """A style of paragraphs or of words."""
    words: dict[str, str] = {}
    if look.color:
        words["fo:color"] = f"#{look.color}"
    if look.size:
        words["fo:font-size"] = f"{look.size / 2}pt"
    if look.is_bold:
        words["fo:font-weight"] = "bold"
    if look.is_italic:
        words["fo:font-style"] = "italic"
    children = [_element("style:text-properties", **words)]
    named = {"style:name": look.name.replace(" ", "_20_"), "style:family": family}
    named["style:display-name"] = look.name
    if family == "paragraph":
        named["style:parent-style-name"] = "Text_20_body"
        frame: dict[str, str] = {}
        if look.bar:
            frame |= {"fo:border-left": f"2.5pt solid #{look.bar}", "fo:padding": "2mm"}
        if look.fill:
            frame["fo:background-color"] = f"#{look.fill}"
        if look.size or look.fill:
            frame |= {"fo:margin-top": "0mm", "fo:margin-bottom": "0.6mm"}
        children.insert(0, _element("style:paragraph-properties", **frame))
    return _element("style:style", *children, **named)


def _page_styles() -> list[etree._Element]:
    """Paragraphs and words at the head and foot."""
    stop = _element("style:tab-stop", **{"style:position": "174mm", "style:type": "right"})
    stops = _element("style:tab-stops", stop)
    line = _element("style:paragraph-properties", stops)
    other = _element("style:tab-stop", **{"style:position": "174mm", "style:type": "right"})
    ruled = _element(
        "style:paragraph-properties",
        _element("style:tab-stops", other),
        **{"fo:border-bottom": f"1.2pt solid #{GREEN}", "fo:padding-bottom": "1mm"},
    )
    small = {"fo:font-size": "7.5pt", "fo:color": f"#{GREY}"}
    bold = {"fo:font-size": "10pt", "fo:font-weight": "bold", "fo:color": f"#{GREEN}"}

    def style(name: str, family: str, *properties: etree._Element) -> etree._Element:
        named = {"style:name": name, "style:family": family}
        return _element("style:style", *properties, **named)

    picture = _element(
        "style:graphic-properties",
        **{"style:vertical-pos": "middle", "style:vertical-rel": "text"},
    )
    return [
        style("SheetHead", "paragraph", ruled, _element("style:text-properties", **small)),
        style("SheetFoot", "paragraph", line, _element("style:text-properties", **small)),
        style("SheetIssuer", "text", _element("style:text-properties", **bold)),
        style("SheetCode", "graphic", picture),
    ]


def _span(words: str, style: str) -> etree._Element:
    """Words in a style."""
    return _element("text:span", text=words, **{"text:style-name": style})


def _head(facts: PageFacts) -> etree._Element:
    """The head of each page: who issues it, and what it is."""
    line = _element("text:p", **{"text:style-name": "SheetHead"})
    line.append(_span(facts.installation, "SheetIssuer"))
    line.append(_element("text:tab"))
    line[-1].tail = facts.head
    return line


def _foot(facts: PageFacts) -> etree._Element:
    """The foot of each page: short address with its QR code, and page of pages."""
    line = _element("text:p", **{"text:style-name": "SheetFoot"})
    if facts.address:
        line.append(_picture(facts))
        line[-1].tail = f" {facts.address}"
    line.append(_element("text:tab"))
    for part in facts.page_parts:
        if part in _FIELDS:
            name, attributes = _FIELDS[part]
            line.append(_element(name, text="1", **attributes))
        else:
            line[-1].tail = f"{line[-1].tail or ''}{part}"
    return line


def _picture(facts: PageFacts) -> etree._Element:
    """The QR code in the line, with words for who cannot see it."""
    link = {"xlink:type": "simple", "xlink:show": "embed", "xlink:actuate": "onLoad"}
    image = _element("draw:image", **{"xlink:href": _PICTURE}, **link)
    words = _element("svg:desc", text=facts.qr_words)
    size = {"svg:width": "14mm", "svg:height": "14mm", "text:anchor-type": "as-char"}
    named = {"draw:name": "QR code", "draw:style-name": "SheetCode"}
    return _element("draw:frame", image, words, **named, **size)


def _name_picture(parts: dict[str, bytes]) -> None:
    """List the picture in the manifest."""
    root = etree.fromstring(parts["META-INF/manifest.xml"])
    entry = {"manifest:full-path": _PICTURE, "manifest:media-type": "image/png"}
    root.append(_element("manifest:file-entry", **entry))
    parts["META-INF/manifest.xml"] = _written(root)


def _set_title(parts: dict[str, bytes], facts: PageFacts) -> None:
    """Title and issuer in the properties of the file."""
    root = etree.fromstring(parts["meta.xml"])
    for name, words in (("dc:title", facts.title), ("dc:creator", facts.installation)):
        for found in root.iter(_name(name)):
            found.text = words
    parts["meta.xml"] = _written(root)


def _written(root: etree._Element) -> bytes:
    """A part as bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
