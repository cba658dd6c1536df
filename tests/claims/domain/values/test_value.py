import time
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.values.unit_table import DIMENSIONS
from claims.domain.values.units import convert
from claims.domain.values.value import (
    Value,
    ValueRefused,
    exclude_each_other,
    parse_period,
    parse_value,
    side_of_zero,
)
from claims.vocabulary import ValueKind
from sources.domain.dates import parse_dates
from sources.domain.ranges import Range


def quantity(typed: str, unit: str = "percent", *, approximate: bool = False) -> Value:
    return parse_value(typed, kind=ValueKind.QUANTITY, unit=unit, approximate=approximate)


def amount(typed: str) -> Range[Decimal]:
    read = quantity(typed).amount
    assert read is not None
    return read


@pytest.mark.parametrize(
    ("typed", "unit", "expected", "point"),
    [
        ("9.1%", "percent", "[9.05, 9.15)", "9.1"),
        ("-9%", "percent", "[−9.5, −8.5)", "-9"),
        ("−9 %", "percent", "[−9.5, −8.5)", "-9"),
        ("9", "percent", "[8.5, 9.5)", "9"),
        ("~9%", "percent", "[8, 10)", "9"),
        ("14.2 million", "USD", "[14150000, 14250000)", "14200000"),
        ("240 billion USD", "USD", "[239500000000, 240500000000)", "240000000000"),
        ("1.2 bcm", "bcm", "[1.15, 1.25)", "1.2"),
        ("1.2 bcm", "cubic metre", "[1150000000, 1250000000)", "1200000000"),
        ("1.2 billion cubic metres", "bcm", "[1.15, 1.25)", "1.2"),
        ("4 days", "day", "[3.5, 4.5)", "4"),
        ("2 weeks", "day", "[10.5, 17.5)", "14"),
        (">20", "", "(20, ∞)", None),
        (">=20", "", "[20, ∞)", None),
        ("<5", "", "(−∞, 5)", None),
        ("<=5", "", "(−∞, 5]", None),
        ("20..25", "", "[20, 25]", None),
        ("2..3 weeks", "day", "[14, 21]", None),
    ],
)
def test_a_quantity_is_a_range_in_the_unit_of_its_property(
    typed: str, unit: str, expected: str, point: str | None
) -> None:
    value = quantity(typed, unit)

    assert str(value.amount) == expected
    assert value.point == (None if point is None else Decimal(point))
    assert value.typed == typed
    assert (value.dates, value.truth, value.text, value.entity) == (None, None, None, None)


def test_an_approximate_value_is_one_by_its_flag_or_its_mark() -> None:
    assert quantity("9%", approximate=True).amount == quantity("~9%").amount
    assert quantity("9%", approximate=True).approximate
    assert quantity("~9%").approximate
    assert not quantity("9%").approximate


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("11", "[11, 11]"),
        (">20", "[21, ∞)"),
        ("<5", "(−∞, 4]"),
        ("~30", "[24, 36]"),
        ("20..25", "[20, 25]"),
    ],
)
def test_a_count_is_a_closed_range_of_whole_numbers(typed: str, expected: str) -> None:
    assert str(parse_value(typed, kind=ValueKind.COUNT).amount) == expected


def test_a_count_is_never_converted() -> None:
    assert str(parse_value("4 days", kind=ValueKind.COUNT, unit="day").amount) == "[4, 4]"
    with pytest.raises(ValueRefused, match=r"is in weeks; it is not converted\. Write it in day\."):
        parse_value("4 weeks", kind=ValueKind.COUNT, unit="day")


@pytest.mark.parametrize(
    ("typed", "days", "approximate"),
    [
        ("2025-05-07", "[2025-05-07, 2025-05-08)", False),
        ("2025-05", "[2025-05-01, 2025-06-01)", False),
        ("2025?", "[2025-01-01, 2026-01-01)", True),
        ("2025-01/2025-06", "[2025-01-01, 2025-07-01)", False),
        ("../2025", "(−∞, 2026-01-01)", False),
    ],
)
def test_a_date_is_a_range_of_days(typed: str, days: str, approximate: bool) -> None:
    value = parse_value(typed, kind=ValueKind.DATE)
    period = parse_period(typed)

    assert str(value.dates) == str(period.days) == days
    assert value.approximate is period.uncertain is approximate


def test_an_exact_date_is_approximate_by_the_flag() -> None:
    assert parse_value("2025", kind=ValueKind.DATE, approximate=True).approximate


@pytest.mark.parametrize(
    ("typed", "kind", "expected"),
    [
        ("true", ValueKind.TRUTH, True),
        ("false", ValueKind.TRUTH, False),
        ("present", ValueKind.PRESENCE, True),
        ("absent", ValueKind.PRESENCE, False),
        (" absent ", ValueKind.PRESENCE, False),
    ],
)
def test_truth_and_presence_are_two_words_each(typed: str, kind: ValueKind, expected: bool) -> None:
    assert parse_value(typed, kind=kind).truth is expected


def test_an_entity_is_its_key() -> None:
    assert parse_value("power-of-siberia-2", kind=ValueKind.ENTITY).entity == "power-of-siberia-2"


def test_a_text_is_trimmed_and_composed_and_kept_as_typed() -> None:
    value = parse_value("  Cafe\u0301 \n", kind=ValueKind.TEXT)

    assert value.text == "Café"
    assert value.typed == "  Cafe\u0301 \n"


def test_a_text_keeps_the_joiners_that_letters_need() -> None:
    assert parse_value("six", kind=ValueKind.TEXT).text == "six"
    assert parse_value("می\u200cخواهم", kind=ValueKind.TEXT).text == "می\u200cخواهم"


@pytest.mark.parametrize(
    ("typed", "kind", "code", "message"),
    [
        ("a lot", ValueKind.QUANTITY, "unreadable", "“a lot”"),
        ("1,234%", ValueKind.QUANTITY, "ambiguous", "“1,234%”"),
        (
            "9 km",
            ValueKind.QUANTITY,
            "other_dimension",
            "km is a length; the property is in percent.",
        ),
        (
            "9 foo",
            ValueKind.QUANTITY,
            "unknown_unit",
            "“foo” is not a unit or a word that is known.",
        ),
        ("11.5", ValueKind.COUNT, "fraction", "A count is a whole number."),
        ("2025-02-30", ValueKind.DATE, "impossible", "“2025-02-30”"),
        ("2013/", ValueKind.DATE, "empty_end", "Write `..`"),
        ("yes", ValueKind.TRUTH, "unknown_word", "“yes” is not read. Write `true` or `false`."),
        ("True", ValueKind.TRUTH, "unknown_word", "Write `true` or `false`."),
        ("present", ValueKind.TRUTH, "unknown_word", "Write `true` or `false`."),
        ("true", ValueKind.PRESENCE, "unknown_word", "Write `present` or `absent`."),
        ("", ValueKind.PRESENCE, "unknown_word", "“” is not read."),
        ("Xi Jinping", ValueKind.ENTITY, "not_a_key", "“Xi Jinping” is not the key of an entity."),
        ("k" * 101, ValueKind.ENTITY, "not_a_key", "at most 100"),
        (" ", ValueKind.TEXT, "empty", "The text is empty."),
        ("\u200d", ValueKind.TEXT, "empty", "The text is empty."),
        ("a\x00b", ValueKind.TEXT, "invisible", "holds U+0000. Type it anew."),
        ("a\nb", ValueKind.TEXT, "invisible", "holds U+000A"),
        ("a\u202eb", ValueKind.TEXT, "invisible", "RIGHT-TO-LEFT OVERRIDE"),
        ("a\ud800", ValueKind.TEXT, "invisible", "holds U+D800"),
        ("a" * 1001, ValueKind.TEXT, "too_long", "has 1001 characters. At most 1000 fit."),
        ("a" * 10_000_000, ValueKind.TEXT, "too_long", "has 10000000 characters."),
    ],
)
def test_what_the_grammar_does_not_know_is_refused(
    typed: str, kind: ValueKind, code: str, message: str
) -> None:
    with pytest.raises(ValueRefused) as refused:
        parse_value(typed, kind=kind, unit="percent")

    assert refused.value.code == code
    assert message in refused.value.message
    assert len(refused.value.message) < 400


def test_a_period_that_cannot_be_read_is_refused_as_a_value_is() -> None:
    with pytest.raises(ValueRefused, match="ends before it begins"):
        parse_period("2025-06/2025-05")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # 9.05 ─── 9.15 and 9.15 ─── 9.25 touch without a number in both
        ("9.1", "9.2", True),
        ("9.1", "9", False),
        ("~9", "10", False),
        ("~9", "11", True),
        (">20", "20", False),
        (">20", "<=20", True),
        (">=20", "<=20", False),
        ("20..25", "25..30", False),
        ("-9", ">0", True),
    ],
)
def test_values_exclude_each_other_when_no_number_fits_both(
    one: str, other: str, expected: bool
) -> None:
    assert exclude_each_other(amount(one), amount(other)) is expected


def test_two_days_exclude_each_other_and_a_day_fits_its_month() -> None:
    seventh, eighth, month = (parse_dates(d).days for d in ("2025-05-07", "2025-05-08", "2025-05"))

    assert exclude_each_other(seventh, eighth)
    assert not exclude_each_other(seventh, month)


@pytest.mark.parametrize(
    ("lower", "upper", "bounds", "side"),
    [
        ("0", None, "()", 1),
        ("0", None, "[)", 0),
        ("0", "5", "[]", 0),
        ("0", "5", "(]", 1),
        ("1", "5", "[)", 1),
        ("-10", "-8", "[)", -1),
        ("-5", "0", "[)", -1),
        ("-5", "0", "[]", 0),
        (None, "0", "()", -1),
        (None, "0", "(]", 0),
        (None, None, "()", 0),
        ("-1", "1", "[)", 0),
        ("0", "0", "[]", 0),
    ],
)
def test_a_range_lies_on_one_side_of_zero_only_with_all_of_it(
    lower: str | None, upper: str | None, bounds: str, side: int
) -> None:
    amount = Range(
        None if lower is None else Decimal(lower),
        None if upper is None else Decimal(upper),
        lower_closed=bounds[0] == "[",
        upper_closed=bounds[1] == "]",
    )

    assert side_of_zero(amount) == side


NUMBERS = st.decimals(-1000, 1000, places=1).map(lambda n: f"{n:f}")
TYPED = st.one_of(
    NUMBERS,
    st.builds("~{}".format, NUMBERS),
    st.builds("{}{}".format, st.sampled_from([">", ">=", "<", "<="]), NUMBERS),
    st.builds("{} {}".format, st.sampled_from(["nearly", "over", "up to", "at least"]), NUMBERS),
    st.builds(
        lambda a, b: f"{min(a, b):f}..{max(a, b):f}",
        st.decimals(-50, 50, places=1),
        st.decimals(-50, 50, places=1),
    ),
)


@given(TYPED, TYPED)
def test_exclusion_is_symmetric_and_never_with_itself(one: str, other: str) -> None:
    a, b = amount(one), amount(other)

    assert exclude_each_other(a, b) is exclude_each_other(b, a)
    assert not exclude_each_other(a, a)


@given(TYPED, TYPED, st.decimals(0, 100, places=2), st.booleans(), st.booleans())
def test_widening_a_range_never_creates_an_exclusion(
    one: str, other: str, by: Decimal, closed: bool, unbounded: bool
) -> None:
    a, b = amount(one), amount(other)
    upper = None if unbounded or a.upper is None else a.upper + by
    wider = Range(
        None if a.lower is None else a.lower - by,
        upper,
        lower_closed=a.lower is not None and (a.lower_closed or closed),
        upper_closed=upper is not None and (a.upper_closed or closed),
    )

    assert exclude_each_other(a, b) or not exclude_each_other(wider, b)


@given(st.decimals(-1000, 1000, places=1), TYPED)
def test_saying_that_a_number_is_approximate_never_creates_an_exclusion(
    number: Decimal, other: str
) -> None:
    assert exclude_each_other(amount(f"{number:f}"), amount(other)) or not exclude_each_other(
        amount(f"~{number:f}"), amount(other)
    )


CONVERSIBLE = [
    (typed.split("|")[0], unit.split("|")[0])
    for rows in DIMENSIONS.values()
    for _, typed, _ in rows
    for _, unit, _ in rows
]


@given(st.sampled_from(CONVERSIBLE), TYPED, TYPED)
def test_converting_units_keeps_exclusion(units: tuple[str, str], one: str, other: str) -> None:
    typed, unit = units
    a, b = amount(one), amount(other)
    converted = (convert(r, typed=typed, unit=unit) for r in (a, b))

    assert exclude_each_other(*converted) is exclude_each_other(a, b)


@given(st.text(max_size=200), st.sampled_from(ValueKind), st.booleans())
def test_garbage_is_refused_and_nothing_else(
    typed: str, kind: ValueKind, approximate: bool
) -> None:
    started = time.process_time()
    try:
        value = parse_value(typed, kind=kind, unit="percent", approximate=approximate)
    except ValueRefused as refused:
        message = refused.message
    else:
        message = "Read."
        stands_for = (value.amount, value.dates, value.truth, value.text, value.entity)
        assert sum(v is not None for v in stands_for) == 1
        assert value.text is None or unicodedata.is_normalized("NFC", value.text)
    assert message.endswith(".")
    assert time.process_time() - started < 2
