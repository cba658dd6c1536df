"""Bibliographic records in CSL-JSON, as they come and as they are kept."""

import json
from pathlib import Path
from typing import Any

import pytest

from sources.domain.bibliography.records import RecordRefused, read_record

SHARED = Path(__file__).parents[4].parent / "shared"

RECORD: dict[str, Any] = {
    "id": "report-1",
    "type": "report",
    "title": "A  “Report”",
    "author": [
        {"given": "Jarosław", "family": "Ćwiek-Karpowicz"},
        {"given": "Ludwig", "non-dropping-particle": "van", "family": "Beethoven"},
        {"given": "Martin Luther", "family": "King", "suffix": "Jr."},
        {"literal": "The Institute"},
    ],
    "publisher": "The Institute",
    "container-title": "Reports",
    "issued": {"date-parts": [[2025, 5, 13]]},
    "URL": "https://example.org/a?b=c#d",
    "DOI": "https://doi.org/10.1000/182",
    "ISBN": "978-3-16-148410-0",
    "language": "en",
    "number": 3,
    "note": None,
}


def test_a_record_is_laid_out_in_columns() -> None:
    record = read_record(RECORD)

    assert (record.key, record.type, record.title) == ("report-1", "report", "A “Report”")
    assert record.authors == (
        "Jarosław Ćwiek-Karpowicz",
        "Ludwig van Beethoven",
        "Martin Luther King, Jr.",
        "The Institute",
    )
    assert (record.publisher, record.container) == ("The Institute", "Reports")
    assert (record.issued, record.language, record.number) == ("2025-05-13", "en", "3")
    assert (record.url, record.doi) == ("https://example.org/a?b=c#d", "10.1000/182")
    assert record.isbn == "978-3-16-148410-0"


def test_the_whole_record_is_kept_without_nulls() -> None:
    csl = read_record({**RECORD, "author": [{"family": "X", "given": None}]}).csl

    assert "note" not in csl
    assert csl["author"] == [{"family": "X"}]
    assert csl["issued"] == {"date-parts": [[2025, 5, 13]]}


def test_reading_a_kept_record_again_changes_nothing() -> None:
    record = read_record(RECORD)

    assert read_record(record.csl) == record


def test_what_a_record_does_not_say_is_empty() -> None:
    record = read_record({"id": "a", "type": "treaty", "title": "A treaty"})

    assert (record.authors, record.issued, record.url, record.number) == ((), "", "", "")


DATES = [
    ({"date-parts": [[2026]]}, "2026"),
    ({"date-parts": [[2025, 7]]}, "2025-07"),
    ({"date-parts": [["2025", "7"]]}, "2025-07"),
    ({"date-parts": [[2025, 5], [2025, 6]]}, "2025-05/2025-06"),
    ({"date-parts": [[2013], []]}, "2013/.."),
    ({"date-parts": [[2013], [0]]}, "2013/.."),
    ({"date-parts": [[476]], "circa": True}, "0476~"),
    ({"date-parts": [[2013], [2015]], "circa": 1}, "2013~/2015~"),
    ({"date-parts": [[2025]], "season": 2}, "2025"),
    ({"literal": "2025-05?"}, "2025-05?"),
    ({"raw": "2025-05-08"}, "2025-05-08"),
    ({"literal": "in the spring of 2025"}, ""),
    ("2025-05", "2025-05"),
    ({}, ""),
    (None, ""),
]


@pytest.mark.parametrize(("date", "issued"), DATES)
def test_the_date_of_issue_becomes_edtf(date: object, issued: str) -> None:
    assert read_record({**RECORD, "issued": date}).issued == issued


REFUSED = [
    ({"id": None}, "id", "missing"),
    ({"id": "a key"}, "id", "shape"),
    ({"id": "-a"}, "id", "shape"),
    ({"id": ["a"]}, "id", "shape"),
    ({"id": "a" * 101}, "id", "too_long"),
    ({"title": None}, "title", "missing"),
    ({"title": " \n"}, "title", "missing"),
    ({"title": ["A"]}, "title", "shape"),
    ({"title": True}, "title", "shape"),
    ({"title": "a\0b"}, "title", "character"),
    ({"title": "a\ud800"}, "title", "character"),
    ({"title": "a" * 2_001}, "title", "too_long"),
    ({"abstract": "a" * 10_000_000}, "abstract", "too_long"),
    ({"type": None}, "type", "missing"),
    ({"type": "newspaper"}, "type", "type"),
    ({"author": "Somebody"}, "author", "shape"),
    ({"author": ["Somebody"]}, "author", "shape"),
    ({"author": [{"family": ["X"]}]}, "author", "shape"),
    ({"author": [{"family": " "}]}, "author", "name"),
    ({"author": [{"family": "a\0"}]}, "author", "character"),
    ({"issued": {"date-parts": [[2025, 13]]}}, "issued", "impossible"),
    ({"issued": {"date-parts": [[2025, 2, 30]]}}, "issued", "impossible"),
    ({"issued": {"date-parts": [[2025, 33]]}}, "issued", "impossible"),
    ({"issued": {"date-parts": [[-44]]}}, "issued", "year_out_of_range"),
    ({"issued": {"date-parts": [[2025], [2024]]}}, "issued", "reversed"),
    ({"issued": {"date-parts": [[2025, 1.5]]}}, "issued", "shape"),
    ({"issued": {"date-parts": [2025]}}, "issued", "shape"),
    ({"issued": {"date-parts": []}}, "issued", "shape"),
    ({"issued": 2025}, "issued", "shape"),
    ({"issued": "in spring"}, "issued", "unreadable"),
    ({"URL": "javascript:alert(1)"}, "URL", "url"),
    ({"URL": "JavaScript:alert(1)"}, "URL", "url"),
    ({"URL": "data:text/html,x"}, "URL", "url"),
    ({"URL": "//example.org"}, "URL", "url"),
    ({"URL": "https://"}, "URL", "url"),
    ({"URL": "https://[::1"}, "URL", "url"),
    ({"URL": 'https://example.org/"onclick'}, "URL", "url"),
    ({"DOI": "182"}, "DOI", "doi"),
    ({"ISBN": "none"}, "ISBN", "isbn"),
    ({"ISBN": "978-3-16-148410-1"}, "ISBN", "isbn_check_digit"),
    ({"language": "English (UK)"}, "language", "shape"),
    ({"number": float("nan")}, "number", "shape"),
    ({"custom": [[[[[[[[[["deep"]]]]]]]]]]}, "custom", "too_large"),
    ({"keyword": ["x"] * 3_000}, "keyword", "too_large"),
]


@pytest.mark.parametrize(
    ("wrong", "field", "code"), REFUSED, ids=[f"{i}-{f}-{c}" for i, (_, f, c) in enumerate(REFUSED)]
)
def test_a_wrong_record_is_refused_by_field_and_reason(
    wrong: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(RecordRefused) as refused:
        read_record({**RECORD, **wrong})

    assert (refused.value.field, refused.value.code) == (field, code)
    assert field in refused.value.message
    assert refused.value.message.endswith(".")
    assert len(refused.value.message) < 400


@pytest.mark.parametrize("wrong", [None, [], "text", 5])
def test_what_is_no_object_is_no_record(wrong: Any) -> None:
    with pytest.raises(RecordRefused) as refused:
        read_record(wrong)

    assert refused.value.code == "shape"


@pytest.mark.skipif(
    not (SHARED / "corpus").is_dir(), reason="The test corpus is not beside the project."
)
def test_the_records_of_the_test_corpus_are_read() -> None:
    corpus = SHARED / "corpus"
    records = json.loads((corpus / "sources.json").read_text())
    records += json.loads((corpus / "dossier.json").read_text())["documents"]

    assert {record["id"]: read_record(record).issued for record in records} == {
        "pism-spotlight-2025": "2025-05",
        "osw-2025": "2025-05-13",
        "aljazeera-2025": "2025-05-08",
        "pism-file-142": "2025-07",
        "efis-2026": "2026",
        "js-2022": "2022-02-04",
        "js-2023": "2023-03-22",
        "js-2024": "2024-05-16",
        "js-2025": "2025-05-09",
    }
