"""Search vectors and search queries of PostgreSQL, written from words.

The lexemes of one vector are told apart by how they begin; no word has these signs in it:

    falls       a word, folded         e:12, t:3   an entity, a topic, by its id
    en=fall     the stem in English    doi:…       an identifier of a work
    #-9%        a value                §falls      a word that only staff may find

So names are looked up when somebody searches: a name that changes rewrites no vector. A query for
the public never holds a lexeme with §, whatever is typed, since it is written here.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sources.domain.search.stems import stem_language, stem_of
from sources.domain.search.tokens import Token, tokens_of

if TYPE_CHECKING:
    from sources.domain.search.typed import Term

STAFF = "§"
# Words behind it are not found: the database counts no further than 16,383.
MAX_POSITION = 16_000
# No phrase goes over the end of a text into the next one.
_GAP = 8


@dataclass(frozen=True)
class VectorPart:
    """One text of what is found: `weight` A to D says how much a hit in it counts.

    `language` is BCP 47, or empty where it is not known; `for_staff` keeps it from the public.
    """

    text: str
    language: str
    weight: str
    for_staff: bool = False


def search_vector(parts: Iterable[VectorPart], labels: Iterable[str] = ()) -> str:
    """The text form of a tsvector: words and stems with their places, and lexemes without one."""
    places: dict[str, list[str]] = {label: [] for label in labels if label}
    position = 1
    for part in parts:
        prefix = STAFF if part.for_staff else ""
        language = stem_language(part.language)
        if position >= MAX_POSITION:
            break
        for token in tokens_of(part.text):
            for lexeme in (*token.forms, *_stems(token, [language])):
                places.setdefault(prefix + lexeme, []).append(f"{position}{part.weight}")
            position += 1
            if position >= MAX_POSITION:
                break
        position = min(position + _GAP, MAX_POSITION)
    return " ".join(
        f"{_quoted(lexeme)}:{','.join(dict.fromkeys(found))}" if found else _quoted(lexeme)
        for lexeme, found in places.items()
    )


def term_query(
    term: "Term", languages: Collection[str], *, labels: Sequence[str] = (), is_staff: bool = False
) -> str:
    """The tsquery of one term: its words, in any form unless it is exact, or one of the labels."""
    tokens = [
        [*token.forms, *([] if term.is_exact else _stems(token, languages))]
        for token in term.tokens
    ]
    prefixes = ("", STAFF) if is_staff else ("",)
    written = [
        " <-> ".join(
            _either((prefix + form for form in forms), begins=token.is_last)
            for token, forms in zip(term.tokens, tokens, strict=True)
        )
        for prefix in prefixes
    ]
    labels = [*labels, *term.values, *([term.identifier] if term.identifier else [])]
    return f"({' | '.join([f'({each})' for each in written] + [_quoted(each) for each in labels])})"


def value_lexeme(number: Decimal, *, is_share: bool = False) -> str:
    """The lexeme of a value: #-9% of minus nine percent, #2400 of a number of whatever unit."""
    plain = format(number.normalize(), "f") if number else "0"
    return f"#{plain}{'%' if is_share else ''}"


def _stems(token: Token, languages: Iterable[str]) -> list[str]:
    if not token.written:
        return []
    return [
        f"{each}={stem}" for each in languages if each and (stem := stem_of(token.written, each))
    ]


def _either(forms: Iterable[str], *, begins: bool) -> str:
    """Any of these lexemes; of a character alone, every pair that begins with it."""
    ending = ":*" if begins else ""
    return f"({' | '.join(f'{_quoted(form)}{ending}' for form in dict.fromkeys(forms))})"


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
