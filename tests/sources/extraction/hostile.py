"""Files that are made to break what reads them, the same 300 in each run."""

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORDS = "The ministers met for two days and agreed on a plan for trade and energy. "
_NAMES = (
    "../../etc/passwd",
    "/etc/shadow",
    "C:\\Windows\\system32\\a.pdf",
    "a\0b.pdf",
    "-rf",
    "$(touch x).html",
    "\u202efdp.exe",
    "a" * 5_000,
    "\ud800.txt",
    "",
    "~/.ssh/id.docx",
    "|cat.md",
)


@dataclass(frozen=True)
class Hostile:
    """A file: what is wrong with it, how it is named, and how its bytes are made."""

    label: str
    media_type: str
    file_name: str
    make: Callable[[], bytes]


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


def page(body: str) -> bytes:
    """A web page with this body."""
    return f"<!doctype html><html><head><title>T</title></head><body>{body}</body></html>".encode()


def good() -> dict[str, tuple[str, bytes]]:
    """A small good file of each kind, with its media type: what the others are broken from."""
    text = b"BT /F1 12 Tf 72 700 Td (" + _WORDS.encode() * 3 + b") Tj ET"
    return {
        "pdf": ("application/pdf", plain_pdf(text)),
        "docx": ("application/vnd.openxmlformats", docx(paragraph(_WORDS * 5) * 5)),
        "html": ("text/html", page(f"<p>{_WORDS * 5}</p>" * 5)),
        "md": ("text/markdown", f"# Head\n\n{_WORDS}[^1]\n\n[^1]: {_WORDS}\n".encode()),
        "txt": ("text/plain", (_WORDS * 5).encode()),
    }


def files() -> list[Hostile]:
    """All 300, in an order in which every tenth is of each sort."""
    sorts = [
        list(sort)
        for sort in (_bombs(), _nested(), _truncated(), _scrambled(), _mistyped(), _named())
    ]
    random_ones = list(_random(300 - sum(map(len, sorts))))
    return [*(one for sort in sorts for one in sort), *random_ones]


def _bombs() -> Iterator[Hostile]:
    """Little that becomes much: zip, XML, PDF and plain size."""
    word = "application/vnd.openxmlformats"
    lol = '<!ENTITY a0 "lol">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    entities = f"<!DOCTYPE w [{lol}]>"
    external = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    network = '<!DOCTYPE w [<!ENTITY x SYSTEM "http://192.0.2.1/x">]>'
    squared = f'<!DOCTYPE w [<!ENTITY x "{"x" * 100_000}">]>'
    yield Hostile("billion laughs", word, "a.docx", lambda: docx(paragraph("&a11;"), head=entities))
    yield Hostile("file entity", word, "a.docx", lambda: docx(paragraph("&x;"), head=external))
    yield Hostile("net entity", word, "a.docx", lambda: docx(paragraph("&x;"), head=network))
    yield Hostile(
        "quadratic entity", word, "a.docx", lambda: docx(paragraph("&x;" * 20_000), head=squared)
    )
    yield Hostile(
        "laughs in html",
        "text/html",
        "a.html",
        lambda: f"<!DOCTYPE html [{lol}]><html><body><p>&a11;</p></body></html>".encode(),
    )
    yield Hostile(
        "laughs in xhtml",
        "application/xhtml+xml",
        "a.xhtml",
        lambda: f'<?xml version="1.0"?><!DOCTYPE html [{lol}]><html>&a11;</html>'.encode(),
    )
    for size in (70, 150, 300):
        yield Hostile(
            f"zip of {size} MB",
            word,
            "a.docx",
            partial(_zip_of, size),
        )
        yield Hostile(
            f"document of {size} MB",
            word,
            "a.docx",
            partial(_big_docx, size),
        )
        yield Hostile(
            f"flate of {size} MB",
            "application/pdf",
            "a.pdf",
            partial(_flate_of, size),
        )
    yield Hostile(
        "flate in flate",
        "application/pdf",
        "a.pdf",
        lambda: plain_pdf(
            zlib.compress(zlib.compress(_deflated(300), 9), 9),
            extra=b"/Filter[/FlateDecode/FlateDecode/FlateDecode]",
        ),
    )
    yield Hostile("many entries", word, "a.docx", lambda: docx("", more=_entries(20_000)))
    yield Hostile("lying sizes", word, "a.docx", _lying_zip)
    yield Hostile("60 MB of text", "text/plain", "a.txt", lambda: _WORDS.encode() * 800_000)
    yield Hostile("60 MB of html", "text/html", "a.html", lambda: page(f"<p>{_WORDS}" * 780_000))
    yield Hostile("40 MB of text", "text/plain", "a.txt", lambda: _WORDS.encode() * 530_000)
    yield Hostile("40 MB of html", "text/html", "a.html", lambda: page(f"<p>{_WORDS}" * 500_000))
    yield Hostile("40 MB of markdown", "", "a.md", lambda: (_WORDS + "\n\n").encode() * 510_000)
    yield Hostile("40 MB of spaces", "text/html", "a.html", lambda: page(" " * 40_000_000))
    yield Hostile("40 MB of marks", "text/plain", "a.txt", lambda: b"*a " * 13_000_000)
    yield Hostile("a line of brackets", "text/plain", "a.txt", lambda: b"[^1](" * 1_000_000)
    yield Hostile("pages without end", "text/plain", "a.txt", lambda: b"a\f" * 5_000_000)
    yield Hostile("40 MB of latin", "text/plain", "a.txt", lambda: b"\xe9\xe0 " * 13_000_000)
    yield Hostile("long table", "text/html", "a.html", lambda: page("<table>" + "<td>1" * 500_000))
    yield Hostile(
        "attributes",
        "text/html",
        "a.html",
        lambda: page("<p " + " ".join(f"a{n}=1" for n in range(300_000)) + ">x</p>"),
    )
    yield Hostile(
        "pages that it says it has",
        "application/pdf",
        "a.pdf",
        lambda: plain_pdf(b"BT ET", pages=b"/Count 2147483647"),
    )
    yield Hostile("one page, often", "application/pdf", "a.pdf", lambda: _repeated_pages(15_000))
    yield Hostile("pages of pages", "application/pdf", "a.pdf", _page_tree_bomb)
    yield Hostile("forms of forms", "application/pdf", "a.pdf", _form_bomb)
    yield Hostile("page in itself", "application/pdf", "a.pdf", _cyclic_pages)
    yield Hostile(
        "stream in itself",
        "application/pdf",
        "a.pdf",
        lambda: plain_pdf(b"/X Do " * 10_000, extra=b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]"),
    )
    yield Hostile(
        "length in itself",
        "application/pdf",
        "a.pdf",
        lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Length 2 0 R>>\nstream\nx\nendstream"),
    )
    yield Hostile(
        "much text on a page",
        "application/pdf",
        "a.pdf",
        lambda: plain_pdf(
            b"BT /F1 1 Tf " + b"1 0 Td (12345678) Tj " * 300_000 + b"ET",
        ),
    )


def _nested() -> Iterator[Hostile]:
    """Tags, lists and objects inside of each other, 200,000 deep."""
    deep = 200_000
    for tag in ("div", "b", "table", "sup", "ul", "blockquote", "span", "font", "q", "a"):
        yield Hostile(
            f"<{tag}> in <{tag}>",
            "text/html",
            "a.html",
            partial(_deep_page, tag, deep, "x"),
        )
    for depth in (250, 500, 2_000):
        yield Hostile(
            f"{depth} divs",
            "text/html",
            "a.html",
            partial(_deep_page, "div", depth, f"<p>{_WORDS}</p>"),
        )
    for name, unit in (
        ("quotes", ">"),
        ("brackets", "["),
        ("links", "[a]("),
        ("emphasis", "*a_"),
        ("lists", "- "),
        ("html", "<div>\n"),
        ("fences", "`a``"),
        ("pictures", "![a]["),
    ):
        yield Hostile(
            f"{name} in Markdown",
            "text/markdown",
            "a.md",
            partial(_repeated, unit.encode(), deep),
        )
    for name, opening, closing in (
        ("arrays", b"[", b"]"),
        ("dictionaries", b"<</A", b">>"),
        ("strings", b"(", b")"),
    ):
        yield Hostile(
            f"{name} in PDF",
            "application/pdf",
            "a.pdf",
            partial(_deep_pdf, opening, closing, deep),
        )
    yield Hostile(
        "saved states",
        "application/pdf",
        "a.pdf",
        lambda: plain_pdf(b"q " * deep + b"BT /F1 9 Tf (x) Tj ET"),
    )
    for name, before, after in (
        ("tables", "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("changes", "<w:ins>", "</w:ins>"),
        ("fields", "<w:smartTag>", "</w:smartTag>"),
    ):
        for depth in (2_000, deep):
            yield Hostile(
                f"{depth} {name} in DOCX",
                "application/vnd.openxmlformats",
                "a.docx",
                partial(_deep_docx, before, after, depth),
            )


def _truncated() -> Iterator[Hostile]:
    """Files that end early."""
    for suffix, (media_type, data) in good().items():
        for tenths in range(10):
            yield Hostile(
                f"{tenths}/10 of {suffix}",
                media_type,
                f"a.{suffix}",
                partial(bytes, data[: len(data) * tenths // 10]),
            )


def _scrambled() -> Iterator[Hostile]:
    """Files with bytes that are others: NUL, random, or half of a character."""
    for suffix, (media_type, data) in good().items():
        for seed in range(12):
            yield Hostile(
                f"{suffix} with other bytes {seed}",
                media_type,
                f"a.{suffix}",
                partial(_with_noise, data, seed),
            )


def _mistyped() -> Iterator[Hostile]:
    """Files under the media type and the name of another kind."""
    kinds = good()
    for suffix, (_, data) in kinds.items():
        for other, (media_type, _) in kinds.items():
            if other != suffix:
                yield Hostile(
                    f"{suffix} as {other}", media_type, f"a.{other}", partial(bytes, data)
                )
    for media_type in ("image/png", "application/octet-stream", "x" * 10_000, "a/b;charset=x\0"):
        yield Hostile(f"html as {media_type[:9]}", media_type, "a", lambda: kinds["html"][1])
    for charset in ("utf-7", "undefined", "rot13", "base64", "utf-16", "zip", "idna", "mbcs"):
        yield Hostile(
            f"text in {charset}",
            f"text/plain; charset={charset}",
            "a.txt",
            lambda: b"caf\xe9 +AGE- \xff\xfe\xd8",
        )


def _named() -> Iterator[Hostile]:
    """Good files whose names lead elsewhere."""
    for index, name in enumerate(_NAMES):
        suffix, (media_type, data) = list(good().items())[index % 5]
        yield Hostile(f"name {index} of {suffix}", media_type, name, partial(bytes, data))


def _random(count: int) -> Iterator[Hostile]:
    """Random bytes behind the right beginning."""
    magics = (
        b"%PDF-1.7\n",
        b"PK\x03\x04word/document",
        b"<html>",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"",
    )
    for seed in range(count):
        magic = magics[seed % len(magics)]
        yield Hostile(
            f"random {seed} behind {magic[:5]!r}",
            "application/octet-stream",
            f"a{seed}",
            partial(_behind, magic, seed),
        )


def _repeated(unit: bytes, times: int) -> bytes:
    return unit * times


def _zip_of(megabytes: int) -> bytes:
    return docx("x", more={"word/styles.xml": bytes(megabytes * 1_000_000)})


def _flate_of(megabytes: int) -> bytes:
    return plain_pdf(_deflated(megabytes), extra=b"/Filter/FlateDecode")


def _deep_page(tag: str, depth: int, inside: str) -> bytes:
    return page(f"<{tag}>" * depth + inside + f"</{tag}>" * depth)


def _deep_pdf(opening: bytes, closing: bytes, depth: int) -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/X " + opening * depth + closing * depth + b">>",
        b"<</Type/Pages/Kids[]/Count 0>>",
    )


def _deep_docx(opening: str, closing: str, depth: int) -> bytes:
    return docx(opening * depth + paragraph("x") + closing * depth)


def _behind(magic: bytes, seed: int) -> bytes:
    return magic + random.Random(seed).randbytes(20_000)  # noqa: S311 the same in each run


@cache
def _deflated(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    packed = [packer.compress(b"q " * 500_000) for _ in range(megabytes)]
    return b"".join([*packed, packer.flush()])


def _big_docx(megabytes: int) -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(megabytes):
            part.write(b"<w:p>" * 200_000)
    return packed.getvalue()


def _entries(count: int) -> dict[str, bytes]:
    return {f"word/{number}.xml": b"<a/>" for number in range(count)}


def _lying_zip() -> bytes:
    """A document whose directory says that it unpacks to ten bytes."""
    data = bytearray(docx(paragraph("x" * 1_000_000)))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset : place + offset + 4] = (10).to_bytes(4, "little")
            place = data.find(signature, place + 4)
    return bytes(data)


def _repeated_pages(count: int) -> bytes:
    kids = b"3 0 R " * count
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        stream(b"BT /F1 1 Tf (" + b"words " * 100 + b") Tj ET"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def _page_tree_bomb() -> bytes:
    """Ten pages tables in each other, each ten times: 10,000,000,000 pages."""
    tables = [
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (10 ** (10 - n), b"%d 0 R " % (n + 3) * 10)
        for n in range(10)
    ]
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", *tables, b"<</Type/Page/MediaBox[0 0 9 9]/Parent 2 0 R>>"
    )


def _form_bomb() -> bytes:
    """Ten forms that draw the next one ten times each."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    forms = [stream(b"/X Do " * 10, extra=form % (n + 5)) for n in range(10)]
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</XObject<</X 4 0 R>>/Font<</F1 15 0 R>>>>>>",
        *forms,
        stream(b"BT (x) Tj ET", extra=b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def _cyclic_pages() -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 3/Parent 3 0 R/Kids[3 0 R 2 0 R]>>",
        b"<</Type/Pages/Count 3/Parent 2 0 R/Kids[2 0 R 3 0 R]>>",
    )


def _with_noise(data: bytes, seed: int) -> bytes:
    chance = random.Random(seed)  # noqa: S311 the same in each run, and no secret
    noisy = bytearray(data)
    for _ in range(1 + seed * 3):
        place = chance.randrange(len(noisy))
        noisy[place : place + 1] = chance.choice(
            [b"\0", b"\xff", b"\xed\xa0\x80", chance.randbytes(4), b"", b"<", b"\xc3"]
        )
    return bytes(noisy)
