"""The words of a file that somebody opens, whatever its format."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pypdfium2
from lxml import etree

from tests.claims.pages.world import read

# The parts of an office file that have text for readers, and the element of a paragraph in them.
_OFFICE_TEXT = re.compile(r"word/(document|footnotes)\.xml|content\.xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_PARAGRAPHS = (f"{_W}p", f"{_TEXT}p", f"{_TEXT}h")


def words_of(content: bytes, media_type: str) -> str:
    """All words on one line, without mark-up."""
    if "pdf" in media_type:
        return normalized(_of_pdf(content))
    if "officedocument" in media_type or "opendocument" in media_type:
        return normalized(_of_office(content))
    text = content.decode()
    if "json" in media_type:
        text = " ".join(texts_in(json.loads(text)))
    elif "html" in media_type:
        text = read(text).text
    elif "markdown" in media_type:
        text = re.sub(r"\[\]\{[^}]*\}|\{[^}]*\}|[*_\\]", "", text)
    return normalized(text)


def normalized(words: str) -> str:
    """The words on one line; marks that formats write in ways of their own are all one."""
    return " ".join(re.sub("[“”‘’\"'`{}\u2066-\u2069]", "", words).split())


def has(text: str, words: str) -> bool:
    """Whether a text has these words; where its lines are broken does not count."""
    return "".join(normalized(words).split()) in "".join(text.split())


def texts_in(value: Any) -> Iterator[str]:
    """Yield all texts in a JSON value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from texts_in(one)
    elif isinstance(value, str):
        yield value


def _of_pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(pages).replace("\ufffe", "-")


def _of_office(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [
            etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if _OFFICE_TEXT.fullmatch(name)
        ]
    paragraphs = (one for part in parts for one in part.iter(*_PARAGRAPHS))
    return " ".join("".join(one.itertext()) for one in paragraphs)
