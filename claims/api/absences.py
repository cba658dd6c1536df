"""Absences in the API: documents, terms, and the outcome of the search."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, TypedDict

from claims.models import AbsenceScope, Finding, Version
from claims.readings.absences import (
    MAX_LISTED,
    SearchState,
    absence_text,
    may_read_places,
    search_states_of,
)
from claims.vocabulary import AbsenceStatus, FindingOutcome, Matching
from sources.api.serializers import SourceRefShape, present_source_ref
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
    run_at: Annotated[datetime | None, "Since which search it is so; null before the first."]
    findings: list[AbsenceFindingShape]


def absences_of(versions: Sequence[Version], visit: Visit) -> dict[int, AbsenceShape]:
    """The absences among these versions, by the version's id, in a constant number of queries."""
    search_states = search_states_of(versions)
    if not search_states:
        return {}
    scopes = AbsenceScope.objects.filter(version__in=search_states).select_related("series")
    findings: dict[int, list[AbsenceFindingShape]] = defaultdict(list)
    runs = [state.run for state in search_states.values() if state.run is not None]
    for finding in (
        Finding.objects.filter(run__in=runs)
        .select_related("source__publisher", "layer")
        .defer("near_misses", *UNSENT_FIELDS)
        .order_by("run", "pk")
    ):
        findings[finding.run_id].append(present_finding(finding, visit))
    return {
        scope.version_id: present_absence(scope, search_states[scope.version_id], findings, visit)
        for scope in scopes.prefetch_related("documents__source")
    }


# Columns of a text that no response needs; they may be long.
UNSENT_FIELDS = [f"layer__{name}" for name in ("text", "words", "pages", "apparatus", "metadata")]


def present_absence(
    scope: AbsenceScope,
    state: SearchState,
    findings: dict[int, list[AbsenceFindingShape]],
    visit: Visit,
) -> AbsenceShape:
    """One absence."""
    named = sorted(scope.documents.all(), key=lambda document: document.pk)
    return {
        "series": scope.series.key if scope.series else None,
        "sources": [one.source.key for one in named if visit.knows(one.source)],
        "terms": [
            {"text": term["text"], "language": term.get("language", "")} for term in scope.terms
        ],
        "matching": Matching(scope.matching),
        "outcome": state.outcome,
        "said": absence_text(state),
        "searched": state.searched,
        "documents": state.documents,
        "run_at": state.run_at,
        "findings": findings.get(state.run or 0, []),
    }


def present_finding(finding: Finding, visit: Visit) -> AbsenceFindingShape:
    """Present the finding in one text."""
    source = finding.source
    is_known = visit.knows(source)
    may_read = may_read_places(source, visit.reader, to=visit.knowing)
    return {
        "source": present_source_ref(source, visit) if is_known else None,
        "descriptor": None if is_known else source.public_descriptor,
        "outcome": FindingOutcome(finding.outcome),
        "text_sha256": finding.layer.text_sha256 if may_read and finding.layer else None,
        "hit_count": finding.hits if is_known else None,
        "dismissed_count": finding.dismissed if is_known else None,
        "hits": [
            {
                "start": place["start"],
                "end": place["end"],
                "term": place["term"],
                "dismissed": "dismissal" in place,
            }
            for place in finding.places[:MAX_LISTED]
        ]
        if may_read
        else [],
    }
