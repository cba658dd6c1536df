import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.values.periods import EXAMPLES, PeriodRefused, is_in_words, period_in_edtf
from claims.domain.values.value import ValueRefused, parse_period
from sources.domain.dates import parse_dates


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("H1 2025", "2025-40"),
        ("h2 2025", "2025-41"),
        ("2025 H1", "2025-40"),
        ("2025H1", "2025-40"),
        ("1H 2025", "2025-40"),
        ("first half of 2025", "2025-40"),
        ("the second half of 2025", "2025-41"),
        ("Q3 2024", "2024-35"),
        ("2024 Q3", "2024-35"),
        ("3Q 2024", "2024-35"),
        ("third quarter of 2024", "2024-35"),
        ("Fourth quarter 2024", "2024-36"),
        ("Q1–Q3 2024", "2024-33/2024-35"),
        ("first nine months of 2025", "2025-01/2025-09"),
        ("first 7 months of 2025", "2025-01/2025-07"),
        ("May 2025", "2025-05"),
        ("SEPT. 2025", "2025-09"),
        ("sep 2025", "2025-09"),
        ("7 May 2025", "2025-05-07"),
        ("07 May 2025", "2025-05-07"),
        ("May 7, 2025", "2025-05-07"),
        ("7–10 May 2025", "2025-05-07/2025-05-10"),
        ("7 to 10 May 2025", "2025-05-07/2025-05-10"),
        ("7 May – 10 June 2025", "2025-05-07/2025-06-10"),
        ("30 Dec 2024 – 2 Jan 2025", "2024-12-30/2025-01-02"),
        ("January–June 2025", "2025-01/2025-06"),
        ("Jan-Jun 2025", "2025-01/2025-06"),
        ("January to June 2025", "2025-01/2025-06"),
        ("May 2023 – June 2024", "2023-05/2024-06"),
        ("2022–2025", "2022/2025"),
        ("2022-2025", "2022/2025"),
        ("2022 - 2025", "2022/2025"),
        ("2022 to 2025", "2022/2025"),
        ("from 2022 to 2025", "2022/2025"),
        ("2022-05 – 2023-06", "2022-05/2023-06"),
        ("since 2013", "2013/.."),
        ("since H1 2025", "2025-40/.."),
        ("since 2013-05-07", "2013-05-07/.."),
        ("from May 2025", "2025-05/.."),
        ("until March 2025", "../2025-03"),
        ("by May 2025", "../2025-05"),
        ("by 7 May 2025", "../2025-05-07"),
        ("FY2023/24 from April", "2023-04/2024-03"),
        ("FY 2023/24 from Jul", "2023-07/2024-06"),
        ("FY2023/2024 from April", "2023-04/2024-03"),
        ("FY2023-24 from April", "2023-04/2024-03"),
        ("fiscal year 1999/00 from April", "1999-04/2000-03"),
        ("FY2024 ending March", "2023-04/2024-03"),
        ("FY2024 ending in December", "2024-01/2024-12"),
        ("  since   2013 ", "2013/.."),
    ],
)
def test_a_period_in_words_is_one_in_edtf(typed: str, edtf: str) -> None:
    assert period_in_edtf(typed) == edtf

    period = parse_period(typed)
    assert period.typed == typed
    assert period.days == parse_dates(edtf).days
    assert not period.uncertain


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("until March 2025", "(−∞, 2025-04-01)"),
        ("by 2025", "(−∞, 2026-01-01)"),
        ("since March 2025", "[2025-03-01, ∞)"),
        ("H1 2025", "[2025-01-01, 2025-07-01)"),
        ("FY2023/24 from April", "[2023-04-01, 2024-04-01)"),
    ],
)
def test_what_is_named_belongs_to_the_period(typed: str, days: str) -> None:
    assert str(parse_period(typed).days) == days


@pytest.mark.parametrize(
    ("typed", "code", "message"),
    [
        ("until March", "period", "The period “until March” is not read. Write it as in `until"),
        ("last May", "period", "`7 May 2025`"),
        ("early 2025", "period", "is not read"),
        ("about May 2025", "period", "is not read"),
        ("May 2025?", "period", "is not read"),
        ("since 2013?", "period", "is not read"),
        ("~H1 2025", "period", "is not read"),
        ("H3 2025", "period", "`H1 2025`"),
        ("Q5 2024", "period", "`Q3 2024`"),
        ("third half of 2025", "period", "is not read"),
        ("ma 2025", "period", "is not read"),
        ("May–2025", "period", "is not read"),
        ("2022–25", "period", "`2022–2025`"),
        ("2022–2023–2024", "period", "is not read"),
        ("05/07/2025–06/07/2025", "period", "is not read"),
        ("first twelve months of 2025", "period", "is not read"),
        ("FY2024", "fiscal_year", "Write `FY2023/24 from April` or `FY2024 ending March`."),
        (
            "FY2024 from April",
            "fiscal_year",
            "“FY2024 from April” does not say when the fiscal year begins",
        ),
        ("FY2023/25 from April", "fiscal_year", "does not say"),
        ("FY2023/24", "fiscal_year", "does not say"),
        ("FY2023/24 from January", "fiscal_year", "does not say"),
        ("31 June 2025", "impossible", "“2025-06-31” has a day 31"),
        ("June–January 2025", "reversed", "ends before it begins"),
        ("since 2013/..", "period", "is not read"),
        ("2025-05-07T10:00Z", "time_of_day", "Write the day only."),
        ("2013/", "empty_end", "Write `..`"),
        ("May\u200b 2025", "invisible", "ZERO WIDTH SPACE"),
        ("May" * 30, "too_long", "has 90 characters"),
    ],
)
def test_what_no_two_readers_read_alike_is_refused(typed: str, code: str, message: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        parse_period(typed)

    assert refused.value.code == code
    assert message in refused.value.message
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_read(example: str) -> None:
    assert parse_period(example).typed == example


@pytest.mark.parametrize("edtf", ["2025?", "202X", "2025-XX", "2013/..", "2025-40", "2025-05-07~"])
def test_edtf_is_given_back_as_it_is(edtf: str) -> None:
    assert not is_in_words(edtf)
    assert period_in_edtf(edtf) == edtf


WORDS = [
    "since ",
    "until ",
    "from ",
    " to ",
    "–",
    "-",
    "FY",
    "H1 ",
    "May ",
    "7",
    "2025",
    "?",
    "~",
    "/",
]


@given(st.text(max_size=80) | st.lists(st.sampled_from(WORDS), max_size=8).map("".join))
def test_garbage_is_refused_and_words_hold_no_marks_of_doubt(typed: str) -> None:
    message, uncertain = "Read.", False
    try:
        uncertain = parse_period(typed).uncertain
    except ValueRefused as refused:
        message = refused.message
    assert message.endswith(".")
    if message == "Read.":
        assert uncertain is not {"?", "~", "%"}.isdisjoint(typed)


def test_the_refusal_of_a_period_is_its_own() -> None:
    with pytest.raises(PeriodRefused):
        period_in_edtf("one of these days")
