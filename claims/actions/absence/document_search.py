"""Searching the documents of an absence: reads and computes, takes no lock and writes nothing.

A result depends on the texts, which never change, and on its `SearchBasis`. Whoever stores a result
compares the basis again under the locks (`claims.actions.absence.runs`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from claims.domain.absence.absence_search import (
    TermLocation,
    TextMatches,
    TextResult,
    search_text,
    summarize,
)
from claims.domain.absence.word_keys import with_word_keys
from claims.models import AbsenceRun, AbsenceScope, ConflictDecision, Dismissal, Finding
from claims.vocabulary import Matching, NearMiss
from sources.domain.text.apparatus import Span
from sources.domain.text.completeness import stored_completeness
from sources.domain.text.segments import masked
from sources.models import Grading, Source, TextLayer
from sources.vocabulary import DoubtKind

if TYPE_CHECKING:
    from factbase.models import User

# A search of more documents than these takes too long for somebody to wait for.
MAX_DOCUMENTS_AT_ONCE = 20

# Spans of a text that were withheld, half-open in code points.
Spans = tuple[tuple[int, int], ...]

# The matches in texts, by the text layer's id and what was withheld of it when it was searched.
MatchesByText = dict[tuple[int, Spans], TextMatches]


@dataclass(frozen=True)
class SearchBasis:
    """All that the result of a search depends on, but for terms and texts, which never change.

    `layers` are the ids of the current texts by the id of their document, ascending; `fragments`
    those of texts that lack words of their file, or have pages whose letters are not those that
    they print; `unreadable` those of which all pages are so; `withheld` the spans of those layers
    that are not searched; `dismissals` the ids of dismissals by layer and hit. `last_run` and
    `last_decision` are ids; a search changes what they were about.
    """

    layers: Mapping[int, tuple[int, ...]]
    fragments: frozenset[int]
    withheld: Mapping[int, Spans]
    unreadable: frozenset[int]
    dismissals: Mapping[int, Mapping[TermLocation, int]]
    last_run: int | None
    last_decision: int | None

    def text_key(self, layer: int) -> tuple[int, Spans]:
        """The key of a text among matches."""
        return layer, self.withheld.get(layer, ())


def read_search_basis(
    scope: AbsenceScope, documents: "QuerySet[Source] | None" = None
) -> SearchBasis:
    """Read what a search of the scope depends on now, in a constant number of queries.

    `documents` are those of the scope, unless fewer are named.
    """
    sources = documents_in_scope(scope) if documents is None else documents
    layers: dict[int, set[int]] = {source: set() for source in sources.values_list("pk", flat=True)}
    current = TextLayer.objects.filter(is_current=True, blob__captures__source__in=list(layers))
    fragments: set[int] = set()
    facts = current.exclude(text="").values_list("blob__captures__source", "pk", "completeness")
    for source, layer, stored in facts:
        layers[source].add(layer)
        completeness = stored_completeness(stored)
        if completeness is not None and completeness.is_fragment:
            fragments.add(layer)
    withheld = Grading.objects.withheld_places({one for each in layers.values() for one in each})
    runs = AbsenceRun.objects.filter(scope=scope).order_by("-pk")
    decisions = ConflictDecision.objects.filter(conflict__members__claim=scope.version.claim_id)
    unreadable = unreadable_pages({one for each in layers.values() for one in each})
    fragments |= set(unreadable)
    return SearchBasis(
        unreadable=frozenset(layer for layer, is_whole in unreadable.items() if is_whole),
        layers={source: tuple(sorted(each)) for source, each in layers.items()},
        fragments=frozenset(fragments),
        withheld={layer: tuple(sorted(spans)) for layer, spans in withheld.items()},
        dismissals=dismissals_of(scope),
        last_run=runs.values_list("pk", flat=True).first(),
        last_decision=decisions.order_by("-pk").values_list("pk", flat=True).first(),
    )


def unreadable_pages(layers: Collection[int]) -> dict[int, bool]:
    """The texts with pages whose letters are not those that they print: whether all of them are."""
    found = TextLayer.objects.filter(pk__in=layers).unreadable()
    return {
        layer: all(_is_unreadable(page, doubts) for page in pages if page["start"] < page["end"])
        for layer, doubts, pages in found.values_list("pk", "doubts", "pages")
    }


def _is_unreadable(page: Mapping[str, Any], doubts: Sequence[Mapping[str, Any]]) -> bool:
    return any(
        doubt["kind"] == DoubtKind.GIBBERISH
        and doubt["start"] <= page["start"]
        and page["end"] <= doubt["end"]
        for doubt in doubts
    )


def search_documents(
    scope: AbsenceScope, basis: SearchBasis, matches: MatchesByText
) -> list[TextResult]:
    """Search each text of each document, and add its matches to `matches`.

    A text that is in `matches` already is not read again. A document without a text has one result
    without a layer.
    """
    results: list[TextResult] = []
    for source, layers in basis.layers.items():
        if not layers:
            results.append(TextResult(source, None, TextMatches(), {}))
        for layer in layers:
            key = basis.text_key(layer)
            if key not in matches:
                matches[key] = search_layer(scope, *key)
            dismissals = basis.dismissals.get(layer, {})
            results.append(
                TextResult(
                    source,
                    layer,
                    matches[key],
                    dismissals,
                    is_covered=layer in basis.withheld or layer in basis.unreadable,
                    is_fragment=layer in basis.fragments,
                )
            )
    return results


def search_layer(scope: AbsenceScope, layer: int, withheld: Spans) -> TextMatches:
    """Search a text for the terms of the scope, but for the spans that were withheld."""
    text = TextLayer.objects.defer("words", "metadata").get(pk=layer)
    searched = masked(text.text, withheld)
    matches = search_text(
        searched,
        terms=[term["text"] for term in scope.terms],
        matching=Matching(scope.matching),
        apparatus=[Span(span["start"], span["end"], span["kind"]) for span in text.apparatus],
        languages=[term.get("language", "") for term in scope.terms],
    )
    return with_word_keys(matches, searched)


def documents_in_scope(scope: AbsenceScope) -> "QuerySet[Source]":
    """The documents of a scope as it is now: those of the series, or those named."""
    if scope.series_id is not None:
        return Source.objects.filter(memberships__series=scope.series_id).order_by("pk")
    return Source.objects.filter(absence_scopes__scope=scope).order_by("pk")


def preview_search(
    scope: AbsenceScope, *, reader: "User", at: datetime, named: Sequence[Source] = ()
) -> list[TextResult] | None:
    """The results of a search by this reader now; nothing is stored.

    The scope need not be in the database; its documents are those of its series, or else `named`.
    Texts that the reader may not read are not searched, so that nobody asks what is in them by
    trying terms. None where there are more documents than somebody waits for.
    """
    documents = (
        Source.objects.filter(pk__in=[one.pk for one in named]).order_by("pk")
        if scope.series_id is None
        else documents_in_scope(scope)
    )
    if documents.count() > MAX_DOCUMENTS_AT_ONCE:
        return None
    readable = documents.filter(pk__in=Source.objects.readable_by(reader, at).values("pk"))
    return search_documents(scope, read_search_basis(scope, readable), {})


def is_as_searched(scope: AbsenceScope) -> bool:
    """Whether searching every text again finds the hits that the last run has."""
    last = AbsenceRun.objects.latest_of(scope)
    if last is None:
        return False
    results = search_documents(scope, read_search_basis(scope), {})
    summary = summarize(results)
    findings = list(last.findings.all())
    return (
        (last.outcome, last.searched, last.documents, last.unanswered, last.answered)
        == (
            *(summary.outcome, summary.searched, summary.documents),
            *(summary.unanswered, summary.answered),
        )
        and active_hits(findings)
        == {
            (one.layer, hit) for one in results for hit in one.listed_hits if hit in one.active_hits
        }
        and waiting_near_misses(findings)
        == {(one.layer, place) for one in results for place in one.unanswered}
    )


def dismissals_of(scope: AbsenceScope) -> dict[int, dict[TermLocation, int]]:
    """The ids of the dismissals that hold for the terms of a scope, by layer and place.

    They may have been made under any version of the claim.
    """
    numbers = {term["text"]: number for number, term in enumerate(scope.terms)}
    rows = Dismissal.objects.filter(finding__run__scope__version__claim=scope.version.claim_id)
    found: dict[int, dict[TermLocation, int]] = defaultdict(dict)
    for row in rows.select_related("finding__run__scope").order_by("pk"):
        if not row.place or row.finding.layer_id is None:  # withheld
            continue
        number = numbers.get(row.finding.run.scope.terms[row.place["term"]]["text"])
        if number is not None:
            location = TermLocation(row.place["start"], row.place["end"], number)
            found[row.finding.layer_id].setdefault(location, row.pk)
    return dict(found)


def known_matches(basis: SearchBasis) -> MatchesByText:
    """The matches that the last run stored of the texts that are current still."""
    findings = Finding.objects.filter(run=basis.last_run) if basis.last_run is not None else ()
    return {
        basis.text_key(finding.layer_id): stored_matches(finding)
        for finding in findings
        if finding.layer_id is not None and is_complete(finding)
    }


def is_complete(finding: Finding) -> bool:
    """Whether a finding lists every hit and near miss that it counts, with all that is kept now.

    One whose places were withheld, or from before near misses were answered, does not.
    """
    if finding.unanswered is None or finding.answered is None:
        return False
    asking = [one for one in finding.near_misses if NearMiss(one["why"]).needs_answer]
    places = sum(map(places_of, asking))
    return (
        finding.hits + finding.dismissed == len(finding.places)
        and finding.unanswered + finding.answered == places
    )


def places_of(stored: Mapping[str, Any]) -> int:
    """How many places a near miss stands for, as a finding stores it: itself and those unlisted."""
    return 1 + int(stored.get("more", 0))


def stored_matches(finding: Finding) -> TextMatches:
    """The matches in a text as a finding stores them."""
    return TextMatches(
        hits=tuple(location_of(one) for one in finding.places),
        near_misses=tuple((location_of(one), NearMiss(one["why"])) for one in finding.near_misses),
        near_words=tuple(one["word"] for one in finding.near_misses),
        unlisted=tuple(
            (location_of(one), one["more"]) for one in finding.near_misses if "more" in one
        ),
    )


def location_of(stored: Mapping[str, int]) -> TermLocation:
    """The location that a finding stores as an object."""
    return TermLocation(stored["start"], stored["end"], stored["term"])


def active_hits(findings: Iterable[Finding]) -> set[tuple[int | None, TermLocation]]:
    """The hits in these findings that nobody dismissed, each with the id of its text layer."""
    return {
        (one.layer_id, location_of(stored))
        for one in findings
        for stored in one.places
        if "dismissal" not in stored
    }


def waiting_near_misses(findings: Iterable[Finding]) -> set[tuple[int | None, TermLocation]]:
    """The near misses in these findings that wait for an answer, each with its text layer's id."""
    return {
        (one.layer_id, location_of(stored))
        for one in findings
        for stored in one.near_misses
        if waits_for_answer(stored)
    }


def waits_for_answer(stored: Mapping[str, Any]) -> bool:
    """Whether a near miss, as a finding stores it, waits for a person to say what it is."""
    return NearMiss(stored["why"]).needs_answer and "dismissal" not in stored
