"""What a search for an absence finds in each text, and what follows for the whole.

One hit anywhere contradicts: a document with several texts (two captures, say) has the term where
one of them has it, and is searched where one of them is there.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from claims.domain.absence.near_misses import near_misses
from claims.domain.absence.searchable_text import ready_layer
from claims.domain.absence.terms import places_of, read_term
from claims.vocabulary import AbsenceStatus, FindingOutcome, Matching, NearMiss
from sources.domain.text.apparatus import Span

# How many places of one text are kept; more are counted.
MOST_PLACES = 1_000


@dataclass(frozen=True, order=True)
class TermPlace:
    """A stretch of a text, half-open in code points, and the number of the term, from 0."""

    start: int
    end: int
    term: int


@dataclass(frozen=True)
class Found:
    """What a search found in one text; the places in their order, near misses with why."""

    places: tuple[TermPlace, ...] = ()
    near: tuple[tuple[TermPlace, NearMiss], ...] = ()


@dataclass(frozen=True)
class FoundIn:
    """What stands in one text of one document, dismissals known; without a text nothing.

    Where words of the text are withheld (`is_covered`), nobody knows whether a term is among them.
    """

    source: int
    layer: int | None
    found: Found
    dismissals: Mapping[TermPlace, int]
    is_covered: bool = False

    @property
    def standing(self) -> list[TermPlace]:
        """The hits that nobody dismissed."""
        return [place for place in self.found.places if place not in self.dismissals]

    @property
    def outcome(self) -> FindingOutcome:
        """What this text says of the absence."""
        if self.layer is None:
            return FindingOutcome.NOT_SEARCHED
        return FindingOutcome.PRESENT if self.standing else FindingOutcome.ABSENT

    @property
    def listed(self) -> list[TermPlace]:
        """The places that are kept, at most MOST_PLACES: those that stand come before others."""
        dismissed = [place for place in self.found.places if place in self.dismissals]
        return sorted([*self.standing, *dismissed][:MOST_PLACES])


@dataclass(frozen=True)
class Outcome:
    """What a search says: how many of how many documents had a text."""

    searching: AbsenceStatus
    searched: int
    documents: int


def search(
    text: str,
    *,
    terms: Sequence[str],
    matching: Matching,
    apparatus: Sequence[Span] = (),
) -> Found:
    """Look for the terms in a text. Raises TermRefused for a term that cannot be read.

    What two terms find in the same place is one hit, of the first of them.
    """
    searched = ready_layer(text, apparatus)
    hits: dict[tuple[int, int], TermPlace] = {}
    near: list[tuple[TermPlace, NearMiss]] = []
    for number, term in enumerate(terms):
        pattern = read_term(term, matching=matching)
        for one in places_of(pattern, searched):
            hits.setdefault((one.start, one.end), TermPlace(one.start, one.end, number))
        near += [
            (TermPlace(missed.place.start, missed.place.end, number), missed.why)
            for missed in near_misses(pattern, searched)
        ]
    return Found(tuple(sorted(hits.values())), tuple(near_beside(near, hits.values())))


def near_beside(
    near: Sequence[tuple[TermPlace, NearMiss]], places: Collection[TermPlace]
) -> list[tuple[TermPlace, NearMiss]]:
    """The near misses that are no hit of another term, each place once, in their order."""
    hits = sorted((place.start, place.end) for place in places)
    kept: dict[tuple[int, int], tuple[TermPlace, NearMiss]] = {}
    for place, why in near:
        if not any(start < place.end and place.start < end for start, end in hits):
            kept.setdefault((place.start, place.end), (place, why))
    return sorted(kept.values(), key=lambda one: one[0])


def outcome_of(found: Collection[FoundIn]) -> Outcome:
    """What follows from all that was found.

    A document with withheld words was not searched to the end: it counts as not searched.
    """
    documents = {one.source for one in found}
    covered = {one.source for one in found if one.is_covered}
    searched = {one.source for one in found if one.layer is not None} - covered
    if any(one.standing for one in found):
        searching = AbsenceStatus.CONTRADICTED
    elif not searched:
        searching = AbsenceStatus.UNSEARCHED
    else:
        searching = AbsenceStatus.HOLDS if searched == documents else AbsenceStatus.PARTLY
    return Outcome(searching, len(searched), len(documents))
