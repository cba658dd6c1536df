"""Read into terms the words that a person types into a search.

All terms must be found; `or` between two of them takes either. Words in quotation marks are a
phrase of exactly these words, words joined by a dash or an apostrophe one of their forms. `-word`
after another word leaves out what has it. A sign directly before a digit is no such dash: `-9%` is
a number, of which the words are searched without the sign and the values with it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from sources.domain.refusals import Refusal, is_invisible, quoted
from sources.domain.search.identifiers import identifier_of
from sources.domain.search.lexemes import value_lexeme
from sources.domain.search.tokens import Token, tokens_of

MAX_LENGTH = 300
# More words than fit in a sentence, and as many as the database joins in an instant.
MAX_TOKENS = 60

_QUOTE_MARKS = '"“”„‟«»＂「」『』'
_PIECE = re.compile(
    rf"(?P<minus>[-−–—])?[{_QUOTE_MARKS}](?P<phrase>[^{_QUOTE_MARKS}]*)[{_QUOTE_MARKS}]"
    rf"|(?P<chunk>[^\s{_QUOTE_MARKS}]+)"
)
_SIGN = re.compile(r"([-−–—+])(?=\d)")
_LEFT_OUT = re.compile(r"[-−–—](?=\w)")
_PART_OF_NUMBER = re.compile(r"(?<=\d)\s+(?=[%％])")


class SearchRefused(Refusal):
    """Words that no search can be made of."""


@dataclass(frozen=True)
class Term:
    """One word, phrase, number or identifier; `typed` as it was typed, without its marks.

    `is_exact` is of a phrase in quotation marks. `values` are the lexemes of the number that it is,
    `identifier` that of a DOI, ISBN or address; both empty of plain words.
    """

    typed: str
    tokens: tuple[Token, ...]
    is_exact: bool = False
    values: tuple[str, ...] = ()
    identifier: str = ""


@dataclass(frozen=True)
class TypedSearch:
    """A search as it was read: every group must be found by one of its terms, and none excluded."""

    typed: str
    groups: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...] = ()

    @property
    def terms(self) -> list[Term]:
        """The terms that are looked for."""
        return [term for group in self.groups for term in group]

    @property
    def numbers(self) -> list[Term]:
        """The terms that are numbers, which are looked for in values too."""
        return [term for term in self.terms if term.values]


def read_search(typed: str) -> TypedSearch:
    """Read what was typed. Raises SearchRefused where nothing of it can be searched for."""
    if len(typed) > MAX_LENGTH:
        raise SearchRefused(
            "too_long",
            f"The search has {len(typed)} characters; at most {MAX_LENGTH} are read. Shorten it.",
        )
    if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in typed):
        raise SearchRefused(
            "unreadable", "The search holds a character that is none. Type it anew."
        )
    shown = "".join(" " if is_invisible(one) and one.isspace() else one for one in typed)
    groups: list[list[Term]] = []
    excluded: list[Term] = []
    is_joined = False
    for term, is_excluded in _pieces(_PART_OF_NUMBER.sub("", shown)):
        if term is None:
            is_joined = bool(groups)
        elif is_excluded and groups:
            excluded.append(term)
            is_joined = False
        elif is_joined:
            groups[-1].append(term)
            is_joined = False
        else:
            groups.append([term])
    search = TypedSearch(typed, tuple(map(tuple, groups)), tuple(excluded))
    if not search.groups:
        raise SearchRefused(
            "nothing_to_search",
            f"{quoted(typed)} holds neither a word nor a number. Type a word, or a reference "
            "such as C17.",
        )
    if sum(len(term.tokens) for term in (*search.terms, *search.excluded)) > MAX_TOKENS:
        raise SearchRefused(
            "too_many_words",
            f"The search has more than {MAX_TOKENS} words. Leave out those that matter least.",
        )
    return search


def _pieces(typed: str) -> Iterator[tuple[Term | None, bool]]:
    """The terms in order, each with whether a minus stands before it; None for `or`."""
    for match in _PIECE.finditer(typed):
        phrase, chunk = match["phrase"], match["chunk"]
        if phrase is not None:
            term = _term(phrase, is_exact=True)
            is_excluded = match["minus"] is not None
        elif chunk.lower() == "or":
            yield None, False
            continue
        else:
            is_excluded = _LEFT_OUT.match(chunk) is not None and not _SIGN.match(chunk)
            term = _term(chunk)
        if term is not None:
            yield term, is_excluded


def _term(typed: str, *, is_exact: bool = False) -> Term | None:
    """The term of a phrase or of what stands between two spaces; None where it has no word."""
    identifier = "" if is_exact else identifier_of(typed)
    sign = _SIGN.match(typed)
    tokens = _sought(typed)
    if not tokens:
        return None
    values: tuple[str, ...] = ()
    if not is_exact and len(tokens) == 1 and _is_number(tokens[0]):
        negative = sign is not None and sign[1] != "+"
        values = tuple(_value(form, negative=negative) for form in tokens[0].forms)
    plain = typed.strip() if sign else typed.strip().lstrip("-−–—")
    return Term(plain, tokens, is_exact, values, identifier)


def _sought(typed: str) -> tuple[Token, ...]:
    """The words to look for; at the end of a run of pairs, the last one says all that there is.

    Before another word the last character stays, as it has a place of its own in a text.
    """
    tokens = [_as_typed(token) for token in tokens_of(typed)]
    if len(tokens) > 1 and tokens[-1].is_last and tokens[-2].end > tokens[-1].start:
        tokens.pop()
    return tuple(tokens)


def _as_typed(token: Token) -> Token:
    """A typed number with a percent sign is looked for with it: 9% is not every 9."""
    shares = tuple(form for form in token.forms if form.endswith("%"))
    return replace(token, forms=shares or token.forms)


def _is_number(token: Token) -> bool:
    return token.forms[0][0].isdecimal() and not token.written


def _value(form: str, *, negative: bool) -> str:
    number = Decimal(form.removesuffix("%"))
    return value_lexeme(-number if negative else number, is_share=form.endswith("%"))
