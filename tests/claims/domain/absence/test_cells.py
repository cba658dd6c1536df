"""Words of two cells of a table in a search for an absence: no hit, and not hidden either."""

from collections.abc import Callable

import pytest

from claims.domain.absence.absence_search import search_text
from claims.vocabulary import Matching, NearMiss
from sources.extraction.layer import LayerText
from tests.sources.extraction.tables import TABLES


@pytest.mark.parametrize("table", TABLES)
def test_a_phrase_over_two_cells_is_a_near_miss_of_an_absence(
    table: Callable[[], LayerText],
) -> None:
    layer = table()

    def search(term: str) -> tuple[int, list[NearMiss]]:
        found = search_text(
            layer.text, terms=[term], matching=Matching.WORDS, apparatus=layer.apparatus
        )
        return len(found.hits), [why for _, why in found.near_misses]

    assert search("imports fell") == (0, [NearMiss.APART])
    assert search("fell slightly") == (1, [])
    assert search("imports NEAR/1 slightly") == (1, [])
    assert search("exports") == (1, [])
