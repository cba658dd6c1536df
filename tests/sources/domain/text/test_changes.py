"""Two texts of a source compared: nothing is lost, nothing is made up, and it ends in time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.text.changes import Piece, changes_between, matching, words_changed

WORDS = st.lists(st.sampled_from(["a", "b", "c", "9", "−", "."]), max_size=30)
TEXTS = st.lists(WORDS.map(" ".join), max_size=8).map("\n\n".join)


def side(pieces: tuple[Piece, ...], *kinds: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


def test_a_changed_digit_is_one_change_of_one_word() -> None:
    found = changes_between("It fell by 9%.\n\nSame.", "It fell by 8%.\n\nSame.")
    (change,) = found.changes
    assert change.pieces == (
        Piece("same", "It fell by "),
        Piece("removed", "9"),
        Piece("added", "8"),
        Piece("same", "%."),
    )
    assert change.touches(8, 13)
    assert not change.touches(0, 10)
    assert found.same_after == 1


def test_numbers_change_whole_and_scripts_without_spaces_by_the_character() -> None:
    assert words_changed("by 9.1%", "by 8.1%")[1:3] == (
        Piece("removed", "9.1"),
        Piece("added", "8.1"),
    )
    assert words_changed("贸易额下降", "贸易额上升") == (
        Piece("same", "贸易额"),
        Piece("removed", "下降"),
        Piece("added", "上升"),
    )


def test_white_space_is_no_difference() -> None:
    assert changes_between("One two\nthree.\n\nFour.", "One  two three.\n\n\nFour.").changes == ()


def test_new_words_touch_the_quote_that_they_stand_in_and_no_other() -> None:
    old = "It rose, they said."
    (change,) = changes_between(old, "It never rose, they said.").changes
    assert change.touches(0, 7)
    assert not change.touches(3, 7)


def test_a_paragraph_that_is_gone_touches_its_quotes() -> None:
    (change,) = changes_between("First.\n\nSecond.\n\nThird.", "First.\n\nThird.").changes
    assert change.old == (8, 15)
    assert change.touches(8, 11)


@given(WORDS, WORDS)
def test_runs_are_equal_on_both_sides_and_in_order(old: list[str], new: list[str]) -> None:
    at_old = at_new = 0
    for left, right, length in matching(old, new):
        assert left >= at_old
        assert right >= at_new
        assert old[left : left + length] == new[right : right + length]
        at_old, at_new = left + length, right + length


@given(TEXTS, TEXTS)
def test_the_pieces_are_the_words_of_either_text(old: str, new: str) -> None:
    pieces = words_changed(old, new)
    assert side(pieces, "same", "removed") == old
    assert side(pieces, "same", "added").split() == new.split()
    for change in changes_between(old, new).changes:
        assert side(change.pieces, "same", "removed") == old[slice(*change.old)]


@given(TEXTS)
def test_a_text_has_no_changes_from_itself(text: str) -> None:
    assert changes_between(text, text).changes == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b " * 50_000, "b a c " * 36_000),
        ("a\n" * 50_000, "b\na\n" * 36_000),
        ("\n\n".join(map(str, range(20_000))), "\n\n".join(map(str, range(20_000, 0, -1)))),
    ],
)
def test_a_long_text_of_anything_is_compared_in_time(old: str, new: str) -> None:
    began = time.process_time()
    changes_between(old, new)
    assert time.process_time() - began < 5
