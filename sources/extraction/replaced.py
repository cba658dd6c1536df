"""Bytes and controls that are no characters of a text, and have U+FFFD in their place.

One bad byte is no reason to lose a page: the places are kept with the text, and the desk reads
them. Many are a sign of another encoding.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

REPLACEMENT = "\ufffd"
MAX_LISTED = 20
# So many places are few in any file that has ten times as many characters; more only where they
# are one among so many.
_ALWAYS_FEW, _AMONG_FEW, _AMONG_MANY = 3, 10, 200
# Of a file in UTF-8 characters of several bytes are so many times as frequent as bad ones.
_SPEAKS_FOR_UTF_8 = 2
# No text keeps these: controls but white space, and what Unicode gives to nobody.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
# How the names of codecs begin that shift between alphabets, in bytes that UTF-8 may be, too.
SHIFTING = ("iso2022", "hz")
_NUL = re.compile("\0")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}))(?:;|(?![0-9a-fA-F]))")


@dataclass(frozen=True, slots=True)
class Replaced:
    """One place with U+FFFD: its line and its character there, from 1, and what was there."""

    line: int
    character: int
    was: str


def is_few(bad: int, good: int) -> bool:
    """Whether so many bad places among so many good characters are damage to a text."""
    few = bad * _AMONG_FEW <= good if bad <= _ALWAYS_FEW else bad * _AMONG_MANY <= good
    return bool(bad) and few


def read_despite(data: bytes, encoding: str) -> tuple[str, list[Replaced]] | None:
    """Bytes of which a few have no meaning in a codec, and where; None where many have not.

    None, too, of an encoding that shifts between alphabets (ISO 2022, HZ): all that follows a bad
    byte would be read in the wrong one.
    """
    if encoding.startswith(SHIFTING):
        return None
    most = max(_ALWAYS_FEW, len(data) // _AMONG_MANY)
    pieces: list[str] = []
    bad: list[tuple[int, bytes]] = []
    at = length = 0
    view = memoryview(data)
    while True:
        try:
            pieces.append(str(view[at:], encoding))
            break
        except UnicodeDecodeError as error:
            pieces.append(str(view[at : at + error.start], encoding))
            length += len(pieces[-1])
            bad.append((length, data[at + error.start : at + error.end]))
            if len(bad) > most:
                return None
            pieces.append(REPLACEMENT)
            length += 1
            at += error.end
        except (UnicodeError, ValueError, LookupError):
            return None
    text = "".join(pieces)
    if not is_few(len(bad), len(text) - len(bad)):
        return None
    return text, _placed(text, [(place, f"byte {was.hex(' ').upper()}") for place, was in bad])


def is_surely_utf_8(text: str, bad: int) -> bool:
    """Whether a text that was read as UTF-8 has the characters that only UTF-8 has."""
    wide = sum(1 for character in text if character > "\x7f") - bad
    return wide >= _SPEAKS_FOR_UTF_8 * bad


def without_controls(text: str, *, nul_alone: bool = False) -> tuple[str, list[Replaced]]:
    """A text without the controls that no page keeps; a vertical tab is a line end.

    With `nul_alone` only NUL is replaced, which no text keeps.
    """
    pattern = _NUL if nul_alone else _CONTROL
    bad = [(found.start(), f"U+{ord(found[0]):04X}") for found in pattern.finditer(text)]
    if bad:
        text = pattern.sub(REPLACEMENT, text)
    places = _placed(text, bad)
    return (text if nul_alone else text.replace("\v", "\n")), places


def without_references(source: str) -> str:
    """The source of a page whose character references name no control."""
    if "&#" not in source:
        return source
    return _REFERENCE.sub(_without_control, source)


def replaced_metadata(places: Sequence[Replaced], text: str) -> dict[str, Any]:
    """How many places have U+FFFD, and the first of them; nothing where none has.

    `text` is that of the layer: `in_text` says how many of its characters are U+FFFD.
    """
    if not places:
        return {}
    listed = [
        {"line": one.line, "character": one.character, "was": one.was}
        for one in places[:MAX_LISTED]
    ]
    return {
        "replaced": {
            "count": len(places),
            "in_text": text.count(REPLACEMENT),
            "places": listed,
        }
    }


def _without_control(found: re.Match[str]) -> str:
    point = int(found[1], 16) if found[1] else int(found[2])
    if point == 0x0B:
        return "\n"
    is_control = point < 0x20 and point not in (0x09, 0x0A, 0x0C, 0x0D)
    is_none = point in (0xFFFE, 0xFFFF) or 0xD800 <= point <= 0xDFFF or point > 0x10FFFF
    return REPLACEMENT if is_control or is_none else found[0]


def _placed(text: str, bad: Sequence[tuple[int, str]]) -> list[Replaced]:
    """The lines of these positions, which ascend."""
    found: list[Replaced] = []
    line, begin, at = 1, 0, 0
    for position, was in bad:
        passed = text.count("\n", at, position)
        if passed:
            line += passed
            begin = text.rfind("\n", at, position) + 1
        at = position
        found.append(Replaced(line, position - begin + 1, was))
    return found
