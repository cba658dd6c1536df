"""Keys of words: what a search cannot tell apart has one."""

import pytest

from claims.domain.absence.word_keys import KEY_LENGTH, word_key


@pytest.mark.parametrize(
    ("one", "other"),
    [("Denuclearisation", "denuclearisation"), ("Sibe\nria", "sibe ria"), ("Tōkyō", "TOKYO")],
)
def test_words_that_a_search_cannot_tell_apart_have_one_key(one: str, other: str) -> None:
    assert word_key(one) == word_key(other)
    assert len(word_key(one)) == KEY_LENGTH


def test_other_words_have_other_keys() -> None:
    words = ["sanction", "sanctions", "action", "sanc tion", "制裁", "制载", "…", "!"]

    assert len({word_key(one) for one in words}) == len(words)
