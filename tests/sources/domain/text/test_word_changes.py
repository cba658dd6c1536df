"""Two wordings compared word by word: to the last character, and in time."""

import time

from hypothesis import given
from hypothesis import strategies as st

from sources.domain.text.changes import Piece
from sources.domain.text.word_changes import word_changes

# Texts of few words, which therefore have much in common, and texts of any characters at all.
TEXTS = st.one_of(
    st.lists(
        st.sampled_from(["not", "9.1", "9", "%", " ", "  ", "\n", "贸", "易", "é", "ไทย"])
    ).map("".join),
    st.text(),
)


def kept(pieces: tuple[Piece, ...], *kinds: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@given(TEXTS, TEXTS)
def test_without_what_was_added_it_is_the_text_before_and_without_the_removed_the_one_after(
    before: str, after: str
) -> None:
    pieces = word_changes(before, after)

    assert kept(pieces, "same", "removed") == before
    assert kept(pieces, "same", "added") == after
    assert all(piece.text for piece in pieces)


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert word_changes(text, text) == ((Piece("same", text),) if text else ())


def test_one_word_more_is_all_that_changed() -> None:
    assert word_changes("Trade fell by 9%.", "Trade never fell by 9%.") == (
        Piece("same", "Trade "),
        Piece("added", "never "),
        Piece("same", "fell by 9%."),
    )


def test_a_number_changes_whole() -> None:
    assert word_changes("It fell by 9.1%.", "It fell by 9.2%.")[1:3] == (
        Piece("removed", "9.1"),
        Piece("added", "9.2"),
    )


def test_a_minus_is_a_change_of_its_own() -> None:
    assert word_changes("by 9%", "by −9%") == (
        Piece("same", "by "),
        Piece("added", "−"),
        Piece("same", "9%"),
    )


def test_words_that_changed_in_a_row_are_read_in_a_row() -> None:
    assert word_changes("They signed a small deal.", "They refused the big deal.") == (
        Piece("same", "They "),
        Piece("removed", "signed a small"),
        Piece("added", "refused the big"),
        Piece("same", " deal."),
    )


def test_scripts_without_spaces_change_by_the_character() -> None:
    assert word_changes("GDP下降了3%", "GDP上升了3%") == (
        Piece("same", "GDP"),
        Piece("removed", "下降"),
        Piece("added", "上升"),
        Piece("same", "了3%"),
    )
    assert word_changes("ราคาขึ้น", "ราคาลด")[0] == Piece("same", "ราคา")


def test_an_accent_stays_with_its_word() -> None:
    assert word_changes("Cafe\u0301s open", "Cafes open")[:2] == (
        Piece("removed", "Cafe\u0301s"),
        Piece("added", "Cafes"),
    )
    assert word_changes("हिन्दी में", "हिन्दू में")[:2] == (
        Piece("removed", "हिन्दी"),
        Piece("added", "हिन्दू"),
    )


def test_white_space_is_a_difference() -> None:
    assert word_changes("a b", "a\u00a0b") == (
        Piece("same", "a"),
        Piece("removed", " "),
        Piece("added", "\u00a0"),
        Piece("same", "b"),
    )


def test_long_texts_that_have_little_in_common_are_compared_in_time() -> None:
    before = " ".join(["one", "two", "three"] * 20_000)
    after = " ".join(["two", "one", "four"] * 20_000)

    started = time.perf_counter()
    pieces = word_changes(before, after)

    assert time.perf_counter() - started < 5
    assert kept(pieces, "same", "added") == after
