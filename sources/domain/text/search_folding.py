"""Words as they are searched for: without case and diacritics."""

import unicodedata

from sources.domain.text.folding import Folded

# Letters that have no decomposition, and what people type for them.
LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae"})


def fold_for_search(text: str) -> str:
    """The text in small letters without diacritics (ł→l, ё→е), white space collapsed.

    Used on what is stored and on what is asked, for finding only: never for grading quotes.
    """
    return _without_diacritics(unicodedata.normalize("NFKD", text.casefold()))


def fold_text(text: str) -> str:
    """A whole text in the same form, its apostrophes, quotation marks and dashes as in quotes.

    Raised figures and fractions stay, as they do in quotes: 10⁶ is not 106. It is for comparing
    texts with each other.
    """
    cased = Folded(text).text.casefold().replace("œ", "oe")
    return _without_diacritics(
        "".join(
            one if unicodedata.category(one) == "No" else unicodedata.normalize("NFKD", one)
            for one in cased
        ).casefold()
    )


def _without_diacritics(decomposed: str) -> str:
    letters = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(letters.translate(LETTERS).split())
