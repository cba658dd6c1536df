"""The sentence that a place of a text stands in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.grading.sentence_span import sentence_span


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("It fell. Trade rose in May. So it went.", "rose", "Trade rose in May."),
        ("Trade rose in May. So it went.", "rose", "Trade rose in May."),
        ("It fell. Trade rose in May", "rose", "Trade rose in May"),
        ("A heading\n\nTrade rose,\nand went on.\n\nMore", "Trade", "Trade rose,\nand went on."),
        ("He said: “It fell.” “Trade rose,” she said. So.", "fell", "He said: “It fell.”"),
        ("Mr. Smith of the U.S. saw it rise by 9.1 percent. So.", "rise", None),
        ("贸易下降。贸易增长。完。", "增长", "贸易增长。"),
    ],
)
def test_it_is_the_whole_sentence(text: str, words: str, sentence: str | None) -> None:
    start = text.index(words)
    begun, ended = sentence_span(text, start, start + len(words))
    assert text[begun:ended] == (sentence or text.removesuffix(" So."))


def test_without_an_end_near_by_it_is_the_place_itself() -> None:
    text = "word " * 400
    assert sentence_span(text, 1000, 1004) == (1000, 1004)


@given(st.text(alphabet="ab .\n\f“”", max_size=80), st.data())
def test_it_holds_the_place_and_begins_and_ends_with_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    begun, ended = sentence_span(text, start, end)
    assert 0 <= begun <= start <= end <= ended <= len(text)
