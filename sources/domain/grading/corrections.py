"""Find the quotes that the passages of a correction touch.

A publisher corrects some words of a source. A quote of other words still stands; one that shares
a character with them does not; and where either cannot be placed in the text, only a person can
tell. A passage whose words were withheld is an empty string, and cannot be placed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sources.domain.grading.quotes import FoldedText, Location, grade_quote
from sources.vocabulary import Grade


class Touch(StrEnum):
    """The ways in which a correction concerns a quote."""

    TOUCHED = "touched"  # their places in the text overlap
    UNLOCATED = "unlocated"  # in doubt: the quote has no place in the text
    UNKNOWN = "unknown"  # in doubt: a passage of the correction has no place in the text
    WITHHELD = "withheld"  # in doubt: the words of a passage of the correction were withheld
    UNTOUCHED = "untouched"  # all places are known, and they are apart


@dataclass(frozen=True)
class Passages:
    """The locations of the passages of a correction: code points, half-open; and which have none.

    `has_withheld` says that the words of one or more are gone.
    """

    places: tuple[Location, ...]
    not_found: tuple[str, ...] = ()
    has_withheld: bool = False


def find_passages(passages: Iterable[str], text: FoldedText | None) -> Passages:
    """The places of the passages, all of them where one stands several times.

    A passage is found as a quote is; something similar is not found.
    """
    given = list(passages)
    places: list[Location] = []
    not_found = []
    for words in filter(None, given):
        found = places_of(words, text)
        places.extend(found)
        if not found:
            not_found.append(words)
    return Passages(tuple(places), tuple(not_found), has_withheld=not all(given))


def places_of(words: str, text: FoldedText | None) -> tuple[Location, ...]:
    """Locate words in a text: one place, several, or none."""
    if text is None:
        return ()
    graded = grade_quote(words, text)
    if graded.grade == Grade.AMBIGUOUS:
        return graded.places
    if graded.grade.is_located and graded.start is not None and graded.end is not None:
        return ((graded.start, graded.end),)
    return ()


def touch(quote: Sequence[Location], correction: Passages) -> Touch:
    """Return how a correction concerns a quote that has these places in the text."""
    if any(overlap(place, passage) for place in quote for passage in correction.places):
        return Touch.TOUCHED
    if not quote:
        return Touch.UNLOCATED
    if correction.not_found:
        return Touch.UNKNOWN
    return Touch.WITHHELD if correction.has_withheld else Touch.UNTOUCHED


def overlap(one: Location, other: Location) -> bool:
    """Whether two half-open spans share a character."""
    return one[0] < other[1] and other[0] < one[1]
