"""Units: how an amount goes from the unit it was typed in to that of its property.

Two units convert into each other only within one dimension, and every currency is a dimension of
its own. A property's unit may be a word that the table does not have ("tank"); then only the same
word is read beside its numbers. The table is in `unit_table`.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from claims.domain.values.numbers import plain_decimal
from claims.domain.values.unit_table import (
    CASE_MATTERS,
    CURRENCIES,
    CURRENCY_WORDS,
    DIMENSIONS,
    SEVERAL_MEANINGS,
)
from sources.domain.ranges import Range
from sources.domain.refusals import Refusal, quoted

# 30 digits, their rounding, a multiplier and a factor take below 60: products are exact. Only a
# division that does not come out even (4 days in weeks) is rounded, in the 80th digit and always
# the same way: no two typed values change their order by it, nor meet.
_CONVERSION = Context(prec=80, rounding=ROUND_HALF_EVEN)


_SHARE = "a share"


class UnitRefused(Refusal):
    """A unit that is not known, or that does not measure what the property measures."""


@dataclass(frozen=True)
class Unit:
    """A unit by its name, its dimension, and its size in the dimension's base unit."""

    name: str
    dimension: str
    factor: Decimal


def find_unit(text: str) -> Unit | None:
    """The unit of that name or symbol, None for a word that the table does not have.

    Names in any case and with a plural in -s; symbols as they are, or in another case of letters
    where that means no other unit (KM is km; MW and mW differ).
    """
    plain = _lower(text)
    return _SYMBOLS.get(text) or _NAMES.get(plain) or _IN_ANY_CASE.get(plain)


def units_read_in(unit: str) -> list[str]:
    """The names of all units that are read and converted where a property is in this one.

    Its own name is the first; of a currency or a word that the table does not have, the only one.
    """
    known = find_unit(unit)
    if known is None or known.name in CURRENCIES:
        return [unit] if unit else []
    alike = [one.name for one, _names, _marks in _units() if one.dimension == known.dimension]
    return [unit, *(name for name in alike if name != known.name)]


def unit_names() -> list[str]:
    """The names of all units, those of currencies last."""
    return [unit.name for unit, _names, _marks in _units()]


def are_same_unit(typed: str, unit: str) -> bool:
    """Whether two spellings mean one unit; no unit typed means the property's, and so does a word
    of several currencies where it may mean that one."""
    plural = f"{unit}s" if unit and unit not in _SYMBOLS else unit  # ms are no metres
    if not typed or typed in (unit, plural):
        return True
    if unit in _currencies_called(typed):
        return True
    known = find_unit(typed)
    return known is not None and known == find_unit(unit)


def _currencies_called(typed: str) -> list[str]:
    """The codes of the currencies that a word or sign means to one reader or another."""
    name = _lower(typed)
    return (CURRENCY_WORDS.get(name) or CURRENCY_WORDS.get(name.removesuffix("s"), "")).split()


def convert(amount: Range[Decimal], *, typed: str, unit: str) -> Range[Decimal]:
    """The amount in the property's `unit`, its ends as closed as before. Raises UnitRefused."""
    lower, upper = (
        None if end is None else convert_number(end, typed=typed, unit=unit)
        for end in (amount.lower, amount.upper)
    )
    return Range(lower, upper, amount.lower_closed, amount.upper_closed)


def convert_number(number: Decimal, *, typed: str, unit: str) -> Decimal:
    """The number in the property's `unit`; as it is where the units are the same.

    Raises UnitRefused.
    """
    if are_same_unit(typed, unit):
        return number
    source, target = find_unit(typed), find_unit(unit)
    if source is None:
        raise _unknown(typed, unit)
    if not unit:
        raise UnitRefused(
            "no_unit", f"{typed} is {source.dimension}; the property has no unit. Leave it out."
        )
    if target is None or source.dimension != target.dimension:
        is_money = source.name in CURRENCIES and target is not None and target.name in CURRENCIES
        raise UnitRefused(
            "other_dimension",
            f"{typed} is {source.dimension}; the property is in {unit}."
            + (" Currencies are not converted." if is_money else "")
            + (" A million is written `million` or `mn`." if typed == "m" else ""),
        )
    in_base = _CONVERSION.multiply(number, source.factor)
    return plain_decimal(_CONVERSION.divide(in_base, target.factor))


def is_above_whole(amount: Range[Decimal] | None, *, unit: str) -> bool:
    """Whether an amount in that unit is a share of more than a whole, all of its range."""
    known = find_unit(unit)
    if amount is None or amount.lower is None or known is None or known.dimension != _SHARE:
        return False
    whole = _CONVERSION.divide(Decimal(100), known.factor)
    return amount.lower > whole or (amount.lower == whole and not amount.lower_closed)


def _unknown(typed: str, unit: str) -> UnitRefused:
    """The refusal of a word that is no unit, or that is several."""
    of_property = f"The property is in {unit}." if unit else "The property has no unit."
    if currencies := _currencies_called(typed):
        return UnitRefused(
            "several_units",
            f"{quoted(typed)} is what several currencies are called ({', '.join(currencies)}). "
            f"{of_property} Write the code of the currency, as in `240 billion USD`.",
        )
    if meanings := SEVERAL_MEANINGS.get(_lower(typed).partition(" ")[0]):
        return UnitRefused("several_units", f"{quoted(typed)} may be {meanings}. {of_property}")
    return UnitRefused(
        "unknown_unit",
        f"{quoted(typed)} is not a unit or a word that is known. {of_property} "
        "Currencies are written by their code, as in `240 billion USD`.",
    )


def _lower(text: str) -> str:
    """In lower case, but for signs that only look like letters."""
    return text if "\u212a" in text or "\u212b" in text else text.lower()


def _spelled(*, symbols: bool) -> dict[str, Unit]:
    """Every symbol, or every name with its plural in lower case, with the unit that it means."""
    spelled: dict[str, Unit] = {}
    for unit, names, marks in _units():
        forms = marks if symbols else [f for n in names for f in (n.lower(), f"{n.lower()}s")]
        for form in forms:
            if spelled.setdefault(form, unit) != unit:
                raise AssertionError(f"{form} means {spelled[form].name} and {unit.name}.")
    return spelled


def _units() -> list[tuple[Unit, list[str], list[str]]]:
    units = [
        (Unit(names.split("|")[0], dimension, Decimal(factor)), names.split("|"), marks.split())
        for dimension, rows in DIMENSIONS.items()
        for factor, names, marks in rows
    ]
    for code, (names, mark) in CURRENCIES.items():
        unit = Unit(code, f"an amount of {code}", Decimal(1))
        units.append((unit, [code, *filter(None, names.split("|"))], mark.split()))
    return units


_SYMBOLS = _spelled(symbols=True)
_NAMES = _spelled(symbols=False)
_IN_ANY_CASE = {
    mark.lower(): unit for mark, unit in _SYMBOLS.items() if mark.lower() not in CASE_MATTERS
}
