from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.values.whole_dates import WholeDates, whole_dates
from sources.domain.dates import parse_dates

APART = [
    ("7–10 May 2025", "7–9 May 2025"),
    ("7–10 May 2025", "8–10 May 2025"),
    ("7–10 May 2025", "7 May 2025"),
    ("7–10 May 2025", "June 2025"),
    ("7–10 May 2025", "April–May 2025"),
    ("May 2025", "May–June 2025"),
    ("since March 2025", "since 2024"),
    ("until March 2025", "until April 2025"),
    ("2024", "2025"),
]
TOGETHER = [
    ("7–10 May 2025", "May 7–10, 2025"),
    ("7–10 May 2025", "May 2025"),
    ("7 May – 10 June 2025", "May–June 2025"),
    ("7–10 May 2025", "2025"),
    ("7–10 May 2025", "2025-05-07~/2025-05-12~"),
    ("7–10 May 2025", "since 7 May 2025"),
    ("since March 2025", "since 7 March 2025"),
    ("since March 2025", "March–June 2025"),
    ("mid-2025", "7–10 May 2025"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_began_or_ended_on_other_days_is_another_thing(one: str, other: str) -> None:
    assert whole_dates(one).excludes(whole_dates(other))
    assert whole_dates(other).excludes(whole_dates(one))


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_what_may_have_begun_and_ended_on_the_same_days_is_one_thing(one: str, other: str) -> None:
    assert not whole_dates(one).excludes(whole_dates(other))
    assert not whole_dates(other).excludes(whole_dates(one))


def test_an_open_end_says_nothing_of_when_it_was() -> None:
    assert whole_dates("since 7 May 2025") == WholeDates(
        parse_dates("2025-05-07").days, parse_dates("../..").days
    )


SPANS = st.lists(st.dates(date(1, 1, 1), date(9998, 12, 31)), min_size=2, max_size=2).map(sorted)


@given(SPANS, SPANS)
def test_two_spans_of_known_days_agree_only_where_they_are_the_same(
    one: list[date], other: list[date]
) -> None:
    mine, theirs = (whole_dates(f"{first}/{last}") for first, last in (one, other))

    assert mine.excludes(theirs) is (one != other)
    assert not mine.excludes(mine)
