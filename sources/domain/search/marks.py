"""The places of the terms of a search in a text, and an extract of it around them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sources.domain.search.stems import stem_language, stem_of
from sources.domain.search.tokens import Token, tokens_of
from sources.domain.search.typed import Term

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class FoundPiece:
    """A run of text, which the search found or which stands beside what it found."""

    text: str
    is_found: bool


def found_spans(text: str, language: str, terms: Iterable[Term]) -> Spans:
    """The places of the terms in a text, as start and end, ascending, none touching another."""
    tokens = list(tokens_of(text))
    base = stem_language(language)
    spans = sorted(
        (tokens[at].start, tokens[at + len(term.tokens) - 1].end)
        for term in terms
        for at in range(len(tokens) - len(term.tokens) + 1)
        if all(
            _is_same(sought, tokens[at + n], base, is_exact=term.is_exact)
            for n, sought in enumerate(term.tokens)
        )
    )
    joined: Spans = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def text_around(
    text: str, spans: Sequence[tuple[int, int]], *, width: int = 240
) -> tuple[FoundPiece, ...]:
    """The text from somewhat before the first place on, in pieces; at most some `width` long."""
    start = max(0, spans[0][0] - width // 4) if spans else 0
    if start:
        start = text.find(" ", start, spans[0][0]) + 1 or start
    end = min(len(text), max(start + width, spans[0][1] if spans else 0))
    if end < len(text):
        last = text.rfind(" ", start + width // 2, end)
        end = last if last > 0 and (not spans or last >= spans[0][1]) else end
    pieces, at = [FoundPiece("… ", is_found=False)] if start else [], start
    for first, last in spans:
        if first >= end:
            break
        pieces += [
            FoundPiece(text[at:first], is_found=False),
            FoundPiece(text[first:last], is_found=True),
        ]
        at = last
    pieces.append(FoundPiece(text[at : max(at, end)], is_found=False))
    if end < len(text):
        pieces.append(FoundPiece(" …", is_found=False))
    return tuple(piece for piece in pieces if piece.text)


def _is_same(sought: Token, token: Token, language: str, *, is_exact: bool) -> bool:
    if sought.is_last:
        return token.forms[0].startswith(sought.forms[0])
    if not set(sought.forms).isdisjoint(token.forms):
        return True
    if is_exact or not language or not (sought.written and token.written):
        return False
    return stem_of(sought.written, language) == stem_of(token.written, language)
