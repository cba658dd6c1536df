"""Shapes of sources, excerpts and series in responses, and the functions that fill them.

A shape is a TypedDict: the type checker holds the function to it, and the schema of the API is
made from it. `Annotated` says what a field means where its name does not.
"""

from datetime import date
from typing import Annotated, Any, TypedDict

from sources.api.visit import Visit
from sources.domain.bibliography.names import name_as_read
from sources.models import Series, Source
from sources.readings.quotes import QuoteReading
from sources.readings.sources import SourceReading, source_of
from sources.readings.standing import StandingReading, standing_of
from sources.vocabulary import (
    Access,
    Grade,
    OriginKind,
    Rights,
    Standing,
    TranslationMethod,
)


class DaysShape(TypedDict):
    """A stretch of days, half-open: the first day, and the day after the last one.

    Null is an absent bound.
    """

    start: Annotated[date | None, "The first day."]
    before: Annotated[date | None, "The day after the last one."]


class SourceStandingShape(TypedDict):
    """That a source no longer stands as published."""

    code: Standing
    label: Annotated[str, "The code for people, such as “Expression of concern”."]
    since: Annotated[date | None, "The day; null for a source that you may not know."]
    reason: Annotated[str, "Why; empty for a source that you may not know."]
    sentence: Annotated[str, "All of it in a sentence."]


class SourceRefShape(TypedDict):
    """A source, as far as one names it beside a quote."""

    key: str
    url: Annotated[str, "The address of the source in this API."]
    title: str
    authors: list[str]
    publisher: str | None
    container: str
    issued: Annotated[str, "When it was issued, as typed, in EDTF."]
    original_url: Annotated[str, "Where it was published; empty where that is not known."]
    access: Access
    standing: Annotated[SourceStandingShape | None, "Null where it stands as published."]


class OriginShape(TypedDict):
    """A source that another one derives from."""

    kind: OriginKind
    source: SourceRefShape


class SeriesRefShape(TypedDict):
    """A series, as far as one names it."""

    key: str
    url: str
    title: str


class SourceShape(TypedDict):
    """A published work, with its bibliographic record."""

    key: str
    url: Annotated[str, "The address of the source in this API."]
    type: Annotated[str, "A type of CSL 1.0.2."]
    title: str
    authors: list[str]
    publisher: str | None
    container: str
    issued: Annotated[str, "When it was issued, as typed, in EDTF."]
    issued_days: DaysShape | None
    original_url: Annotated[str, "Where it was published; empty where that is not known."]
    doi: str
    isbn: str
    language: Annotated[str, "BCP 47; empty where it is not known."]
    number: str
    csl: Annotated[dict[str, Any], "The whole record in CSL-JSON."]
    rights: Rights
    access: Access
    standing: Annotated[SourceStandingShape | None, "Null where it stands as published."]
    standing_passages: Annotated[
        list[str],
        "The words that a correction names; without any, it is about the whole source. An empty "
        "string stands for a passage that was withheld.",
    ]
    origins: Annotated[list[OriginShape], "What it derives from."]
    series: list[SeriesRefShape]
    captures: Annotated[str, "The address of its captures in this API."]


class SeriesShape(TypedDict):
    """Sources of one kind that can be compared, in their order."""

    key: str
    url: str
    title: str
    sources: list[SourceRefShape]


class QuoteShape(TypedDict):
    """Words quoted from a source, and how they stand in its archived text.

    Of a confidential source, readers who may not know it get the grade alone.
    """

    quote: Annotated[
        str | None,
        "The words as they are printed; null for a confidential source and where withheld.",
    ]
    exact: Annotated[
        str | None,
        "The words character for character as they were located, with what is not printed of them: "
        "marks of notes, links, soft hyphens; null where the words are.",
    ]
    withheld_on: Annotated[
        date | None, "The day on which the words were withheld; null where they stand."
    ]
    grade: Grade
    grade_label: str
    is_verified: Annotated[
        bool, "Whether the archived text carries the words; never of words that were withheld."
    ]
    locator: Annotated[str, "For citations: p. 4, fn. 5, 00:12:30."]
    page: Annotated[int | None, "The index of the page, from 0."]
    language: Annotated[str, "BCP 47; empty where it is not known."]
    translation: str
    translated_by: str
    translation_method: TranslationMethod | None


def present_days(days: Any) -> DaysShape | None:
    """A range of days as PostgreSQL keeps it: half-open."""
    return None if days is None else {"start": days.lower, "before": days.upper}


def present_source_ref(source: SourceReading, visit: Visit) -> SourceRefShape:
    """The source beside a quote. Only of a source that the reader may know."""
    return {
        "key": source.key,
        "url": f"{visit.root}sources/{source.key}/",
        "title": source.title,
        "authors": list(source.authors),
        "publisher": source.publisher,
        "container": source.container,
        "issued": source.issued,
        "original_url": source.url,
        "access": source.access,
        "standing": present_standing(source.standing),
    }


def present_standing(standing: StandingReading | None) -> SourceStandingShape | None:
    """The standing as it was read; null for a source that is current."""
    if standing is None:
        return None
    return {
        "code": standing.code,
        "label": standing.label,
        "since": standing.since,
        "reason": standing.reason,
        "sentence": standing.sentence,
    }


def present_if_known(source: SourceReading, visit: Visit) -> SourceRefShape | None:
    """The source beside a quote; null where the reader may not know it."""
    return present_source_ref(source, visit) if source.is_known else None


def present_source(source: Source, visit: Visit) -> SourceShape:
    """The whole record. Only of a source that the reader may know."""
    return {
        "key": source.key,
        "url": f"{visit.root}sources/{source.key}/",
        "type": source.type,
        "title": source.title,
        "authors": [name_as_read(author) for author in source.authors],
        "publisher": source.publisher.name if source.publisher else None,
        "container": source.container,
        "issued": source.issued,
        "issued_days": present_days(source.issued_days),
        "original_url": source.url,
        "doi": source.doi,
        "isbn": source.isbn,
        "language": source.language,
        "number": source.number,
        "csl": source.csl,
        "rights": Rights(source.rights),
        "access": Access(source.access),
        "standing": present_standing(standing_of(source)),
        "standing_passages": source.standing_passages,
        "origins": [
            {
                "kind": OriginKind(tie.kind),
                "source": present_source_ref(source_of(tie.origin, visit.asking), visit),
            }
            for tie in source.origin_ties.all()
            if visit.asking.knows(tie.origin)
        ],
        "series": [
            {
                "key": tie.series.key,
                "url": f"{visit.root}series/{tie.series.key}/",
                "title": tie.series.title,
            }
            for tie in source.memberships.all()
        ],
        "captures": f"{visit.root}captures/?source={source.key}",
    }


def present_series(series: Series, visit: Visit) -> SeriesShape:
    """The series with its sources in their order; read with those that the reader may know."""
    return {
        "key": series.key,
        "url": f"{visit.root}series/{series.key}/",
        "title": series.title,
        "sources": [
            present_source_ref(source_of(tie.source, visit.asking), visit)
            for tie in series.members.all()
        ],
    }


def present_quote(quote: QuoteReading) -> QuoteShape:
    """The words and how they stand; the grade alone where the reader may not know the source."""
    return {
        "quote": quote.words,
        "exact": quote.located,
        "withheld_on": quote.withheld_on,
        "grade": quote.grade,
        "grade_label": quote.grade.label,
        "is_verified": quote.is_verified,
        "locator": quote.locator,
        "page": quote.page,
        "language": quote.language,
        "translation": quote.translation,
        "translated_by": quote.translated_by,
        "translation_method": quote.translation_method,
    }
