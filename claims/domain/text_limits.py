"""How long the words of a claim may be, and what they must be before they are kept."""

from sources.domain.text_fields import WordsRefused, clean_words

__all__ = ["MAX_STATEMENT", "WordsRefused", "clean_words"]

MAX_STATEMENT = 2_000
