"""Forms and frequencies of words, by the word lists of simplemma and wordfreq.

A list is read when its language is first asked for, and only then: English takes some 0.3 s and
11 MB, Polish 3.5 s and 58 MB. A language without a list knows no forms and no common words. The
packages are imported then, too: a process that searches for nothing starts without them.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from sources.domain.text.search_folding import fold_for_search

# Words of so many in a thousand million are common: 10 ** 3.5, the Zipf scale of wordfreq.
COMMON_ZIPF = 3.5
# Forms that have another first letter than their lemma (went, lat, людей) are of words as common
# as these.
_IRREGULAR_ZIPF = 4.0
# Letters of a word from which on its forms are those that begin with the same three, not two.
_LETTERS_OF_BEGINNING = 5
# Codes that the two packages have for the languages that we write otherwise.
_LISTS_OF_FORMS = {"bs": "hbs", "hr": "hbs", "sr": "hbs", "no": "nb"}
_LISTS_OF_WORDS = {"bs": "sh", "hr": "sh", "sr": "sh", "no": "nb", "nn": "nb"}
# Words of these are told apart only by what would have to be installed besides; in a search each
# of their characters is a word.
_WITHOUT_WORDS = frozenset({"zh", "ja"})


def has_forms(language: str) -> bool:
    """Whether there is a list of word forms of a language."""
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    return _base(language, _LISTS_OF_FORMS) in SUPPORTED_LANGUAGES


@lru_cache(maxsize=100_000)
def lemmas(word: str, language: str) -> frozenset[str]:
    """The lemmas of a word as it is written, folded as in a search; itself where it is not known.

    Of a word with a capital also those of the word in small letters, since it may begin a sentence.
    """
    if not has_forms(language):
        return frozenset({fold_for_search(word)})
    import simplemma

    code = _base(language, _LISTS_OF_FORMS)
    return frozenset(
        fold_for_search(simplemma.lemmatize(each, lang=code, low_memory=True))
        for each in {word, word.lower()}
    )


@lru_cache(maxsize=100_000)
def is_known(word: str, language: str) -> bool:
    """Whether the list of a language's word forms has this word, whatever its case."""
    import simplemma

    code = _base(language, _LISTS_OF_FORMS)
    return has_forms(language) and any(
        simplemma.is_known(each, lang=code, low_memory=True) for each in {word, word.lower()}
    )


@lru_cache(maxsize=12)
def common_words(language: str, zipf: float = COMMON_ZIPF) -> frozenset[str]:
    """The words of a language that are as frequent as this or more, in small letters."""
    return frozenset(
        word
        for number, bucket in enumerate(_buckets(language, "small"))
        if _zipf(number) >= zipf
        for word in bucket
    )


@dataclass(frozen=True, eq=False)
class WordList:
    """The words of a language, in small letters, by how frequent they are.

    `buckets` are of words of one frequency each, the most frequent first, in alphabetical order.
    They are several hundred thousand, and a person waits: words are looked up by bisection.
    """

    buckets: Sequence[Sequence[str]]

    def zipf(self, word: str) -> float | None:
        """How frequent a word is on the Zipf scale from 1 to 8; None if it is not in the list."""
        for number, bucket in enumerate(self.buckets):
            at = bisect_left(bucket, word)
            if at < len(bucket) and bucket[at] == word:
                return _zipf(number)
        return None

    def beginning_with(self, letters: str) -> Iterator[tuple[str, float]]:
        """The words that begin so, the most frequent first, with their frequency."""
        for number, bucket in enumerate(self.buckets):
            for at in range(bisect_left(bucket, letters), len(bucket)):
                if not bucket[at].startswith(letters):
                    break
                yield bucket[at], _zipf(number)

    def __iter__(self) -> Iterator[tuple[str, float]]:
        return ((word, _zipf(number)) for number, each in enumerate(self.buckets) for word in each)


@lru_cache(maxsize=3)
def word_list(language: str) -> WordList:
    """The longest list of words of a language; empty without one. Of a few languages at a time."""
    return WordList(_buckets(language, "best"))


@lru_cache(maxsize=12)
def irregular_forms(language: str) -> Mapping[str, frozenset[str]]:
    """By their folded lemma, the common forms that have another first letter than it, in small
    letters."""
    found: dict[str, set[str]] = defaultdict(set)
    if has_forms(language):
        for word in common_words(language, _IRREGULAR_ZIPF):
            for lemma in lemmas(word, language):
                if fold_for_search(word)[:1] != lemma[:1]:
                    found[lemma].add(word)
    return {lemma: frozenset(forms) for lemma, forms in found.items()}


def listed_forms(word: str, language: str) -> list[str]:
    """The forms of a word that the lists of its language have, the most frequent first, itself
    included; all in small letters. None of a language without lists."""
    if not has_forms(language):
        return []
    known, sought = word_list(language), lemmas(word, language)
    length = 2 if len(word) < _LETTERS_OF_BEGINNING else 3
    candidates: dict[str, float] = {}
    for folded in {each[:length] for each in (fold_for_search(word), *sought)}:
        for beginning in _with_diacritics(folded, language):
            candidates.update(known.beginning_with(beginning))
    for lemma in sought:
        for form in irregular_forms(language).get(lemma, ()):
            candidates.setdefault(form, known.zipf(form) or 0)
    found = [
        each
        for each in candidates
        if is_known(each, language) and not sought.isdisjoint(lemmas(each, language))
    ]
    return sorted(found, key=lambda each: (-candidates[each], each))


def _with_diacritics(folded: str, language: str) -> list[str]:
    """The first letters of words that fold to these: lan, län."""
    alphabet = _alphabet(language)
    return ["".join(each) for each in product(*(alphabet.get(one, (one,)) for one in folded))]


@lru_cache(maxsize=12)
def _alphabet(language: str) -> Mapping[str, frozenset[str]]:
    """The letters of a language by what they fold to."""
    found: dict[str, set[str]] = defaultdict(set)
    for letter in set().union(*common_words(language)):
        if letter.isalpha():
            found[fold_for_search(letter)].add(letter)
    return {folded: frozenset(letters) for folded, letters in found.items()}


def _base(language: str, codes: Mapping[str, str]) -> str:
    base = language.partition("-")[0].lower()
    return codes.get(base, base)


def _zipf(number: int) -> float:
    """The frequency of the words of a bucket: each is a hundredth of a power of ten."""
    return 9 - number / 100


def _buckets(language: str, wordlist: str) -> list[list[str]]:
    """The words of a list by frequency, the most frequent bucket first; none without a list."""
    base = _base(language, _LISTS_OF_WORDS)
    if base in _WITHOUT_WORDS:
        return []
    import wordfreq  # takes longer than to read a list, and most searches need none

    files = wordfreq.available_languages(wordlist)
    return list(wordfreq.read_cBpack(files[base])) if base in files else []
