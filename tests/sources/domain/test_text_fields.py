import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.text_fields import WordsRefused, clean_words


def refusal(text: str, *, limit: int = 10, required: bool = True) -> str:
    with pytest.raises(WordsRefused) as refused:
        clean_words(text, name="title", limit=limit, required=required)
    assert refused.value.message.startswith("The title ")
    assert refused.value.message.endswith(".")
    return refused.value.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "missing"),
        (" \n\t\u00a0", "missing"),
        ("\u200b\u2060", "missing"),
        ("12345678901", "too_long"),
        (" " * 11, "too_long"),
        ("a\0b", "unreadable"),
        ("a\ud800b", "unreadable"),
        # NFC takes three characters for each of these.
        ("\ufb2c" * 4, "too_long"),
    ],
)
def test_what_is_no_words_is_refused(text: str, code: str) -> None:
    assert refusal(text) == code


def test_ten_megabytes_are_refused_in_a_short_sentence() -> None:
    with pytest.raises(WordsRefused) as refused:
        clean_words("a" * 10_000_000, name="statement", limit=2_000)
    assert refused.value.message == (
        "The statement has 10,000,000 characters; at most 2,000 are kept. Shorten it."
    )


def test_nothing_is_taken_where_words_are_not_required() -> None:
    assert clean_words("  ", name="note", limit=10) == ""


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_words_are_clean_after_one_cleaning(text: str) -> None:
    cleaned = clean_words(text, name="note", limit=10_000)

    assert cleaned == clean_words(cleaned, name="note", limit=10_000)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
