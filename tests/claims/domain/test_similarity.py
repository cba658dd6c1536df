"""How alike two statements are, and which few words make them different all the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.similarity import SAME, Likeness, likeness
from claims.vocabulary import Difference

WORDS = st.sampled_from(
    [
        "trade",
        "fell",
        "9%",
        "8%",
        "−8%",
        "not",
        "never",
        "n’a",
        "pas",
        "Россия",
        "не",
        "没有",
        "1.9",
    ]
)
STATEMENTS = st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=60)


@given(STATEMENTS)
def test_a_statement_is_wholly_like_itself(statement: str) -> None:
    assert likeness(statement, statement) == Likeness(SAME)


@given(STATEMENTS, STATEMENTS)
def test_which_is_which_makes_no_difference(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)


@given(STATEMENTS, STATEMENTS)
def test_a_score_lies_between_nothing_and_all(one: str, other: str) -> None:
    found = likeness(one, other)

    assert 0 <= found.score <= SAME
    assert not (found.differs and found.is_same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trade fell by 9%.", "trade fell by 9%"),
        ("Żółty łódź", "zolty lodz"),
        ("Trade “fell” by 9 %", "Trade fell by 9%"),
        ("٩ ships", "9 ships"),
    ],
)
def test_case_diacritics_and_punctuation_make_no_difference(one: str, other: str) -> None:
    assert likeness(one, other).is_same


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ("Trade fell by 9%.", "Trade fell by 8%.", Difference.NUMBERS),
        ("It changed by 9%.", "It changed by −9%.", Difference.NUMBERS),
        ("It grew by 1.9%.", "It grew by 19%.", Difference.NUMBERS),
        ("9 of 10 agreed.", "10 of 10 agreed.", Difference.NUMBERS),
        ("The pipeline was named.", "The pipeline was not named.", Difference.NEGATION),
        ("They met.", "They never met.", Difference.NEGATION),
        ("It isn’t so.", "It is so.", Difference.NEGATION),
        ("Торговля снизилась.", "Торговля не снизилась.", Difference.NEGATION),
        ("Es gab keinen Vertrag.", "Es gab einen Vertrag.", Difference.NEGATION),
        ("L’accord n’a pas été signé.", "L’accord a été signé.", Difference.NEGATION),
        ("贸易额没有下降", "贸易额下降", Difference.NEGATION),
    ],
)
def test_a_number_or_a_denial_makes_alike_what_would_be_the_same(
    one: str, other: str, difference: Difference
) -> None:
    found = likeness(one, other)

    assert found.differs == {difference}
    assert 50 <= found.score <= 90


@pytest.mark.parametrize("other", ["It is 9.", "It is €9.", "It is > 9%.", "It is 9‰."])
def test_a_sign_that_means_something_is_a_word(other: str) -> None:
    assert not likeness("It is 9%.", other).is_same


def test_a_range_is_no_negative_number() -> None:
    assert not likeness("20-25 ships came.", "20 – 25 ships came.").differs


def test_the_same_words_in_another_order_are_not_the_same() -> None:
    found = likeness("China exports to Russia.", "Russia exports to China.")

    assert found.score == 99
    assert not found.differs


def test_statements_on_one_thing_are_more_alike_than_any_two() -> None:
    near = likeness("Trade fell by 9% in May 2025.", "In May 2025, trade was down 9%.")
    far = likeness("Trade fell by 9% in May 2025.", "The summit was held in Kazan.")

    assert far.score < 60 < near.score
