"""AbsenceStatus texts for the terms of an absence, and the outcome over all documents.

One hit anywhere contradicts: a document with several texts (two captures, say) has the term where
one of them has it, and is searched where one of them is there.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from claims.domain.absence.near_miss_groups import (
    TermLocation,
    closest_of_each_span,
    group_near_misses,
)
from claims.domain.absence.near_misses import near_misses
from claims.domain.absence.searchable_text import prepare_layer_text
from claims.domain.absence.terms import Pattern, find_hits, read_term
from claims.vocabulary import AbsenceStatus, FindingOutcome, Matching, NearMiss
from sources.domain.text.language import language_of
from sources.domain.text.segments import blanked
from sources.domain.text.spans import Span
from sources.vocabulary import ApparatusKind

__all__ = [
    "MAX_LISTED_HITS",
    "SearchSummary",
    "TermLocation",
    "TextMatches",
    "TextResult",
    "search_text",
    "summarize",
]

# How many hits of one text are stored with their locations; more are only counted.
MAX_LISTED_HITS = 1_000


@dataclass(frozen=True)
class TextMatches:
    """All hits of the terms in one text, in their order, and the near misses with their kind.

    The near misses are by their words, the closest first (`group_near_misses` groups them again).
    `unlisted` says by the last listed place of words how many more places have the same words.
    `near_words` are the keys of the words at the near misses (`word_key`), one for each.
    """

    hits: tuple[TermLocation, ...] = ()
    near_misses: tuple[tuple[TermLocation, NearMiss], ...] = ()
    unlisted: tuple[tuple[TermLocation, int], ...] = ()
    near_words: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextResult:
    """The result of a search in one text of one document; `layer` is null where there is no text.

    `dismissals` are the ids of the dismissals by the hit or near miss that each is about. Where
    words of the text are withheld or its letters cannot be read (`is_covered`), nobody knows
    whether a term is among them; nor whether one is among those that a fragment lacks.
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
    def unanswered(self) -> list[TermLocation]:
        """The near misses of which a person has yet to say what they are."""
        return [one for one in self._asking if one not in self.dismissals]

    @property
    def unanswered_count(self) -> int:
        """How many places these are, with those that are not listed."""
        return self._count(self.unanswered)

    @property
    def answered_count(self) -> int:
        """How many near misses a person judged to be something else."""
        return self._count([one for one in self._asking if one in self.dismissals])

    @property
    def _asking(self) -> list[TermLocation]:
        return [one for one, why in self.matches.near_misses if why.needs_answer]

    def _count(self, places: Sequence[TermLocation]) -> int:
        more = dict(self.matches.unlisted)
        return sum(1 + more.get(one, 0) for one in places)

    @property
    def outcome(self) -> FindingOutcome:
        """Whether a term is in this text, as far as it is known."""
        if self.layer is None:
            return FindingOutcome.NOT_SEARCHED
        if self.active_hits:
            return FindingOutcome.PRESENT
        if self.unanswered:
            return FindingOutcome.UNANSWERED
        return FindingOutcome.IN_PART if self.is_fragment else FindingOutcome.ABSENT

    @property
    def listed_hits(self) -> list[TermLocation]:
        """The hits to store, at most MAX_LISTED_HITS, active ones before dismissed ones."""
        dismissed = [hit for hit in self.matches.hits if hit in self.dismissals]
        return sorted([*self.active_hits, *dismissed][:MAX_LISTED_HITS])


@dataclass(frozen=True)
class SearchSummary:
    """The outcome of a search over all documents, and how many of how many had a text.

    `unanswered` and `answered` are the near misses of all texts that ask for an answer, without one
    and with one.
    """

    outcome: AbsenceStatus
    searched: int
    documents: int
    unanswered: int = 0
    answered: int = 0


def search_text(
    text: str,
    *,
    terms: Sequence[str],
    matching: Matching,
    apparatus: Sequence[Span] = (),
    languages: Sequence[str] = (),
) -> TextMatches:
    """Search a text for the terms. Raises TermRefused for a term that cannot be read.

    `languages` are those of the terms, one for each, empty where it is not known. Two terms found
    at the same span are one hit, of the first of them.
    """
    patterns = [read_term(term, matching=matching) for term in terms]
    language = language_of(text)
    known = [
        tuple(dict.fromkeys(one for one in (language, of_term) if one))
        for of_term in (languages or [""] * len(terms))
    ]
    hits, near = _matches(text, list(zip(patterns, known, strict=True)), apparatus)
    groups = group_near_misses(near, text, terms)
    return TextMatches(
        hits,
        tuple((place, group.why) for group in groups for place in group.places),
        tuple((group.places[-1], group.unlisted) for group in groups if group.unlisted),
    )


_Near = list[tuple[TermLocation, NearMiss]]
_Patterns = Sequence[tuple[Pattern, Sequence[str]]]


def _matches(
    text: str, patterns: _Patterns, apparatus: Sequence[Span]
) -> tuple[tuple[TermLocation, ...], _Near]:
    """The hits and near misses of the terms, each with the languages to search it in."""
    hidden = [(span.start, span.end) for span in apparatus if span.kind == ApparatusKind.HIDDEN]
    if hidden:
        return _with_hidden(text, hidden, patterns, apparatus)
    prepared = prepare_layer_text(text, apparatus)
    hits: dict[tuple[int, int], TermLocation] = {}
    near: _Near = []
    for number, (pattern, languages) in enumerate(patterns):
        for one in find_hits(pattern, prepared):
            hits.setdefault((one.start, one.end), TermLocation(one.start, one.end, number))
        near += [
            (TermLocation(missed.span.start, missed.span.end, number), missed.why)
            for missed in near_misses(pattern, prepared, languages)
        ]
    return tuple(sorted(hits.values())), closest_of_each_span(near, hits.values())


def _with_hidden(
    text: str,
    hidden: Sequence[tuple[int, int]],
    patterns: _Patterns,
    apparatus: Sequence[Span],
) -> tuple[tuple[TermLocation, ...], _Near]:
    """Search a text as its pages show it, and besides what they do not show.

    A term in hidden words is no hit, since nobody who reads the document finds it: it is a near
    miss, for a person to look at. So is what comes close there, but for what asks nobody.
    """
    others = [span for span in apparatus if span.kind != ApparatusKind.HIDDEN]
    hits, near = _matches(blanked(text, hidden), patterns, others)
    whole, close = _matches(text, patterns, others)
    within = [
        (one, NearMiss.HIDDEN if why.needs_answer else why)
        for one, why in (*((hit, NearMiss.HIDDEN) for hit in whole), *close)
        if any(start < one.end and one.start < end for start, end in hidden)
    ]
    return hits, closest_of_each_span([*near, *within], hits)


def summarize(results: Collection[TextResult]) -> SearchSummary:
    """The outcome of a search, from its results in all texts of all documents.

    A document with words that were withheld or cannot be read was not searched to the end: it
    counts as not searched. So does one of which all texts are fragments, but that nothing was found
    in these is a result. Nothing holds while a near miss of any text has no answer.
    """
    documents = {one.source for one in results}
    covered = {one.source for one in results if one.is_covered}
    with_text = [one for one in results if one.layer is not None and one.source not in covered]
    searched = {one.source for one in with_text if not one.is_fragment}
    unanswered = sum(one.unanswered_count for one in results)
    if any(one.active_hits for one in results):
        outcome = AbsenceStatus.CONTRADICTED
    elif unanswered:
        outcome = AbsenceStatus.UNANSWERED
    elif not with_text:
        outcome = AbsenceStatus.UNSEARCHED
    else:
        outcome = AbsenceStatus.HOLDS if searched == documents else AbsenceStatus.PARTLY
    answered = sum(one.answered_count for one in results)
    return SearchSummary(outcome, len(searched), len(documents), unanswered, answered)
