"""Numbers as they are typed, read into exact ranges.

    typed            quantity                          count
    9.1 or −9        [9.05, 9.15) or [−9.5, −8.5)      −9 → [−9, −9]
    ~30              [29, 31)                          [29, 31]
    14.2 million     [14150000, 14250000)              [14150000, 14249999]
    >20, >=20        (20, ∞), [20, ∞)                  [21, ∞), [20, ∞)
    <5, <=5          (−∞, 5), (−∞, 5]                  (−∞, 4], (−∞, 5]
    20..25           [20, 25]                          [20, 25]

A written number stands for all that rounds to it: half a unit of its last written digit each way,
zeros included, the lower end counted. An approximate one stands for a whole unit each way. Bounds
are not rounded, approximate or not. A count is whole, its ends closed. Decimals throughout.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact, InvalidOperation

from sources.domain.ranges import Range
from sources.domain.refusals import Refusal, is_invisible, named, shown

_MAX_LENGTH = 100
_MAX_DIGITS = 30

# Room for 30 digits, half a unit more, a multiplier and a unit's factor; loses nothing silently.
EXACT = Context(prec=80, rounding=ROUND_HALF_EVEN, traps=[Inexact, InvalidOperation])

# Short scale, as in English; `m` is the metre, and `mld` is a milliard in some languages only.
MULTIPLIERS: dict[str, Decimal] = {
    "thousand": Decimal(10**3),
    "million": Decimal(10**6),
    "mn": Decimal(10**6),
    "billion": Decimal(10**9),
    "bn": Decimal(10**9),
    "trillion": Decimal(10**12),
    "trn": Decimal(10**12),
}

_NUMBER = r"[+\-−]?[0-9]+(?:\.[0-9]+)?"
_TYPED = re.compile(
    rf"(?P<mark>~|>=|<=|[<>≥≤])? *(?P<first>{_NUMBER})(?: *\.\. *(?P<last>{_NUMBER}))?(?P<rest>.*)"
)
_SPACES = str.maketrans("\u00a0\u202f", "  ")
_SEPARATED = re.compile(r" *[,'’٫٬_]| +[0-9]")
_EXPONENT = re.compile(r"[eE][+\-−]?[0-9]| *([×x*·] *)?(10)?\^| *[×x*·] *10")


class NumberRefused(Refusal):
    """A number that the grammar does not know, or that it will not guess at."""


@dataclass(frozen=True)
class Number:
    """What a typed number stands for, still in the unit it was typed in.

    `amount` is the range; `point` the number written, None for bounds and ranges; `approximate`
    by a `~` or by the flag; `unit` the words after number and multiplier, "" where there are none.
    """

    amount: Range[Decimal]
    point: Decimal | None
    approximate: bool
    unit: str


def parse_number(typed: str, *, approximate: bool = False, whole: bool = False) -> Number:
    """Read a typed number with its multiplier; `whole` reads a count.

    Spaces around it, and no-break spaces before the unit, are passed over. Raises NumberRefused.
    """
    text = typed.translate(_SPACES).strip(" ")
    _refuse_characters(text)
    read = _TYPED.fullmatch(text)
    if read is None:
        raise _no_number(text)
    scale, unit = _multiplier_and_unit(text, read["rest"])
    first, step = _scaled(text, read["first"], scale)
    mark, last = read["mark"], None
    if read["last"] is not None:
        last, last_step = _scaled(text, read["last"], scale)
        step = min(step, last_step)
    if whole and step < 1:
        raise _refused("fraction", text, "has a fraction", "A count is a whole number.")
    if last is not None:
        if mark is not None:
            raise _refused(
                "unreadable", text, f"has {mark} before a range", f"Leave out the {mark}."
            )
        if first > last:
            raise _refused("reversed", text, "ends before it begins", "Write the lesser end first.")
        return Number(_closed(first, last), None, approximate, unit)
    if mark is not None and mark != "~":
        return Number(_bound(mark, first, whole=whole), None, approximate, unit)
    approximate = approximate or mark == "~"
    spread = _counted if whole else _rounded
    return Number(spread(first, step, approximate=approximate), first, approximate, unit)


def plain(number: Decimal) -> Decimal:
    """The same number without an exponent and without zeros at the end of a fraction."""
    short = number.normalize(EXACT)
    is_long = short.as_tuple().exponent > 0  # type: ignore[operator]  # finite: an int
    return short.quantize(Decimal(1), context=EXACT) if is_long else short


def _rounded(number: Decimal, step: Decimal, *, approximate: bool) -> Range[Decimal]:
    reach = step if approximate else _half(step)
    lower, upper = EXACT.subtract(number, reach), EXACT.add(number, reach)
    return Range(lower, upper, lower_closed=True, upper_closed=False)


def _counted(number: Decimal, step: Decimal, *, approximate: bool) -> Range[Decimal]:
    """The whole numbers that the written one stands for: a rounded count spreads as well."""
    if approximate:
        return _closed(EXACT.subtract(number, step), EXACT.add(number, step))
    if step == 1:
        return _closed(number, number)
    half = _half(step)
    above = EXACT.subtract(half, Decimal(1))
    return _closed(EXACT.subtract(number, half), EXACT.add(number, above))


def _half(step: Decimal) -> Decimal:
    return plain(EXACT.multiply(step, Decimal("0.5")))


def _bound(mark: str, end: Decimal, *, whole: bool) -> Range[Decimal]:
    is_closed = mark in (">=", "<=", "≥", "≤")
    is_lower = mark in (">", ">=", "≥")
    if whole and not is_closed:
        end, is_closed = EXACT.add(end, Decimal(1 if is_lower else -1)), True
    if is_lower:
        return Range(end, None, lower_closed=is_closed, upper_closed=False)
    return Range(None, end, lower_closed=False, upper_closed=is_closed)


def _closed(lower: Decimal, upper: Decimal) -> Range[Decimal]:
    return Range(lower, upper, lower_closed=True, upper_closed=True)


def _scaled(text: str, written: str, scale: Decimal | None) -> tuple[Decimal, Decimal]:
    """The number and the unit of its last written digit, both times the multiplier."""
    if sum(c.isdigit() for c in written) > _MAX_DIGITS:
        raise _refused(
            "too_long", text, f"has more than {_MAX_DIGITS} digits", "Round it, or name a unit."
        )
    number = EXACT.add(Decimal(written.replace("−", "-")), Decimal(0))  # −0 is 0
    step = Decimal(1).scaleb(-len(written.partition(".")[2]))
    if scale is None:
        return number, step
    return plain(EXACT.multiply(number, scale)), plain(EXACT.multiply(step, scale))


def _multiplier_and_unit(text: str, rest: str) -> tuple[Decimal | None, str]:
    if _SEPARATED.match(rest):
        raise _refused(
            "separator",
            text,
            "has a comma, space or other mark inside a number",
            "Write digits only, with a point before the fraction, as in `14200.5`.",
        )
    if _EXPONENT.match(rest):
        raise _refused(
            "exponent",
            text,
            "has an exponent",
            "Write it out, or with a word as in `14.2 million`.",
        )
    if ".." in rest:
        raise _refused(
            "unreadable", text, "is no range", "Write `20..25 million`, the unit once, or `>=20`."
        )
    if rest.startswith("."):
        raise _refused("unreadable", text, "is not one number", "Write it as in `9.1` or `9`.")
    word, _, after = rest.strip(" ").partition(" ")
    scale = MULTIPLIERS.get(word.lower()) if word.isascii() else None
    return (None, rest.strip(" ")) if scale is None else (scale, after.strip(" "))


def _refuse_characters(text: str) -> None:
    if not text:
        raise NumberRefused("empty", "The number is empty. Write one, as in `9.1%`.")
    if len(text) > _MAX_LENGTH:
        raise _refused(
            "too_long", text, f"has {len(text)} characters", f"At most {_MAX_LENGTH} are read."
        )
    for character in text:
        if is_invisible(character):
            raise _refused("invisible", text, f"holds {named(character)}", "Type it anew.")
        if not character.isascii() and unicodedata.category(character) == "Nd":
            raise _refused(
                "foreign_digit",
                text,
                f"holds {named(character)}, another form of a digit",
                "Write the digits 0 to 9.",
            )


def _no_number(text: str) -> NumberRefused:
    if unicodedata.category(text[0]) == "Pd":
        return _refused(
            "unreadable", text, f"begins with {named(text[0])}, no minus sign", "Write - or −."
        )
    return _refused(
        "unreadable",
        text,
        "does not begin as a number",
        "Write it as in `9.1%`, `~9%`, `>20`, `20..25` or `240 billion USD`.",
    )


def _refused(code: str, text: str, what: str, remedy: str) -> NumberRefused:
    return NumberRefused(code, f"The number {shown(text)} {what}. {remedy}")
