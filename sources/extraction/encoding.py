"""From bytes to characters: by the file's own mark, by UTF-8, by what is said, by a sure guess.

A wrong guess changes words without a trace, so a guess must be the only likely one, and the layer
keeps how it was made.
"""

import codecs
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sources.extraction.guessed import guessed, strictly
from sources.extraction.reader_types import File, Unreadable
from sources.extraction.replaced import (
    SHIFTING,
    Replaced,
    is_surely_utf_8,
    read_despite,
    replaced_metadata,
    without_controls,
)

# What is written today under a name that once meant less: the Encoding Standard, "Names and
# labels" (https://encoding.spec.whatwg.org/).
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# Never by name: codecs that are no encodings of text, and those that hide what is written.
_NO_TEXT = {"utf-7", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.I)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
# So many characters has a text for each NUL that is damage to it; more NULs are no text.
_FOR_EACH_NUL = 20
# So few bad bytes are left where a page says that it is in UTF-8, before a guess is made.
_LEFT = 3


def charset_of(media_type: str) -> str:
    """The encoding that a media type names, as in `text/html; charset=utf-8`; "" for none."""
    found = _CHARSET.search(media_type)
    return found.group(1) if found else ""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file, how they were read, as in "windows-1251 (guessed)", and where
    U+FFFD stands for a byte without a meaning or for a control."""

    text: str
    how: str
    replaced: tuple[Replaced, ...] = ()

    def metadata(self, text: str) -> dict[str, Any]:
        """The metadata that say how the text was read."""
        return {"encoding": self.how} | replaced_metadata(self.replaced, text)


def decoded(file: File, *, declared: Iterable[str] = (), keeps_controls: bool = False) -> Decoded:
    """The characters of a file. A few bytes without a meaning are U+FFFD, and so are controls.

    `declared` are encodings named for it, the weightiest first. With `keeps_controls` only NUL is
    replaced. Raises Unreadable.
    """
    text, how, places = _read(file, list(declared))
    if text.count("\0") * _FOR_EACH_NUL > len(text):
        raise Unreadable(
            "nul",
            f"{file.name} holds a NUL character at position {text.index(chr(0))}, so it is no "
            "plain text. Save it as plain text in UTF-8.",
        )
    text, controls = without_controls(text, nul_alone=keeps_controls)
    found = sorted([*places, *controls], key=lambda one: (one.line, one.character))
    return Decoded(text, how, tuple(found))


def _read(file: File, declared: list[str]) -> tuple[str, str, list[Replaced]]:
    """The characters, how they were read, and the places of bytes without a meaning."""
    data = file.data
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return _by_mark(file, data[len(mark) :], encoding, name)
    labels = [label for label in map(_codec, declared) if label]
    for encoding in labels:
        if encoding.startswith(("utf-16", *SHIFTING)):  # in bytes that UTF-8 may be, too
            text = strictly(data, encoding)
            if text is not None and "\0" not in text:
                return text, f"{encoding} (as said)", []
    text = strictly(data, "utf-8")
    if text is not None and not _has_shifts(data, labels):
        return text, "utf-8", []
    utf_8 = None if text is not None else read_despite(data, "utf-8")
    if utf_8 is not None and is_surely_utf_8(utf_8[0], len(utf_8[1])):
        return utf_8[0], "utf-8", utf_8[1]
    for encoding in labels:
        text = strictly(data, encoding) if encoding != "utf-8" else None
        if text is not None:
            return text, f"{encoding} (as said)", []
    return _damaged(file, labels, utf_8)


def _damaged(
    file: File, labels: list[str], utf_8: tuple[str, list[Replaced]] | None
) -> tuple[str, str, list[Replaced]]:
    """The characters of a file that is in no encoding without a fault: what is said, or a guess.

    A page that says UTF-8 and has more than a few bad bytes and no character that only UTF-8 has
    may be in another encoding, so a sure guess goes first.
    """
    for encoding in labels:
        despite = utf_8 if encoding == "utf-8" else read_despite(file.data, encoding)
        if despite is not None and (encoding != "utf-8" or len(despite[1]) <= _LEFT):
            how = encoding if encoding == "utf-8" else f"{encoding} (as said)"
            return despite[0], how, despite[1]
    said = next((label for label in labels if label.startswith(SHIFTING)), None)
    if said is not None and _has_shifts(file.data, labels):
        raise Unreadable(
            "encoding",
            f"{file.name} is said to be in {said} and is damaged; behind the damage its letters "
            "cannot be told. Save it as plain text in UTF-8.",
        )
    try:
        return (*guessed(file), [])
    except Unreadable:
        if utf_8 is None or "utf-8" not in labels:
            raise
        return utf_8[0], "utf-8", utf_8[1]


def _by_mark(file: File, data: bytes, encoding: str, name: str) -> tuple[str, str, list[Replaced]]:
    text = strictly(data, encoding)
    if text is not None:
        return text, f"{name} (by its mark)", []
    despite = read_despite(data, encoding)
    if despite is None:
        raise Unreadable(
            "encoding",
            f"{file.name} begins with the mark of {name.upper()} and is not in it. "
            "Save it as plain text in UTF-8.",
        )
    return despite[0], f"{name} (by its mark)", despite[1]


def _codec(label: str) -> str:
    """Python's name of an encoding, "" for none that is text."""
    try:
        found = codecs.lookup(label.strip())
    except (LookupError, ValueError):
        return ""
    name = _MEANT.get(found.name, found.name)
    is_text = getattr(found, "_is_text_encoding", True) and name not in _NO_TEXT
    return name if is_text else ""


def _has_shifts(data: bytes, labels: Sequence[str]) -> bool:
    """Whether bytes that UTF-8 may be shift to another alphabet: by ISO 2022, or by HZ as said."""
    escapes = [b"\x1b$B", b"\x1b$@", b"\x1b$(C", b"\x1b$)C"]
    if "hz" in labels:
        escapes.append(b"~{")
    return any(escape in data for escape in escapes)
