"""Records beside each other, and what a captured file offers."""

from typing import Any

import pytest

from sources.domain.bibliography.comparison import (
    Suggestion,
    address_key,
    in_words,
    record_differences,
    suggestions_for,
)

RECORD: dict[str, Any] = {
    "id": "report",
    "type": "report",
    "title": "Trade in 2025",
    "author": [{"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"}],
    "issued": {"date-parts": [[2025, 5, 8]]},
    "DOI": "10.1000/ABC",
    "ISBN": "978-3-16-148410-0",
    "URL": "https://www.example.org/a/",
    "language": "en-GB",
}


@pytest.mark.parametrize(
    "says",
    [
        {"id": "another"},
        {"title": "Trade  in\n2025"},
        {"author": [{"family": "van Beethoven", "given": "Ludwig"}]},
        {"author": [{"literal": "Ludwig van Beethoven"}]},
        {"issued": {"date-parts": [["2025", "5", "8"]]}},
        {"issued": "2025-05-08"},
        {"DOI": "https://doi.org/10.1000/abc"},
        {"ISBN": "3-16-148410-X"},
        {"URL": "http://example.org/a"},
        {"language": "en-gb"},
        {"abstract": ""},
        {"author": []},
        {},
    ],
)
def test_what_says_the_same_is_no_difference(says: dict[str, Any]) -> None:
    assert record_differences(RECORD, says) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Trade in 2024"),
        ("title", "trade in 2025"),
        ("author", [{"family": "Beethoven", "given": "Ludwig"}]),
        ("issued", {"date-parts": [[2025, 5]]}),
        ("issued", {"literal": "spring 2025"}),
        ("DOI", "10.1000/abd"),
        ("ISBN", "978-3-16-148411-7"),
        ("URL", "https://example.org/a?b"),
        ("URL", "https://example.org/A"),
        ("abstract", "New"),
        ("custom", {"x": [1]}),
    ],
)
def test_what_says_something_else_is_shown_with_both(field: str, value: Any) -> None:
    assert record_differences(RECORD, {field: value}) == (
        Suggestion(field, RECORD.get(field), value),
    )


def test_what_a_format_cannot_carry_is_no_difference() -> None:
    says = {"type": "document", "issued": {"date-parts": [[2025]]}, "title": "Other"}
    told: list[dict[str, Any]] = [
        {"type": "article", "title": "Trade in 2025"},
        {**says, "title": "Trade in 2025"},
    ]

    assert [
        suggestion.field for suggestion in record_differences(RECORD, says, round_trips=told)
    ] == ["title"]


def test_a_captured_file_offers_what_is_empty_or_different() -> None:
    metadata = {
        "title": "Trade in 2025",
        "author": [{"literal": "World Bank"}],
        "publisher": "PISM",
        "URL": "https://example.org/b",
    }

    assert [
        (suggestion.field, suggestion.suggested) for suggestion in suggestions_for(RECORD, metadata)
    ] == [
        ("author", [{"literal": "World Bank"}]),
        ("publisher", "PISM"),
        ("URL", "https://example.org/b"),
    ]


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"title": ""},
        {"title": "a\0b"},
        {"title": ["a"]},
        {"title": "a" * 3_000},
        {"URL": "javascript:alert(1)"},
        {"DOI": "nonsense"},
        {"author": "Somebody"},
        {"issued": {"date-parts": [[2025, 13]]}},
        {"id": "other", "type": "book", "custom": "x", "access": "public"},
    ],
)
def test_a_captured_file_offers_nothing_that_no_record_keeps(metadata: dict[str, Any]) -> None:
    assert suggestions_for(RECORD, metadata) == []


@pytest.mark.parametrize("address", ["https://[::1", "nonsense", "", "https://x:99999999/"])
def test_what_is_no_address_is_found_by_none(address: str) -> None:
    assert address_key(address) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ("A title", "A title"),
        (RECORD["author"], "Ludwig van Beethoven"),
        ({"date-parts": [[2025, 5]]}, "2025-05"),
        ({"literal": "spring"}, '{"literal": "spring"}'),
        ([{}], "[{}]"),
        (["a"], '["a"]'),
        (3, "3"),
    ],
)
def test_a_value_is_shown_as_people_read_it(value: Any, words: str) -> None:
    assert in_words(value) == words
