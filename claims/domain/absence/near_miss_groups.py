"""Near misses by their words: each word that comes close once, with all its places, the closest
first, so that a person looks at it once and gives one answer for all of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from claims.domain.absence.searchable_text import TextSpan, is_within, prepare_text
from claims.domain.absence.terms import merge_spans
from claims.domain.absence.transliteration import in_latin
from claims.vocabulary import NearMiss
from sources.domain.text.search_folding import fold_for_search

# How many places of one word in one text are listed, the first ones; the others are counted. One
# answer is for all of them, and who gives it has seen enough.
MAX_PLACES_OF_WORD = 200
# The same of another common word, of which nobody is asked.
MAX_PLACES_OF_COMMON_WORD = 20

_RANKS = {why: rank for rank, why in enumerate(NearMiss)}


@dataclass(frozen=True, order=True)
class TermLocation:
    """A span of a text, half-open in code points, with the number of the term there, from 0."""

    start: int
    end: int
    term: int


@dataclass(frozen=True)
class NearMissGroup:
    """The places of a text where the same words come close to the same term for the same reason.

    `word` are the words as a search compares them, `term` is the number of the term, from 0.
    `places` are in the order of the text, never none; `unlisted` says how many more there are.
    """

    word: str
    why: NearMiss
    term: int
    places: tuple[TermLocation, ...]
    unlisted: int = 0

    @property
    def count(self) -> int:
        """How many places have these words."""
        return len(self.places) + self.unlisted


def compared_words(words: str) -> str:
    """The words of a place as a search compares them: "sibe ria" of "Sibe\\nria"."""
    stream = prepare_text(words).streams[0]
    return " ".join(stream.words[: len(stream)]) or fold_for_search(words)


def group_near_misses(
    found: Iterable[tuple[TermLocation, NearMiss]], text: str, terms: Sequence[str] = ()
) -> tuple[NearMissGroup, ...]:
    """Group near misses in a text by word, kind and term, the closest first.

    Ordered by kind, then by how alike the words are to those of the term, then by how often they
    stand in the text, then by where they first do. Without `terms`, as for what was stored in that
    order, the groups are in the order of their first places among `found`.
    """
    compared = cache(compared_words)
    by_word: dict[tuple[NearMiss, int, str], list[TermLocation]] = {}
    for one, why in found:
        by_word.setdefault((why, one.term, compared(text[one.start : one.end])), []).append(one)
    groups = [_group(word, why, term, places) for (why, term, word), places in by_word.items()]
    if terms:
        sought = [in_latin(compared(term)) for term in terms]
        groups.sort(
            key=lambda one: (
                _RANKS[one.why],
                -fuzz.ratio(in_latin(one.word), sought[one.term]),
                -one.count,
                one.places[0],
            )
        )
    return tuple(groups)


def _group(word: str, why: NearMiss, term: int, places: Collection[TermLocation]) -> NearMissGroup:
    limit = MAX_PLACES_OF_COMMON_WORD if why == NearMiss.COMMON else MAX_PLACES_OF_WORD
    listed = sorted(places)[:limit]
    return NearMissGroup(word, why, term, tuple(listed), len(places) - len(listed))


def closest_of_each_span(
    near: Iterable[tuple[TermLocation, NearMiss]], hits: Collection[TermLocation]
) -> list[tuple[TermLocation, NearMiss]]:
    """The near misses that lie within no hit of any term, each span once: of the closest kind.

    What only touches a hit of another term stays, since a person may dismiss that hit.
    """
    taken = merge_spans(TextSpan(hit.start, hit.end) for hit in hits)
    kept: dict[TextSpan, tuple[TermLocation, NearMiss]] = {}
    for one, why in sorted(near, key=lambda each: (_RANKS[each[1]], each[0])):
        span = TextSpan(one.start, one.end)
        if not is_within(taken, span):
            kept.setdefault(span, (one, why))
    return list(kept.values())
