"""How a number is written: the words before it, digits, multiplier and unit, one end or two.

    value  = [words or mark] side [ending] | range | side ± side
    range  = side (.. | - | – | to) side | between side and side | from side to side
    side   = [currency] number [multiplier] [unit]

`more than`, `over` are `>`; `at least` is `>=`; `less than`, `under` are `<`; `at most`, `up to`
are `<=`; `about`, `around`, `some`, `roughly`, `nearly`, `almost` are `~`: how near "nearly" is
nobody says, and a range that is too wide never makes a conflict. `40+`, `40 or more` are `>=40`.

Numbers and parts of a whole in words are written with digits first (`number_words`, which has the
multipliers too); which marks stand inside a number is in `digit_groups`.

Of a range, multiplier and unit stand at its end, or at both ends; a currency may stand before the
first number alone. A dash between two numbers is a range and no minus: `20-25`, `-5--3`; where a
negative number is followed by a dash and another without a sign, nobody knows whether that one is
negative too, and it is refused.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from claims.domain.values.digit_groups import DIGITS, TwoReadings, plain_digits
from claims.domain.values.number_words import leading_multiplier, with_digits
from claims.domain.values.unit_table import CURRENCIES, CURRENCY_WORDS
from claims.vocabulary import DecimalMark
from sources.domain.refusals import Refusal, character_name, is_invisible, quoted

_MAX_LENGTH = 100

# What stands before a number, and the mark that it means.
MARKS: dict[str, str] = {
    **{mark: mark for mark in ("~", ">", ">=", "<", "<=")},
    "≥": ">=",
    "≤": "<=",
    **dict.fromkeys(("more than", "greater than", "over", "above"), ">"),
    **dict.fromkeys(("at least", "no less than", "not less than", "no fewer than"), ">="),
    **dict.fromkeys(("less than", "fewer than", "under", "below"), "<"),
    **dict.fromkeys(("at most", "up to", "no more than", "not more than"), "<="),
    **dict.fromkeys(("about", "around", "some", "roughly", "approximately"), "~"),
    **dict.fromkeys(("circa", "nearly", "almost"), "~"),
    **dict.fromkeys(("ca", "ca.", "c.", "approx", "approx.", "≈"), "~"),
    # The same in German, French, Polish, Russian, Ukrainian, Chinese.
    **dict.fromkeys(("etwa", "rund", "ungefähr", "environ", "około", "ok."), "~"),
    **dict.fromkeys(("около", "примерно", "приблизительно", "близько", "приблизно"), "~"),
    **dict.fromkeys(("约", "大约", "約", "大約"), "~"),
}

# What stands behind a number, its multiplier or its unit, and the mark that it means.
ENDINGS: dict[str, str] = {
    **dict.fromkeys(("or more", "or over", "or above", "or higher", "and over", "plus"), ">="),
    **dict.fromkeys(("or less", "or fewer", "or under", "or below", "or lower"), "<="),
}

_MONEY = "|".join(
    re.escape(sign)
    for sign in sorted(
        [
            *(sign for code, (_, signs) in CURRENCIES.items() for sign in (code, *signs.split())),
            *(sign for sign in CURRENCY_WORDS if not sign.isalpha()),
        ],
        key=len,
        reverse=True,
    )
)
_SIGN = r"[+\-−]"
_DASH = "[-‐‑‒–]"

_HOW_TO_WRITE = {
    "": "Write digits only, with a point before the fraction, as in `14200.5`, "
    "or say how numbers are written.",
    DecimalMark.POINT: "Write it with a point before the fraction and groups of three digits, "
    "as in `14,200.5`.",
    DecimalMark.COMMA: "Write it with a comma before the fraction and groups of three digits, "
    "as in `14.200,5`.",
}

_WORDS = [*filter(lambda words: words[0].isalpha(), MARKS), "between", "from"]
# Of other alphabets than Latin, as they begin a sentence.
_CAPITALIZED = [words.capitalize() for words in _WORDS if not words[0].isascii()]
_PHRASES = "|".join(
    re.escape(words) for words in sorted({*_WORDS, *_CAPITALIZED}, key=len, reverse=True)
)
# After a point or a Chinese word the number may follow at once: `ca.300`, `约300`.
_OPENING = re.compile(
    rf"(?P<words>>=|<=|[~<>≥≤≈]|(?:{_PHRASES})(?:(?<=[.约約])|(?= ))) *", re.IGNORECASE | re.ASCII
)
_ENDING = re.compile(rf" (?P<words>{'|'.join(ENDINGS)})$", re.IGNORECASE)
_PLUS = re.compile(r"(?<=[^\W_])(?: ?\+(?![0-9/−-])|-plus\b)", re.IGNORECASE)
_MARGIN = re.compile(r" *(?:±|\+/[-−]|\+[-−]| plus or minus ) *", re.IGNORECASE)
_SIDE = re.compile(
    rf"(?P<sign>{_SIGN})?(?:(?P<money>{_MONEY}) *)?(?P<inner>{_SIGN})?"
    rf"(?P<digits>{DIGITS})(?P<rest>.*)"
)
_NEXT = rf"(?=(?:{_SIGN})?(?:(?:{_MONEY}) *)?(?:{_SIGN})?[0-9])"
_JOINTS = {
    "between": re.compile(rf" +(?i:and) +{_NEXT}"),
    "from": re.compile(rf" +(?i:to) +{_NEXT}"),
    "": re.compile(rf"(?: *(?<!\.)\.\. *| *(?P<dash>{_DASH}) *| +(?i:to) +){_NEXT}"),
}
# Of a share, a margin is in points.
_SHARES = frozenset(("%", "percent", "per cent"))
_POINTS = frozenset(("pp", "p.p.", "points", "percentage point", "percentage points"))
_SPACES = str.maketrans("\u00a0\u202f\u2009", "   ")
_SEPARATED = re.compile(r" *[,'’٫٬_]| +[0-9]")
_EXPONENT = re.compile(r"[eE][+\-−]?[0-9]| *([×x*·] *)?(10)?\^| *[×x*·] *10")


class NumberRefused(Refusal):
    """A number that the grammar does not know, or that it will not guess at."""


@dataclass(frozen=True)
class NumberBound:
    """One end: the number in plain digits, its multiplier and unit as far as they are written."""

    number: str
    multiplier: Decimal | None
    unit: str


@dataclass(frozen=True)
class Written:
    """A number as written: `mark` is one of ~ > >= < <= ± or empty; `last` is there of a range.

    Of a range, both sides carry multiplier and unit, as they apply. After ± `last` is how far the
    number may be off.
    """

    mark: str
    first: NumberBound
    last: NumberBound | None


def read_written(typed: str, *, decimal_mark: str = "") -> Written:
    """Take a typed number apart; `decimal_mark` says how it is written. Raises NumberRefused."""
    text = typed.translate(_SPACES).strip(" ")
    _refuse_characters(text)
    opening = _OPENING.match(text)
    words = opening["words"].lower() if opening else ""
    after, ending = _without_ending(text[opening.end() :] if opening else text)
    if ending and words:
        raise number_refused(
            "unreadable", text, "has words before and behind it", "Write one of them."
        )
    mark = MARKS.get(words, "") or ending
    after = _MARGIN.sub(" ± ", after, count=1)
    body = with_digits(after, is_bound=mark not in ("", "~"))
    body, off_by, margin = body.partition(" ± ")
    if off_by:
        if words:
            raise _bound_before(text, words, "a margin")
        return _with_margin(text, body, margin, decimal_mark)
    read = _read(text, body, decimal_mark)
    pair = words if words in _JOINTS else ""
    joint = _JOINTS[pair].search(read.rest)
    if joint is not None:
        if words != pair or ending:
            raise _bound_before(text, words or ending, "a range")
        return _range(text, read, joint, decimal_mark)
    if pair or ".." in read.rest:
        raise _no_range(text)
    return Written(mark, _bound_of(text, read, read.rest), None)


def number_refused(code: str, text: str, what: str, remedy: str) -> NumberRefused:
    """The refusal of a typed number, as a sentence."""
    return NumberRefused(code, f"The number {quoted(text)} {what}. {remedy}")


@dataclass(frozen=True)
class _Side:
    """One side as it is matched: digits in plain form, and all that follows them."""

    digits: str
    sign: str
    money: str
    rest: str


def _read(text: str, body: str, decimal_mark: str) -> _Side:
    """The side with which a text begins. `text` is the whole, for the refusal."""
    found = _SIDE.fullmatch(body)
    if found is None or (found["sign"] and found["inner"]):
        raise _no_number(text)
    rest = found["rest"]
    digits = plain_digits(found["digits"], decimal_mark)
    if isinstance(digits, TwoReadings):
        raise number_refused(
            "ambiguous",
            text,
            f"can be read as {digits.grouped} and as {digits.fraction}",
            f"Write `{digits.grouped}` or `{digits.fraction}`, or say how numbers are written.",
        )
    if digits is None:
        raise _wrong_marks(text, found["digits"], decimal_mark)
    _refuse_rest(text, rest, decimal_mark)
    sign = (found["sign"] or found["inner"] or "").replace("−", "-")
    return _Side(digits, sign, found["money"] or "", rest)


def _without_ending(text: str) -> tuple[str, str]:
    """The text without `or more`, `or less` or a plus behind its number; and the mark it means."""
    if ending := _ENDING.search(text):
        return text[: ending.start()], ENDINGS[ending["words"].lower()]
    text, count = _PLUS.subn("", text)
    return text, ">=" if count == 1 else ""


def _range(text: str, left: _Side, joint: re.Match[str], decimal_mark: str) -> Written:
    """Two sides, each with what the other says for both."""
    right = _read(text, left.rest[joint.end() :], decimal_mark)
    between = left.rest[: joint.start()]
    if ".." in between + right.rest:
        raise _no_range(text)
    first, last = _bound_of(text, left, between), _bound_of(text, right, right.rest)
    if joint.groupdict().get("dash") and first.number.startswith("-") and not right.sign:
        raise number_refused(
            "ambiguous",
            text,
            "does not say whether its second number is negative",
            f"Write `{first.number}..{last.number}` or `{first.number}..-{last.number}`.",
        )
    unit = last.unit or left.money
    if (first.multiplier and not last.multiplier) or (first.unit and not unit):
        raise _one_side_only(text)
    if first.unit and _singular(first.unit) != _singular(unit):
        raise _two_units(text)
    return Written(
        "",
        NumberBound(first.number, first.multiplier or last.multiplier, unit),
        NumberBound(last.number, last.multiplier, unit),
    )


def _with_margin(text: str, number: str, margin: str, decimal_mark: str) -> Written:
    """A number and how far it may be off, in its unit; of a share in percentage points too."""
    left, right = _read(text, number, decimal_mark), _read(text, margin, decimal_mark)
    first, off = _bound_of(text, left, left.rest), _bound_of(text, right, right.rest)
    if right.sign:
        raise _no_number(text)
    if first.multiplier and not off.multiplier:
        raise _one_side_only(text)
    is_points = off.unit.lower() in _POINTS and first.unit.lower() in _SHARES
    unit = first.unit if is_points else first.unit or off.unit
    if off.unit and not is_points and _singular(off.unit) != _singular(unit):
        raise _two_units(text)
    return Written(
        "±",
        NumberBound(first.number, first.multiplier or off.multiplier, unit),
        NumberBound(off.number, off.multiplier, unit),
    )


def _bound_of(text: str, side: _Side, rest: str) -> NumberBound:
    """One end, from what was matched of it and what follows its digits."""
    multiplier, unit = leading_multiplier(rest.strip(" "))
    if side.money and unit:
        raise _two_units(text)
    return NumberBound(side.sign + side.digits, multiplier, unit or side.money)


def _singular(unit: str) -> str:
    return unit.lower().removesuffix("s")


def _refuse_rest(text: str, rest: str, decimal_mark: str) -> None:
    """Refuse what goes on as a number after the digits that were read."""
    if _SEPARATED.match(rest):
        raise _wrong_marks(text, rest, decimal_mark)
    if _EXPONENT.match(rest):
        raise number_refused(
            "exponent",
            text,
            "has an exponent",
            "Write it out, or with a word as in `14.2 million`.",
        )
    if re.match(" *−[0-9]", rest):
        raise number_refused(
            "unreadable", text, "has a minus between two numbers", "Write a range as in `20–25`."
        )
    if rest.startswith(".") and not rest.startswith(".."):
        raise number_refused(
            "unreadable", text, "is not one number", "Write it as in `9.1` or `9`."
        )


def _refuse_characters(text: str) -> None:
    if not text:
        raise NumberRefused("empty", "The number is empty. Write one, as in `9.1%`.")
    if len(text) > _MAX_LENGTH:
        raise number_refused(
            "too_long", text, f"has {len(text)} characters", f"At most {_MAX_LENGTH} are read."
        )
    for character in text:
        if is_invisible(character):
            raise number_refused(
                "invisible", text, f"holds {character_name(character)}", "Type it anew."
            )
        if not character.isascii() and unicodedata.category(character) == "Nd":
            raise number_refused(
                "foreign_digit",
                text,
                f"holds {character_name(character)}, another form of a digit",
                "Write the digits 0 to 9.",
            )


def _no_number(text: str) -> NumberRefused:
    if unicodedata.category(text[0]) == "Pd" and text[0] != "-":
        return number_refused(
            "unreadable",
            text,
            f"begins with {character_name(text[0])}, no minus sign",
            "Write - or −.",
        )
    return number_refused(
        "unreadable",
        text,
        "does not begin as a number",
        "Write it as in `9.1%`, `~9%`, `>20`, `20..25` or `240 billion USD`.",
    )


def _wrong_marks(text: str, digits: str, decimal_mark: str) -> NumberRefused:
    if not decimal_mark and set(re.sub("[0-9]", "", digits)) == {"."}:
        return number_refused(
            "unreadable", text, "is not one number", "Write it as in `9.1` or `9`."
        )
    return number_refused(
        "separator",
        text,
        "has a comma, space or other mark inside a number",
        _HOW_TO_WRITE[decimal_mark],
    )


def _one_side_only(text: str) -> NumberRefused:
    return number_refused(
        "ambiguous",
        text,
        "has a multiplier or a unit after its first number only",
        "Write it at the end, as in `20 to 25 million tonnes`, or after both.",
    )


def _bound_before(text: str, words: str, what: str) -> NumberRefused:
    return number_refused(
        "unreadable", text, f"has {words} before {what}", f"Leave out the {words}."
    )


def _no_range(text: str) -> NumberRefused:
    return number_refused(
        "unreadable", text, "is no range", "Write `20..25 million`, the unit once, or `>=20`."
    )


def _two_units(text: str) -> NumberRefused:
    return number_refused(
        "unreadable",
        text,
        "has two units",
        "Write one, after the number or at the end of a range, as in `240 billion USD`.",
    )
