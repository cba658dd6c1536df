"""How many words part two wordings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.wording_distance import words_apart

WORDS = st.lists(st.sampled_from(["it", "fell", "rose", "by", "9%", "May,"]), max_size=8)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("It fell.", "It fell.", 0),
        ("It fell.", "It  fell!", 0),
        ("It fell.", "It rose.", 1),
        ("Trade fell by 9%.", "Trade fell by 8%.", 1),
        ("It fell.", "It fell in May.", 2),
        ("It fell by 9%", "It fell by 8% in May", 3),
        ("One fell, two rose.", "Two fell, one rose.", 2),
        ("", "It fell.", 2),
    ],
)
def test_words_are_counted_that_part_two_wordings(one: str, other: str, apart: int) -> None:
    assert words_apart(one, other) == apart


@given(one=WORDS, other=WORDS)
def test_a_wording_is_no_word_from_itself_and_never_farther_than_all_words(
    one: list[str], other: list[str]
) -> None:
    first, second = " ".join(one), " ".join(other)

    assert words_apart(first, first) == 0
    assert words_apart(first, second) <= len(one) + len(other)
    assert (words_apart(first, second) == 0) == (one == other)
