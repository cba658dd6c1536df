"""Small files that are large, deep or endless once they are read."""

import io
import random
import zipfile
import zlib
from functools import cache

from tests.sources.extraction.samples import docx, page, paragraph, pdf, plain_pdf, stream


def repeated(unit: bytes, times: int) -> bytes:
    return unit * times


def zip_of(megabytes: int) -> bytes:
    return docx("x", more={"word/styles.xml": bytes(megabytes * 1_000_000)})


def flate_of(megabytes: int) -> bytes:
    return plain_pdf(deflated(megabytes), extra=b"/Filter/FlateDecode")


def deep_page(tag: str, depth: int, inside: str) -> bytes:
    return page(f"<{tag}>" * depth + inside + f"</{tag}>" * depth)


def deep_pdf(opening: bytes, closing: bytes, depth: int) -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/X " + opening * depth + closing * depth + b">>",
        b"<</Type/Pages/Kids[]/Count 0>>",
    )


def deep_docx(opening: str, closing: str, depth: int) -> bytes:
    return docx(opening * depth + paragraph("x") + closing * depth)


def behind(magic: bytes, seed: int) -> bytes:
    return magic + random.Random(seed).randbytes(20_000)  # noqa: S311 the same in each run


@cache
def deflated(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    packed = [packer.compress(b"q " * 500_000) for _ in range(megabytes)]
    return b"".join([*packed, packer.flush()])


def big_docx(megabytes: int) -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(megabytes):
            part.write(b"<w:p>" * 200_000)
    return packed.getvalue()


def entries(count: int) -> dict[str, bytes]:
    return {f"word/{number}.xml": b"<a/>" for number in range(count)}


def lying_zip() -> bytes:
    """A document whose directory says that it unpacks to ten bytes."""
    data = bytearray(docx(paragraph("x" * 1_000_000)))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset : place + offset + 4] = (10).to_bytes(4, "little")
            place = data.find(signature, place + 4)
    return bytes(data)


def repeated_pages(count: int) -> bytes:
    kids = b"3 0 R " * count
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        stream(b"BT /F1 1 Tf (" + b"words " * 100 + b") Tj ET"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def page_tree_bomb() -> bytes:
    """Ten pages tables in each other, each ten times: 10,000,000,000 pages."""
    tables = [
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (10 ** (10 - n), b"%d 0 R " % (n + 3) * 10)
        for n in range(10)
    ]
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", *tables, b"<</Type/Page/MediaBox[0 0 9 9]/Parent 2 0 R>>"
    )


def form_bomb() -> bytes:
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


def cyclic_pages() -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 3/Parent 3 0 R/Kids[3 0 R 2 0 R]>>",
        b"<</Type/Pages/Count 3/Parent 2 0 R/Kids[2 0 R 3 0 R]>>",
    )
