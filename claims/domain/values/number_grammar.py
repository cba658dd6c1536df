"""How a number is written: the words before it, digits, multiplier and unit, one end or two.

    value  = [words or mark] side | range
    range  = side (.. | - | – | to) side | between side and side | from side to side
    side   = [currency] number [multiplier] [unit]

`more than`, `over` are `>`; `at least` is `>=`; `less than`, `under` are `<`; `at most`, `up to`
are `<=`; `about`, `around`, `some`, `roughly`, `nearly`, `almost` are `~`: how near "nearly" is
nobody says, and a range that is too wide never makes a conflict.

Of a range, multiplier and unit stand at its end, or at both ends; a currency may stand before the
first number alone. A dash between two numbers is a range and no minus: `20-25`, `-5--3`; where a
negative number is followed by a dash and another without a sign, nobody knows whether that one is
negative too, and it is refused.

Digits go without a mark between them and with a point before the fraction, unless it is said how
the source writes numbers: `1,234.5` with a decimal point, `1.234,5` or `1 234,5` with a decimal
comma. This is never guessed: `1,234` and `1.234` are a thousand to one reader and one to another.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from claims.domain.values.unit_table import CURRENCIES
from claims.vocabulary import DecimalMark
from sources.domain.refusals import Refusal, character_name, is_invisible, quoted

_MAX_LENGTH = 100

# Short scale, as in English. `m` is the metre, `t` the tonne, `mm` the millimetre; `mld` is a
# milliard and `bln` a million millions in some languages only: these are no multipliers.
MULTIPLIERS: dict[str, Decimal] = {
    "k": Decimal(10**3),
    "thousand": Decimal(10**3),
    "million": Decimal(10**6),
    "mn": Decimal(10**6),
    "mln": Decimal(10**6),
    "billion": Decimal(10**9),
    "bn": Decimal(10**9),
    "trillion": Decimal(10**12),
    "trn": Decimal(10**12),
}

# What stands before a number, and the mark that it means.
_MARKS: dict[str, str] = {
    **{mark: mark for mark in ("~", ">", ">=", "<", "<=")},
    "≥": ">=",
    "≤": "<=",
    **dict.fromkeys(("more than", "greater than", "over", "above"), ">"),
    **dict.fromkeys(("at least", "no less than", "not less than", "no fewer than"), ">="),
    **dict.fromkeys(("less than", "fewer than", "under", "below"), "<"),
    **dict.fromkeys(("at most", "up to", "no more than", "not more than"), "<="),
    **dict.fromkeys(("about", "around", "some", "roughly", "approximately"), "~"),
    **dict.fromkeys(("circa", "nearly", "almost"), "~"),
}

_MONEY = "|".join(
    re.escape(sign)
    for sign in sorted(
        [sign for code, (_, signs) in CURRENCIES.items() for sign in (code, *signs.split())],
        key=len,
        reverse=True,
    )
)
_SIGN = r"[+\-−]"
_DASH = "[-‐‑‒–]"


def _digits(between: str, before_fraction: str) -> str:
    """Digits with one and the same mark between all groups of three, or without one."""
    grouped = f"[1-9][0-9]{{0,2}}(?P<mark>{between})[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*(?![0-9])"
    return f"(?P<digits>(?:{grouped}|[0-9]+)(?:{before_fraction}[0-9]+)?)"


_WRITTEN = {
    "": r"(?P<digits>[0-9]+(?:\.[0-9]+)?)",
    DecimalMark.POINT: _digits("[, '’]", r"\."),
    DecimalMark.COMMA: _digits("[. '’]", ","),
}
_HOW_TO_WRITE = {
    "": "Write digits only, with a point before the fraction, as in `14200.5`, "
    "or say how numbers are written.",
    DecimalMark.POINT: "Write it with a point before the fraction and groups of three digits, "
    "as in `14,200.5`.",
    DecimalMark.COMMA: "Write it with a comma before the fraction and groups of three digits, "
    "as in `14.200,5`.",
}

_PHRASES = "|".join([*filter(lambda words: words[0].isalpha(), _MARKS), "between", "from"])
_OPENING = re.compile(rf"(?P<words>>=|<=|[~<>≥≤]|(?:{_PHRASES})(?= )) *", re.IGNORECASE | re.ASCII)
_SIDE = {
    mark: re.compile(
        rf"(?P<sign>{_SIGN})?(?:(?P<money>{_MONEY}) *)?(?P<inner>{_SIGN})?{digits}(?P<rest>.*)"
    )
    for mark, digits in _WRITTEN.items()
}
_NEXT = rf"(?=(?:{_SIGN})?(?:(?:{_MONEY}) *)?(?:{_SIGN})?[0-9])"
_JOINTS = {
    "between": re.compile(rf" +(?i:and) +{_NEXT}"),
    "from": re.compile(rf" +(?i:to) +{_NEXT}"),
    "": re.compile(rf"(?: *(?<!\.)\.\. *| *(?P<dash>{_DASH}) *| +(?i:to) +){_NEXT}"),
}
_SPACES = str.maketrans("\u00a0\u202f", "  ")
_SEPARATED = re.compile(r" *[,'’٫٬_]| +[0-9]")
_INDIAN = re.compile(r",[0-9]{2}(,[0-9]{2})*,[0-9]{3}(?![0-9])")
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
    """A number as written: `mark` is one of ~ > >= < <= or empty; `last` is there of a range.

    Of a range, both sides carry multiplier and unit, as they apply.
    """

    mark: str
    first: NumberBound
    last: NumberBound | None


def read_written(typed: str, *, decimal_mark: str = "") -> Written:
    """Take a typed number apart; `decimal_mark` says how it is written. Raises NumberRefused."""
    text = typed.translate(_SPACES).strip(" ")
    _refuse_characters(text)
    opening = _OPENING.match(text)
    words = opening["words"] if opening else ""
    read = _SIDE[decimal_mark].fullmatch(text, opening.end() if opening else 0)
    if read is None:
        raise _no_number(text)
    _refuse_rest(text, read["rest"], decimal_mark)
    pair = words.lower() if words.lower() in _JOINTS else ""
    joint = _JOINTS[pair].search(read["rest"])
    if joint is not None:
        if words.lower() != pair:
            raise number_refused(
                "unreadable", text, f"has {words} before a range", f"Leave out the {words}."
            )
        return _range(text, read, joint, decimal_mark)
    if pair or ".." in read["rest"]:
        raise _no_range(text)
    mark = _MARKS.get(words.lower(), "")
    return Written(mark, _side(text, read, read["rest"]), None)


def number_refused(code: str, text: str, what: str, remedy: str) -> NumberRefused:
    """The refusal of a typed number, as a sentence."""
    return NumberRefused(code, f"The number {quoted(text)} {what}. {remedy}")


def _range(text: str, left: re.Match[str], joint: re.Match[str], decimal_mark: str) -> Written:
    """Two sides, each with what the other says for both."""
    right = _SIDE[decimal_mark].fullmatch(left["rest"], joint.end())
    between = left["rest"][: joint.start()]
    if right is None or ".." in between + right["rest"]:
        raise _no_range(text)
    for rest in (between, right["rest"]):
        _refuse_rest(text, rest, decimal_mark)
    first, last = _side(text, left, between), _side(text, right, right["rest"])
    if joint.groupdict().get("dash") and first.number.startswith("-") and not _has_sign(right):
        raise number_refused(
            "ambiguous",
            text,
            "does not say whether its second number is negative",
            f"Write `{first.number}..{last.number}` or `{first.number}..-{last.number}`.",
        )
    unit = last.unit or left["money"] or ""
    if (first.multiplier and not last.multiplier) or (first.unit and not unit):
        raise number_refused(
            "ambiguous",
            text,
            "has a multiplier or a unit after its first number only",
            "Write it at the end, as in `20 to 25 million tonnes`, or after both.",
        )
    if first.unit and _singular(first.unit) != _singular(unit):
        raise _two_units(text)
    return Written(
        "",
        NumberBound(first.number, first.multiplier or last.multiplier, unit),
        NumberBound(last.number, last.multiplier, unit),
    )


def _side(text: str, read: re.Match[str], rest: str) -> NumberBound:
    """One end, from what was matched of it and what follows its digits."""
    if read["sign"] and read["inner"]:
        raise _no_number(text)
    sign = (read["sign"] or read["inner"] or "").replace("−", "-")
    digits = read["digits"]
    if mark := read.groupdict().get("mark"):
        digits = digits.replace(mark, "")
    word, _, after = rest.strip(" ").partition(" ")
    multiplier = MULTIPLIERS.get(word.lower()) if word.isascii() else None
    unit = rest.strip(" ") if multiplier is None else after.strip(" ")
    if read["money"] and unit:
        raise _two_units(text)
    return NumberBound(sign + digits.replace(",", "."), multiplier, unit or read["money"] or "")


def _has_sign(read: re.Match[str]) -> bool:
    return bool(read["sign"] or read["inner"])


def _singular(unit: str) -> str:
    return unit.lower().removesuffix("s")


def _refuse_rest(text: str, rest: str, decimal_mark: str) -> None:
    """Refuse what goes on as a number after the digits that were read."""
    if _INDIAN.match(rest):
        raise number_refused(
            "separator",
            text,
            "has groups of two digits",
            "Lakh and crore are not read; write groups of three, or a word as in `1.2 million`.",
        )
    if _SEPARATED.match(rest) or (decimal_mark and re.match(r"\.[0-9]", rest)):
        raise number_refused(
            "separator",
            text,
            "has a comma, space or other mark inside a number",
            _HOW_TO_WRITE[decimal_mark],
        )
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
    sign = re.search("[$£¥]", text)
    if sign is not None:
        return number_refused(
            "unreadable",
            text,
            f"has {sign[0]}, the sign of several currencies",
            "Write the code of the currency, as in `240 billion USD`.",
        )
    return number_refused(
        "unreadable",
        text,
        "does not begin as a number",
        "Write it as in `9.1%`, `~9%`, `>20`, `20..25` or `240 billion USD`.",
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
