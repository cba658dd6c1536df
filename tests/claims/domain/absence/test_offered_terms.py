"""Terms offered to a person: names to be left out with NOT, and words that are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.absence.offered_terms import (
    HitContext,
    longer_names,
    same_term,
    term_without,
)
from claims.domain.absence.searchable_text import prepare_text
from claims.domain.absence.terms import find_hits, read_term


def hit(sentence: str) -> HitContext:
    """The hit between brackets: "the South [China] Sea"."""
    before, _bracket, rest = sentence.partition("[")
    words, _bracket, after = rest.partition("]")
    return HitContext(before, words, after)


def names(*sentences: str) -> list[tuple[str, int]]:
    return [(one.name, one.count) for one in longer_names(map(hit, sentences))]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("peace in the South [China] Sea, and", "South China Sea"),
        ("peace in the South\n[China] Sea.", "South China Sea"),
        ("in the East and South [China] Seas.", "East and South China Seas"),
        ("the Bank of [China] said", "Bank of China"),
        ("a [China]-Central Asia Summit of", "China-Central Asia Summit"),
        ("They met. The South [China] Sea is", "South China Sea"),
        ("trade with [China] grew", ""),
        ("It ended. [China] Sea trade", "China Sea"),
        ("With us. In [China] they", ""),
        ("We saw, in Japan. South [China] is", ""),
        ("the [Georgia] Institute of Technology opened", "Georgia Institute of Technology"),
        ("в Южно-[Китайском] море", "Южно-Китайском"),
    ],
)
def test_a_longer_name_is_guessed_from_capitals(sentence: str, name: str) -> None:
    assert names(sentence) == ([(name, 1)] if name else [])


def test_a_word_that_begins_a_sentence_belongs_where_it_does_elsewhere() -> None:
    found = names("It ended.\n\nSouth [China] Sea trade fell", "on the South [China] Sea and")

    assert found == [("South China Sea", 2)]


def test_the_most_frequent_names_come_first() -> None:
    found = names(
        "the East [China] Sea", "in the South [China] Sea", "of the South [China] Sea", "of [China]"
    )

    assert found == [("South China Sea", 2), ("East China Sea", 1)]


def test_without_capitals_what_is_repeated_is_offered() -> None:
    found = names("a new [power] plant here", "each [power] plant is", "with [power] of his")

    assert found == [("power plant", 2)]


def test_small_words_are_no_name() -> None:
    assert names("use of [power] by", "the abuse of [power] by him") == []


def test_a_term_leaves_its_names_out() -> None:
    term = term_without("China", "South China Sea", "East “China” Sea")

    assert term == 'China NOT "South China Sea" NOT "East  China  Sea"'
    searched = prepare_text("The South China Sea, the East China Sea, and China.")
    assert [one.start for one in find_hits(read_term(term), searched)] == [45]


def test_a_term_that_would_be_too_long_is_not_offered() -> None:
    assert term_without("China", "of " * 100) == ""


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("denuclearisation", "denuclearisation"),
        ("Sibe\n  ria", "Sibe ria"),
        ("DO NOT ENTER", '"DO NOT ENTER"'),
        ("cats AND dogs", '"cats AND dogs"'),
        ("the 5* hotel", '"the 5* hotel"'),
    ],
)
def test_words_that_are_the_same_are_a_term(words: str, term: str) -> None:
    assert same_term(words) == term


@given(
    st.text(alphabet="aA .-\n\u2019China", max_size=40), st.text(alphabet="bB .-\nSea", max_size=40)
)
def test_a_name_has_its_hit_and_stands_in_the_text(before: str, after: str) -> None:
    for one in longer_names([HitContext(before, "China", after)]):
        assert "China" in one.name
        assert one.name in " ".join(f"{before}China{after}".split())
