"""The quotes of a real dossier: all of them are verified, and none that was altered is."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sources.domain.grading.gaps import GapWarning, gap_warnings
from sources.domain.grading.quotes import FoldedText, grade_quote
from sources.vocabulary import GapWarningKind, Grade
from tests.plain import layer_of

CORPUS = Path(__file__).parents[4].parent / "shared" / "corpus"
pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="The test corpus is not beside the project."
)


@cache
def dossier() -> list[tuple[str, FoldedText]]:
    """Each quote with the text of its source."""
    texts = {}
    for record in json.loads((CORPUS / "sources.json").read_text()):
        texts[record["id"]] = layer_of((CORPUS / record["file"]).read_bytes())
    claims: list[dict[str, Any]] = json.loads((CORPUS / "dossier.json").read_text())["claims"]
    return [
        (evidence["quote"], texts[evidence["source"]])
        for claim in claims
        for evidence in claim["evidence"]
    ]


def test_all_quotes_of_the_dossier_are_verified() -> None:
    quotes = dossier()

    assert len(quotes) == 29
    assert {grade_quote(quote, text).grade for quote, text in quotes} <= {
        Grade.EXACT,
        Grade.FOLDED,
    }


def test_no_quote_with_one_thing_altered_is_verified() -> None:
    count = 0
    for quote, text in dossier():
        for altered in alterations(quote):
            count += 1
            assert not grade_quote(altered, text).grade.is_located, altered

    assert count > 2_000


def test_an_altered_quote_points_to_the_words_as_they_are() -> None:
    for quote, text in dossier():
        truth = grade_quote(quote, text)
        assert truth.start is not None
        assert truth.end is not None
        for altered in [*with_another_digit(quote), *with_a_not(quote)][::5]:
            graded = grade_quote(altered, text)
            assert graded.grade is Grade.DRIFTED, altered
            assert graded.start is not None
            assert graded.end is not None
            assert max(graded.start, truth.start) < min(graded.end, truth.end), altered


def test_a_shortened_quote_of_the_dossier_is_never_exact_or_folded() -> None:
    grades = set()
    for quote, text in dossier():
        for word in inner_words(quote):
            shortened = f"{quote[: word.start()]}…{quote[word.end() :]}"
            graded = grade_quote(shortened, text)
            grades.add(graded.grade)
            if graded.grade is Grade.ELIDED:
                assert "…" in [each.quoted for each in graded.passed_over], shortened

    assert grades <= {Grade.ELIDED, Grade.AMBIGUOUS, Grade.DRIFTED, Grade.MISSING}
    assert Grade.ELIDED in grades


def test_a_negation_that_is_left_out_is_named_to_the_reviewer() -> None:
    count = 0
    for quote, text in dossier():
        for word in inner_words(quote):
            if word[0].lower() in ("no", "not", "none"):
                graded = grade_quote(f"{quote[: word.start()]}…{quote[word.end() :]}", text)
                for gap in graded.doubts:
                    (warning, *_rest) = gap_warnings(text.text, gap.start, gap.end)
                    assert warning == GapWarning(GapWarningKind.TURNS, (word[0].lower(),))
                    count += 1

    assert count > 0


def alterations(quote: str) -> Iterator[str]:
    """The quote with one digit, sign, "not", letter, mark or word altered; all there are."""
    yield from with_another_digit(quote)
    yield from with_another_sign(quote)
    yield from with_another_decimal_mark(quote)
    yield from with_a_not(quote)
    for word in re.finditer(r"(?<= )(?:not?|none) ", quote):  # not at the beginning: a part is true
        yield quote[: word.start()] + quote[word.end() :]
    for match in list(re.finditer(r"(?<=\w)\w(?=\w)", quote))[::9]:  # lost, doubled, changed
        yield quote[: match.start()] + quote[match.end() :]
        yield quote[: match.end()] + quote[match.start() :]
        yield quote[: match.start()] + ("x" if match[0] != "x" else "z") + quote[match.end() :]
    if "%" in quote:
        yield quote.replace("%", " per cent")
        yield quote.replace("%", "‰")
        yield quote.replace("%", "")
    yield quote.swapcase()


def with_another_digit(quote: str) -> Iterator[str]:
    for match in re.finditer(r"\d", quote):
        for digit in (str((int(match[0]) + 1) % 10), str((int(match[0]) + 5) % 10)):
            yield quote[: match.start()] + digit + quote[match.end() :]
        # An Arabic-Indic and a full-width form of the same digit
        for zero in (0x0660, 0xFF10):
            yield quote[: match.start()] + chr(zero + int(match[0])) + quote[match.end() :]


def with_another_sign(quote: str) -> Iterator[str]:
    for match in re.finditer(r"(?<![\d–-])\d", quote):
        for sign in "-−+±~<>≈":
            yield quote[: match.start()] + sign + quote[match.start() :]
    for match in re.finditer(r"[–-](?=\d)", quote):
        for sign in "−+":
            yield quote[: match.start()] + sign + quote[match.end() :]
        yield quote[: match.start()] + quote[match.end() :]


def with_another_decimal_mark(quote: str) -> Iterator[str]:
    for match in re.finditer(r"\d(?=\d)", quote):  # 2.024
        for mark in ".,'":
            yield quote[: match.end()] + mark + quote[match.end() :]
    for match in re.finditer(r"\d(?!\d)", quote):  # 9.1
        yield f"{quote[: match.end()]}.1{quote[match.end() :]}"
        yield f"{quote[: match.end()]},1{quote[match.end() :]}"
    for match in re.finditer(r"(?<!\d)\d", quote):  # .9
        yield f"{quote[: match.start()]}.{quote[match.start() :]}"


def with_a_not(quote: str) -> Iterator[str]:
    for space in re.finditer(" ", quote):
        yield f"{quote[: space.end()]}not {quote[space.end() :]}"
        yield f"{quote[: space.end()]}[not] {quote[space.end() :]}"
        yield f"{quote[: space.end()]}… not {quote[space.end() :]}"


def inner_words(quote: str) -> Iterator[re.Match[str]]:
    return re.finditer(r"(?<= )\S+(?= )", quote)
