from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.ranges import Range, RangeRefused


def numbers(text: str) -> Range[Decimal]:
    """A range written as in SQL: `[1,2)`, `(,5]`."""
    lower, upper = text[1:-1].split(",")
    return Range(
        Decimal(lower) if lower else None,
        Decimal(upper) if upper else None,
        lower_closed=text[0] == "[",
        upper_closed=text[-1] == "]",
    )


def contains(one: Range[Decimal], value: Decimal) -> bool:
    """Whether a value lies in a range, end by end: the rule apart from comparisons of ranges."""
    above = one.lower is None or value > one.lower or (one.lower_closed and value == one.lower)
    below = one.upper is None or value < one.upper or (one.upper_closed and value == one.upper)
    return above and below


@st.composite
def ranges(draw: st.DrawFn) -> Range[Decimal]:
    ends = st.integers(-6, 6).map(Decimal)
    lower, upper = draw(st.none() | ends), draw(st.none() | ends)
    if lower is not None and upper is not None and lower > upper:
        lower, upper = upper, lower
    one_value = lower is not None and lower == upper
    return Range(
        lower,
        upper,
        lower_closed=one_value or (lower is not None and draw(st.booleans())),
        upper_closed=one_value or (upper is not None and draw(st.booleans())),
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("[1,2)", "[2,3]", True),
        ("[1,2]", "[2,3]", False),
        ("[1,2]", "(2,3]", True),
        ("(1,2)", "(2,3)", True),
        ("[1,2]", "[3,4]", True),
        ("[3,4]", "[1,2]", False),
        ("[1,5]", "[2,3]", False),
        ("(,5)", "[5,)", True),
        ("(,5]", "[5,)", False),
        ("(20,)", "[25,30)", False),
        ("(,)", "[1,2)", False),
    ],
)
def test_strictly_left_counts_the_ends(one: str, other: str, expected: bool) -> None:
    assert numbers(one).strictly_left_of(numbers(other)) is expected


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("[1,2)", ["1", "1.999"], ["0.999", "2"]),
        ("(1,2]", ["1.001", "2"], ["1", "2.001"]),
        ("(,5)", ["-1000", "4.9"], ["5"]),
        ("[5,)", ["5", "1000"], ["4.9"]),
        ("[3,3]", ["3"], ["2.9", "3.1"]),
    ],
)
def test_a_range_contains_its_closed_ends_only(
    text: str, inside: list[str], outside: list[str]
) -> None:
    assert all(numbers(text).overlaps(numbers(f"[{n},{n}]")) for n in inside)
    assert not any(numbers(text).overlaps(numbers(f"[{n},{n}]")) for n in outside)


@pytest.mark.parametrize(
    ("text", "written", "bounds"),
    [
        ("[9.05,9.15)", "[9.05, 9.15)", "[)"),
        ("[-9.5,-8.5)", "[−9.5, −8.5)", "[)"),
        ("(20,)", "(20, ∞)", "()"),
        ("(,5]", "(−∞, 5]", "(]"),
        ("[1E+7,2E+7]", "[10000000, 20000000]", "[]"),
    ],
)
def test_a_range_is_written_as_people_write_it(text: str, written: str, bounds: str) -> None:
    assert str(numbers(text)) == written
    assert numbers(text).bounds == bounds


def test_days_are_written_half_open() -> None:
    first, second, third = date(2025, 5, 7), date(2025, 5, 8), date(2025, 5, 9)
    day = Range(first, second, lower_closed=True, upper_closed=False)

    assert str(day) == "[2025-05-07, 2025-05-08)"
    assert day.overlaps(day)
    assert not day.overlaps(Range(second, third, lower_closed=True, upper_closed=False))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[2,1]", "ends before it begins"),
        ("[1,1)", "is empty"),
        ("(1,1]", "is empty"),
        ("[,1]", "closed at infinity"),
        ("[1,]", "closed at infinity"),
        ("[NaN,1]", "no end of a range"),
        ("[1,Infinity)", "no end of a range"),
    ],
)
def test_ends_that_make_no_range_are_refused(text: str, message: str) -> None:
    with pytest.raises(RangeRefused, match=message):
        numbers(text)


@pytest.mark.parametrize(("lower_closed", "upper_closed"), [(True, True), (False, False)])
def test_days_that_are_not_half_open_are_refused(lower_closed: bool, upper_closed: bool) -> None:
    with pytest.raises(RangeRefused, match="not half-open"):
        Range(date(2025, 1, 1), date(2025, 1, 5), lower_closed, upper_closed)


def test_times_of_day_are_no_ends() -> None:
    with pytest.raises(RangeRefused, match="time of day"):
        Range(datetime(2025, 1, 1, tzinfo=UTC), None, lower_closed=True, upper_closed=False)


@given(ranges(), ranges())
def test_two_ranges_overlap_or_one_is_left_of_the_other(
    one: Range[Decimal], other: Range[Decimal]
) -> None:
    states = [one.overlaps(other), one.strictly_left_of(other), other.strictly_left_of(one)]

    assert states.count(True) == 1


@given(ranges(), ranges())
def test_ranges_overlap_exactly_when_they_share_a_value(
    one: Range[Decimal], other: Range[Decimal]
) -> None:
    # With whole ends from −6 to 6, every meeting holds a multiple of a half between −7 and 7.
    halves = [Decimal(n) / 2 for n in range(-14, 15)]

    assert one.overlaps(other) is any(contains(one, n) and contains(other, n) for n in halves)
