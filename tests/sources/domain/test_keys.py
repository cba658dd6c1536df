"""Keys of rows: accepted and refused."""

import pytest

from sources.domain.keys import is_key


@pytest.mark.parametrize("text", ["a", "Q148", "power-of-siberia-2", "2025_joint", "a" * 100])
def test_letters_digits_hyphens_and_underscores_make_a_key(text: str) -> None:
    assert is_key(text)


@pytest.mark.parametrize(
    "text", ["", "-a", "_a", "a b", "a/b", "a\n", "é", "٣", "a\u200b", "a" * 101]
)
def test_anything_else_is_no_key(text: str) -> None:
    assert not is_key(text)
