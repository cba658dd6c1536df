"""Saved queries of fact sheets: parameters of the list of claims, as in `topic=gas&mode=!stated`.

What a saved query finds may be retracted: the check before issue names it.
"""

from typing import Any

from claims.domain.extract_queries import query_parameters
from claims.querysets.versions import VersionQuerySet
from claims.readings.claim_filters import CLAIM_FILTERS
from sources.domain.query import QueryRefused
from sources.domain.query_values import nearest_words
from sources.domain.refusals import quoted
from sources.readings.filters import FiltersRefused, narrowed
from sources.readings.reader import Reader


def versions_of_query(query: str, versions: VersionQuerySet, reader: Reader) -> VersionQuerySet:
    """Those of the versions that a saved query finds for the reader.

    Raises QueryRefused for a parameter that claims are not filtered by, FiltersRefused for words
    that it does not take, among them keys that the reader may not know.
    """
    parameters = query_parameters(query)
    for name in parameters:
        if name not in CLAIM_FILTERS:
            nearest = nearest_words(name, CLAIM_FILTERS)[0]
            raise QueryRefused(
                "unknown_parameter",
                f"Claims are not filtered by {quoted(name)}. The nearest one is {quoted(nearest)}.",
            )
    found: Any = narrowed(versions, CLAIM_FILTERS, parameters, reader)
    return found


def claims_of_query(query: str, versions: VersionQuerySet, reader: Reader) -> list[int]:
    """The numbers of the claims that a saved query finds, none for an empty one.

    It was checked when it was saved: a key that the reader may not know by now finds nothing.
    """
    if not query:
        return []
    try:
        found = versions_of_query(query, versions, reader)
    except FiltersRefused:
        return []
    return sorted(set(found.values_list("claim_id", flat=True)))
