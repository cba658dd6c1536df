"""Quotes as readers are told of them: the words, or what stands for them, and how they stand."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from sources.domain.printed_words import LeftOut, located_words, printed_words
from sources.models import Excerpt, Withholding
from sources.readings.reader import Reader
from sources.readings.sources import (
    SOURCE_COLUMNS,
    SourceFacts,
    SourceReading,
    source_of,
)
from sources.vocabulary import ApparatusKind, Grade, TranslationMethod


class QuoteFacts(msgspec.Struct, frozen=True, gc=False):
    """A quote as it is on record, in the order of QUOTE_COLUMNS; its source is apart."""

    id: int
    exact: str
    left_out: Any
    withheld_on: date | None
    grade: str
    is_verified: bool
    locator: str
    page: int | None
    language: str
    translation: str
    translated_by: str
    translation_method: str


# Of an excerpt `x`. Withheld words are empty: only then it is asked on which day that was, in UTC.
QUOTE_COLUMNS = """x.id, x.exact, x.left_out, CASE WHEN x.exact = '' THEN (
        SELECT (w.withheld_at AT TIME ZONE 'UTC')::date FROM sources_withholding w
        WHERE w.table_name = 'sources_excerpt' AND w.row_id = x.id) END,
    x.grade, x.is_verified, x.locator, x.page, x.language, x.translation, x.translated_by,
    x.translation_method"""
# The joins from an excerpt `x` to what these columns are of.
QUOTE_JOINS = """JOIN sources_source s ON s.id = x.source_id
    LEFT JOIN sources_publisher p ON p.id = s.publisher_id"""
QUOTE_AND_SOURCE = f"{QUOTE_COLUMNS}, {SOURCE_COLUMNS}"
_QUOTE_WIDTH = len(QuoteFacts.__struct_fields__)


class QuoteReading(msgspec.Struct, frozen=True, gc=False):
    """Words quoted from a source, as one reader may know them.

    `words` are as they are printed, `located` as they stand in the file, letter for letter but for
    what its page hides; `left_out` are the parts that are not printed, as kind and words. All are
    None or empty where the words were withheld, on `withheld_on`, and where the reader may not know
    the source: then of the rest only the grade is told. `number` is that of the excerpt, `page` the
    index of the page from 0, `language` BCP 47. `is_verified` is never said of words that were
    withheld.
    """

    grade: Grade
    is_verified: bool
    withheld_on: date | None
    source: SourceReading
    number: int | None = None
    words: str | None = None
    locator: str = ""
    page: int | None = None
    language: str = ""
    translation: str = ""
    translated_by: str = ""
    translation_method: TranslationMethod | None = None
    located: str | None = None
    left_out: tuple[tuple[str, str], ...] = ()


_GRADES = {grade.value: grade for grade in Grade}
_METHODS = {"": None, **{method.value: method for method in TranslationMethod}}


def facts_of_row(row: tuple[object, ...]) -> tuple[QuoteFacts, SourceFacts]:
    """The facts of a row that was selected as QUOTE_AND_SOURCE."""
    return QuoteFacts(*row[:_QUOTE_WIDTH]), SourceFacts(*row[_QUOTE_WIDTH:])  # type: ignore[arg-type] # as selected


def reading_of_quote(facts: QuoteFacts, told: SourceReading) -> QuoteReading:
    """The quote as far as whoever is told of its source so may know it."""
    grade = _GRADES[facts.grade]
    is_verified = facts.is_verified and facts.withheld_on is None
    if not told.is_known:
        return QuoteReading(grade, is_verified, facts.withheld_on, told)
    left_out = spans_left_out(facts.left_out)
    return QuoteReading(
        grade,
        is_verified,
        facts.withheld_on,
        told,
        facts.id,
        printed_words(facts.exact, left_out) or None,
        facts.locator,
        facts.page,
        facts.language,
        facts.translation,
        facts.translated_by,
        _METHODS[facts.translation_method],
        located_words(facts.exact, left_out) or None,
        words_left_out(facts.exact, left_out),
    )


def spans_left_out(stored: Any) -> list[LeftOut]:
    """The parts of a quote that are not printed; a row that was read without a model has text."""
    if stored in ("[]", []):
        return []
    spans = json.loads(stored) if isinstance(stored, str) else stored
    return [LeftOut(*span) for span in spans]


def words_left_out(exact: str, spans: Sequence[LeftOut]) -> tuple[tuple[str, str], ...]:
    """The parts that are not printed, as kind and words; of hidden words the kind alone."""
    return tuple(
        (span.kind, "" if span.kind == ApparatusKind.HIDDEN else exact[span.start : span.end])
        for span in spans
        if exact
    )


def quote_of(excerpt: Excerpt, reader: Reader) -> QuoteReading:
    """The quote of a model, read with its source and `with_withheld_at`."""
    withheld_at = Withholding.objects.words_withheld_at(excerpt)
    facts = QuoteFacts(
        excerpt.id,
        excerpt.exact,
        excerpt.left_out,
        withheld_at.date() if withheld_at else None,
        excerpt.grade,
        excerpt.is_verified,
        excerpt.locator,
        excerpt.page,
        excerpt.language,
        excerpt.translation,
        excerpt.translated_by,
        excerpt.translation_method,
    )
    return reading_of_quote(facts, source_of(excerpt.source, reader))
