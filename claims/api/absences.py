"""Absences in the API: documents, terms, and the outcome of the search."""

from datetime import datetime
from typing import Annotated, TypedDict

from claims.readings.searches import FindingReading, SearchReading
from claims.vocabulary import AbsenceStatus, FindingOutcome, Matching
from sources.api.serializers import SourceRefShape, present_if_known
from sources.api.visit import Visit


class AbsenceTermShape(TypedDict):
    """A term: a pattern of words."""

    text: str
    language: Annotated[str, "BCP 47, where it matters; else empty."]


class AbsenceHitShape(TypedDict):
    """A hit: the place of a term in a text, in code points, half-open."""

    start: int
    end: int
    term: Annotated[int, "The place of the term in the list, from 0."]
    dismissed: Annotated[bool, "Whether a person judged it to be something else."]


class AbsenceFindingShape(TypedDict):
    """The outcome of the search in one text of a document.

    Of a confidential source, readers who may not know it get the descriptor and the outcome alone;
    hits are listed for who may read the text, the first ones of many.
    """

    source: SourceRefShape | None
    descriptor: Annotated[str | None, "What stands for a confidential source."]
    outcome: FindingOutcome
    text_sha256: Annotated[str | None, "The hash of the text, in UTF-8, where it may be read."]
    hit_count: Annotated[int | None, "How many hits stand."]
    dismissed_count: Annotated[int | None, "How many hits were judged to be something else."]
    unanswered_count: Annotated[
        int | None, "How many places come close and have not been judged yet."
    ]
    answered_count: Annotated[
        int | None, "How many places come close and were judged to be something else."
    ]
    hits: list[AbsenceHitShape]


class AbsenceShape(TypedDict):
    """An absence from a series or from documents, with the status of the search."""

    series: Annotated[str | None, "The key of the series; null where documents are named."]
    sources: Annotated[list[str], "The keys of the documents named that the reader may know."]
    terms: list[AbsenceTermShape]
    matching: Matching
    outcome: AbsenceStatus
    said: Annotated[str, "The same in a sentence."]
    searched: Annotated[int, "How many documents had a text that was searched."]
    documents: Annotated[int, "Of how many."]
    unanswered: Annotated[int, "How many places come close and have not been judged yet."]
    answered: Annotated[int, "How many places come close and were judged to be something else."]
    run_at: Annotated[datetime | None, "Since which search it is so; null before the first."]
    findings: list[AbsenceFindingShape]


def present_search(search: SearchReading | None, visit: Visit) -> AbsenceShape | None:
    """Present an absence and its search; null of what is not said to be absent."""
    if search is None:
        return None
    return {
        "series": search.series,
        "sources": list(search.sources),
        "terms": [{"text": term.text, "language": term.language} for term in search.terms],
        "matching": search.matching,
        "outcome": search.outcome,
        "said": search.sentence,
        "searched": search.searched,
        "documents": search.documents,
        "unanswered": search.unanswered,
        "answered": search.answered,
        "run_at": search.run_at,
        "findings": [present_finding(finding, visit) for finding in search.findings],
    }


def present_finding(finding: FindingReading, visit: Visit) -> AbsenceFindingShape:
    """Present the finding in one text."""
    source = finding.source
    return {
        "source": present_if_known(source, visit),
        "descriptor": None if source.is_known else source.title,
        "outcome": finding.outcome,
        "text_sha256": finding.text_sha256,
        "hit_count": finding.hits,
        "dismissed_count": finding.dismissed,
        "unanswered_count": finding.unanswered,
        "answered_count": finding.answered,
        "hits": [
            {
                "start": hit.start,
                "end": hit.end,
                "term": hit.term,
                "dismissed": hit.dismissed,
            }
            for hit in finding.places
        ],
    }
