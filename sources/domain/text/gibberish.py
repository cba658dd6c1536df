"""Tell pages whose letters are not those that they print: fonts without a map to letters.

A program then gives the numbers of the glyphs as if they were letters: "Wklv lv wkh uhsruw" for
"This is the report". Such a page has letters that are none, or hardly one of the small words that
every language has, and letters in other shares than any language. In doubt a page is taken for
readable, unless its fonts say that they have no map.
"""

import unicodedata

from charset_normalizer.cd import coherence_ratio

from sources.domain.text.language import shares, words_in

_UNMAPPED = 0.3  # of the signs that have no map
_UNREADABLE = 0.2  # of the signs that are no letter, figure or mark
_SOME_UNREADABLE = 0.05
_SMALL_WORDS = 0.06  # of the words, that show a page to be readable
_MANY = 40  # different words, from which the letters alone can tell
_FEW = 10
_COHERENT = (
    0.55  # of the letters that are as frequent as in some language; texts have 0.65 and more
)
_SAMPLE = 10_000  # code points


def is_gibberish(text: str, unmapped: float = 0.0) -> bool:
    """Whether a page cannot be read as it stands.

    `unmapped` is the share of its signs whose font has no map to letters, 0 to 1.
    """
    signs = [each for each in text if not each.isspace()]
    if not signs:
        return False
    unreadable = sum(map(_is_unreadable, signs)) / len(signs)
    if unreadable >= _UNREADABLE and len(signs) >= _FEW:
        return True
    words = [word for word in words_in(text) if len(word) > 1]
    found = shares(words) if words else []
    if found and found[0][1] >= _SMALL_WORDS:
        return False
    if unmapped >= _UNMAPPED or (unreadable >= _SOME_UNREADABLE and len(words) >= _FEW):
        return True
    # Pages of abbreviations and codes are no language either.
    in_small_letters = {word for word in text.split() if any(map(str.islower, word))}
    return len(in_small_letters) >= _MANY and _is_like_no_language(text)


def _is_like_no_language(text: str) -> bool:
    """Whether the letters are those of no language by how often each of them stands."""
    languages = coherence_ratio(text[:_SAMPLE], 0.0)
    return max((share for _language, share in languages), default=1.0) < _COHERENT


def _is_unreadable(sign: str) -> bool:
    return sign == "\ufffd" or unicodedata.category(sign) in ("Co", "Cn", "Cc")
