"""The columns of exported claims: one row is one version of a claim, all of it in flat values.

The order here is that of every file; docs/data-dictionary.md is written from it. A column is never
renamed or given another meaning: a new one is added at the end of its group, and
`COLUMNS_VERSION` goes up.
"""

from dataclasses import dataclass
from enum import StrEnum

COLUMNS_VERSION = 1
# A claim has one quote as a rule; of one with more, `quotes` says how many there are.
QUOTES = 3


class ColumnType(StrEnum):
    """The types of values. In CSV all are text, as these say."""

    TEXT = "text"  # UTF-8; an empty text is no value
    INTEGER = "integer"
    DECIMAL = "decimal"  # digits with a point: -9, 0.125
    BOOLEAN = "boolean"  # TRUE, FALSE
    DATE = "date"  # 2025-05-07
    TIME = "time"  # in UTC: 2025-05-07T09:30:00Z


@dataclass(frozen=True)
class ExportColumn:
    """A column: its name, type and meaning.

    `unit` says in what a number counts.
    """

    name: str
    type: ColumnType
    meaning: str
    unit: str = ""
    nullable: bool = True


def _text(name: str, meaning: str, *, nullable: bool = True) -> ExportColumn:
    return ExportColumn(name, ColumnType.TEXT, meaning, nullable=nullable)


def _count(name: str, meaning: str, unit: str) -> ExportColumn:
    return ExportColumn(name, ColumnType.INTEGER, meaning, unit, nullable=False)


def _yes(name: str, meaning: str, *, nullable: bool = True) -> ExportColumn:
    return ExportColumn(name, ColumnType.BOOLEAN, meaning, nullable=nullable)


def _number(name: str, meaning: str) -> ExportColumn:
    return ExportColumn(name, ColumnType.DECIMAL, meaning, "that of the column unit")


def _day(name: str, meaning: str) -> ExportColumn:
    return ExportColumn(name, ColumnType.DATE, meaning, "day")


def _time(name: str, meaning: str, *, nullable: bool = True) -> ExportColumn:
    return ExportColumn(name, ColumnType.TIME, meaning, "UTC", nullable=nullable)


IDENTITY = (
    _text("ref", "The permanent reference of the claim, such as C17.", nullable=False),
    _text("version", "The reference of the version that the row is, C17/v2.", nullable=False),
    _text("cite_key", "A key for bibliographies, the same as its BibTeX has.", nullable=False),
    _text("uuid", "The name of the claim between installations.", nullable=False),
    _text("url", "The permanent address of the version; empty where the public has none."),
    _text("content_hash", "The hash that approvals and editions are bound to.", nullable=False),
)
STATUS = (
    _text("status", "published, retracted, or where it is in review.", nullable=False),
    _time("status_at", "Since when it is published or retracted; empty in review."),
    _text("review_status", "Where the version is in review: approved and so on.", nullable=False),
    _time("recorded_at", "When the desk recorded the version.", nullable=False),
    _time("published_at", "Since when readers see the version."),
    _time("published_before", "Until when readers saw the version; empty while they do."),
    _time("retracted_at", "When the claim was retracted; empty where it stands."),
    _text("retracted_reason", "Why it was retracted."),
)
SAID = (
    _text("statement", "The claim in a sentence. Read it after who says it.", nullable=False),
    _text("language", "The language of the statement, BCP 47."),
    _text("attribution", "Who says it in words, also where it is the desk.", nullable=False),
    _text("asserted_by", "Who says it, outermost first; empty where the desk states it."),
    _text("asserted_by_keys", "The keys of these, with semicolons; of somebody described, none."),
    _text("asserted_on", "When it was said, as typed, in words or EDTF."),
    _text(
        "mode", "How sure it is: stated, estimated, assessed, expected, planned.", nullable=False
    ),
)
CONTENT = (
    _text("subject", "What the claim is about. A confidential source is described, not named."),
    _text("subject_key", "The key of that entity."),
    _text("subject_kind", "The kind of that entity: country, person and so on."),
    _text("property", "What is said of the subject."),
    _text("property_key", "The key of the property."),
    _text("property_time", "state: holds throughout the period; over: a total or change over it."),
    _text("aspect", "Which side of the subject is meant: a topic."),
    _text("aspect_key", "The key of that topic."),
    _text("basis", "The definition or measure that the value goes by."),
    _text("value_kind", "quantity, count, date, truth, presence, entity or text."),
    _text("value", "The value as the desk typed it."),
    _text("as_written", "The value in the source's own words."),
    _number("value_point", "The number that was written, where one was: -9 of “about 9% down”."),
    _number("value_low", "The least number that the value covers; empty without such an end."),
    _number("value_high", "The greatest number that the value covers; empty without such an end."),
    _yes("low_included", "Whether value_low is itself covered; empty where there is no range."),
    _yes("high_included", "Whether value_high is itself covered; empty where there is no range."),
    _text("unit", "The unit of value_point, value_low and value_high."),
    _yes("approximate", "Whether the value is said to be approximate."),
    _yes("value_truth", "Of a truth the value; of a presence, whether it is there."),
    _text("degree", "How much room a document gives to what is present in it."),
    _text("value_entity", "The entity that is the value."),
    _text("value_entity_key", "The key of that entity."),
    _text("value_text", "The words that are the value."),
    _day("value_date_first", "Of a date the first day that it may mean."),
    _day("value_date_last", "Of a date the last day that it may mean, itself included."),
    _text("period", "When it held, as typed in words or EDTF; empty where not bound to a time."),
    _day("period_start", "The first day of the period; empty without such an end."),
    _day("period_end", "The last day of the period, itself included; empty without such an end."),
    _text("topics", "What the claim is filed under, with semicolons."),
    _text("topic_keys", "The keys of these topics, with semicolons."),
    _text("premises", "The versions that it rests on, with semicolons, as far as they are public."),
    _text("formula", "How the value is computed from these."),
    _text("absence", "Of an absence, where the search for it stands: holds, contradicted."),
    _text("absence_terms", "The terms that were searched, with semicolons."),
)
WEIGHED = (
    _yes("disputed", "Whether it is in a conflict that is open or not settled.", nullable=False),
    _text("conflict", "The conflicts that it is party to, with semicolons: K5; K7."),
    _text("conflict_kinds", "Their kinds in the same order."),
    _text("conflict_statuses", "Their statuses in the same order."),
    _text("former_conflicts", "Those that ended for it as a party was retracted or taken off."),
    _count("independent_support", "Supporting sources; of one origin they count once.", "sources"),
    _count("documents", "Supporting sources, each counted.", "sources"),
    _count("publishers", "Publishers of these, as far as they may be known.", "publishers"),
    _count("authors", "Authors of these, as far as they may be known.", "authors"),
    _text("warnings", "What weighs against or for it, the gravest first, as codes."),
    _text("warning", "The gravest of these as a sentence."),
    _count("quotes", "How many quotes the claim has.", "quotes"),
)


def quote_columns(n: int) -> tuple[ExportColumn, ...]:
    """The columns of the n-th quote, in the order in which the quotes were tied to the claim."""
    name = f"quote_{n}"
    return (
        _text(name, f"Quote {n} as printed; empty if withheld or of a confidential source."),
        _text(f"{name}_stance", "Whether it supports or refutes the claim, or is context."),
        _text(f"{name}_grade", "How it matches the archived text: exact, folded and so on."),
        _yes(f"{name}_verified", "Whether the archived text carries the words."),
        _text(f"{name}_locator", "Where it is, for citations: p. 4, fn. 5."),
        _text(f"{name}_language", "The language of the quote, BCP 47."),
        _text(f"{name}_translation", "A translation of it."),
        _day(f"{name}_withheld_on", "When its words were withheld."),
        _text(f"{name}_source", "The title of its source, or what stands for a confidential one."),
        _text(f"{name}_source_key", "The key of its source."),
        _text(f"{name}_authors", "The authors of its source, with semicolons."),
        _text(f"{name}_publisher", "Who published its source."),
        _text(f"{name}_issued", "When its source was issued, as typed, in EDTF."),
        _text(f"{name}_source_url", "Where its source was published."),
        _text(f"{name}_archive_url", "Where an archive has a copy."),
        _day(f"{name}_captured_on", "When that copy, or the desk's own, was made."),
        _text(f"{name}_source_standing", "That its source is corrected, retracted or the like."),
    )


COLUMNS: tuple[ExportColumn, ...] = (
    *IDENTITY,
    *STATUS,
    *SAID,
    *CONTENT,
    *WEIGHED,
    *(column for n in range(1, QUOTES + 1) for column in quote_columns(n)),
)
NAMES = tuple(column.name for column in COLUMNS)


def positions(kind: ColumnType) -> tuple[int, ...]:
    """The places in a row of all values of a type."""
    return tuple(place for place, column in enumerate(COLUMNS) if column.type == kind)
