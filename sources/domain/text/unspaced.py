"""White space beside Chinese and Japanese, which write none between words.

A line ends there anywhere, within a word too, and a reader joins what stands on both sides: 签署了
and, on the next line, 新的协议 are 签署了新的协议. Whether a space stood between 中国 and 2025 at
the end of a line nobody can tell, and house styles differ. So white space beside a character of
these scripts is nothing, whatever it is: between two of them, and between one of them and a
letter, a digit, a quotation mark or a bracket. It stays between two numerals (一 二 is not 一二),
beside a sign or a dash, and beside Hangul, which parts words by spaces.

The source of the rule: CSS Text Module Level 3, 4.1.2 "Segment Break Transformation Rules"
(https://www.w3.org/TR/css-text-3/#line-break-transform), which drops a line end between two wide
characters that are no Hangul.
"""

import re
import unicodedata

from sources.domain.text.characters import DOUBLE_QUOTES, SINGLE_QUOTES, WHITE_SPACE
from sources.domain.text.rewriting import Edit

# Han, kana, bopomofo, their punctuation and full-width forms; no Hangul.
_WIDE = (
    "\u2e80-\u2fdf\u3001-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff9d"
    "\U00020000-\U0003ffff"
)
# One range is what `re` finds fastest; a text without these has nothing to look for.
_MAY_BE = re.compile("[\u2e80-\U0003ffff]").search
_BEHIND = re.compile(f"[{_WIDE}]([{WHITE_SPACE}]++)")
_BEFORE = re.compile(f"(?<![{WHITE_SPACE}])([{WHITE_SPACE}]++)[{_WIDE}]")
_IS_WIDE = re.compile(f"[{_WIDE}]").match
_MARKS = re.compile(f"[{DOUBLE_QUOTES}{SINGLE_QUOTES}()\\[\\]]").match


def without_spaces(text: str) -> list[Edit]:
    """The edits that leave out the white space beside Chinese and Japanese, in order."""
    if text.isascii() or _MAY_BE(text) is None:
        return []
    found = {match.span(1) for look in (_BEHIND, _BEFORE) for match in look.finditer(text)}
    return [
        (start, end, ())
        for start, end in sorted(found)
        if start > 0 and end < len(text) and _meet(text[start - 1], text[end])
    ]


def _meet(before: str, after: str) -> bool:
    """Whether white space between these two characters, one of them wide, is nothing."""
    if before.isnumeric() and after.isnumeric():
        return False
    return all(
        _IS_WIDE(each) or _MARKS(each) or (_is_word(each) and not _is_hangul(each))
        for each in (before, after)
    )


def _is_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")


def _is_hangul(character: str) -> bool:
    return (
        "\u1100" <= character <= "\u11ff"
        or "\u3130" <= character <= "\u318f"
        or "\ua960" <= character <= "\ua97f"
        or "\uac00" <= character <= "\ud7ff"
        or "\uffa0" <= character <= "\uffdc"
    )
