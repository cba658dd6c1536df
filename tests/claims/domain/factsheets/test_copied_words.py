"""Copies of a quote's words in prose: found in any spelling, blacked out, and told from chance."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.factsheets.copied_words import BLACKED_OUT, are_copied, blacked_out
from claims.domain.factsheets.written_forms import written_forms

WORDS = "Zanzibar owes nine million"


@pytest.mark.parametrize(
    "prose",
    [
        "So “Zanzibar owes nine million” now.",
        "zanzibar OWES nine million",
        "Zanzibar owes\nnine  million",
        "Zänzibar owes nine million",
        "Zanzibar *owes* **nine** mil\u00adlion",
        "Zanzi-\nbar owes [C17/v2] nine [million](https://example.org)",
        {"sections": [{"prose": "He said: Zanzibar owes nine million."}]},
    ],
)
def test_a_copy_is_found_and_none_is_left(prose: Any) -> None:
    assert are_copied([WORDS], prose)

    left = blacked_out([WORDS], prose)

    assert not are_copied([WORDS], left)
    assert "million" not in str(left)


@pytest.mark.parametrize("prose", ["Zanzibar owes ten million", "", {"title": ["Zanzibar"]}])
def test_other_words_are_none(prose: Any) -> None:
    assert not are_copied([WORDS], prose)
    assert blacked_out([WORDS], prose) == prose


def test_what_stands_around_a_copy_stays() -> None:
    assert blacked_out([WORDS], f"He said “{WORDS}”; so be it [C1].") == (
        f"He said “{BLACKED_OUT}”; so be it [C1]."
    )


def test_a_number_alone_is_nobodys_quote() -> None:
    assert not are_copied(["9%"], "It fell by 9%.")
    assert written_forms(["9%"]) == []


@given(st.text(min_size=12, max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_no_copy_is_left_whatever_the_words(words: str, before: str, after: str) -> None:
    left = blacked_out([words], {"prose": [f"{before}{words}{after}"]})

    assert not are_copied([words], left)


def test_words_are_looked_for_as_files_write_them() -> None:
    forms = written_forms(['He said "no" & left\nat once'])

    assert b"He said &quot;no&quot; &amp; left at once" in forms
    assert b'He said "no" &amp; left at once' in forms
    assert b'He said \\"no\\" & left\\nat once' in forms


def test_a_chinese_sentence_is_long_enough_for_a_copy() -> None:
    words = ["贸易额下降了百分之九"]

    assert are_copied(words, {"summary": "他们说贸易额下降了百分之九。"})
    assert not are_copied(["中国的"], {"summary": "中国的贸易"})
