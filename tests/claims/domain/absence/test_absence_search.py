"""What a search finds in texts, and what follows for the whole."""

import pytest

from claims.domain.absence.absence_search import (
    Found,
    FoundIn,
    Outcome,
    TermPlace,
    outcome_of,
    search,
)
from claims.vocabulary import AbsenceStatus, FindingOutcome, Matching, NearMiss

HIT, OTHER = TermPlace(0, 4, 0), TermPlace(9, 13, 1)


def in_text(source: int, *places: TermPlace, layer: int | None = 1, out: int = 0) -> FoundIn:
    """What was found in a text, the first `out` of the places dismissed."""
    return FoundIn(source, layer, Found(places), dict.fromkeys(places[:out], 7))


def without_text(source: int) -> FoundIn:
    return FoundIn(source, None, Found(), {})


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], (AbsenceStatus.UNSEARCHED, 0, 0)),
        ([without_text(1), without_text(2)], (AbsenceStatus.UNSEARCHED, 0, 2)),
        ([in_text(1), in_text(2)], (AbsenceStatus.HOLDS, 2, 2)),
        ([in_text(1), without_text(2)], (AbsenceStatus.PARTLY, 1, 2)),
        ([in_text(1, HIT), in_text(2)], (AbsenceStatus.CONTRADICTED, 2, 2)),
        ([in_text(1, HIT), without_text(2)], (AbsenceStatus.CONTRADICTED, 1, 2)),
        # Two texts of one document: one hit is enough, and it is one document.
        ([in_text(1, layer=1), in_text(1, HIT, layer=2)], (AbsenceStatus.CONTRADICTED, 1, 1)),
        ([in_text(1, HIT, OTHER, out=1)], (AbsenceStatus.CONTRADICTED, 1, 1)),
        ([in_text(1, HIT, OTHER, out=2)], (AbsenceStatus.HOLDS, 1, 1)),
    ],
)
def test_what_follows_from_what_was_found(
    found: list[FoundIn], expected: tuple[AbsenceStatus, int, int]
) -> None:
    assert outcome_of(found) == Outcome(*expected)


def test_a_text_is_present_only_while_a_hit_stands() -> None:
    assert in_text(1, HIT).outcome == FindingOutcome.PRESENT
    assert in_text(1, HIT, out=1).outcome == FindingOutcome.ABSENT
    assert without_text(1).outcome == FindingOutcome.NOT_SEARCHED


def test_places_are_in_order_with_the_number_of_their_term() -> None:
    found = search(
        "Trade and the Arctic; the Arctic.", terms=["Arctic", "trade"], matching=Matching.WORDS
    )

    assert found.places == (TermPlace(0, 5, 1), TermPlace(14, 20, 0), TermPlace(26, 32, 0))


def test_what_two_terms_find_in_one_place_is_one_hit() -> None:
    terms = ["Siberia 2", "Siberia-2", "Siberia"]
    found = search("Of Siberia 2.", terms=terms, matching=Matching.WORDS)

    assert found.places == (TermPlace(3, 10, 2), TermPlace(3, 12, 0))


def test_what_is_a_hit_of_one_term_is_no_near_miss_of_another() -> None:
    found = search("Of pipelines.", terms=["pipeline", "pipelines"], matching=Matching.WORDS)

    assert found == Found((TermPlace(3, 12, 1),), ())
    near = search("Of pipelines.", terms=["pipeline"], matching=Matching.WORDS)
    assert near == Found((), ((TermPlace(3, 12, 0), NearMiss.ALIKE),))


def test_of_very_many_places_those_that_stand_are_kept_first() -> None:
    places = [TermPlace(number * 5, number * 5 + 4, 0) for number in range(1_500)]
    found = in_text(1, *places, out=900)

    listed = found.listed

    assert len(listed) == 1_000
    assert set(places[900:]) <= set(listed)
    assert listed == sorted(listed)
