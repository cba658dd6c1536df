"""Which quotes the passages of a correction touch."""

import pytest

from sources.domain.grading.corrections import Passages, Touch, find_passages, overlap, touch
from sources.domain.text.folded_text import FoldedText

#       0         1         2         3         4         5
#       0123456789012345678901234567890123456789012345678901234567
TEXT = "Trade fell by 9%. Exports rose. Imports rose. Trade fell."


def found(*passages: str, text: str | None = TEXT) -> Passages:
    return find_passages(passages, None if text is None else FoldedText(text))


def test_a_passage_is_found_where_it_stands() -> None:
    assert found("Exports rose.") == Passages(((18, 31),))


def test_a_passage_that_stands_twice_is_found_twice() -> None:
    assert found("Trade fell") == Passages(((0, 10), (46, 56)))


def test_a_passage_that_differs_in_a_digit_is_not_found() -> None:
    assert found("Trade fell by 8%.", "Exports rose.") == Passages(
        ((18, 31),), not_found=("Trade fell by 8%.",)
    )


def test_without_a_text_no_passage_is_found() -> None:
    assert found("Exports rose.", text=None) == Passages((), not_found=("Exports rose.",))


def test_a_withheld_passage_is_not_looked_for() -> None:
    assert found("", "Exports rose.") == Passages(((18, 31),), has_withheld=True)


@pytest.mark.parametrize(
    ("quote", "passages", "expected"),
    [
        ([(18, 31)], found("Exports rose."), Touch.TOUCHED),
        ([(0, 31)], found("Exports rose."), Touch.TOUCHED),
        ([(20, 22)], found("Exports rose."), Touch.TOUCHED),
        ([(30, 40)], found("Exports rose."), Touch.TOUCHED),
        ([(0, 18)], found("Exports rose."), Touch.UNTOUCHED),
        ([(31, 45)], found("Exports rose."), Touch.UNTOUCHED),
        ([(0, 10), (46, 56)], found("Trade fell by 9%."), Touch.TOUCHED),
        ([(46, 56)], found("Exports rose.", "Trade fell"), Touch.TOUCHED),
        ([], found("Exports rose."), Touch.UNLOCATED),
        ([], found("Nothing like it."), Touch.UNLOCATED),
        ([(0, 17)], found("Nothing like it."), Touch.UNKNOWN),
        ([(0, 17)], found("Nothing like it.", "Exports rose."), Touch.UNKNOWN),
        ([(18, 31)], found("Nothing like it.", "Exports rose."), Touch.TOUCHED),
        ([(0, 17)], found("", "Exports rose."), Touch.WITHHELD),
        ([(18, 31)], found("", "Exports rose."), Touch.TOUCHED),
        ([], found(""), Touch.UNLOCATED),
    ],
)
def test_a_correction_touches_what_shares_a_character_with_it(
    quote: list[tuple[int, int]], passages: Passages, expected: Touch
) -> None:
    assert touch(quote, passages) == expected


def test_places_side_by_side_do_not_overlap() -> None:
    assert not overlap((0, 5), (5, 9))
    assert overlap((0, 6), (5, 9))
