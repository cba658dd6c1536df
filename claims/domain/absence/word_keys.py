"""Keys of words: the same for two places of texts whose words a search cannot tell apart."""

from dataclasses import replace
from hashlib import sha256

from claims.domain.absence.absence_search import TextMatches
from claims.domain.absence.near_miss_groups import compared_words

# Hexadecimal digits of a key: two words of one search never have the same by chance.
KEY_LENGTH = 16


def word_key(words: str) -> str:
    """The key of the words at a place: 16 hexadecimal digits, the same for "China's" and "CHINA’S".

    Case, diacritics and what stands between the words make no difference, as in a search. It is
    stored beside the place, and the words are not: those are in the text.
    """
    return sha256(compared_words(words).encode()).hexdigest()[:KEY_LENGTH]


def with_word_keys(matches: TextMatches, text: str) -> TextMatches:
    """The matches in a text with the keys of the words at its near misses."""
    words = [text[one.start : one.end] for one, _why in matches.near_misses]
    keys = {each: word_key(each) for each in set(words)}
    return replace(matches, near_words=tuple(keys[each] for each in words))
