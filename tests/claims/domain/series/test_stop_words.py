"""Stop words of languages, and what editors of a series make of them."""

import pytest

from claims.domain.series.stop_words import (
    MAX_WORDS,
    StopWordChoice,
    StopWordsRefused,
    clean_stop_words,
    stop_words_of,
)


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("en", "the"),
        ("en-GB", "can't"),
        ("de-CH", "und"),
        ("ru", "и"),
        ("nb", "og"),
        ("zh-Hans", "的"),
        ("pl", "się"),
    ],
)
def test_a_language_has_its_stop_words(language: str, word: str) -> None:
    assert word in stop_words_of(language)


@pytest.mark.parametrize("language", ["", "und", "qaa", "tlh"])
def test_a_language_without_a_list_leaves_nothing_out(language: str) -> None:
    assert stop_words_of(language) == frozenset()


def test_editors_leave_out_more_words_and_show_some_all_the_same() -> None:
    choice = clean_stop_words(["Quad", "  ", "DON’T"], ["World"])

    assert choice == StopWordChoice(frozenset({"quad", "don't"}), frozenset({"world"}))
    assert choice.leaves_out("quad", "en")
    assert choice.leaves_out("the", "en")
    assert not choice.leaves_out("world", "en")
    assert not choice.leaves_out("the", "fr")


@pytest.mark.parametrize(
    ("added", "shown", "code"),
    [
        (["trade war"], [], "no_word"),
        (["—"], [], "no_word"),
        (["x" * 61], [], "no_word"),
        ([f"w{n}" for n in range(MAX_WORDS + 1)], [], "too_many_words"),
        (["Quad"], ["quad"], "both_lists"),
    ],
)
def test_lists_are_refused_that_cannot_be_kept(
    added: list[str], shown: list[str], code: str
) -> None:
    with pytest.raises(StopWordsRefused) as refused:
        clean_stop_words(added, shown)

    assert refused.value.code == code
