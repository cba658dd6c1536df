"""Small files of each kind, made by hand."""

import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDS = "The ministers met for two days and agreed on a plan for trade and energy. "


def docx(body: str, *, head: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A DOCX file with this body."""
    parts = {
        "[Content_Types].xml": (
            b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            b'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
            b'package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="'
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            b'"/></Types>'
        ),
        "_rels/.rels": (
            f'<?xml version="1.0"?><Relationships xmlns="{_RELS}"><Relationship Id="r1" '
            f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
        ).encode(),
        "word/document.xml": (
            f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}" xmlns:r="{_OFFICE}">'
            f"<w:body>{body}</w:body></w:document>"
        ).encode(),
        **(more or {}),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def paragraph(text: str) -> str:
    """A paragraph of a DOCX file."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def pdf(*objects: bytes, root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF file of these objects, numbered from 1, with a right table of where they are."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(
        b"trailer\n<</Size %d /Root %d 0 R %s>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, root, trailer, table)
    )
    return out.getvalue()


def stream(content: bytes, *, extra: bytes = b"") -> bytes:
    """A stream of a PDF file."""
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(content), extra, content)


def plain_pdf(content: bytes, *, extra: bytes = b"", pages: bytes = b"/Count 1") -> bytes:
    """A PDF file of one page with this content."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]%s>>" % pages,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>/XObject<</X 4 0 R>>>>>>",
        stream(content, extra=extra),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def linked_pdf(content: bytes, area: tuple[int, int, int, int]) -> bytes:
    """A PDF file of one page with a link to its head; the area is left, bottom, right, top."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Annots[6 0 R]"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Annot/Subtype/Link/Rect[%d %d %d %d]/Dest[3 0 R/Fit]>>" % area,
    )


def mapped_pdf(content: bytes, letters: dict[str, str]) -> bytes:
    """A PDF file of one page whose font prints these letters for others; the values are UTF-16."""
    table = "".join(f"<{ord(code):02x}> <{units}>\n" for code, units in letters.items())
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R/F2 7 0 R>>>>>>",
        stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        stream(
            b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n"
            + f"{len(letters)} beginbfchar\n{table}endbfchar endcmap".encode()
        ),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def drawn_pdf(content: bytes, glyphs: dict[str, tuple[str, int, int]]) -> bytes:
    """A PDF file of one page whose own font draws each code as a box: what it is, bottom, top.

    The boxes are in thousandths of an em and 500 wide; the rest is as in `mapped_pdf`.
    """
    boxes = [
        stream(f"550 0 0 {bottom} 500 {top} d1 0 {bottom} 500 {top - bottom} re f".encode())
        for _, bottom, top in glyphs.values()
    ]
    names = [f"/g{number}" for number in range(len(glyphs))]
    codes = " ".join(f"{ord(code)}{name}" for code, name in zip(glyphs, names, strict=True))
    drawn = "".join(f"{name} {8 + number} 0 R" for number, name in enumerate(names))
    table = "".join(f"<{ord(code):02x}> <{ord(glyphs[code][0]):04x}>\n" for code in glyphs)
    first, last = min(map(ord, glyphs)), max(map(ord, glyphs))
    widths = " ".join(["550"] * (last - first + 1))
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R/F2 7 0 R>>>>>>",
        stream(content),
        f"<</Type/Font/Subtype/Type3/FontBBox[0 -250 550 800]/FontMatrix[.001 0 0 .001 0 0]"
        f"/FirstChar {first}/LastChar {last}/Widths[{widths}]/CharProcs<<{drawn}>>"
        f"/Encoding<</Differences[{codes}]>>/Resources<<>>/ToUnicode 6 0 R>>".encode(),
        stream(
            b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n"
            + f"{len(glyphs)} beginbfchar\n{table}endbfchar endcmap".encode()
        ),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *boxes,
    )


def page(body: str) -> bytes:
    """A web page with this body."""
    return f"<!doctype html><html><head><title>T</title></head><body>{body}</body></html>".encode()


def good() -> dict[str, tuple[str, bytes]]:
    """A small good file of each kind, with its media type: what the others are broken from."""
    text = b"BT /F1 12 Tf 72 700 Td (" + WORDS.encode() * 3 + b") Tj ET"
    return {
        "pdf": ("application/pdf", plain_pdf(text)),
        "docx": ("application/vnd.openxmlformats", docx(paragraph(WORDS * 5) * 5)),
        "html": ("text/html", page(f"<p>{WORDS * 5}</p>" * 5)),
        "md": ("text/markdown", f"# Head\n\n{WORDS}[^1]\n\n[^1]: {WORDS}\n".encode()),
        "txt": ("text/plain", (WORDS * 5).encode()),
    }
