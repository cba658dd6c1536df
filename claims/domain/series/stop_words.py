"""Stop words: the words of a language that say little by themselves, left out of most-used words.

The lists are those of stopwords-iso (https://github.com/stopwords-iso), for some sixty languages.
They are folded as words of texts are, so that "don’t" and "don't" are one.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache

import stopwordsiso

from claims.domain.series.word_counts import fold_word, folded_words
from sources.domain.refusals import Refusal, quoted

MAX_WORDS = 500
MAX_LENGTH = 60

# Languages that the lists have under another tag.
_OTHER_TAGS = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "fil": "tl"}


class StopWordsRefused(Refusal):
    """Stop words that cannot be saved; `code` is one of no_word, too_many_words, both_lists."""


@cache
def stop_words_of(language: str) -> frozenset[str]:
    """The stop words of a language (BCP 47), folded; none where no list is known."""
    primary = language.split("-")[0].lower()
    known = _OTHER_TAGS.get(primary, primary)
    if not known or not stopwordsiso.has_lang(known):
        return frozenset()
    return frozenset(map(fold_word, stopwordsiso.stopwords(known)))


@dataclass(frozen=True)
class StopWordChoice:
    """Words that editors of a series leave out beside those of the language, or show all the
    same; both folded."""

    added: frozenset[str] = field(default=frozenset())
    shown: frozenset[str] = field(default=frozenset())

    def leaves_out(self, word: str, language: str) -> bool:
        """Whether a folded word is left out of the most used words of a text in this language."""
        if word in self.shown:
            return False
        return word in self.added or word in stop_words_of(language)


def clean_stop_words(added: Collection[str], shown: Collection[str]) -> StopWordChoice:
    """The words as they are stored: folded, each once. Raises StopWordsRefused."""
    choice = StopWordChoice(_clean(added), _clean(shown))
    if both := sorted(choice.added & choice.shown):
        raise StopWordsRefused(
            "both_lists",
            f"{quoted(both[0])} is to be left out and to be shown. Keep it in one of the lists.",
        )
    return choice


def _clean(typed: Collection[str]) -> frozenset[str]:
    words = frozenset(_one_word(each) for each in typed if each.strip())
    if len(words) > MAX_WORDS:
        raise StopWordsRefused(
            "too_many_words", f"There are {len(words)} words in a list; at most {MAX_WORDS} fit."
        )
    return words


def _one_word(typed: str) -> str:
    """The one word that was typed, folded."""
    words = list(folded_words(typed))
    if len(words) != 1 or len(words[0]) > MAX_LENGTH:
        raise StopWordsRefused(
            "no_word",
            f"{quoted(typed.strip())} is not one word of at most {MAX_LENGTH} letters. Write one "
            "word a line, as the list of most used words has it.",
        )
    return words[0]
