"""The preview of an imported bibliography, before anything is written."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.bibliography.file_records import FileRecord
from sources.domain.bibliography.preview import (
    Entry,
    Known,
    Outcome,
    free_key,
    made_key,
    preview,
)
from sources.domain.bibliography.ris import read_ris, write_ris
from sources.domain.keys import is_key

STORED: dict[str, Any] = {
    "id": "ours",
    "type": "article-journal",
    "title": "Trade in figures",
    "author": [{"family": "Ivanova", "given": "Anna"}],
    "issued": {"date-parts": [[2025, 5]]},
    "DOI": "10.1000/abc",
    "URL": "https://example.org/trade",
}
BOOK: dict[str, Any] = {
    "id": "book",
    "type": "book",
    "title": "A book",
    "ISBN": "978-3-16-148410-0",
}


def seen(
    *records: Any, known: Sequence[dict[str, Any]] = (STORED, BOOK), taken: Sequence[str] = ()
) -> list[Entry]:
    sources = [Known(csl["id"], csl) for csl in known]
    keys = {*taken, *(csl["id"] for csl in known)}
    return preview(map(FileRecord, records), sources, is_taken=keys.__contains__)


def other(**fields: Any) -> dict[str, Any]:
    return {"type": "report", "title": "Another one", **fields}


@pytest.mark.parametrize(
    ("record", "found", "by", "outcome"),
    [
        ({**STORED}, "ours", "key", Outcome.SAME),
        ({**STORED, "id": "theirs"}, "ours", "DOI", Outcome.SAME),
        (other(id="x", DOI="https://doi.org/10.1000/ABC"), "ours", "DOI", Outcome.DIFFERENT),
        ({**BOOK, "id": "x", "ISBN": "3-16-148410-X"}, "book", "ISBN", Outcome.SAME),
        (other(id="x", ISBN="978-3-16-148410-0"), "", "", Outcome.NEW),
        (
            {
                "type": "article-journal",
                "title": STORED["title"],
                "URL": "http://example.org/trade/",
            },
            "ours",
            "URL",
            Outcome.SAME,
        ),
        (other(URL="https://example.org/trade"), "ours", "URL", Outcome.PERHAPS),
        (
            {
                "type": "article-journal",
                "title": "TRADE in Figures",
                "author": [{"literal": "A. Ivanova"}],
                "issued": {"date-parts": [[2025]]},
            },
            "ours",
            "title",
            Outcome.PERHAPS,
        ),
        (other(title=STORED["title"], issued="2024"), "", "", Outcome.NEW),
        (other(id="ours"), "ours", "key", Outcome.DIFFERENT),
        (other(), "", "", Outcome.NEW),
    ],
)
def test_a_record_is_found_again_by_what_names_it(
    record: dict[str, Any], found: str, by: str, outcome: Outcome
) -> None:
    (entry,) = seen(record)

    assert (entry.found, entry.by, entry.outcome) == (found, by, outcome)


def test_what_differs_is_shown_field_by_field() -> None:
    (entry,) = seen({**STORED, "title": "Trade in numbers", "volume": "3"})

    assert [
        (suggestion.field, suggestion.has, suggestion.suggested) for suggestion in entry.differences
    ] == [
        ("title", "Trade in figures", "Trade in numbers"),
        ("volume", None, "3"),
    ]


def test_the_key_of_one_and_the_doi_of_another_are_refused() -> None:
    (entry,) = seen({**other(id="book"), "DOI": STORED["DOI"]})

    assert entry.outcome == Outcome.REFUSED
    assert "book" in entry.message
    assert "ours" in entry.message


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"ISBN": "978-3-16-148410-1"},
        {"DOI": "nonsense"},
        {"URL": "javascript:alert(1)"},
        {"issued": {"date-parts": [[2025, 13]]}},
        {"type": "nonsense"},
        {"author": [{}]},
        {"author": ["x"]},
        {"author": 5},
        {"issued": []},
        {"id": [], "title": {}},
    ],
)
def test_a_record_that_cannot_be_kept_is_refused_and_the_others_are_not(
    wrong: dict[str, Any],
) -> None:
    bad, good = seen(other(**wrong), other(id="good"))

    assert (bad.outcome, good.outcome) == (Outcome.REFUSED, Outcome.NEW)
    assert bad.message.endswith(".")


@pytest.mark.parametrize("record", [None, 5, "text", [], [[]]])
def test_what_is_no_record_is_refused(record: Any) -> None:
    assert [entry.outcome for entry in seen(record)] == [Outcome.REFUSED]


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ({"id": "a"}, {"id": "a", "title": "Other"}, Outcome.REPEATED),
        ({"DOI": "10.1000/1"}, {"DOI": "doi:10.1000/1"}, Outcome.REPEATED),
        ({"ISBN": "316148410X"}, {"ISBN": "978-3-16-148410-0"}, Outcome.REPEATED),
        ({"URL": "https://x.org"}, {"URL": "https://x.org/"}, Outcome.REPEATED),
        ({"URL": "https://x.org"}, {"URL": "https://x.org", "title": "B"}, Outcome.NEW),
        ({"id": ""}, {"id": "", "title": "B"}, Outcome.NEW),
    ],
)
def test_a_record_that_stands_twice_is_taken_once(
    first: dict[str, Any], second: dict[str, Any], outcome: Outcome
) -> None:
    entries = seen(other(**first), other(**second), known=())

    assert [entry.outcome for entry in entries] == [Outcome.NEW, outcome]


@pytest.mark.parametrize(
    ("record", "key"),
    [
        ({"author": [{"family": "Ćwiek-Karpowicz"}], "title": "A big Deal"}, "karpowicz-deal"),
        (
            {"author": [{"literal": "World Bank"}], "issued": "2024-05", "title": "GDP"},
            "bank-2024-gdp",
        ),
        ({"title": "Łódź"}, "lodz"),
        ({"title": "声明", "issued": {"date-parts": [["2023"]]}}, "2023"),
        ({"title": "声明"}, "source"),
        ({"title": "x" * 300}, "x" * 60),
        ({"title": None, "author": [None], "issued": {"date-parts": [[]]}}, "source"),
    ],
)
def test_a_key_is_made_of_name_year_and_a_word(record: dict[str, Any], key: str) -> None:
    assert made_key(record) == key
    assert is_key(key)


def test_keys_are_given_once_and_none_that_is_taken() -> None:
    entries = seen(
        other(id="hidden"),
        other(id="a b"),
        other(id="c:d"),
        other(id=7),
        taken=["hidden", "another"],
    )

    assert [entry.key for entry in entries] == ["hidden-2", "another-2", "another-3", "7"]
    assert [entry.record["id"] for entry in entries] == [entry.key for entry in entries]
    assert is_key(free_key("a" * 100, {"a" * 100}.__contains__))


def test_a_mark_changes_with_what_would_happen() -> None:
    new, same = seen(STORED, known=())[0], seen(STORED)[0]
    changed = seen(STORED, known=[{**STORED, "title": "Other"}])[0]
    changed_again = seen(STORED, known=[{**STORED, "title": "Others"}])[0]

    assert len({new.mark, same.mark, changed.mark, changed_again.mark}) == 4
    assert seen(STORED)[0].mark == same.mark


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=5,
)
FIELDS = ("id", "type", "title", "author", "editor", "issued", "accessed", "DOI", "ISBN", "URL")
RECORDS = st.lists(
    JSON | st.dictionaries(st.sampled_from(FIELDS), JSON | st.sampled_from(list(STORED.values()))),
    max_size=4,
)


@given(RECORDS)
def test_whatever_a_file_holds_each_record_has_an_outcome(records: list[Any]) -> None:
    entries = seen(*records)

    assert [entry.number for entry in entries] == list(range(1, len(records) + 1))
    assert all(is_key(entry.key) for entry in entries if entry.outcome == Outcome.NEW)
    assert all(entry.message for entry in entries if entry.outcome == Outcome.REFUSED)
    assert [entry.mark for entry in entries] == [entry.mark for entry in seen(*records)]


@given(st.dictionaries(st.sampled_from((*FIELDS, "page", "keyword", "number")), JSON))
def test_any_record_goes_out_in_ris(record: dict[str, Any]) -> None:
    assert len(read_ris(write_ris([record]))) == 1
