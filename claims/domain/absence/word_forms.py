"""Forms and frequencies of words, by the word lists of simplemma and wordfreq.

A list is read when its language is first asked for, and only then: English takes some 0.3 s and
11 MB, Polish 3.5 s and 58 MB. A language without a list knows no forms and no common words.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

import simplemma
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

from sources.domain.text.search_folding import fold_for_search

# Words of so many in a thousand million are common: 10 ** 3.5, the Zipf scale of wordfreq.
COMMON_ZIPF = 3.5
# Forms that have another first letter than their lemma (went, lat, людей) are of words as common
# as these.
_IRREGULAR_ZIPF = 4.0
# Codes that the two packages have for the languages that we write otherwise.
_LISTS_OF_FORMS = {"bs": "hbs", "hr": "hbs", "sr": "hbs", "no": "nb"}
_LISTS_OF_WORDS = {"bs": "sh", "hr": "sh", "sr": "sh", "no": "nb", "nn": "nb"}
# Words of these are told apart only by what would have to be installed besides; in a search each
# of their characters is a word.
_WITHOUT_WORDS = frozenset({"zh", "ja"})


def has_forms(language: str) -> bool:
    """Whether there is a list of word forms of a language."""
    return _base(language, _LISTS_OF_FORMS) in SUPPORTED_LANGUAGES


@lru_cache(maxsize=100_000)
def lemmas(word: str, language: str) -> frozenset[str]:
    """The lemmas of a word as it is written, folded as in a search; itself where it is not known.

    Of a word with a capital also those of the word in small letters, since it may begin a sentence.
    """
    if not has_forms(language):
        return frozenset({fold_for_search(word)})
    code = _base(language, _LISTS_OF_FORMS)
    return frozenset(
        fold_for_search(simplemma.lemmatize(each, lang=code, low_memory=True))
        for each in {word, word.lower()}
    )


@lru_cache(maxsize=100_000)
def is_known(word: str, language: str) -> bool:
    """Whether the list of a language's word forms has this word, whatever its case."""
    code = _base(language, _LISTS_OF_FORMS)
    return has_forms(language) and any(
        simplemma.is_known(each, lang=code, low_memory=True) for each in {word, word.lower()}
    )


@lru_cache(maxsize=12)
def common_words(language: str, zipf: float = COMMON_ZIPF) -> frozenset[str]:
    """The words of a language that are as frequent as this or more, in small letters."""
    return frozenset(
        word for bucket in _buckets(language, "small")[: _bucket(zipf) + 1] for word in bucket
    )


@lru_cache(maxsize=2)
def frequencies(language: str) -> Mapping[str, float]:
    """How frequent the words of a language are, in small letters, on the Zipf scale from 1 to 8.

    Several hundred thousand words, for a person who waits; of two languages at a time.
    """
    return {
        word: 9 - number / 100
        for number, bucket in enumerate(_buckets(language, "best"))
        for word in bucket
    }


@lru_cache(maxsize=12)
def irregular_forms(language: str) -> Mapping[str, frozenset[str]]:
    """By their lemma, the common forms that have another first letter than it, all folded."""
    found: dict[str, set[str]] = defaultdict(set)
    if has_forms(language):
        for word in common_words(language, _IRREGULAR_ZIPF):
            form = fold_for_search(word)
            for lemma in lemmas(word, language):
                if form[:1] != lemma[:1]:
                    found[lemma].add(form)
    return {lemma: frozenset(forms) for lemma, forms in found.items()}


def _base(language: str, codes: Mapping[str, str]) -> str:
    base = language.partition("-")[0].lower()
    return codes.get(base, base)


def _bucket(zipf: float) -> int:
    """The number of the last bucket, each of a hundredth of a power of ten, with such words."""
    return round((9 - zipf) * 100)


def _buckets(language: str, wordlist: str) -> list[list[str]]:
    """The words of a list by frequency, the most frequent bucket first; none without a list."""
    base = _base(language, _LISTS_OF_WORDS)
    if base in _WITHOUT_WORDS:
        return []
    import wordfreq  # takes longer than to read a list, and most searches need none

    files = wordfreq.available_languages(wordlist)
    return list(wordfreq.read_cBpack(files[base])) if base in files else []
