"""How far a number reaches: an approximate one, and one with a multiplier word.

about 1500    1400 ─────── 1500 ─────── 1600     a unit of the last significant digit
some 300       240 ─── 300 ─── 360               the same, but at most a fifth
1 trillion     0.8 ─── 1 ─── 1.2 trillion        half a unit of the last digit, at most a fifth
~9%              8 ─── 9 ─── 10                  a unit of the last digit: 9 is not round
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.values.numbers import parse_number
from claims.domain.values.value import exclude_each_other, parse_value
from claims.vocabulary import ValueKind
from sources.domain.ranges import Range


def meant(typed: str, *, whole: bool = False) -> str:
    return str(parse_number(typed, whole=whole).amount)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("about 1 million", "[800000, 1200000]"),
        ("about 1500", "[1400, 1600]"),
        ("some 300", "[240, 360]"),
        ("about 1000", "[800, 1200]"),
        ("~-300", "[−360, −240]"),
        ("about 300 thousand", "[240000, 360000]"),
        ("about 14.2 million", "[14100000, 14300000]"),
        ("about 1.50 million", "[1490000, 1510000]"),
        ("about 0.3 million", "[240000, 360000]"),
        ("about 10", "[8, 12]"),
        # neither zeros at the end nor a multiplier word
        ("~9%", "[8, 10)"),
        ("about 9.1%", "[9.0, 9.2)"),
        ("about 1501", "[1500, 1502)"),
        # zeros of a fraction say how exact it is
        ("about 9.0%", "[8.9, 9.1)"),
        ("about 100.0", "[99.9, 100.1)"),
        # zero is not round
        ("about 0", "[−1, 1)"),
        ("about 0.0 million", "[−100000, 100000)"),
    ],
)
def test_an_approximate_number_reaches_as_far_as_it_is_round(typed: str, amount: str) -> None:
    assert meant(typed) == amount


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1 trillion", "[800000000000, 1200000000000)"),
        ("-1 trillion", "[−1200000000000, −800000000000)"),
        ("2 million", "[1600000, 2400000)"),
        ("3 million", "[2500000, 3500000)"),
        ("300 thousand", "[299500, 300500)"),
        ("0.1 million", "[80000, 120000)"),
        ("14.2 million", "[14150000, 14250000)"),
        ("0 million", "[−500000, 500000)"),
        # without a multiplier word every written digit counts
        ("1000000", "[999999.5, 1000000.5)"),
        ("300", "[299.5, 300.5)"),
    ],
)
def test_a_number_with_a_multiplier_word_reaches_a_fifth_at_most(typed: str, amount: str) -> None:
    assert meant(typed) == amount


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("about 1 million", "[800000, 1200000]"),
        ("1 million", "[800000, 1199999]"),
        ("-1 million", "[−1200000, −800001]"),
        ("some 300", "[240, 360]"),
        ("about 9", "[8, 10]"),
        ("about 0.004 thousand", "[4, 4]"),
        ("0", "[0, 0]"),
    ],
)
def test_a_count_reaches_whole_numbers(typed: str, amount: str) -> None:
    assert meant(typed, whole=True) == amount


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("about 1 million", "100", False),
        ("about 1000", "1100", True),
        ("1 trillion", "600 billion", False),
        ("1 trillion", "1.1 trillion", True),
        ("about 1000", "1200", True),
        ("about 1000", "1300", False),
    ],
)
def test_round_numbers_agree_with_what_is_near(one: str, other: str, agree: bool) -> None:
    first, second = (parse_value(typed, kind=ValueKind.QUANTITY).amount for typed in (one, other))
    assert first is not None
    assert second is not None

    assert exclude_each_other(first, second) is not agree


def test_a_round_number_reaches_as_far_in_another_unit() -> None:
    value = parse_value("about 1 million tonnes", kind=ValueKind.QUANTITY, unit="kg")

    assert str(value.amount) == "[800000000, 1200000000]"
    assert value.point == Decimal(10**9)


def test_a_number_said_to_be_approximate_reaches_as_far_as_one_that_says_so_itself() -> None:
    for typed in ("1 million", "1500", "300", "9%", "9.1%"):
        assert parse_number(typed, approximate=True) == parse_number(f"about {typed}")


@pytest.mark.parametrize(
    "typed",
    [
        *("~300", "≈ 300", "about 300", "Some 300", "circa 300", "ca. 300", "ca 300", "ca.300"),
        *("c. 300", "approx. 300", "etwa 300", "rund 300", "Ungefähr 300", "environ 300"),
        *("około 300", "около 300", "Примерно 300", "близько 300", "约300", "大约 300"),
    ],
)
def test_words_that_say_about_in_any_language_make_a_number_approximate(typed: str) -> None:
    number = parse_number(typed)

    assert (number.approximate, str(number.amount)) == (True, "[240, 360]")


MULTIPLIER = st.sampled_from(["", "k", "thousand", "million", "bn", "trillion"])


@st.composite
def written(draw: st.DrawFn, *, most_places: int = 4) -> str:
    """A number with or without a fraction, zeros at its end and a multiplier word."""
    digits = draw(st.integers(1, 10**9)) * 10 ** draw(st.integers(0, 6))
    places = draw(st.integers(0, most_places))
    number = f"{Decimal(digits).scaleb(-places):.{places}f}"
    return f"{draw(st.sampled_from(['', '-']))}{number} {draw(MULTIPLIER)}".strip()


def ends(amount: Range[Decimal]) -> tuple[Decimal, Decimal]:
    assert amount.lower is not None
    assert amount.upper is not None
    return amount.lower, amount.upper


@given(written(), st.booleans())
def test_the_number_that_was_written_is_in_the_middle(typed: str, approximate: bool) -> None:
    number = parse_number(typed, approximate=approximate)
    lower, upper = ends(number.amount)

    assert number.point is not None
    assert lower < number.point < upper
    assert number.point - lower == upper - number.point


@given(written())
def test_an_approximate_number_holds_all_that_the_plain_one_does(typed: str) -> None:
    plain, approximate = ends(parse_number(typed).amount), ends(parse_number(f"~{typed}").amount)

    assert approximate[0] <= plain[0]
    assert plain[1] <= approximate[1]


@given(written(most_places=0), st.booleans())
def test_a_round_number_never_reaches_further_than_a_fifth(typed: str, approximate: bool) -> None:
    has_word = typed[-1].isalpha()
    if not has_word and not (approximate and typed.endswith("0")):
        return
    number = parse_number(typed, approximate=approximate)
    lower, upper = ends(number.amount)

    assert number.point is not None
    assert upper - lower <= abs(number.point) * 2 / 5


@given(
    st.integers(1, 10**6),
    st.integers(1, 10**6),
    st.integers(0, 3),
    MULTIPLIER,
)
def test_of_two_numbers_written_alike_the_greater_one_reaches_higher(
    one: int, other: int, places: int, word: str
) -> None:
    less, more = sorted((one, other))
    forms = [f"{Decimal(n).scaleb(-places):.{places}f} {word}".strip() for n in (less, more)]
    low, high = (ends(parse_number(form).amount) for form in forms)

    assert low[0] <= high[0]
    assert low[1] <= high[1]


@given(st.integers(1, 10**6), st.integers(0, 3), st.booleans())
def test_a_multiplier_word_scales_what_is_meant(
    digits: int, places: int, approximate: bool
) -> None:
    number = f"{Decimal(digits).scaleb(-places):.{places}f}"
    thousands, billions = (
        ends(parse_number(f"{number} {word}", approximate=approximate).amount)
        for word in ("thousand", "billion")
    )

    assert tuple(end * 10**6 for end in thousands) == billions


@given(st.integers(1, 999), st.integers(1, 6))
def test_zeros_and_a_multiplier_word_say_the_same_of_an_approximate_number(
    digits: int, zeros: int
) -> None:
    whole = parse_number(f"about {digits}{'0' * zeros}000")

    assert whole.amount == parse_number(f"about {digits}{'0' * zeros} thousand").amount


@given(written())
def test_a_number_and_its_negative_reach_as_far(typed: str) -> None:
    bare = typed.removeprefix("-")
    lower, upper = ends(parse_number(f"~{bare}").amount)

    assert ends(parse_number(f"~-{bare}").amount) == (-upper, -lower)
