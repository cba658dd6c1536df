"""The standing of a source as every door tells it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.readings.standing import read_standing
from sources.vocabulary import Standing

DAY = date(2025, 3, 3)
CHANGED = [standing for standing in Standing if standing != Standing.CURRENT]
REASONS = st.text(min_size=1).filter(lambda reason: reason.strip())


def test_a_source_that_is_current_has_nothing_to_tell() -> None:
    assert read_standing("current", None, "") is None
    assert read_standing("current", DAY, "It was another report.") is None


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        ("corrected", "The source was corrected on 3 March 2025: data fabricated."),
        (
            "concern",
            "The publisher issued an expression of concern on 3 March 2025: data fabricated.",
        ),
        ("superseded", "A later edition replaced the source on 3 March 2025: data fabricated."),
        ("retracted", "The source was retracted on 3 March 2025: data fabricated."),
        ("withdrawn", "The source was withdrawn on 3 March 2025: data fabricated."),
    ],
)
def test_a_sentence_says_what_when_and_why(standing: str, sentence: str) -> None:
    read = read_standing(standing, DAY, "data fabricated")

    assert read is not None
    assert read.sentence == sentence


@given(standing=st.sampled_from(CHANGED), since=st.dates(min_value=date(1000, 1, 1)), why=REASONS)
def test_every_standing_but_current_has_a_sentence_with_its_day_and_reason(
    standing: Standing, since: date, why: str
) -> None:
    read = read_standing(standing, since, why)

    assert read is not None
    assert (read.code, read.since, read.reason) == (standing, since, why)
    assert f"{since.day} {since:%B} {since.year}" in read.sentence
    assert " ".join(why.split()) in read.sentence
    assert "\n" not in read.sentence


@given(standing=st.sampled_from(CHANGED), since=st.dates(), why=REASONS)
def test_who_may_not_know_the_source_is_told_the_kind_of_standing_alone(
    standing: Standing, since: date, why: str
) -> None:
    read = read_standing(standing, since, why, is_known=False)

    assert read is not None
    assert (read.code, read.since, read.reason) == (standing, None, "")
    assert "confidential source" in read.sentence
    assert read == read_standing(standing, date(1999, 1, 1), "another reason", is_known=False)


@pytest.mark.parametrize(
    ("reason", "end"),
    [
        ("The data\nwere made up", "The data were made up."),
        ("The data were made up.", "The data were made up."),
        ("“The data were made up.”", "“The data were made up.”"),
        ("Made up (see the notice)", "Made up (see the notice)."),
        ("Why?", "Why?"),
    ],
)
def test_a_sentence_ends_once(reason: str, end: str) -> None:
    read = read_standing("retracted", DAY, reason)

    assert read is not None
    assert read.sentence == f"The source was retracted on 3 March 2025: {end}"
