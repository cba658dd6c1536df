"""Invisible characters have names that people see."""

import pytest

from sources.domain.text.invisible import RUN, full_name, short_name
from sources.templatetags.quotes import as_quoted


@pytest.mark.parametrize(
    ("character", "short", "full"),
    [
        ("\u200b", "ZWSP", "ZERO WIDTH SPACE"),
        ("\u202e", "RLO", "RIGHT-TO-LEFT OVERRIDE"),
        ("\U000e0041", "TAG A", "TAG LATIN CAPITAL LETTER A"),
        ("\ufe0f", "VS16", "VARIATION SELECTOR-16"),
        ("\U000e0100", "VS17", "VARIATION SELECTOR-17"),
        ("\x01", "U+0001", "CONTROL CHARACTER U+0001"),
        ("\u2800", "U+2800", "BRAILLE PATTERN BLANK"),
    ],
)
def test_it_has_a_short_and_a_full_name(character: str, short: str, full: str) -> None:
    assert (short_name(character), full_name(character)) == (short, full)
    assert RUN.fullmatch(character)


def test_quoted_words_stay_as_they_are_between_badges() -> None:
    assert as_quoted("a <b>\u200b\u200bc") == (
        'a &lt;b&gt;<bdi class="invisible" data-name="ZWSP ×2" title="ZERO WIDTH SPACE ×2">'
        "\u200b\u200b</bdi>c"
    )
