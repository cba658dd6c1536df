"""Characters that print nothing, by the names that people see instead of them."""

import re
import unicodedata

from sources.domain.text.characters import INVISIBLE

# A character that prints nothing, with those of its kind that follow at once.
RUN = re.compile(f"([{INVISIBLE}])\\1*")

_TAGS = range(0xE0020, 0xE007F)
_SELECTORS = ((0xFE00, 1), (0xE0100, 17))  # the first of each block, and its number
_SHORT = {
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u2060": "WJ",
    "\ufeff": "BOM",
    "\u034f": "CGJ",
    "\u061c": "ALM",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}


def full_name(character: str) -> str:
    """Its name in Unicode; a control has none and is named by its number."""
    return unicodedata.name(character, f"CONTROL CHARACTER U+{ord(character):04X}")


def short_name(character: str) -> str:
    """Its name as a badge within a text has room for it: the alias of Unicode, or the number."""
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if code in _TAGS:
        return f"TAG {chr(code - 0xE0000)}"
    for first, number in _SELECTORS:
        if first <= code < first + (16 if number == 1 else 240):
            return f"VS{code - first + number}"
    return f"U+{code:04X}"
