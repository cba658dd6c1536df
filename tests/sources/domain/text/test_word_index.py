"""The words of a text by which quotes in it are found."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.grading.quotes import grade_quote
from sources.domain.text.apparatus import find_apparatus
from sources.domain.text.word_index import MAX_LENGTH, distinct_words, words_of_quote

TEXTS = st.text(
    st.sampled_from("ab CD.,’“”-–—9%1¹²³\u00ad\n\u00a0ﬁ五年天然*[]()<>éе\u0301"), max_size=60
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Trade fell by 9%, by 9.", ["9", "Trade", "by", "fell"]),
        ("opera\u00adtional ﬁnance", ["finance", "operational"]),
        ("China’s non-nuclear", ["China", "non", "nuclear", "s"]),
        ("在2025年天然气", ["2025", "天然", "年天", "然气"]),
        ("snake_case", ["case", "snake"]),
        ("a" * 500, ["a" * MAX_LENGTH]),
        ("", []),
    ],
)
def test_words_are_parted_where_a_quote_may_begin_or_end(text: str, words: list[str]) -> None:
    assert [word for word in distinct_words(text) if " " not in word] == words


def test_a_word_that_apparatus_parts_is_known_whole_too() -> None:
    text = "the state<b>ment</b> of 2025"

    assert {"statement", "state"} <= set(distinct_words(text, find_apparatus(text)))


def test_the_desks_own_words_in_a_quote_are_not_looked_for() -> None:
    words = words_of_quote("Trade [in goods] fell … by 9%")

    assert [word for word in words if " " not in word] == ["Trade", "fell", "by", "9"]


def test_texts_of_the_same_words_are_told_apart_by_runs() -> None:
    words = [f"word{number}" for number in range(40)]
    backwards = " ".join(reversed(words))

    assert set(words_of_quote(" ".join(words))) - set(distinct_words(backwards))
    assert len(words_of_quote(" ".join(words))) < 40 + 20


@given(st.data())
def test_a_text_has_all_words_of_a_quote_that_stands_in_it(data: st.DataObject) -> None:
    text = unicodedata.normalize("NFC", data.draw(TEXTS))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = text[start:end].replace("–", "-").replace("’", "'").replace("\n", " ")
    apparatus = find_apparatus(text)

    if not quote.strip() or not any(character.isalnum() for character in quote):
        return
    if grade_quote(quote, text, apparatus=apparatus).grade.is_found:
        assert set(words_of_quote(quote)) <= set(distinct_words(text, apparatus))
