"""Refusals: wrong input answered with a code and a sentence that quotes it.

A refusal is a rule's answer to wrong input: a stable `code` for programs and a full sentence for
people that names what was read and what to do. Each rule has its own subclass beside it.
"""

import unicodedata

# Longer input is cut when it is repeated, so that a message stays a sentence.
_SHOWN = 60

# Drawn as nothing or as a blank, yet letters, marks or symbols to Unicode: combining grapheme
# joiner, Hangul and Khmer fillers, Braille blank, variation selectors.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | frozenset(
    chr(point)
    for point in (*range(0x180B, 0x180E), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
)


class Refusal(ValueError):
    """Input that a rule does not take. `code` is stable, `message` a sentence for the person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def is_invisible(character: str) -> bool:
    """Whether a reader would not see the character: control, format (zero width, direction
    marks, tags), surrogate, private, unassigned, line separators, blanks. Spaces are seen."""
    category = unicodedata.category(character)
    return category[0] == "C" or category in ("Zl", "Zp") or character in _BLANK


def character_name(character: str) -> str:
    """The character as a person can look it up: `“٣” (U+0663 ARABIC-INDIC DIGIT THREE)`."""
    name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
    return name if is_invisible(character) else f"“{character}” ({name})"


def quoted(text: str) -> str:
    """Quote input in a message: shortened, with invisible characters by their number."""
    cut = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return "“" + "".join(f"‹U+{ord(c):04X}›" if is_invisible(c) else c for c in cut) + "”"
