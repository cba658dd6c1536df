"""What every statement, note and description must be before it is kept."""

import unicodedata

from sources.domain.refusals import Refusal, shown

MAX_STATEMENT = 2_000
MAX_NOTE = 5_000


class WordsRefused(Refusal):
    """Words that are not kept."""


def clean_words(text: str, *, name: str, limit: int, required: bool = False) -> str:
    """The words in NFC without white space around them; `name` says in messages what they are.

    Raises WordsRefused for NUL and lone surrogates, for more than `limit` characters, and for
    nothing where words are required.
    """
    if len(text) > limit:
        raise WordsRefused(
            "too-long",
            f"The {name} has {len(text):,} characters; at most {limit:,} are kept. Shorten it.",
        )
    if "\0" in text or any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise WordsRefused(
            "unreadable", f"The {name} {shown(text)} holds a character that is none. Type it anew."
        )
    words = unicodedata.normalize("NFC", text).strip()
    if required and not words:
        raise WordsRefused("missing", f"The {name} is missing; write it.")
    return words
