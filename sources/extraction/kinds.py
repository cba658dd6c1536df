"""Kinds of files: recognised by their bytes, and by the name only where the bytes do not say."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import PurePosixPath

from sources.domain.refusals import quoted
from sources.extraction.extracted import ExtractionRefused


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that a text can be extracted from.

    `reader` is the function that reads it, as `module:function` of this package; `extractor` and
    `number` name our way of reading, `library` what it rests on: another number or version makes
    another layer.
    """

    name: str
    media_type: str
    extractor: str
    number: str
    library: str
    reader: str

    @property
    def version(self) -> str:
        """Our number and the library's version, as in `1+pypdfium2-5.15.2`."""
        return f"{self.number}+{self.library}-{_installed(self.library)}"[:40]


HTML = Kind("html", "text/html", "html", "3", "trafilatura", "html.reader:read_html")
WHOLE_HTML = Kind(
    "whole_html", "text/html", "html-whole", "3", "trafilatura", "html.reader:read_whole_html"
)
PDF = Kind("pdf", "application/pdf", "pdf", "4", "pypdfium2", "pdf.reader:read_pdf")
DOCX = Kind(
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "docx",
    "4",
    "pypandoc_binary",
    "docx.reader:read_docx",
)
MARKDOWN = Kind(
    "markdown", "text/markdown", "markdown", "3", "pypandoc_binary", "markdown:read_markdown"
)
PLAIN_TEXT = Kind(
    "plain_text",
    "text/plain",
    "plain-text",
    "4",
    "charset-normalizer",
    "plain_text:read_plain_text",
)
# The numbers of our ways of reading from which on the doubtful spans of a text are looked for.
_DOUBTS_SINCE = {"html": 2, "html-whole": 2, "pdf": 2, "docx": 2, "markdown": 2, "plain-text": 3}
NO_EXTRACTOR = ("none", "1")  # of files that no reader is for
KINDS = {kind.name: kind for kind in (HTML, WHOLE_HTML, PDF, DOCX, MARKDOWN, PLAIN_TEXT)}
# The readings that leave nothing out, by the kind whose reader chooses a part of the file.
WHOLE_READINGS = {HTML.name: WHOLE_HTML}
WHOLE_EXTRACTORS = frozenset(kind.extractor for kind in WHOLE_READINGS.values())
CHOOSING = frozenset(KINDS[name].extractor for name in WHOLE_READINGS)

_BY_MEDIA_TYPE = {
    **{kind.media_type: kind for kind in KINDS.values() if kind is not WHOLE_HTML},
    "application/xhtml+xml": HTML,
    "application/x-pdf": PDF,
    "text/x-markdown": MARKDOWN,
}
_BY_SUFFIX = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), HTML),
    **dict.fromkeys((".md", ".markdown", ".mkd"), MARKDOWN),
    ".pdf": PDF,
    ".docx": DOCX,
    ".txt": PLAIN_TEXT,
    ".text": PLAIN_TEXT,
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What begins so is no text and is not read; the name is for people.
_OTHER = (
    (_OLE, "an old Word, Excel or PowerPoint file"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"RIFF", "a sound, film or WebP file"),
    (b"OggS", "a sound or film file"),
    (b"ID3", "an MP3 file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\0", "an xz file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"{\\rtf", "an RTF file"),
    (b"%!PS", "a PostScript file"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|(?:html|head|body|title"
    rb"|meta|script|style|base|link)[\s>])",
    re.I | re.S,
)
_HTML_SOON = re.compile(rb"<html[\s>]", re.I)
_XML = re.compile(rb"\s*<\?xml\s")
_NOT_TEXT = re.compile(r"(?:image|audio|video|font|model)/")


def has_doubts(extractor: str, version: str) -> bool:
    """Whether a version of an extractor looked for the doubtful spans of its texts."""
    number = version.partition("+")[0]
    return number.isdigit() and int(number) >= _DOUBTS_SINCE.get(extractor, 1)


def kind_of(data: bytes, media_type: str, file_name: str) -> Kind:
    """The kind of a file. Raises ExtractionRefused: unknown_kind, or password (encrypted DOCX)."""
    named = _named(media_type, file_name)
    return _by_bytes(data, file_name, named) or named or _by_look(data, media_type, file_name)


def _by_bytes(data: bytes, file_name: str, named: Kind | None) -> Kind | None:
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"PK\x03\x04") and (named is DOCX or b"word/document" in data):
        return DOCX
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise ExtractionRefused(
            "password",
            f"The file {quoted(file_name)} is protected by a password. Save it without one.",
            extractor=DOCX.extractor,
            version=DOCX.version,
        )
    for magic, name in _OTHER:
        if data.startswith(magic):
            raise unknown_kind(file_name, f"is {name}")
    if data[4:8] == b"ftyp":
        raise unknown_kind(file_name, "is a film or picture")
    head = _head(data)
    if _HTML.match(head) or (_HTML_SOON.search(head) and head.lstrip().startswith(b"<")):
        return HTML
    if _XML.match(head):
        raise unknown_kind(file_name, "is XML that is no web page")
    return None


def _named(media_type: str, file_name: str) -> Kind | None:
    """The kind that the media type says, and before text/plain, which is said of all, the name."""
    kind = _BY_MEDIA_TYPE.get(_bare(media_type))
    if kind not in (None, PLAIN_TEXT):
        return kind
    suffix = PurePosixPath(file_name.replace("\\", "/")).suffix.lower()
    return _BY_SUFFIX.get(suffix, kind)


def _by_look(data: bytes, media_type: str, file_name: str) -> Kind:
    """Plain text, where nothing speaks against it."""
    bare_type = _bare(media_type)
    if _NOT_TEXT.match(bare_type):
        raise unknown_kind(file_name, f"is said to be {quoted(bare_type)}")
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        raise unknown_kind(file_name, "is no text that can be told")
    return PLAIN_TEXT


def _bare(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def unknown_kind(file_name: str, why: str) -> ExtractionRefused:
    """The refusal of a file that no reader is for."""
    return ExtractionRefused(
        "unknown_kind",
        f"The file {quoted(file_name)} {why}; texts are drawn from HTML, PDF, DOCX, Markdown and "
        "plain text. Save it as one of these.",
        extractor=NO_EXTRACTOR[0],
        version=NO_EXTRACTOR[1],
    )


def _head(data: bytes) -> bytes:
    """The beginning of a file, in one byte per character where it has the mark of UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[:4096].replace(b"\0", b"")[2:]
    return data[:2048].removeprefix(b"\xef\xbb\xbf")


@lru_cache
def _installed(library: str) -> str:
    try:
        return installed(library)
    except PackageNotFoundError:
        return "0"
