"""Every filter of a list of the API is asked at its edges by a query of a table.

Those of claims have tests of their own; here are the filters of all other lists.
"""

import pytest

from factbase.api.router import LISTS
from tests.claims.api.test_catalogue_filters import LISTS as CATALOGUE
from tests.claims.api.test_conflict_filters import LISTS as CONFLICTS
from tests.filter_edges import untested
from tests.sources.api.test_excerpt_filters import LISTS as EXCERPTS
from tests.sources.api.test_source_filters import LISTS as SOURCES

EDGES = {**SOURCES, **EXCERPTS, **CATALOGUE, **CONFLICTS}
FILTERED = sorted(name for name, viewset in LISTS.items() if viewset.filters and name != "claims")


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
