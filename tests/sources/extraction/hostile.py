"""Files that are made to break what reads them, the same 300 in each run."""

import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from tests.sources.extraction.bombs import (
    behind,
    big_docx,
    cyclic_pages,
    deep_docx,
    deep_page,
    deep_pdf,
    deflated,
    entries,
    flate_of,
    form_bomb,
    lying_zip,
    page_tree_bomb,
    repeated,
    repeated_pages,
    zip_of,
)
from tests.sources.extraction.samples import (
    WORDS,
    docx,
    good,
    page,
    paragraph,
    pdf,
    plain_pdf,
)

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
            partial(zip_of, size),
        )
        yield Hostile(
            f"document of {size} MB",
            word,
            "a.docx",
            partial(big_docx, size),
        )
        yield Hostile(
            f"flate of {size} MB",
            "application/pdf",
            "a.pdf",
            partial(flate_of, size),
        )
    yield Hostile(
        "flate in flate",
        "application/pdf",
        "a.pdf",
        lambda: plain_pdf(
            zlib.compress(zlib.compress(deflated(300), 9), 9),
            extra=b"/Filter[/FlateDecode/FlateDecode/FlateDecode]",
        ),
    )
    yield Hostile("many entries", word, "a.docx", lambda: docx("", more=entries(20_000)))
    yield Hostile("lying sizes", word, "a.docx", lying_zip)
    yield Hostile("60 MB of text", "text/plain", "a.txt", lambda: WORDS.encode() * 800_000)
    yield Hostile("60 MB of html", "text/html", "a.html", lambda: page(f"<p>{WORDS}" * 780_000))
    yield Hostile("40 MB of text", "text/plain", "a.txt", lambda: WORDS.encode() * 530_000)
    yield Hostile("40 MB of html", "text/html", "a.html", lambda: page(f"<p>{WORDS}" * 500_000))
    yield Hostile("40 MB of markdown", "", "a.md", lambda: (WORDS + "\n\n").encode() * 510_000)
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
    yield Hostile("one page, often", "application/pdf", "a.pdf", lambda: repeated_pages(15_000))
    yield Hostile("pages of pages", "application/pdf", "a.pdf", page_tree_bomb)
    yield Hostile("forms of forms", "application/pdf", "a.pdf", form_bomb)
    yield Hostile("page in itself", "application/pdf", "a.pdf", cyclic_pages)
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
            partial(deep_page, tag, deep, "x"),
        )
    for depth in (250, 500, 2_000):
        yield Hostile(
            f"{depth} divs",
            "text/html",
            "a.html",
            partial(deep_page, "div", depth, f"<p>{WORDS}</p>"),
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
            partial(repeated, unit.encode(), deep),
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
            partial(deep_pdf, opening, closing, deep),
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
                partial(deep_docx, before, after, depth),
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
            partial(behind, magic, seed),
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
