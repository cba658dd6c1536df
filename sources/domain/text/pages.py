"""The text of a layer: its hash and its pages."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a text: `index` from 0, the label printed on it, code points [start, end)."""

    index: int
    label: str
    start: int
    end: int


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


def printed_label(page: Page, offset: int | None) -> str:
    """The printed label of a page: the number that a person gave its file, else the file's label.

    `offset` is what to add to the page's index; pages before the first that is numbered keep the
    file's label. Empty where neither is known.
    """
    if offset is None or page.index + offset < 1:
        return page.label
    return str(page.index + offset)


def page_containing(pages: tuple[Page, ...], position: int) -> Page | None:
    """The page on which a position stands, None between pages and outside of the text."""
    return next((page for page in pages if page.start <= position < page.end), None)
