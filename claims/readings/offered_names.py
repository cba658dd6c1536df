"""Terms that leave out by NOT the longer names which hits stand in, offered to a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.domain.absence.offered_terms import HitContext, longer_names, term_without
from claims.readings.places_in_context import LocationInContext


@dataclass(frozen=True)
class NotOffered:
    """Longer names that hits stand in, and the term that leaves them out.

    `number` is that of the term in its place, from 0; `count` hits stand in the names.
    """

    names: Sequence[str]
    count: int
    term: str
    number: int


def offered_names(places: Iterable[LocationInContext]) -> list[NotOffered]:
    """The longer names that hits stand in, with the terms that leave them out by NOT.

    Each alone, and where a term has several, all of them in one.
    """
    by_term: dict[tuple[int, str], list[HitContext]] = {}
    for place in places:
        context = HitContext(place.before, place.words, place.after)
        by_term.setdefault((place.number, place.term), []).append(context)
    offered = []
    for (number, term), contexts in by_term.items():
        found = longer_names(contexts)
        rows: list[tuple[tuple[str, ...], int]] = [((one.name,), one.count) for one in found]
        if len(found) > 1:
            rows.append((tuple(one.name for one in found), sum(one.count for one in found)))
        offered += [
            NotOffered(names, count, written, number)
            for names, count in rows
            if (written := term_without(term, *names))
        ]
    return offered
