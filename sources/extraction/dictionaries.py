"""Whether a language has a word, by simplemma's lists of word forms."""

from collections.abc import Callable
from functools import partial

from sources.domain.text.language import language_of

# Languages whose list takes some seconds of a processor and 200 MB at most. That of Polish and that
# of Finnish take twice as much, which the process that reads a file has not.
_LISTS = {
    **{
        language: language
        for language in (
            *("bg", "cs", "da", "de", "el", "en", "es", "fr", "hu", "it", "lt", "nb", "nl", "pt"),
            *("ro", "ru", "sk", "sl", "sv", "tr", "uk"),
        )
    },
    "hr": "hbs",
    "sr": "hbs",
}


def word_test(text: str) -> Callable[[str], bool] | None:
    """Return a function that says whether the language of a text has a word.

    None where the language cannot be told, or has no list.
    """
    language = _LISTS.get(language_of(text))
    return None if language is None else partial(_is_known, language)


def _is_known(language: str, word: str) -> bool:
    import simplemma  # takes longer than to read most files, and few texts ask

    return simplemma.is_known(word, lang=language)
