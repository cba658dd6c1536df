"""The classes of characters that quotes are compared by.

Sets of single characters, written for use inside a regular expression's brackets. Everything that
is not named here is compared code point by code point.
"""

import re
import unicodedata

# White space, U+001C..U+001F excepted: these are control characters and no spacing.
HORIZONTAL = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
WHITE_SPACE = HORIZONTAL + "\t\n\v\f\r\u0085\u2028\u2029"

# Hyphens join words, dashes part clauses or span ranges, the minus is only ever a sign.
# Full-width and small forms are left out on purpose: they are differences.
HYPHENS = "-\u2010\u2011"
DASHES = "\u2012-\u2015\u2e3a\u2e3b"
MINUS = "\u2212"

# Primes (minutes, seconds, feet, inches) and the modifier letters are no quotation marks.
DOUBLE_QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u301d-\u301f\uff02'
SINGLE_QUOTES = "'\u2018\u2019\u201a\u201b\u2039\u203a\uff07"

# All that folding may change where it stands: what is between these is compared as it is.
FOLDING = WHITE_SPACE + DOUBLE_QUOTES + SINGLE_QUOTES + HYPHENS[1:] + DASHES + MINUS + r"\-"

SOFT_HYPHEN = "\u00ad"
LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "\u017ft",  # with a long s, which is a letter of its own
    "\ufb06": "st",
}

# Characters that print nothing: Unicode's default ignorables, direction marks, tags, fillers,
# variation selectors and controls. The soft hyphen is treated apart.
INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{INVISIBLE}]")

# Scripts that write no spaces between words: Thai, Lao, Tibetan, Burmese, Khmer, kana, Han.
UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")


def is_letter(character: str) -> bool:
    """Whether it is a letter, or a mark that belongs to one."""
    return character.isalpha() or unicodedata.category(character).startswith("M")


def is_mark(character: str) -> bool:
    """Whether it is written onto the character before it (Unicode category M)."""
    return unicodedata.category(character).startswith("M")


def is_unspaced(character: str) -> bool:
    """Whether its script writes no spaces between words."""
    return _UNSPACED.match(character) is not None


def without_invisible(text: str) -> str:
    """The text as it is seen: without invisible characters and soft hyphens."""
    return _INVISIBLE.sub("", text).replace(SOFT_HYPHEN, "")


def invisible_characters(text: str) -> tuple[str, ...]:
    """Names of the invisible characters in a text, each once, in order of appearance.

    For the badge beside a quote. Zero width characters, direction marks, tags, variation
    selectors, fillers and controls; not the soft hyphen, which folding passes over.
    """
    found = dict.fromkeys(_INVISIBLE.findall(text))
    return tuple(unicodedata.name(each, f"CONTROL CHARACTER U+{ord(each):04X}") for each in found)
