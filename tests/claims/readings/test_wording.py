"""Values, periods and dates in words for people."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.types.range import Range

from claims.domain.values.numbers import parse_number
from claims.models import Asserter, Entity, Property, Version
from claims.readings.values import value_of_version, value_text
from claims.readings.wording import (
    amount_text,
    asserter_text,
    date_text,
    number_text,
)
from factbase.models import User
from sources.domain.date_words import EXAMPLES
from sources.domain.dates import DateRefused, parse_dates
from sources.models import Source
from sources.readings.reader import Reader

NOW = datetime(2025, 6, 2, tzinfo=UTC)
EVERYBODY = Reader(None, NOW)


@pytest.mark.parametrize(
    ("lower", "upper", "bounds", "words"),
    [
        ("8", "10", "[)", "8 to under 10 percent"),
        ("-9.5", "-8.5", "[)", "−9.5 to under −8.5 percent"),
        ("20", None, "()", "more than 20 percent"),
        ("20", None, "[)", "at least 20 percent"),
        (None, "5", "()", "less than 5 percent"),
        (None, "5", "(]", "at most 5 percent"),
        ("20", "25", "[]", "20 to 25 percent"),
        ("20", "25", "()", "over 20 to under 25 percent"),
        ("20", "25", "(]", "over 20 to 25 percent"),
        ("11", "11", "[]", "11 percent"),
        (None, None, "()", "any number"),
    ],
)
def test_a_range_says_which_ends_belong_to_it(
    lower: str | None, upper: str | None, bounds: str, words: str
) -> None:
    low, high = (None if end is None else Decimal(end) for end in (lower, upper))
    assert amount_text(Range(low, high, bounds), "percent") == words


def test_no_amount_says_nothing() -> None:
    assert amount_text(None, "percent") == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("14150000", "14,150,000"),
        ("-0.50", "−0.5"),
        ("1.000", "1"),
        ("1E+3", "1,000"),
        ("0", "0"),
        ("100", "100"),
    ],
)
def test_a_number_has_no_exponent_and_no_idle_zeros(number: str, words: str) -> None:
    assert number_text(Decimal(number)) == words


@pytest.mark.parametrize(
    ("unit", "end", "words"), [("day", 4, "4 days"), ("day", 1, "1 day"), ("USD", 4, "4 USD")]
)
def test_a_unit_that_is_a_word_has_a_plural(unit: str, end: int, words: str) -> None:
    assert amount_text(Range(Decimal(end), Decimal(end), "[]"), unit) == words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-05-07", "7 May 2025"),
        ("2025-05", "May 2025"),
        ("2025", "2025"),
        ("2025?", "2025, uncertain"),
        ("2025-05~", "about May 2025"),
        ("2025%", "about 2025, uncertain"),
        ("2025-01/2025-06", "January 2025 to June 2025"),
        ("2013/..", "from 2013 on"),
        ("../2025", "until 2025"),
        ("202X", "the 2020s"),
        ("2025-40", "first half of 2025"),
        ("2025-33/2025-34", "first quarter of 2025 to second quarter of 2025"),
        ("20XX", "20XX"),
        ("2025-XX", "2025-XX"),
        ("H1 2025", "first half of 2025 (typed “H1 2025”)"),
        ("January–June 2025", "January 2025 to June 2025 (typed “January–June 2025”)"),
        ("since 2013", "from 2013 on (typed “since 2013”)"),
        ("until March 2025", "until March 2025"),
        ("7 May 2025", "7 May 2025"),
        ("", ""),
    ],
)
def test_a_date_is_written_as_people_write_it(edtf: str, words: str) -> None:
    assert date_text(edtf) == words


ENDS = st.decimals(-(10**12), 10**12, places=3, allow_nan=False)


@given(ENDS, ENDS, st.sampled_from(["[]", "[)", "(]", "()"]))
def test_a_printed_bound_or_range_is_read_as_it_was(
    one: Decimal, other: Decimal, bounds: str
) -> None:
    low, high = sorted((one, other))
    printed = [Range(low, None, bounds[0] + ")"), Range(None, high, "(" + bounds[1])]
    if low < high:
        printed.append(Range(low, high, "[]"))
    for amount in printed:
        read = parse_number(amount_text(amount), decimal_mark="point").amount
        assert Range(read.lower, read.upper, read.bounds) == amount


POINTS = st.sampled_from(
    [
        *("2025-05-07", "2024-02", "2025", "199X", "200X", "19XX", "2025-XX", "2025-05-XX"),
        *("2025-33", "2025-38", "2025-41", "2025-05-~07", "2025?-05", *EXAMPLES),
    ]
)
MARKED = st.builds("{}{}".format, POINTS, st.sampled_from(["", "", "?", "~", "%"]))
PRINTED = (
    MARKED
    | st.builds("{}/{}".format, MARKED, MARKED)
    | st.builds("{}/..".format, MARKED)
    | st.builds("../{}".format, MARKED)
    | st.builds("{} {}".format, st.sampled_from(["since", "until", "about", "after"]), POINTS)
)


@given(PRINTED)
def test_whatever_is_printed_of_a_date_is_read_as_that_date(typed: str) -> None:
    try:
        read = parse_dates(typed)
    except DateRefused:
        return

    again = parse_dates(date_text(typed))

    assert (again.days, again.uncertain) == (read.days, read.uncertain)


def version(kind: str, *, unit: str = "", **fields: object) -> Version:
    """An unsaved version with a value of this kind."""
    return Version(property=Property(value_kind=kind, unit=unit), **fields)


def test_a_rounded_value_is_shown_as_typed_and_as_understood() -> None:
    amount = Range(Decimal(8), Decimal(10), "[)")
    shown = version("quantity", unit="percent", value="~9%", amount=amount)
    assert (
        value_text(value_of_version(shown, EVERYBODY))
        == "~9% (understood as 8 to under 10 percent)"
    )


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (version("count", value="11", amount=Range(Decimal(11), Decimal(11), "[]")), "11"),
        (
            version("count", value=">20", amount=Range(Decimal(21), None, "[)")),
            ">20 (understood as at least 21)",
        ),
        (
            version("count", value="fewer than 5", amount=Range(None, Decimal(4), "(]")),
            "fewer than 5 (understood as at most 4)",
        ),
        (
            version("quantity", unit="percent", value=">0%", amount=Range(Decimal(0), None, "()")),
            "more than 0 percent",
        ),
        (version("date", value="2025-05-07"), "7 May 2025"),
        (version("truth", value="false", truth=False), "false"),
        (version("presence", value="absent", truth=False), "absent"),
        (version("presence", truth=True, degree="one sentence"), "present (one sentence)"),
        (version("text", value_text="as it is"), "as it is"),
        (version("entity", value_entity=Entity(label="Moscow")), "Moscow"),
        (Version(), ""),
    ],
)
def test_every_kind_of_value_has_words(shown: Version, words: str) -> None:
    assert value_text(value_of_version(shown, EVERYBODY)) == words


def test_a_chain_of_asserters_begins_with_the_outermost() -> None:
    links = [Asserter(entity=Entity(label="Al Jazeera")), Asserter(description="an official")]
    assert asserter_text(links, to=EVERYBODY) == "Al Jazeera › an official"


def test_the_document_of_a_confidential_source_is_its_descriptor_to_the_public() -> None:
    source = Source(access="staff", public_descriptor="a note", title="Secret")
    links = [Asserter(entity=Entity(label="Secret", source=source))]
    assert asserter_text(links, to=EVERYBODY) == "a note"
    assert asserter_text(links, to=Reader(User(is_staff=True), NOW)) == "Secret"
