"""AbsenceStatus texts for the terms of an absence, and the outcome over all documents.

One hit anywhere contradicts: a document with several texts (two captures, say) has the term where
one of them has it, and is searched where one of them is there.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from claims.domain.absence.near_misses import near_misses
from claims.domain.absence.searchable_text import prepare_layer_text
from claims.domain.absence.terms import find_hits, read_term
from claims.vocabulary import AbsenceStatus, FindingOutcome, Matching, NearMiss
from sources.domain.text.segments import blanked
from sources.domain.text.spans import Span
from sources.vocabulary import ApparatusKind

# How many hits of one text are stored with their locations; more are only counted.
MAX_LISTED_HITS = 1_000


@dataclass(frozen=True, order=True)
class TermLocation:
    """A span of a text, half-open in code points, with the number of the term there, from 0."""

    start: int
    end: int
    term: int


@dataclass(frozen=True)
class TextMatches:
    """All hits of the terms in one text, in their order, and the near misses with their kind."""

    hits: tuple[TermLocation, ...] = ()
    near_misses: tuple[tuple[TermLocation, NearMiss], ...] = ()


@dataclass(frozen=True)
class TextResult:
    """The result of a search in one text of one document; `layer` is null where there is no text.

    `dismissals` are the ids of the dismissals by the hit that each dismissed. Where words of the
    text are withheld or its letters cannot be read (`is_covered`), nobody knows whether a term is
    among them; nor whether one is among those that a fragment of its file has not.
    """

    source: int
    layer: int | None
    matches: TextMatches
    dismissals: Mapping[TermLocation, int]
    is_covered: bool = False
    is_fragment: bool = False

    @property
    def active_hits(self) -> list[TermLocation]:
        """The hits that nobody dismissed."""
        return [hit for hit in self.matches.hits if hit not in self.dismissals]

    @property
    def outcome(self) -> FindingOutcome:
        """Whether a term is in this text."""
        if self.layer is None:
            return FindingOutcome.NOT_SEARCHED
        if self.active_hits:
            return FindingOutcome.PRESENT
        return FindingOutcome.IN_PART if self.is_fragment else FindingOutcome.ABSENT

    @property
    def listed_hits(self) -> list[TermLocation]:
        """The hits to store, at most MAX_LISTED_HITS, active ones before dismissed ones."""
        dismissed = [hit for hit in self.matches.hits if hit in self.dismissals]
        return sorted([*self.active_hits, *dismissed][:MAX_LISTED_HITS])


@dataclass(frozen=True)
class SearchSummary:
    """The outcome of a search over all documents, and how many of how many had a text."""

    outcome: AbsenceStatus
    searched: int
    documents: int


def search_text(
    text: str,
    *,
    terms: Sequence[str],
    matching: Matching,
    apparatus: Sequence[Span] = (),
) -> TextMatches:
    """Search a text for the terms. Raises TermRefused for a term that cannot be read.

    Two terms found at the same span are one hit, of the first of them.
    """
    hidden = [(span.start, span.end) for span in apparatus if span.kind == ApparatusKind.HIDDEN]
    if hidden:
        return _with_hidden(text, hidden, terms=terms, matching=matching, apparatus=apparatus)
    prepared = prepare_layer_text(text, apparatus)
    hits: dict[tuple[int, int], TermLocation] = {}
    near: list[tuple[TermLocation, NearMiss]] = []
    for number, term in enumerate(terms):
        pattern = read_term(term, matching=matching)
        for one in find_hits(pattern, prepared):
            hits.setdefault((one.start, one.end), TermLocation(one.start, one.end, number))
        near += [
            (TermLocation(missed.span.start, missed.span.end, number), missed.why)
            for missed in near_misses(pattern, prepared)
        ]
    return TextMatches(tuple(sorted(hits.values())), tuple(without_hits(near, hits.values())))


def _with_hidden(
    text: str,
    hidden: Sequence[tuple[int, int]],
    *,
    terms: Sequence[str],
    matching: Matching,
    apparatus: Sequence[Span],
) -> TextMatches:
    """Search a text as its pages show it, and besides what they do not show.

    A term in hidden words is no hit, since nobody who reads the document finds it: it is a near
    miss, for a person to look at.
    """
    others = [span for span in apparatus if span.kind != ApparatusKind.HIDDEN]
    shown = search_text(blanked(text, hidden), terms=terms, matching=matching, apparatus=others)
    whole = search_text(text, terms=terms, matching=matching, apparatus=others)
    within = [
        (one, NearMiss.HIDDEN)
        for one in (*whole.hits, *(one for one, _why in whole.near_misses))
        if any(start < one.end and one.start < end for start, end in hidden)
    ]
    near = without_hits([*shown.near_misses, *within], shown.hits)
    return TextMatches(shown.hits, tuple(near))


def without_hits(
    near: Sequence[tuple[TermLocation, NearMiss]], hits: Collection[TermLocation]
) -> list[tuple[TermLocation, NearMiss]]:
    """The near misses that overlap no hit of any term, each span once, in their order."""
    kept: dict[tuple[int, int], tuple[TermLocation, NearMiss]] = {}
    for one, why in near:
        if not any(hit.start < one.end and one.start < hit.end for hit in hits):
            kept.setdefault((one.start, one.end), (one, why))
    return sorted(kept.values(), key=lambda one: one[0])


def summarize(results: Collection[TextResult]) -> SearchSummary:
    """The outcome of a search, from its results in all texts of all documents.

    A document with words that were withheld or cannot be read was not searched to the end: it
    counts as not searched. So does one of which all texts are fragments, but that nothing was found
    in these is a result.
    """
    documents = {one.source for one in results}
    covered = {one.source for one in results if one.is_covered}
    with_text = [one for one in results if one.layer is not None and one.source not in covered]
    searched = {one.source for one in with_text if not one.is_fragment}
    if any(one.active_hits for one in results):
        outcome = AbsenceStatus.CONTRADICTED
    elif not with_text:
        outcome = AbsenceStatus.UNSEARCHED
    else:
        outcome = AbsenceStatus.HOLDS if searched == documents else AbsenceStatus.PARTLY
    return SearchSummary(outcome, len(searched), len(documents))
