"""Pages whose letters are not those that they print."""

import random
import string

import pytest

from sources.domain.text.gibberish import is_gibberish
from sources.domain.text.language import language_of

ENGLISH = (
    "This is the report of the bank for the year 2025. It says that trade fell by nine per cent, "
    "and that the ministry of finance will not raise the tax on imports before the parliament has "
    "read the budget. Several members asked why prices of energy went up while demand was low; the "
    "minister answered that contracts with suppliers abroad were signed in spring, and that nobody "
    "could have known how cold the winter would become. A vote is planned for next week."
)
BASQUE = (
    "Gizon-emakume guztiak aske jaiotzen dira, duintasun eta eskubide berberak dituztela; eta "
    "ezaguera eta kontzientzia dutenez gero, elkarren artean senide legez jokatu beharra dute. "
    "Pertsona guztiek dituzte Aldarrikapen honetan adierazitako eskubide eta askatasunak, arraza, "
    "kolorea, sexua, hizkuntza, erlijioa, iritzi politikoa edo bestelakoa, nazio edo gizarte "
    "jatorria, ekonomi maila, jaiotza edo beste edozein bereizkuntzarik gabe."
)
NAMES = "Abel Adams Ahmed Alvarez Bianchi Blanc Brown Castro Chen Cohen Dubois Fischer Garcia " * 2
CODES = " ".join(f"{first}{second}X" for first in "ABCDEFGH" for second in "BCDFGHJ")
CHINESE = "两国签署了新的协议，外交部发言人今天表示欢迎。" * 4
CAESAR = "Wklv lv wkh uhsruw ri wkh edqn iru wkh bhdu 2025. Lw vdbv wkdw wudgh ihoo eb 9 shu fhqw."


@pytest.mark.parametrize("text", [ENGLISH, BASQUE, NAMES, CODES, CHINESE, "", "Table 2: 3.1 4.5"])
def test_what_people_write_is_readable(text: str) -> None:
    assert not is_gibberish(text)


@pytest.mark.parametrize("text", [ENGLISH, "The report of the bank."])
def test_small_words_show_a_page_without_a_map_to_be_readable(text: str) -> None:
    assert not is_gibberish(text, unmapped=1)


def test_a_font_without_a_map_and_no_small_word_are_gibberish() -> None:
    assert is_gibberish(CAESAR, unmapped=0.8)
    assert not is_gibberish(CAESAR, unmapped=0.1)


@pytest.mark.parametrize("seed", range(4))
def test_letters_that_stand_for_others_are_gibberish(seed: int) -> None:
    letters = string.ascii_lowercase
    others = "".join(random.Random(seed).sample(letters, len(letters)))  # noqa: S311

    assert is_gibberish(ENGLISH.lower().translate(str.maketrans(letters, others)))


@pytest.mark.parametrize("sign", ["\ufffd", "\ue012", "\x03"])
def test_signs_that_are_no_letters_are_gibberish(sign: str) -> None:
    assert is_gibberish(f"{sign * 8} report of {sign * 4} bank")
    assert not is_gibberish(f"{sign} {ENGLISH}")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        ("Der Handel ging im ersten Halbjahr um neun Prozent zurück, und das ist nicht gut.", "de"),
        ("Le commerce a baissé de neuf pour cent dans les deux pays au cours de l'année.", "fr"),
        ("Торговля упала на девять процентов, и это не было неожиданностью для них.", "ru"),
        (CHINESE, ""),
        (CAESAR, ""),
    ],
)
def test_a_language_is_told_by_its_small_words(text: str, language: str) -> None:
    assert language_of(text) == language
