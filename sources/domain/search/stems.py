"""Stems of words: by Snowball where it has the language, else the lemmas of simplemma.

Snowball's rules come with PyStemmer, not with the database, so that a text stored today and a
search of tomorrow are stemmed alike whichever release of PostgreSQL keeps them. A list of simplemma
is read when its language is first met (Ukrainian: 0.8 s), and only then.
"""

import threading
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

import simplemma
import Stemmer
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

from sources.domain.text.search_folding import fold_for_search

# What Snowball calls the languages of these codes.
SNOWBALL = {
    "ar": "arabic",
    "hy": "armenian",
    "eu": "basque",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "nl": "dutch",
    "en": "english",
    "eo": "esperanto",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "de": "german",
    "el": "greek",
    "hi": "hindi",
    "hu": "hungarian",
    "id": "indonesian",
    "ga": "irish",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "no": "norwegian",
    "nb": "norwegian",
    "nn": "norwegian",
    "fa": "persian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "es": "spanish",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
_LISTS_OF_FORMS = {"bs": "hbs", "hr": "hbs"}

_of_thread = threading.local()


def stem_language(tag: str) -> str:
    """The language of a BCP 47 tag where its words have stems, such as `de` of `de-CH`; or none."""
    base = tag.partition("-")[0].partition("_")[0].lower()
    return base if base in SNOWBALL or _list_of(base) in SUPPORTED_LANGUAGES else ""


@lru_cache(maxsize=200_000)
def stem_of(word: str, language: str) -> str:
    """The stem of a word as it is written, folded; `language` is one of `stem_language`."""
    # A text that is typed without diacritics finds the one with them: the stem is folded last.
    return fold_for_search(_stemmer(language)(unicodedata.normalize("NFKC", word).lower()))


def _stemmer(language: str) -> Callable[[str], str]:
    if language in SNOWBALL:
        return _snowball(language)
    return _lemmas(_list_of(language))


def _snowball(language: str) -> Callable[[str], str]:
    """Snowball's stemmer for this thread: it may not be shared between threads."""
    known: dict[str, Callable[[str], str]] = _of_thread.__dict__.setdefault("stemmers", {})
    if language not in known:
        known[language] = Stemmer.Stemmer(SNOWBALL[language]).stemWord
    return known[language]


@cache
def _lemmas(code: str) -> Callable[[str], str]:
    def lemma(word: str) -> str:
        return str(simplemma.lemmatize(word, lang=code, low_memory=True))

    return lemma


def _list_of(base: str) -> str:
    return _LISTS_OF_FORMS.get(base, base)
