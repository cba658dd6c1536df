"""Findings of a search in texts, and the status of the absence that follows."""

from dataclasses import replace

import pytest

from claims.domain.absence.absence_search import (
    SearchSummary,
    TermLocation,
    TextMatches,
    TextResult,
    search_text,
    summarize,
)
from claims.vocabulary import AbsenceStatus, FindingOutcome, Matching, NearMiss

HIT, OTHER = TermLocation(0, 4, 0), TermLocation(9, 13, 1)


def in_text(source: int, *places: TermLocation, layer: int | None = 1, out: int = 0) -> TextResult:
    """The finding in a text, the first `out` of the places dismissed."""
    return TextResult(source, layer, TextMatches(places), dict.fromkeys(places[:out], 7))


def fragment(source: int, *places: TermLocation) -> TextResult:
    return replace(in_text(source, *places), is_fragment=True)


def without_text(source: int) -> TextResult:
    return TextResult(source, None, TextMatches(), {})


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], (AbsenceStatus.UNSEARCHED, 0, 0)),
        ([without_text(1), without_text(2)], (AbsenceStatus.UNSEARCHED, 0, 2)),
        ([in_text(1), in_text(2)], (AbsenceStatus.HOLDS, 2, 2)),
        ([in_text(1), without_text(2)], (AbsenceStatus.PARTLY, 1, 2)),
        ([in_text(1, HIT), in_text(2)], (AbsenceStatus.CONTRADICTED, 2, 2)),
        ([in_text(1, HIT), without_text(2)], (AbsenceStatus.CONTRADICTED, 1, 2)),
        # A fragment alone is searched in part; beside a whole text of the document it is no matter
        ([fragment(1)], (AbsenceStatus.PARTLY, 0, 1)),
        ([fragment(1), in_text(2)], (AbsenceStatus.PARTLY, 1, 2)),
        ([fragment(1), in_text(1, layer=2)], (AbsenceStatus.HOLDS, 1, 1)),
        ([fragment(1, HIT), in_text(2)], (AbsenceStatus.CONTRADICTED, 1, 2)),
        # Two texts of one document: one hit is enough, and it is one document.
        ([in_text(1, layer=1), in_text(1, HIT, layer=2)], (AbsenceStatus.CONTRADICTED, 1, 1)),
        ([in_text(1, HIT, OTHER, out=1)], (AbsenceStatus.CONTRADICTED, 1, 1)),
        ([in_text(1, HIT, OTHER, out=2)], (AbsenceStatus.HOLDS, 1, 1)),
    ],
)
def test_what_follows_from_what_was_found(
    found: list[TextResult], expected: tuple[AbsenceStatus, int, int]
) -> None:
    assert summarize(found) == SearchSummary(*expected)


def test_a_text_is_present_only_while_a_hit_stands() -> None:
    assert in_text(1, HIT).outcome == FindingOutcome.PRESENT
    assert in_text(1, HIT, out=1).outcome == FindingOutcome.ABSENT
    assert fragment(1).outcome == FindingOutcome.IN_PART
    assert fragment(1, HIT).outcome == FindingOutcome.PRESENT
    assert without_text(1).outcome == FindingOutcome.NOT_SEARCHED


def test_places_are_in_order_with_the_number_of_their_term() -> None:
    found = search_text(
        "Trade and the Arctic; the Arctic.", terms=["Arctic", "trade"], matching=Matching.WORDS
    )

    assert found.hits == (TermLocation(0, 5, 1), TermLocation(14, 20, 0), TermLocation(26, 32, 0))


def test_what_two_terms_find_in_one_place_is_one_hit() -> None:
    terms = ["Siberia 2", "Siberia-2", "Siberia"]
    found = search_text("Of Siberia 2.", terms=terms, matching=Matching.WORDS)

    assert found.hits == (TermLocation(3, 10, 2), TermLocation(3, 12, 0))


def test_what_is_a_hit_of_one_term_is_no_near_miss_of_another() -> None:
    found = search_text("Of pipelines.", terms=["pipeline", "pipelines"], matching=Matching.WORDS)

    assert found == TextMatches((TermLocation(3, 12, 1),), ())
    near = search_text("Of pipelines.", terms=["pipeline"], matching=Matching.WORDS)
    assert near == TextMatches((), ((TermLocation(3, 12, 0), NearMiss.INFLECTED),))


def test_of_very_many_places_those_that_stand_are_kept_first() -> None:
    places = [TermLocation(number * 5, number * 5 + 4, 0) for number in range(1_500)]
    found = in_text(1, *places, out=900)

    listed = found.listed_hits

    assert len(listed) == 1_000
    assert set(places[900:]) <= set(listed)
    assert listed == sorted(listed)
