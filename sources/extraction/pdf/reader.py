"""Reading PDF: the text of each page, as pdfium finds it, in the order in which it is read."""

import re
from dataclasses import replace
from typing import Any

import pypdfium2
from pypdfium2 import raw

from sources.domain.text.completeness import measured
from sources.domain.text.gibberish import is_gibberish
from sources.domain.text.spans import DoubtfulSpan, Span
from sources.extraction.pdf.characters import PageText
from sources.extraction.pdf.hidden import HiddenText
from sources.extraction.pdf.note_links import note_links
from sources.extraction.pdf.page_text import read_page
from sources.extraction.pdf.unmapped import unmapped_share
from sources.extraction.reader_types import Content, File, Unreadable, too_long
from sources.vocabulary import UNEXAMINED_PAGES, DoubtKind

# More pages than any file holds that a person made; pdfium believes what a file says of its number.
MAX_PAGES = 20_000
_LONGEST_LABEL = 40
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
# What programs write where nobody wrote anything.
_NOTHING_SAID = {"untitled", "anonymous", "unspecified", "unknown", "none", "null"}


def read_pdf(file: File) -> Content:
    """The text of a PDF, a page after a form feed each, with the labels that it gives its pages.

    A page that cannot be read is empty and named in the metadata; one whose letters are not those
    that it prints is in doubt as a whole. Completeness is counted from the characters that pdfium
    finds, before anything is done with them: what pdfium itself misses is not seen. Raises
    Unreadable.
    """
    document = _opened(file)
    count = len(document)
    if count > MAX_PAGES:
        raise Unreadable(
            "too_large",
            f"{file.name} says that it has {count:,} pages, and at most {MAX_PAGES:,} are read. "
            "Split it.",
        )
    texts: list[str] = []
    spans: list[Span] = []
    doubts: list[DoubtfulSpan] = []
    unread: list[int] = []
    hidden = HiddenText()
    found: list[str] = []
    length = 0
    for index in range(count):
        try:
            page = _page(document, index, hidden, found)
        except pypdfium2.PdfiumError:
            page = PageText("")
            unread.append(index + 1)
        spans += (Span(one.start + length, one.end + length, one.kind) for one in page.spans)
        doubts += (
            DoubtfulSpan(one.start + length, one.end + length, one.kind) for one in page.doubts
        )
        length += len(page.text) + 1
        if length > file.characters:
            raise too_long(file)
        texts.append(page.text)
    _refuse_without_text(file, texts, unread)
    labels = tuple(_label(document, index) for index in range(count))
    metadata = _metadata(document)
    if unread:
        metadata["unread_pages"] = unread
    if hidden.unexamined:
        metadata[UNEXAMINED_PAGES] = hidden.unexamined
    text = "\f".join(texts)
    return Content(
        text, labels, tuple(spans), tuple(doubts), measured(found, text), metadata=metadata
    )


def _opened(file: File) -> Any:
    try:
        return pypdfium2.PdfDocument(file.data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise Unreadable(
                "password", f"{file.name} is protected by a password. Save it without one."
            ) from error
        if error.err_code == raw.FPDF_ERR_SECURITY:
            raise Unreadable(
                "password",
                f"{file.name} is protected in a way that is not read. Save it without protection.",
            ) from error
        raise Unreadable(
            "damaged", f"{file.name} is damaged: it is no PDF that can be opened. Save it anew."
        ) from error


def _page(document: Any, index: int, hidden: HiddenText, found: list[str]) -> PageText:
    """The text of a page; to `found` is added what pdfium finds on it, as it comes."""
    page = document[index]
    text_page = page.get_textpage()
    try:
        found.append(text_page.get_text_range())
        is_hidden = hidden.on(page, text_page, index + 1)
        read = read_page(text_page, is_hidden, note_links(document, page))
        if is_gibberish(read.text, unmapped_share(text_page)):
            whole = DoubtfulSpan(0, len(read.text), DoubtKind.GIBBERISH)
            return replace(read, doubts=(*read.doubts, whole))
        return read
    finally:
        text_page.close()
        page.close()


def _label(document: Any, index: int) -> str:
    """Label of a page in the file; its number where the label cannot be printed."""
    label = " ".join(document.get_page_label(index).split())
    is_fit = 0 < len(label) <= _LONGEST_LABEL and label.isprintable()
    return label if is_fit else str(index + 1)


def _refuse_without_text(file: File, texts: list[str], unread: list[int]) -> None:
    if any(character.isalnum() for text in texts for character in text):
        return
    if texts and len(unread) == len(texts):
        raise Unreadable("damaged", f"{file.name} is damaged: no page can be read. Save it anew.")
    raise Unreadable(
        "no_text",
        f"{file.name} has no text layer; it is a scan or a picture. Quote it with a locator, or "
        "load it with the text recognised.",
    )


def _metadata(document: Any) -> dict[str, Any]:
    """Metadata of the PDF; its date of creation is not when the work was issued."""
    said = {
        key: value.replace("\0", "").strip()[:1000]
        for key, value in document.get_metadata_dict(skip_empty=True).items()
    }
    metadata: dict[str, Any] = {}
    if said.get("Title", "").lower() not in ("", *_NOTHING_SAID):
        metadata["title"] = said["Title"]
    if said.get("Author", "").lower() not in ("", *_NOTHING_SAID):
        metadata["author"] = [{"literal": said["Author"]}]
    date = _DATE.match(said.get("CreationDate", ""))
    if date is not None:
        metadata["created"] = "-".join(part for part in date.groups() if part)
    return metadata
