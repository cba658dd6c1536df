"""Every filter of a list of the API is asked at its edges by a query of a table.

Claims have a table without a desk; what it cannot write, as it depends on a world, is named here.
"""

import pytest

from factbase.api.router import LISTS
from tests.claims.api.test_catalogue_filters import LISTS as CATALOGUE
from tests.claims.api.test_claim_filters import FOUND
from tests.claims.api.test_conflict_filters import LISTS as CONFLICTS
from tests.filter_edges import parsed, untested
from tests.sources.api.test_excerpt_filters import LISTS as EXCERPTS
from tests.sources.api.test_source_filters import LISTS as SOURCES

EDGES = {**SOURCES, **EXCERPTS, **CATALOGUE, **CONFLICTS}
FILTERED = sorted(name for name, viewset in LISTS.items() if viewset.filters and name != "claims")
# The filters of claims that the table does not ask, with the test that asks them at their edges.
PRINTED = "test_claim_filters: what is printed is taken"
ASKED_ELSEWHERE = {
    "ref": PRINTED,
    "uuid": PRINTED,
    "content_hash": PRINTED,
    "conflict_strength": "test_support_and_conflict_filters",
    "conflict_status": "test_support_and_conflict_filters",
    "q": "test_search and test_search_cases",
}


def test_each_filter_of_claims_is_asked_at_its_edges() -> None:
    asked = {name for query in FOUND for name, _word in parsed(query)}

    assert LISTS["claims"].filters.keys() - asked == ASKED_ELSEWHERE.keys()


@pytest.mark.parametrize("name", FILTERED)
def test_each_filter_is_asked_at_its_edges(name: str) -> None:
    """A new filter belongs in the table of its list, with a `none` where it takes one."""
    listed, _filters = EDGES[name]

    assert list(untested(listed, LISTS[name].filters)) == []


@pytest.mark.parametrize("name", [name for name in FILTERED if name != "editions"])
def test_the_desk_has_rows_that_the_public_must_not_find(name: str) -> None:
    """Of all lists but that of editions, each of which is public."""
    listed, _filters = EDGES[name]

    assert set(listed.expected(desk=False)[""]) < set(listed.expected(desk=True)[""])
