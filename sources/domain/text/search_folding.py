"""Words as they are searched for: without case and diacritics."""

import unicodedata

# Letters that have no decomposition, and what people type for them.
LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae"})


def fold_for_search(text: str) -> str:
    """The text in small letters without diacritics (ł→l, ё→е), white space collapsed.

    Used on what is stored and on what is asked, for finding only: never for grading quotes.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(letters.translate(LETTERS).split())
