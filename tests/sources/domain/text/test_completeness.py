"""How many words of a file are in its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.text.completeness import Completeness, count_words, measured


@pytest.mark.parametrize(
    ("pieces", "text", "counted", "kept"),
    [
        (["Trade fell.", "It rose."], "Trade fell.\n\nIt rose.", 4, 4),
        (["Trade fell.", "It rose."], "It rose.\nTrade fell.", 4, 4),
        (["Trade fell.", "It rose."], "Trade fell.", 4, 2),
        (["no no no"], "no", 3, 1),
        (["10\u2076 opera\u00adtional well-known"], "106 operational well-\nknown", 3, 3),
        (["TRADE fell"], "Trade ﬁsh fell", 2, 2),
        (["يبيبَح habibi"], "habibi حَبيبي", 2, 2),
        (["签署了新的协议"], "签署了\n新的", 7, 5),
        ([], "", 0, 0),
    ],
)
def test_words_count_as_often_as_they_stand_there(
    pieces: list[str], text: str, counted: int, kept: int
) -> None:
    found = measured(pieces, text)

    assert (found.counted, found.kept) == (counted, kept)


def test_a_text_with_nine_of_ten_words_passes_for_the_whole() -> None:
    assert not Completeness(10, 9).is_fragment
    assert Completeness(100, 89).is_fragment
    assert Completeness(0, 0).share == 1


def test_the_longest_missing_pieces_are_named_in_their_order() -> None:
    pieces = [f"Nothing of this sentence {number} is there." for number in "abcdefg"]
    pieces[2] = "Here words follow each other " * 9

    missing = measured(["Trade fell by 9%.", *pieces], "Trade fell by 9%.").missing

    assert len(missing) == 5
    assert missing[2].startswith("Here words follow")
    assert missing[2].endswith("…")
    assert all(len(piece) <= 81 for piece in missing)


@given(st.lists(st.text("ab 中\n-é", max_size=12)), st.text("ab 中\n-é", max_size=40))
def test_no_more_words_are_kept_than_there_are(pieces: list[str], text: str) -> None:
    found = measured(pieces, text)

    assert 0 <= found.kept <= found.counted == sum(map(count_words, pieces))
    assert measured([text], text).share == 1
