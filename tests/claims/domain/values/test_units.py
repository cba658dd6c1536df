from decimal import Decimal, Inexact, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.values.unit_table import CURRENCIES, DIMENSIONS
from claims.domain.values.units import (
    UnitRefused,
    are_same_unit,
    convert,
    convert_number,
    find_unit,
    is_above_whole,
)
from claims.domain.values.value import parse_value
from claims.vocabulary import ValueKind
from sources.domain.ranges import Range


@pytest.mark.parametrize(
    ("number", "typed", "unit", "expected"),
    [
        ("4", "days", "day", "4"),
        ("9.10", "%", "percent", "9.10"),
        ("9.1", "", "percent", "9.1"),
        ("14", "days", "week", "2"),
        ("2", "weeks", "day", "14"),
        ("36", "h", "day", "1.5"),
        ("1.2", "bcm", "m³", "1200000000"),
        ("50", "bcm", "cubic metre", "50000000000"),
        ("1", "TWh", "PJ", "3.6"),
        ("5", "miles", "km", "8.04672"),
        ("1", "km2", "hectare", "100"),
        ("250", "kt", "tonne", "250000"),
        ("25", "basis points", "percentage point", "0.25"),
        ("5", "‰", "percent", "0.5"),
        ("2", "years", "month", "24"),
        ("20", "tanks", "tank", "20"),
        ("240", "usd", "USD", "240"),
        ("240", "US dollars", "USD", "240"),
        ("7", "Percent", "%", "7"),
        ("5", "złotych", "PLN", "5"),
        ("5", "Złotych", "PLN", "5"),
        ("240", "$", "USD", "240"),
        ("240", "dollars", "CAD", "240"),
        ("240", "£", "GBP", "240"),
        ("240", "pounds", "EGP", "240"),
        ("240", "roubles", "RUB", "240"),
        ("240", "Ruble", "RUB", "240"),
        ("240", "рублей", "RUB", "240"),
        ("240", "美元", "USD", "240"),
        ("9", "Prozent", "percent", "9"),
        ("9", "процентов", "percent", "9"),
        ("1", "mi²", "km²", "2.589988110336"),
        ("1", "sq. mi.", "km²", "2.589988110336"),
        ("1", "Sq. Mi", "km²", "2.589988110336"),
        ("9", "ft²", "m²", "0.83612736"),
        ("1", "tcf", "bcf", "1000"),
        ("1", "BCM", "tcm", "0.001"),
        ("5", "KM", "km", "5"),
        ("5", "kwh", "Wh", "5000"),
        ("5", "Kg", "g", "5000"),
        ("5", "GWH", "MWh", "5000"),
    ],
)
def test_a_number_is_said_in_the_unit_of_its_property(
    number: str, typed: str, unit: str, expected: str
) -> None:
    assert str(convert_number(Decimal(number), typed=typed, unit=unit)) == expected


@pytest.mark.parametrize(
    ("typed", "unit", "code", "message"),
    [
        ("km", "percent", "other_dimension", "km is a length; the property is in percent."),
        (
            "percentage points",
            "percent",
            "other_dimension",
            "percentage points is a difference of shares; the property is in percent.",
        ),
        (
            "RUB",
            "USD",
            "other_dimension",
            "RUB is an amount of RUB; the property is in USD. Currencies are not converted.",
        ),
        ("months", "day", "other_dimension", "months is a number of months"),
        ("m", "USD", "other_dimension", "m is a length; the property is in USD."),
        ("km", "tank", "other_dimension", "km is a length; the property is in tank."),
        ("%", "", "no_unit", "% is a share; the property has no unit. Leave it out."),
        (
            "parsnips",
            "percent",
            "unknown_unit",
            "“parsnips” is not a unit or a word that is known.",
        ),
        ("parsnips", "", "unknown_unit", "The property has no unit."),
        (
            "$",
            "RUB",
            "several_units",
            "called (AUD, CAD, HKD, NZD, SGD, TWD, USD). The property is in RUB. Write the code",
        ),
        ("£", "percent", "several_units", "(EGP, GBP). The property is in percent."),
        ("roubles", "USD", "several_units", "(BYN, RUB)"),
        ("dollars", "", "several_units", "The property has no unit."),
        ("tons", "tonne", "several_units", "may be a tonne, a short ton or a long ton."),
        ("bln USD", "USD", "several_units", "a trillion in others; write `bn` or `trn`."),
        ("mcf", "bcf", "several_units", "a thousand or a million cubic feet"),
        ("euros", "USD", "other_dimension", "Currencies are not converted."),
        ("MM", "m", "unknown_unit", "“MM”"),
        ("KT", "tonne", "unknown_unit", "“KT”"),
        ("% of GDP", "percent", "unknown_unit", "“% of GDP”"),
        ("К", "km", "unknown_unit", "“К”"),
        ("\u212am", "km", "unknown_unit", "“\u212am”"),
        ("mw", "MW", "unknown_unit", "“mw”"),
    ],
)
def test_another_dimension_or_an_unknown_word_is_refused(
    typed: str, unit: str, code: str, message: str
) -> None:
    with pytest.raises(UnitRefused) as refused:
        convert_number(Decimal(1), typed=typed, unit=unit)

    assert refused.value.code == code
    assert message in refused.value.message
    assert refused.value.message.endswith(".")


def test_a_range_keeps_its_ends_open_closed_or_absent() -> None:
    above = Range(Decimal(14), None, lower_closed=False, upper_closed=False)
    between = Range(Decimal(7), Decimal(14), lower_closed=True, upper_closed=True)

    assert str(convert(above, typed="days", unit="week")) == "(2, ∞)"
    assert str(convert(between, typed="days", unit="week")) == "[1, 2]"


def test_every_unit_is_found_by_each_of_its_spellings() -> None:
    for dimension, rows in DIMENSIONS.items():
        for factor, names, symbols in rows:
            for spelling in (*names.split("|"), *symbols.split()):
                unit = find_unit(spelling)
                assert unit is not None
                assert (unit.dimension, unit.factor) == (dimension, Decimal(factor))


INCH, POUND, CALORIE = Decimal("0.0254"), Decimal("0.45359237"), Decimal("4.1868")
GALLON = 231 * INCH**3


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("mile", 63360 * INCH),
        ("acre", 43560 * (12 * INCH) ** 2),
        ("square mile", (63360 * INCH) ** 2),
        ("cubic foot", (12 * INCH) ** 3),
        ("bcf", (12 * INCH) ** 3 * 10**9),
        ("US gallon", GALLON),
        ("barrel", 42 * GALLON),
        ("short ton", 2000 * POUND),
        ("long ton", 2240 * POUND),
        ("Btu", CALORIE * 1000 * POUND / Decimal("1.8")),
        ("MMBtu", CALORIE * 1000 * POUND / Decimal("1.8") * 10**6),
        ("toe", CALORIE * 10**10),
        ("tce", CALORIE * 7 * 10**9),
    ],
)
def test_a_factor_follows_from_its_definition(unit: str, factor: Decimal) -> None:
    found = find_unit(unit)

    assert found is not None
    assert found.factor == factor


def test_no_currency_converts_into_another() -> None:
    units = {code: find_unit(code) for code in CURRENCIES}

    assert len({unit.dimension for unit in units.values() if unit}) == len(CURRENCIES)


def test_case_tells_symbols_apart_but_not_names() -> None:
    assert find_unit("MW") != find_unit("mW")
    assert find_unit("KILOMETRES") == find_unit("km")
    assert are_same_unit("per cent", "percent")
    assert not are_same_unit("weeks", "day")


CONVERSIBLE = [
    (typed.split("|")[0], unit.split("|")[0])
    for rows in DIMENSIONS.values()
    for _, typed, _ in rows
    for _, unit, _ in rows
]
NUMBERS = st.decimals(
    allow_nan=False, allow_infinity=False, places=4, min_value=-(10**20), max_value=10**20
)


@given(st.sampled_from(CONVERSIBLE), NUMBERS, NUMBERS)
def test_conversion_never_changes_the_order_of_two_numbers(
    units: tuple[str, str], one: Decimal, other: Decimal
) -> None:
    typed, unit = units
    new_one, new_other = (convert_number(n, typed=typed, unit=unit) for n in (one, other))

    assert (one < other) is (new_one < new_other)
    assert (one == other) is (new_one == new_other)


@given(st.sampled_from(CONVERSIBLE), NUMBERS)
def test_conversion_is_exact_wherever_decimals_can_say_the_result(
    units: tuple[str, str], number: Decimal
) -> None:
    typed, unit = (find_unit(u) for u in units)
    assert typed is not None
    assert unit is not None
    with localcontext() as context:
        context.prec = 80
        context.traps[Inexact] = True
        try:
            expected = number * typed.factor / unit.factor
        except Inexact:
            return

    assert convert_number(number, typed=units[0], unit=units[1]) == expected


def test_a_symbol_has_no_plural() -> None:
    assert not are_same_unit("ms", "m")
    assert not are_same_unit("Ws", "W")
    assert are_same_unit("metres", "m")
    assert are_same_unit("seats", "seat")


@pytest.mark.parametrize(
    ("typed", "unit", "is_above"),
    [
        ("120%", "percent", True),
        ("more than 100%", "percent", True),
        ("100%", "percent", False),
        ("up to 120%", "percent", False),
        ("1200", "‰", True),
        ("120", "‰", False),
        ("120", "percentage point", False),
        ("120", "USD", False),
        ("120", "", False),
    ],
)
def test_a_share_of_more_than_a_whole_is_told(typed: str, unit: str, is_above: bool) -> None:
    amount = parse_value(typed, kind=ValueKind.QUANTITY, unit=unit).amount

    assert is_above_whole(amount, unit=unit) is is_above
