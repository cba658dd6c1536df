"""The words of a text as search sees them, with the place of each.

A word is a run of letters and marks. Whatever else is written between two words parts them: white
space, a dash, an apostrophe (port's is port and s), so that all dashes and apostrophes are alike
and `Siberia-2` is `Siberia 2`. Characters without width are no part of it. Chinese, Japanese,
Korean, Thai, Lao, Khmer and Burmese are read as pairs of neighbouring characters, the last one of a
run also alone; Han characters in their simplified form.

A number is one word with its decimal mark and groups, without its sign: 9 of -9, 2400 of 2,400.
Where `%` or its word follows, it is found by 9 and by 9%; the word is one of its own. One whose
mark may be read in two ways (1,234) is found by both.
"""

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import regex

from sources.domain.text.search_folding import fold_for_search

# A longer run of letters is no word: the database keeps lexemes below 2 kB.
MAX_LETTERS = 200

_UNSPACED = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Hangul}ー々〇"
    r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
)
_GROUP_MARKS = ",.'’\u00a0\u202f\u2009"
_PERCENT = (
    r"[ \u00a0\u202f]?[%％٪﹪]"
    r"|(?=(?P<said>[ \u00a0\u202f]"
    r"(?:per ?cent|pct|prozent|procent\w*|процент\w*|pour cent|por ciento)\b))"
)
_TOKEN = regex.compile(
    rf"(?P<unspaced>[{_UNSPACED}][{_UNSPACED}\p{{Mn}}\p{{Cf}}]*)"
    rf"|(?P<number>(?:\d{{1,3}}(?:[{_GROUP_MARKS}]\d{{3}})+(?:[.,]\d+)?(?![{_GROUP_MARKS}]?\d)"
    rf"|(?<!\d[.,])\d+[.,]\d+(?![.,]?\d)|\d+))(?:{_PERCENT})?"
    rf"|(?P<word>(?:(?![{_UNSPACED}])[\p{{L}}\p{{M}}])"
    rf"(?:(?![{_UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}\p{{Cf}}])*)"
    r"|(?P<other>\p{N})",
    regex.IGNORECASE,
)
_HAN = regex.compile(r"\p{Han}")
_INVISIBLE = regex.compile(r"[\p{Cf}\u034f]+")


@dataclass(frozen=True)
class Token:
    """One word at one place of a text: `forms` are what it is found by, folded, any of them.

    `written` is the word as written, for its stem; empty of what has none. `start` and `end` are
    code points of the text, half-open. `is_last` is of the last character of a run of pairs.
    """

    forms: tuple[str, ...]
    written: str
    start: int
    end: int
    is_last: bool = False


def tokens_of(text: str) -> Iterator[Token]:
    """The words of a text, in order."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup if match.lastgroup != "said" else "number"
        if kind == "unspaced":
            yield from _pairs(match)
        elif kind == "number":
            yield _number(match)
        else:
            written = _INVISIBLE.sub("", match[0])[:MAX_LETTERS]
            if folded := fold_word(written):
                yield Token((folded,), written if kind == "word" else "", *match.span())


def fold_word(word: str) -> str:
    """One word folded as in every search, its letters composed again: a lexeme has no space."""
    # 𝐀 and ™ are capitals only when they are taken apart.
    plain = fold_for_search(unicodedata.normalize("NFKC", word))
    folded = unicodedata.normalize("NFC", plain)
    return "".join(one for one in folded if one.isalnum() or unicodedata.category(one)[0] == "M")


def simplified(text: str) -> str:
    """The text with its Han characters in their simplified form, character by character."""
    return "".join(map(_simplified, text)) if _HAN.search(text) else text


def _pairs(match: Any) -> Iterator[Token]:
    """The pairs of neighbouring characters in a run of a script without spaces."""
    start = match.start()
    places = [
        (folded, start + at)
        for at, one in enumerate(simplified(match[0]))
        if (folded := fold_word(one))
    ]
    for (one, at), (other, _at) in itertools.pairwise(places):
        yield Token((one + other,), "", at, at + 2)
    if places:
        one, at = places[-1]
        yield Token((one,), "", at, at + 1, is_last=True)


def _number(match: Any) -> Token:
    forms = _readings(match["number"])
    start, end = match.span("number")
    if match["said"] is None and match.end() > end:
        return Token((*forms, *(f"{each}%" for each in forms)), "", start, match.end())
    if match["said"]:
        forms = (*forms, *(f"{each}%" for each in forms))
    return Token(forms, "", start, end)


def _readings(written: str) -> tuple[str, ...]:
    """A number without its groups and with a point: two where its mark may be either."""
    digits = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in written)
    marks = [one for one in digits if not one.isdecimal()]
    if not marks:
        return (digits,)
    whole = "".join(one for one in digits if one.isdecimal())
    last = max(digits.rfind(one) for one in marks)
    tail = digits[last + 1 :]
    is_group = len(tail) == 3 and len(set(marks)) == 1
    as_decimal = f"{''.join(one for one in digits[:last] if one.isdecimal())}.{tail}"
    if not is_group:
        return (as_decimal,)
    return (whole, as_decimal) if len(marks) == 1 and marks[0] in ".," else (whole,)


@lru_cache(maxsize=50_000)
def _simplified(character: str) -> str:
    # By itself, so that a character is the same whatever stands beside it, in a text and a search.
    return str(_converter().convert(character))


@cache
def _converter() -> Any:
    import opencc  # reads its tables, which only Chinese needs

    return opencc.OpenCC("t2s")
