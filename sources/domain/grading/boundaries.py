"""Places where a quote must not begin or end: inside a word or number, after the sign of one.

"able" is in "unable", "9%" in "-9%", "1.9" in "21.95" and "nuclear" in "nuclear-free": the
characters are there and the words are not. A place that cuts such a joint is no place.
Words are those of Unicode's word boundaries (UAX #29: letters, marks and digits, joined by
apostrophes) and, stricter than that, joined by hyphens; numbers reach over decimal marks, grouping,
colons, fractions, exponents, signs, bounds (> 20), currency signs, % and the brackets around a
number that stands alone in them: (9%) is how accounts write -9%. They reach over the words that
belong to a number, too (`sources.domain.grading.number_phrases`). When in doubt it is a cut: a
wider quote can always be taken.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from sources.domain.grading.number_phrases import is_inside_number
from sources.domain.text.apparatus import Span
from sources.domain.text.characters import (
    SOFT_HYPHEN,
    UNSPACED,
    is_letter,
    is_mark,
    is_unspaced,
    without_invisible,
)

_REACH = 80  # code points looked at on either side
_FIRST_UNSPACED = "\u0e00"  # all scripts before it write spaces between words

_CLASSES = {
    **dict.fromkeys(" \u00a0\u2009\u202f\t", " "),
    **dict.fromkeys("\n\f\v\r\u0085\u2028\u2029", "\n"),
    **dict.fromkeys("-\u2010\u2011\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2012\u2013", "–"),
    **dict.fromkeys("\u2014\u2015", "—"),
    **dict.fromkeys("\u2212\u207b\u208b", "−"),
    **dict.fromkeys("'`\u00b4\u02b9\u02bc\u02c8\u055a\u2018\u2019\u2032\uff07", "'"),
    **dict.fromkeys("%\u2030\u2031\u00b0\u066a\u2103\u2109\ufe6a\uff05", "%"),
    **dict.fromkeys("+\uff0b\u207a\u208a", "+"),
    **dict.fromkeys("\u00ac\u00b1\u2213~<>\u301c\uff1c\uff1e\uff5e", "<"),
    **dict.fromkeys("*\u2217\uff0a\u00d7\u00f7", "*"),
    **dict.fromkeys("(\uff08", "("),
    **dict.fromkeys(")\uff09", ")"),
    **dict.fromkeys(".,:\u00b7\u066b\u066c\u2236\uff0e\uff0c", "."),
    **dict.fromkeys("/\u2044\u2215\uff0f", "/"),
    "_": "_",
    "^": "^",
}

# Both sides of the place as classes, the place itself as a bar:
#   0 number   A capital   a other letter   h letter of a script without spaces
#   . / _ ^ join digits
#   + plus   < bound (~ ± ≥ ≠)   * times   $ currency   % ' - – — − ( ) space newline
#   ? anything else
_AMOUNT = r"(?:A{1,3} ?)?\$?[ ]?\.?0"
_ALONE = r"(?:A{1,3} ?)?\$? ?[0.' ]*0 ?[%$]?"  # all that a bracket holds
_CUT = re.compile(
    "|".join(
        (
            r"[aA0]\|[aA0]",  # un|able, CO|2, 5|G
            r"[aA0]['–-]\|[aA0]|[aA0]\|['–-][aA0]",  # can|'t, non-|nuclear, 7|–10
            r"[aA]- *\n[\n ]*\|[aA]|[aA]\|- *\n[\n ]*[aA]",  # un-|able, parted at a line's end
            r"[aA]\*{1,3}\|[aA]|[aA]\|\*{1,3}[aA]",  # **un**|able
            r"[aA]- \|a|[aA]\|- a",  # dis- |agree, parted at a line's end that was lost
            r"[0%][—–-] *\n[\n ]*\|\$?0|[0%]\|[—–-] *\n[\n ]*\$?0",  # 5–|9%, at a line's end
            r"[0%] [–-] \|\$?0|[0%]\| [–-] \$?0",  # 5 – |9%
            rf"[^\n ] *[+−-] *\n[\n ]*\|{_AMOUNT}",  # by −|9%, at a line's end
            r"0[./_']\|0|0\|[./_'][−-]?0|(?:^|[^aA0h])\.\|0",  # 1.|9, 19|:30, |.5
            r"[aA0] ?\^ ?\||[aA0]\| ?\^",  # 10|^6
            r"[0%][—–-]\|\$?0|[0%]\|[—–-]\$?0",  # 5%–|9%
            r"0[ \n]?\|%|0\|[ \n]?%",  # 9|%
            r"\$[ \n]?\|[.+<−-]?0|0\|[ \n]?\$(?![ ]?0)|0\|\$|[aA]\|\$",  # $|5, 5| €, HK|$5
            rf"[–+<−-]\|{_AMOUNT}",  # -|9, >|20, COVID-|19
            rf"(?:−|[^\n ] *[+-]) +\|{_AMOUNT}",  # was - |9; a list's "- |9 ships" is no sign
            rf"<[ \n]+\|{_AMOUNT}",  # < |9%, even where the mark begins the line
            r"[aA0]\|−0|0 ?\|[+<]",  # s|⁻¹, 9|±2
            r"A\|[+−]|A\|-(?:[^aA0]|$)",  # BBB|+, A|-
            r"0 ?[aA]{1,4}\|/ ?[aA]",  # 5 km|/h
            r"0 ?\*+ ?\|[*+−-]*0|0\| ?\*+ ?[+−-]?0",  # 10**|9, 10|**9, 5 * |3
            rf"\( ?\|{_ALONE} ?\)|\( ?{_ALONE}\| ?\)|\$ ?\|\(",  # (|9%), (9%|), $|(5)
            r"(?<!0)0{1,3}[ \n]\|000(?!0)|(?<!0)0{1,3}\|[ \n]000(?!0)",  # 21 |950
        )
    )
)

_OF_NUMBERS = frozenset("0%$+<−*^")  # classes that words have none of

# A whole number and its fraction, parted: 3| ½, 3 |½, 3 |1/2.
_FRACTION = "(?:[\u00bc-\u00be\u2150-\u215f\u2189]|\\d+[/\u2044\u2215]\\d)"
_MIXED = re.compile(rf"\d(?:\|[ \u00a0\u2009\u202f]|[ \u00a0\u2009\u202f]\|){_FRACTION}")

# A negation written onto the word beside it, in scripts without spaces: 不|同意, 同意し|ない.
_NEGATED = re.compile(
    rf"(?:[不没沒未无無非莫勿毋]|没有|沒有|ไม่|ບໍ່|មិន)\|[{UNSPACED}]"
    rf"|[{UNSPACED}]\|(?:ない|なか|ません|ぬ|ず)"
)
_SOFT_LINE_END = re.compile(f"{SOFT_HYPHEN}+(?=[ \t]*\n)")


class Cut(StrEnum):
    """The kinds of joints that a place cuts."""

    WORD = "word"
    NUMBER = "number"  # or what belongs to it: its bound, sign, scale, unit or currency
    NEGATION = "negation"  # written onto the word that it negates


def is_cut(text: str, position: int, apparatus: Sequence[Span] = ()) -> bool:
    """Whether a quote that begins or ends at this position cuts a word or a number."""
    return cut_at(text, position, apparatus) is not None


def cut_at(text: str, position: int, apparatus: Sequence[Span] = ()) -> Cut | None:
    """Return what a quote that begins or ends at this position would cut; None if nothing.

    `position` counts code points. Its context is read as it is seen: without apparatus
    (sorted, as `find_apparatus` gives it), soft hyphens and invisible characters.
    """
    cut = joint_at(text, position, apparatus)
    if cut is not None:
        return cut
    before, after = _seen_beside(text, position, apparatus)
    return Cut.NUMBER if is_inside_number(before + after, len(before)) else None


def joint_at(text: str, position: int, apparatus: Sequence[Span] = ()) -> Cut | None:
    """Return what is cut where two characters join at a position, whatever words stand beside."""
    while position and text[position - 1] == SOFT_HYPHEN:
        position -= 1
    if 0 < position < len(text):
        left, right = text[position - 1], text[position]
        if left.isalpha() and right.isalpha() and max(left, right) < _FIRST_UNSPACED:
            return Cut.WORD  # most wrong places, and cheap to check
        if is_mark(right):
            return Cut.WORD
    before, after = _seen_beside(text, position, apparatus)
    near = f"{before[-16:]}|{after[:16]}"
    if _MIXED.search(near):
        return Cut.NUMBER
    if _NEGATED.search(near):
        return Cut.NEGATION
    left, right = _classes(before[-24:]), _classes(after[:24])
    if not _CUT.search(f"{left}|{right}"):
        return None
    return Cut.NUMBER if _OF_NUMBERS.intersection(left[-2:] + right[:2]) else Cut.WORD


def _seen_beside(text: str, position: int, apparatus: Sequence[Span]) -> tuple[str, str]:
    """The text before and after a position as it is seen."""
    before = _seen(text, max(0, position - _REACH), position, apparatus)
    return before, _seen(text, position, min(len(text), position + _REACH), apparatus)


def _seen(text: str, start: int, end: int, apparatus: Sequence[Span]) -> str:
    """The part of a text between two positions without apparatus and invisible characters."""
    parts = []
    index = max(0, bisect_right(apparatus, start, key=lambda span: span.start) - 1)
    for span in apparatus[index:]:
        if span.start >= end:
            break
        if span.end > start:
            parts.append(text[start : max(start, span.start)])
            start = span.end
    parts.append(text[start:end])
    return without_invisible(_SOFT_LINE_END.sub("-", "".join(parts)))


def _classes(text: str) -> str:
    """One letter for each character that says what it is for a boundary."""
    return "".join(map(_class_of, text))


@lru_cache(maxsize=4096)
def _class_of(character: str) -> str:
    if character in _CLASSES:
        return _CLASSES[character]
    if character.isnumeric():  # superscripts, fractions and Han numerals too
        return "0"
    if is_letter(character):
        if is_unspaced(character):
            return "h"
        return "A" if character.isupper() else "a"
    if character.isspace():
        return " "
    if "\u2200" <= character <= "\u22ff" or "\u2a00" <= character <= "\u2aff":
        return "<"  # signs of mathematics that are not named: ≠, ≫, √, ⩾
    return "$" if unicodedata.category(character) == "Sc" else "?"
