"""Validation of every statement, note, title and description before it is stored."""

import unicodedata

from sources.domain.refusals import Refusal, is_invisible, quoted


class WordsRefused(Refusal):
    """Words that are not kept. `code`: too-long, unreadable, missing."""


def clean_words(text: str, *, name: str, limit: int, required: bool = False) -> str:
    """The words in NFC without white space around them; `name` says in messages what they are.

    Raises WordsRefused for NUL and lone surrogates, for more than `limit` characters, and for
    nothing that could be seen where words are required.
    """
    require_length(text, name=name, limit=limit)
    if "\0" in text or any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise WordsRefused(
            "unreadable", f"The {name} {quoted(text)} holds a character that is none. Type it anew."
        )
    words = unicodedata.normalize("NFC", text).strip()
    require_length(words, name=name, limit=limit)
    if required and not has_visible_words(words):
        raise WordsRefused("missing", f"The {name} is missing; write it.")
    return words


def has_visible_words(text: str) -> bool:
    """Whether the text holds anything that could be seen."""
    return not all(letter.isspace() or is_invisible(letter) for letter in text)


def require_length(text: str, *, name: str, limit: int) -> None:
    """Refuse more than `limit` characters; NFC can make some words longer than they were typed."""
    if len(text) > limit:
        raise WordsRefused(
            "too_long",
            f"The {name} has {len(text):,} characters; at most {limit:,} are kept. Shorten it.",
        )
