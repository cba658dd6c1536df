"""A number with its unit and sign, as a claim or a text has it: read as a typed number is."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from claims.domain.factsheets.figure_words import NUMERALS, OTHER_UNITS
from claims.domain.values.numbers import NumberRefused, parse_number
from claims.domain.values.unit_table import CURRENCY_WORDS
from claims.domain.values.units import Unit, find_unit
from sources.domain.ranges import Range

TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
ONES = "one|two|three|four|five|six|seven|eight|nine"
TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|zero"
SMALL = rf"(?:(?:{TENS})(?:[- ](?:{ONES}))?|{TEENS}|{ONES})"
CARDINAL = rf"(?:(?:a|{SMALL}) hundred(?:(?: and)? {SMALL})?|{SMALL})(?!\w)"
SCALE = r"(?:thousand|million|billion|trillion)"
# Dimensions of rates: what is measured, the size of their base unit in its own, what it is per.
_RATES = {
    "a volume per year": ("a volume", Decimal(1), "year"),
    "a volume per day": ("a volume", Decimal("0.158987294928"), "day"),
    "a mass per year": ("a mass", Decimal(1000), "year"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what belongs to it, as far as it is said.

    `amount` is how great it is, a sign aside: `sign` is −1, 1 or 0 where nothing says it. `figures`
    are the number that was written, or the ends of a range or bound. `units` are those that its
    unit may mean ("dollars"), none where there is none or an unknown one.
    """

    amount: Range[Decimal]
    figures: tuple[Decimal, ...]
    units: tuple[Unit, ...] = ()
    rate: str = ""
    sign: Literal[-1, 0, 1] = 0
    is_large: bool = False


def figure_of_value(typed: str, unit: str, decimal_mark: str = "") -> Figure | None:
    """The figure of a number as it is typed for a claim; None of what is no number."""
    try:
        number = parse_number(typed, decimal_mark=decimal_mark)
    except NumberRefused:
        return None
    units, rate = with_rate_apart(units_called(number.unit or unit), "")
    figure = _figure(number.amount, number.point, units)
    return replace(figure, rate=rate, sign=figure.sign or 1)


def units_called(words: str) -> tuple[Unit, ...]:
    """The units that these words may mean; none where the words are no unit."""
    known = find_unit(words) or find_unit(OTHER_UNITS.get(words.lower(), ""))
    if known is not None:
        return (known,)
    plain = words.lower()
    codes = CURRENCY_WORDS.get(plain) or CURRENCY_WORDS.get(plain.removesuffix("s"), "")
    return tuple(unit for code in codes.split() if (unit := find_unit(code)) is not None)


def with_rate_apart(units: tuple[Unit, ...], rate: str) -> tuple[tuple[Unit, ...], str]:
    """Units of a rate as what is measured and what it is per: mb/d as barrels, per day."""
    if len(units) != 1 or units[0].dimension not in _RATES:
        return units, rate
    dimension, factor, per = _RATES[units[0].dimension]
    return (Unit(units[0].name, dimension, units[0].factor * factor),), per


def parse_figure(words: str, mark: str, decimal_mark: str) -> Figure | None:
    """The number that these words are, as a typed one; None where nobody reads it so."""
    words = re.sub(r"^half an?$", "0.5", _with_digits(words), flags=re.IGNORECASE)
    if thousands := re.fullmatch(rf"({CARDINAL}) thousand(?: and)? ({CARDINAL})", words, re.I):
        one, other = (parse_figure(part, "", "") for part in thousands.groups())
        if one is not None and other is not None:
            words = str(int(one.figures[0]) * 1000 + int(other.figures[0]))
    for marked in dict.fromkeys((decimal_mark, "")):
        try:
            number = parse_number(f"{mark}{words}", decimal_mark=marked)
        except NumberRefused:
            continue
        units = units_called(number.unit)
        if number.unit and not units:
            return None
        is_large = re.search(rf"\b(?:{SCALE})\b", words, re.IGNORECASE) is not None
        return replace(_figure(number.amount, number.point, units), is_large=is_large)
    return None


def _with_digits(words: str) -> str:
    """The words with digits for a numeral of another language than English."""
    number = NUMERALS.get(words.split(" ")[0].lower())
    return words if number is None else " ".join([str(number), *words.split(" ")[1:]])


def _figure(amount: Range[Decimal], point: Decimal | None, units: tuple[Unit, ...]) -> Figure:
    """A figure with its sign apart from how great it is."""
    figures = tuple(
        abs(each)
        for each in ((amount.lower, amount.upper) if point is None else (point,))
        if each is not None
    )
    is_below = (point is not None and point < 0) or (
        point is None
        and amount.upper is not None
        and amount.upper <= 0
        and amount.lower is not None
    )
    if is_below:
        lower = None if amount.upper is None else -amount.upper
        upper = None if amount.lower is None else -amount.lower
        amount = Range(lower, upper, amount.upper_closed, amount.lower_closed)
        return Figure(amount, tuple(reversed(figures)), units, sign=-1)
    return Figure(amount, figures, units)
