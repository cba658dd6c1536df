"""From bytes to characters: by the file's own mark, by UTF-8, by what is said, by a sure guess.

A wrong guess changes words without a trace, so a guess must be the only likely one, and the layer
keeps how it was made.
"""

import codecs
import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import category

from sources.extraction.reader_types import File, Unreadable

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

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
# What files without a mark are really written in.
_LIKELY = [
    *(f"cp{number}" for number in (1252, 1251, 1250, *range(1253, 1259), 866, 874, 932, 949)),
    *("koi8_r", "koi8_u", "iso8859_2", "iso8859_5", "iso8859_15", "mac_roman", "mac_cyrillic"),
    *("gb18030", "big5hkscs", "euc_jp", "iso2022_jp"),
]
# What hardly any file is written in today: a reading in one of these is no guess, but it speaks
# against another that is not well set.
_OLD = [
    *("cp437", "cp737", "cp850", "cp852", "cp857", "cp862", "cp864", "cp1125"),
    *("iso8859_6", "iso8859_7", "iso8859_8", "iso8859_16"),
]
# Of several bytes per character.
_WIDE = ("gb18030", "big5hkscs", "cp932", "cp949", "euc_jp", "iso2022_jp")
# Signs of a wrong reading: a mark within a word or before a figure, a capital behind a small
# letter, words of capitals alone.
_LETTER = r"[^\W\d_]"
_MARK_WITHIN = re.compile(rf"{_LETTER}[^\w\s\x00-\x7f\u2019\u00ad\u00b7\u2010-\u2014]{_LETTER}")
_BEFORE_FIGURE = re.compile(r"(?<!\w)[^\W\d_\x00-\x7f](?=\d)")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.I)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ASCII = bytes(range(128))
# A guess is sure when no other reading of the bytes is as likely, within these: how messy the
# text looks (0 is not at all), and how much of it is in the letters of one language.
_AS_CLEAN, _AS_COHERENT = 0.05, 0.04
_GUESSED_FROM = 512 * 1024


def charset_of(media_type: str) -> str:
    """The encoding that a media type names, as in `text/html; charset=utf-8`; "" for none."""
    found = _CHARSET.search(media_type)
    return found.group(1) if found else ""


def decoded(file: File, *, declared: Iterable[str] = ()) -> tuple[str, str]:
    """The characters of a file and how they were read, as in "windows-1251 (guessed)".

    `declared` are encodings named for it, the weightiest first. Raises Unreadable.
    """
    data = file.data
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _by_mark(file, encoding)
    labels = [label for label in (_codec(name) for name in declared) if label]
    for encoding in labels:
        if encoding.startswith(("utf-16", "iso2022", "hz")):  # in bytes that UTF-8 may be, too
            text = _strictly(data, encoding)
            if text is not None and "\0" not in text:
                return text, f"{encoding} (as said)"
    text = _strictly(data, "utf-8")
    if text is not None and not _is_iso_2022(data):
        return text, "utf-8"
    for encoding in labels:
        text = _strictly(data, encoding)
        if text is not None:
            return text, f"{encoding} (as said)"
    return _guessed(file)


def _by_mark(file: File, encoding: str) -> tuple[str, str]:
    text = _strictly(file.data, encoding)
    name = encoding.removesuffix("-sig")
    if text is None:
        raise Unreadable(
            "encoding",
            f"{file.name} begins with the mark of {name.upper()} and is not in it. "
            "Save it as plain text in UTF-8.",
        )
    return text, f"{name} (by its mark)"


def _codec(label: str) -> str:
    """Python's name of an encoding, "" for none that is text."""
    try:
        found = codecs.lookup(label.strip())
    except (LookupError, ValueError):
        return ""
    name = _MEANT.get(found.name, found.name)
    is_text = getattr(found, "_is_text_encoding", True) and name not in _NO_TEXT
    return name if is_text and name != "utf-8" else ""


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, ValueError):
        return None


def _is_iso_2022(data: bytes) -> bool:
    return any(escape in data for escape in (b"\x1b$B", b"\x1b$@", b"\x1b$(C", b"\x1b$)C"))


def _guessed(file: File) -> tuple[str, str]:
    """The one likely reading of the bytes; a long file is guessed from its beginning."""
    from charset_normalizer import from_bytes

    if b"\0" in file.data:
        raise Unreadable(
            "nul",
            f"{file.name} holds a NUL byte at position {file.data.index(0)}, so it is no plain "
            "text. Save it as plain text in UTF-8.",
        )
    matches = list(from_bytes(file.data[:_GUESSED_FROM], cp_isolation=[*_LIKELY, *_OLD]))
    likely = [match for match in matches if _is_as_likely(match, matches[0])]
    well_set = [match for match in likely if match.encoding in _WIDE or _is_well_set(str(match))]
    if well_set:
        best = well_set[0]
        sample = str(best)
        rivals = [
            match for match in well_set[1:] if _is_as_likely(match, best) and str(match) != sample
        ]
        # Encodings that agree on the beginning have to agree on the rest.
        names = [name for name in _LIKELY if name in (best.encoding, *best.could_be_from_charset)]
        texts = {_strictly(file.data, name) for name in names}
        text = texts.pop() if texts else None
        is_sure = names and not (rivals or texts or _may_be_chinese(file.data, names[0]))
        if is_sure and text is not None:
            return text, f"{names[0]} (guessed)"
    raise Unreadable(
        "encoding",
        f"{file.name} is not in UTF-8 and does not say what else it is in; a guess could change "
        "its words. Save it as plain text in UTF-8, or name its encoding in the media type, as "
        "in text/plain; charset=windows-1251.",
    )


def _is_as_likely(match: "CharsetMatch", best: "CharsetMatch") -> bool:
    return (
        match.chaos <= best.chaos + _AS_CLEAN and match.coherence >= best.coherence - _AS_COHERENT
    )


def _is_well_set(text: str) -> bool:
    """Whether letters, marks and capitals stand where they stand in a text that is read right."""
    within = (found[0][1] for found in _MARK_WITHIN.finditer(text))
    if any(category(mark)[0] in "PS" for mark in within) or _BEFORE_FIGURE.search(text):
        return False
    foreign = [letter for letter in text if letter > "\x7f" and letter.isalpha()]
    if sum(map(str.isupper, foreign)) > 0.8 * len(foreign) and len(foreign) > 8:
        return False
    pairs = pairwise(text)
    return not any(
        after > "\x7f" and after.isupper() and before.islower() for before, after in pairs
    )


def _may_be_chinese(data: bytes, guessed: str) -> bool:
    """Whether bytes that were guessed as one per letter fit an encoding of two per character.

    Chinese passes for Thai; text in an alphabet ends a word somewhere in the middle of a pair.
    """
    if guessed in _WIDE:
        return False
    if 2 * len(data.translate(None, _ASCII)) < len(data):
        return False
    return any(
        _strictly(data, encoding) is not None for encoding in ("gb18030", "big5hkscs", "cp949")
    )
