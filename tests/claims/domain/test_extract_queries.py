"""The query of an extract has one way of writing."""

from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.extract_queries import (
    MAX_QUERY,
    QueryRefused,
    canonical_query,
    query_pairs,
    query_parameters,
)

NAMES = st.sampled_from(["topic", "q", "period", "status", "value_above"])
# Anything that UTF-8 can say.
VALUES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
PAIRS = st.lists(st.tuples(NAMES, VALUES), max_size=6)


@given(PAIRS)
def test_the_pairs_of_a_query_stay_those_of_one_name_in_their_order(
    pairs: list[tuple[str, str]],
) -> None:
    query = canonical_query(urlencode(pairs, quote_via=quote))

    assert query_pairs(query) == sorted(pairs, key=lambda pair: pair[0])
    for name, values in query_parameters(query).items():
        assert values == [value for one, value in pairs if one == name]


@given(PAIRS)
def test_the_one_way_of_writing_is_that_of_itself(pairs: list[tuple[str, str]]) -> None:
    query = canonical_query(urlencode(pairs))

    assert canonical_query(query) == query
    assert canonical_query(f"?{query}") == query
    assert canonical_query(f"https://example.org/api/v1/claims/?{query}#end") == query


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("", ""),
        ("?", ""),
        (" topic=trade ", "topic=trade"),
        ("topic=trade&asserter=china", "asserter=china&topic=trade"),
        ("topic=b&topic=a", "topic=b&topic=a"),
        ("q=%22fell+by%22", "q=%22fell%20by%22"),
        ("topic=trade,energy&status=!retracted", "status=!retracted&topic=trade,energy"),
        ("q=中国", "q=%E4%B8%AD%E5%9B%BD"),
        ("topic=trade&q=why?", "q=why%3F&topic=trade"),
        ("/api/v1/claims/?q=why?&topic=trade", "q=why%3F&topic=trade"),
    ],
)
def test_queries_are_written_in_one_way(typed: str, query: str) -> None:
    assert canonical_query(typed) == query


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("trade", "not_a_query"),
        ("topic=trade&&", "not_a_query"),
        ("q=" + "a" * MAX_QUERY, "query_too_long"),
        ("q=\ud800", "not_a_query"),
    ],
)
def test_what_is_no_query_is_refused(typed: str, code: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        canonical_query(typed)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")
