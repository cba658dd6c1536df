"""Tell pages whose letters are not those that they print: fonts without a map to letters.

A program then gives the numbers of the glyphs as if they were letters: "Wklv lv wkh uhsruw" for
"This is the report". Such a page has letters that are none, or words without a single small word of
any language and with hardly a vowel. In doubt a page is taken for readable, unless its fonts say
that they have no map.
"""

import unicodedata

from sources.domain.text.language import shares, words_in

_UNMAPPED = 0.3  # of the letters that have no map
_UNREADABLE = 0.2  # of the characters that are none
_SOME_UNREADABLE = 0.05
_SMALL_WORDS = 0.04  # of the words, that show a page to be readable
_HARDLY_ANY = 0.01
_MANY = 40  # different words, from which the letters alone can tell
_FEW = 10
_VOWELS = 0.25  # of the letters; languages in Latin letters have a third and more
_SHORTEST = 3

_TOLD_BY_VOWELS = frozenset("aeiouyæøœıəіїєаеёиоуыэюяαεηιουω")


def is_gibberish(text: str, unmapped: float = 0.0) -> bool:
    """Whether a page cannot be read as it stands.

    `unmapped` is the share of its letters and digits whose font has no map to letters, 0 to 1.
    """
    signs = [each for each in text if not each.isspace()]
    if not signs:
        return False
    unreadable = sum(map(_is_unreadable, signs)) / len(signs)
    if unreadable >= _UNREADABLE and len(signs) >= _FEW:
        return True
    words = words_in(text)
    found = shares(words)
    small = found[0][1] if found else 0.0
    if unmapped >= _UNMAPPED:
        return small < _SMALL_WORDS
    if small >= _HARDLY_ANY or not words:
        return False
    if unreadable >= _SOME_UNREADABLE and len(words) >= _FEW:
        return True
    return _has_hardly_a_vowel(text)


def _has_hardly_a_vowel(text: str) -> bool:
    """Whether the words of a page in small letters cannot be spoken in any language."""
    words = {word for word in text.split() if _is_plain(word)}
    if len(words) < _MANY:
        return False
    letters = "".join(unicodedata.normalize("NFKD", word) for word in words)
    vowels = sum(letter in _TOLD_BY_VOWELS for letter in letters)
    return vowels < _VOWELS * sum(map(str.isalpha, letters))


def _is_plain(word: str) -> bool:
    word = word.strip(".,;:!?()\"'“”‘’«»")
    return (
        len(word) >= _SHORTEST
        and word.isalpha()
        and word[1:].islower()
        and all(_is_of_alphabet(letter) for letter in word)
    )


def _is_of_alphabet(letter: str) -> bool:
    """Whether it is Latin, Greek or Cyrillic, which write their vowels."""
    return letter < "\u0530" or "\u1e00" <= letter <= "\u1fff"


def _is_unreadable(sign: str) -> bool:
    return sign == "\ufffd" or unicodedata.category(sign) in ("Co", "Cn", "Cc")
