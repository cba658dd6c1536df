"""Typed searches: any text is read, or refused in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.search.lexemes import term_query
from sources.domain.search.stems import stem_of
from sources.domain.search.tokens import fold_word, tokens_of
from sources.domain.search.typed import MAX_LENGTH, MAX_TOKENS, SearchRefused, read_search

PIECES = [
    *("\0", "\ud800", "\udfff", "\u200f", "\u202e", "\u200b", "\u00ad", "\u0301", "\n", " "),
    *('"', "“", "»", "'", "’", "\\", "%", "-", "−", "–", "+", ".", ",", "/", "[", "]", "@"),
    *("&", "|", "!", "<->", "<2>", ":*", ":A", "(", ")", "§", "#", "=", "e:1", "en=fall"),
    *("or", "OR", "-9%", "9", "1,234", "٣", "½", "Ⅸ", "10⁶", "2,400", "0" * 40, "9" * 300),
    *("C17", "K5", "X1", "Q148", "10.1000/182", "978-0-306-40615-7", "https://[", "www.a.b"),
    *("中国", "中", "ไทย", "カ", "İstanbul", "ﬃ", "𝐀", "™", "שלום", "Łódź", "falling", "x" * 250),
]
# Characters of any kind, surrogates too, and what could be read as more than a word.
ANY_TEXT = st.lists(st.one_of(st.sampled_from(PIECES), st.characters()), max_size=40).map("".join)


@given(ANY_TEXT)
def test_any_text_is_read_or_refused(typed: str) -> None:
    try:
        search = read_search(typed)
    except SearchRefused:
        return

    terms = [*search.terms, *search.excluded]
    assert search.groups
    assert all(term.tokens for term in terms)
    assert sum(len(term.tokens) for term in terms) <= MAX_TOKENS
    for term in terms:
        assert "§" not in term_query(term, ["en", "ru"])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("\0", "unreadable"),
        ("fall\ud800", "unreadable"),
        ("x" * (MAX_LENGTH + 1), "too_long"),
        ('"', "nothing_to_search"),
        ("& | ! <-> :*", "nothing_to_search"),
        ("or", "nothing_to_search"),
        ("a " * (MAX_TOKENS + 1), "too_many_words"),
    ],
)
def test_the_refusal_says_what_is_wrong(typed: str, code: str) -> None:
    with pytest.raises(SearchRefused) as refused:
        read_search(typed)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


def test_a_search_may_have_as_many_characters_as_are_said() -> None:
    assert read_search("x" * MAX_LENGTH).terms


@given(st.text())
def test_folding_a_word_twice_is_folding_it_once(word: str) -> None:
    assert fold_word(fold_word(word)) == fold_word(word)


@pytest.mark.parametrize(
    ("written", "folded"),
    [("𝐅alls", "falls"), ("№", "no"), ("ﬃ", "ffi"), ("İ", "i"), ("Łódź", "lodz"), ("ẞ", "ss")],
)
def test_a_word_is_folded_to_small_letters(written: str, folded: str) -> None:
    assert fold_word(written) == folded


@given(st.text(), st.sampled_from(["en", "de", "pl", "cs", "ru"]))
def test_a_stem_is_the_same_in_capitals_of_any_shape(word: str, language: str) -> None:
    stem = stem_of(word, language)
    assert stem == stem_of(word.lower(), language)


@given(ANY_TEXT)
def test_words_of_a_text_stand_in_it_in_order(text: str) -> None:
    tokens = list(tokens_of(text))
    starts = [token.start for token in tokens]
    assert starts == sorted(starts)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        assert all(token.forms)
