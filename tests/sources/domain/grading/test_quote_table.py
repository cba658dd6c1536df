"""A table of quotes and the grade that each has: `quote_cases.json`, one case to a line.

The text of a case is read as a file is. `found` are its words at the place of an exact, folded or
elided quote, `places` those of an ambiguous one; `passed_over` the kinds of what was passed over,
`invisible` the names of the quote's invisible characters. Characters that cannot be told by the eye
are escaped there.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sources.domain.grading.quotes import FoldedText, grade_quote, invisible_characters
from sources.vocabulary import Grade
from tests import plain

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "quote_cases.json").read_text(encoding="utf-8")
)


def layer_of(case: dict[str, Any]) -> FoldedText:
    """The text of a case with its apparatus, as a layer has it."""
    return plain.layer_of(case["text"].encode())


def as_read(words: str) -> str:
    return plain.layer_of(words.encode()).text


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_quote_of_the_table_has_its_grade(case: dict[str, Any]) -> None:
    layer = layer_of(case)

    graded = grade_quote(
        case["quote"], layer, prefix=case.get("prefix", ""), suffix=case.get("suffix", "")
    )

    assert graded.grade == case["grade"]
    if "found" in case:
        assert graded.start is not None
        assert layer.text[graded.start : graded.end] == as_read(case["found"])
    if "places" in case:
        assert [layer.text[start:end] for start, end in graded.places] == case["places"]
    if "passed_over" in case:
        assert [each.kind for each in graded.passed_over] == case["passed_over"]
    if "invisible" in case:
        assert list(invisible_characters(case["quote"])) == case["invisible"]


def test_the_table_has_two_hundred_cases_each_with_a_name_of_its_own() -> None:
    names = Counter(case["name"] for case in CASES)

    assert len(names) >= 200
    assert set(names.values()) == {1}


def test_every_grade_of_a_text_is_in_the_table() -> None:
    grades = {case["grade"] for case in CASES}

    assert grades == set(Grade) - {Grade.UNLOCATED, Grade.ELSEWHERE}
