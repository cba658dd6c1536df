"""The text of a plain-text file: from its bytes to the layer that quotes are located in."""

import codecs
import hashlib
import unicodedata
from dataclasses import dataclass

from sources.domain.refusals import Refusal

MAX_BYTES = 64 * 1024 * 1024


class TextRefused(Refusal):
    """Bytes that are no text. `code`: too_large, encoding, nul, empty."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a text: `index` from 0, the label printed on it, code points [start, end)."""

    index: int
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlainText:
    """The text of a layer (NFC, line ends as \\n), the SHA-256 of its UTF-8 form, its pages."""

    text: str
    sha256: str
    pages: tuple[Page, ...]


def read_plain_text(content: bytes) -> PlainText:
    """The text of a file in UTF-8, with or without a byte order mark, or in UTF-16 with one.

    Other encodings are refused and not guessed: a wrong guess changes words without a trace.
    Raises TextRefused.
    """
    if len(content) > MAX_BYTES:
        raise TextRefused(
            "too_large",
            f"The file has {len(content)} bytes, and at most {MAX_BYTES} are read. Split it.",
        )
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise TextRefused(
            "nul",
            f"The file holds a NUL character at position {text.index(chr(0))}, so it is no plain "
            "text. Save it as plain text in UTF-8.",
        )
    text = unicodedata.normalize("NFC", text)
    if not text.strip():
        raise TextRefused("empty", "The file has no text. Load one that has.")
    return PlainText(text, text_sha256(text), find_pages(text))


def text_sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def find_pages(text: str) -> tuple[Page, ...]:
    """The pages of a text, parted by form feeds, which belong to none of them.

    Labels count from 1, as a reader would; a text without form feeds is one page without a label.
    A form feed at the very end ends the last page and begins no other.
    """
    parts = text.split("\f")
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    pages, start = [], 0
    for index, part in enumerate(parts):
        label = str(index + 1) if "\f" in text else ""
        pages.append(Page(index, label, start, start + len(part)))
        start += len(part) + 1
    return tuple(pages)


def page_at(pages: tuple[Page, ...], position: int) -> Page | None:
    """The page on which a position stands, None between pages and outside of the text."""
    return next((page for page in pages if page.start <= position < page.end), None)


def _decoded(content: bytes) -> str:
    encoding = "utf-8-sig"
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise TextRefused(
            "encoding", "The file is in UTF-32, which is not read. Save it as plain text in UTF-8."
        )
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        name = "UTF-16" if encoding == "utf-16" else "UTF-8"
        raise TextRefused(
            "encoding",
            f"The file is not in {name}: the byte at position {error.start} does not fit. "
            "Save it as plain text in UTF-8.",
        ) from error
