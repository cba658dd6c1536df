"""Searches of the filled base for what is said to be absent, by the product's own rule."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from claims.actions.absence.runs import finding_of
from claims.domain.absence.absence_search import TextMatches, TextResult, search_text, summarize
from claims.domain.absence.word_keys import with_word_keys
from claims.domain.content import terms_json
from claims.models import AbsenceDocument, AbsenceRun, AbsenceScope, Finding
from claims.vocabulary import Matching
from tests.benchmarks.base.contents import Drawn
from tests.benchmarks.base.sources import Document, Library

TABLES = (AbsenceScope, AbsenceDocument, AbsenceRun, Finding)


class Searches:
    """The rows of absences, numbered; a text is searched once for the same terms."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.scopes = 0
        self.known: dict[tuple[int, tuple[str, ...]], TextMatches] = {}

    def rows(
        self, drawn: Drawn, version: int, *, at: datetime, is_searched: bool
    ) -> Iterator[tuple[Any, dict[str, Any]]]:
        """The scope of a version's absence and, where it was searched, the run with its findings.

        Pairs of model and row, in the order of writing; none of a version without an absence.
        """
        absence = drawn.content.absence
        if absence is None:
            return
        self.scopes += 1
        scope = self.scopes
        yield (
            AbsenceScope,
            {
                "id": scope,
                "version_id": version,
                "series_id": drawn.series,
                "terms": terms_json(absence),
                "matching": absence.matching,
            },
        )
        for source in drawn.documents:
            yield (
                AbsenceDocument,
                {"version_id": version, "scope_id": scope, "source_id": source},
            )
        if not is_searched:
            return
        members = drawn.documents
        if drawn.series is not None:
            members = tuple(self.library.series[drawn.series][1])
        terms = tuple(term.text for term in absence.terms)
        results = [self.result(source, terms) for source in sorted(members)]
        summary = summarize(results)
        yield (
            AbsenceRun,
            {
                "id": scope,
                "scope_id": scope,
                "run_at": at + timedelta(hours=1),
                "outcome": summary.outcome.value,
                "searched": summary.searched,
                "documents": summary.documents,
                "unanswered": summary.unanswered,
                "answered": summary.answered,
            },
        )
        for one in map(finding_of, results):
            fields = ("source_id", "layer_id", "outcome", "hits", "dismissed", "unanswered")
            more = ("answered", "places", "near_misses")
            row = {name: getattr(one, name) for name in (*fields, *more)}
            yield Finding, {**row, "run_id": scope}

    def result(self, source: int, terms: tuple[str, ...]) -> TextResult:
        """The matches in the text of a source."""
        document = self.library.documents.get(source, Document(source, None))
        if document.layer is None:
            return TextResult(source, None, TextMatches(), {})
        if (source, terms) not in self.known:
            matches = search_text(
                document.text, terms=terms, matching=Matching.WORDS, apparatus=document.apparatus
            )
            self.known[source, terms] = with_word_keys(matches, document.text)
        return TextResult(source, document.layer, self.known[source, terms], {})
