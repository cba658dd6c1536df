"""Searches for what claims say is absent, as one reader may know them: one statement for a page."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import msgspec

from claims.querysets.absences import SEARCH_STATES, SearchState, search_state
from claims.readings.absences import MAX_LISTED, absence_text
from claims.vocabulary import AbsenceStatus, FindingOutcome, Matching
from sources.querysets.prepared import id_array, prepared_rows
from sources.readings.reader import Reader
from sources.readings.sources import SourceFacts, SourceReading, source_reading
from sources.vocabulary import Rights


class TermReading(msgspec.Struct, frozen=True, gc=False):
    """A term: a pattern of words; `language` is BCP 47 where it matters, else empty."""

    text: str
    language: str = ""


class HitReading(msgspec.Struct, frozen=True, gc=False):
    """A hit: its place in a text, in code points, half-open; `term` is the term's place from 0."""

    start: int
    end: int
    term: int
    dismissed: bool


class FindingReading(msgspec.Struct, frozen=True, gc=False):
    """The outcome of the last search in one text of a document.

    Of a source that the reader may not know, the outcome alone is told. Hits are listed, the first
    ones of many, for who may read the text; `text_sha256` is its hash in UTF-8. `unanswered` places
    come close and have not been judged, `answered` ones were judged to be something else;
    `is_present` says
    that a term was found and the hit was not judged to be something else.
    """

    source: SourceReading
    outcome: FindingOutcome
    text_sha256: str | None = None
    hits: int | None = None
    dismissed: int | None = None
    unanswered: int | None = None
    answered: int | None = None
    places: tuple[HitReading, ...] = ()
    is_present: bool = False


class SearchReading(msgspec.Struct, frozen=True, gc=False):
    """An absence: from a series or documents, of which terms, and where the search stands.

    `sentence` says that in words; `sources` are the keys of the documents named that the reader
    may know. `searched` of `documents` had a text; `run_at` is since which search it is so.
    `unanswered` and `answered` are places that come close, over all texts.
    """

    outcome: AbsenceStatus
    sentence: str
    series: str | None
    sources: tuple[str, ...]
    terms: tuple[TermReading, ...]
    matching: Matching
    searched: int
    documents: int
    run_at: datetime | None
    unanswered: int
    answered: int
    findings: tuple[FindingReading, ...]


class _Document(msgspec.Struct, frozen=True, gc=False):
    """A document named in a scope."""

    id: int
    access: str
    key: str


class _Finding(msgspec.Struct, frozen=True, gc=False):
    """A finding as it is on record; places are objects as in the table."""

    source: SourceFacts
    rights: str
    outcome: str
    text_sha256: str | None
    hits: int
    dismissed: int
    unanswered: int | None
    answered: int | None
    places: list[dict[str, Any]]


class _Scope(msgspec.Struct, frozen=True, gc=False):
    """A scope as it is on record."""

    series: str | None
    terms: list[TermReading]
    matching: str
    documents: list[_Document] | None
    findings: list[_Finding] | None


_SOURCE = """json_build_object('id', s.id, 'access', s.access, 'descriptor', s.public_descriptor,
    'key', s.key, 'title', s.title, 'authors', s.authors, 'publisher', p.name,
    'container', s.container, 'issued', s.issued, 'first_issued', lower(s.issued_days),
    'url', s.url, 'language', s.language, 'standing', s.standing, 'standing_on', s.standing_on,
    'standing_reason', s.standing_reason)"""

_SEARCHES = f"""SELECT state.*, json_build_object(
    'series', (SELECT key FROM sources_series WHERE id = scope.series_id),
    'terms', scope.terms, 'matching', scope.matching,
    'documents', (SELECT json_agg(json_build_object('id', s.id, 'access', s.access, 'key', s.key)
        ORDER BY d.id) FROM claims_absencedocument d JOIN sources_source s ON s.id = d.source_id
        WHERE d.scope_id = scope.id),
    'findings', (SELECT json_agg(json_build_object('source', {_SOURCE}, 'rights', s.rights,
        'outcome', f.outcome, 'text_sha256', l.text_sha256, 'hits', f.hits,
        'dismissed', f.dismissed, 'unanswered', f.unanswered, 'answered', f.answered,
        'places', jsonb_path_query_array(f.places, '$[0 to {MAX_LISTED - 1}]')) ORDER BY f.id)
        FROM claims_finding f JOIN sources_source s ON s.id = f.source_id
        LEFT JOIN sources_publisher p ON p.id = s.publisher_id
        LEFT JOIN sources_textlayer l ON l.id = f.layer_id WHERE f.run_id = state.run))::text
FROM ({SEARCH_STATES}) state JOIN claims_absencescope scope
    ON scope.version_id = state.version_id"""  # noqa: S608 - constants only
_decode = msgspec.json.Decoder(_Scope).decode


def searches_of(versions: Collection[int], reader: Reader) -> dict[int, SearchReading]:
    """The absences among these versions, by the version's id: one query, or none for none."""
    if not versions:
        return {}
    rows = prepared_rows(_SEARCHES, {"versions": id_array(versions)})
    return {row[0]: _reading(search_state(*row[:-1]), _decode(row[-1]), reader) for row in rows}


def _reading(state: SearchState, scope: _Scope, reader: Reader) -> SearchReading:
    return SearchReading(
        outcome=state.outcome,
        sentence=absence_text(state),
        series=scope.series,
        sources=tuple([one.key for one in scope.documents or () if reader.knows(one)]),
        terms=tuple(scope.terms),
        matching=Matching(scope.matching),
        searched=state.searched,
        documents=state.documents,
        run_at=state.run_at,
        unanswered=state.unanswered,
        answered=state.answered,
        findings=tuple([_finding(one, reader) for one in scope.findings or ()]),
    )


def _finding(facts: _Finding, reader: Reader) -> FindingReading:
    source, outcome = source_reading(facts.source, reader), FindingOutcome(facts.outcome)
    is_present = facts.hits > 0
    if not source.is_known:
        return FindingReading(source, outcome, is_present=is_present)
    counted = FindingReading(
        source,
        outcome,
        hits=facts.hits,
        dismissed=facts.dismissed,
        unanswered=facts.unanswered or 0,
        answered=facts.answered or 0,
        is_present=is_present,
    )
    if not (reader.is_staff or facts.rights == Rights.WHOLE):
        return counted
    return msgspec.structs.replace(
        counted,
        text_sha256=facts.text_sha256,
        places=tuple(
            HitReading(place["start"], place["end"], place["term"], "dismissal" in place)
            for place in facts.places
        ),
    )
