"""Guessing the encoding of a file that says nothing of it.

A wrong guess changes words without a trace, so a guess must be the only likely one, and the layer
keeps that it was one. Where the language is known, of the source or by the words of the text, its
alphabet decides, and a guess that has not the letters of that language is none.
"""

import re
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import category

from sources.extraction.language_of_bytes import fits, languages_of, read_in
from sources.extraction.reader_types import File, Unreadable

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

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
# Words with letters beyond ASCII, and those that mix Latin letters with ones of another script.
_FOREIGN_WORD = re.compile(r"\b\w*[^\W\x00-\x7f]\w*\b")
_OTHER_SCRIPT = "\u0370-\u1dff"
_MIXED = re.compile(f"[a-zA-Z][{_OTHER_SCRIPT}]|[{_OTHER_SCRIPT}][a-zA-Z]")
_ASCII = bytes(range(128))
# A guess is sure when no other reading of the bytes is as likely, within these: how messy the
# text looks (0 is not at all), and how much of it is in the letters of one language.
_AS_CLEAN, _AS_COHERENT = 0.05, 0.04
_GUESSED_FROM = 512 * 1024


def strictly(data: bytes, encoding: str) -> str | None:
    """The bytes read in an encoding, None where one of them has no meaning in it."""
    try:
        return data.decode(encoding)
    except (UnicodeError, ValueError):
        return None


def guessed(file: File) -> tuple[str, str]:
    """The one likely reading of the bytes, and how it was found. Raises Unreadable."""
    if b"\0" in file.data:
        raise Unreadable(
            "nul",
            f"{file.name} holds a NUL byte at position {file.data.index(0)}, so it is no plain "
            "text. Save it as plain text in UTF-8.",
        )
    languages = languages_of(file.data, file.language)
    for language in languages:
        found = read_in(file.data, language, _is_well_set)
        if found is not None:
            return found.text, f"{found.encoding} (guessed, as {language})"
    likely = _likely_reading(file)
    if likely is None or (languages and not any(fits(likely[0], each) for each in languages)):
        raise Unreadable(
            "encoding",
            f"{file.name} is not in UTF-8 and does not say what else it is in; a guess could "
            "change its words. Save it as plain text in UTF-8, or name its encoding in the media "
            "type, as in text/plain; charset=windows-1251.",
        )
    return likely


def _likely_reading(file: File) -> tuple[str, str] | None:
    """The one reading that looks like a text; a long file is judged by its beginning."""
    from charset_normalizer import from_bytes

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
        texts = {strictly(file.data, name) for name in names}
        text = texts.pop() if texts else None
        is_sure = names and not (rivals or texts or _may_be_chinese(file.data, names[0]))
        if is_sure and text is not None:
            return text, f"{names[0]} (guessed)"
    return None


def _is_as_likely(match: "CharsetMatch", best: "CharsetMatch") -> bool:
    return (
        match.chaos <= best.chaos + _AS_CLEAN and match.coherence >= best.coherence - _AS_COHERENT
    )


def _is_well_set(text: str) -> bool:
    """Whether letters, marks and capitals stand where they stand in a text that is read right."""
    within = (found[0][1] for found in _MARK_WITHIN.finditer(text))
    if any(category(mark)[0] in "PS" for mark in within) or _BEFORE_FIGURE.search(text):
        return False
    if len(_MIXED.findall(text)) > 0.1 * len(_FOREIGN_WORD.findall(text)):
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
        strictly(data, encoding) is not None for encoding in ("gb18030", "big5hkscs", "cp949")
    )
