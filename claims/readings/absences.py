"""Results of searches for absences, in words and for a reader.

The one place that words the state of an absence, for the desk, the pages, the API, fact sheets and
conflicts: `search_states_of` for many claims, `absence_text` for the sentence, `document_findings`
for the results in each document. An absence that rests on nothing searched never reads as one that
holds.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import AbsenceScope, Finding, Version
from claims.querysets.absences import SearchState, search_states
from claims.readings.places_in_context import (
    ContextTexts,
    LocationInContext,
    read_context_texts,
)
from claims.vocabulary import AbsenceStatus, FindingOutcome
from sources.models import Grading, Source
from sources.readings.reader import Reader
from sources.vocabulary import Rights

__all__ = ["SearchState", "absence_text", "document_findings", "search_states_of"]

# How many hits are listed of one text; the others are counted.
MAX_LISTED = 20
# Of how many texts the words are shown on one page; each is read for it.
MAX_TEXTS = 40


@dataclass(frozen=True)
class TextFindings:
    """Hits in one text of a document, and how many places come close. `layer` is its id.

    `unanswered` places come close and have not been judged, `answered` ones were judged to be
    something else. `has_more`: more hits were found than are listed. `has_withheld`: words of it
    were withheld, and not searched.
    """

    layer: int
    hits: int
    dismissed: int
    unanswered: int = 0
    answered: int = 0
    places: Sequence[LocationInContext] = ()
    has_more: bool = False
    has_withheld: bool = False


@dataclass(frozen=True)
class DocumentFindings:
    """The results of the last search in one document, over all its texts.

    Of a source that the reader may not know, and of a text that the reader may not read, no places.
    """

    source: Source
    is_known: bool
    outcome: FindingOutcome
    texts: Sequence[TextFindings] = field(default_factory=tuple)

    @property
    def outcome_text(self) -> str:
        """The outcome in a few words."""
        if self.outcome == FindingOutcome.NOT_SEARCHED:
            return _("not searched: there is no text of it")
        if self.outcome == FindingOutcome.ABSENT:
            return _("searched: absent")
        if self.outcome == FindingOutcome.UNANSWERED:
            return _("searched: to be judged")
        if self.outcome == FindingOutcome.IN_PART:
            return _("searched in part: absent from the words of the file that its text has")
        return _("found here")

    @property
    def hits(self) -> int:
        """How many hits stand."""
        return sum(text.hits for text in self.texts)

    @property
    def dismissed(self) -> int:
        """How many hits a person judged to be something else."""
        return sum(text.dismissed for text in self.texts)

    @property
    def dismissed_text(self) -> str:
        """How many hits were judged to be something else, in words; empty where none was."""
        if not self.dismissed:
            return ""
        return ngettext(
            "%(n)d hit was judged to be something else",
            "%(n)d hits were judged to be something else",
            self.dismissed,
        ) % {"n": self.dismissed}

    @property
    def close_text(self) -> str:
        """How many places come close, and whether they were judged; empty where none does."""
        return near_misses_text(
            sum(text.unanswered for text in self.texts), sum(text.answered for text in self.texts)
        )


def search_states_of(versions: Collection[Version]) -> dict[int, SearchState]:
    """The states of the absences among these versions, by the version's id: one query, or none."""
    asked = [version.pk for version in versions if version.value == "absent"]
    return {state.version: state for state in search_states(asked)} if asked else {}


def absence_text(state: SearchState | None) -> str:
    """The state of an absence in a sentence or two; empty where nothing is said to be absent.

    Of a search of today it says too how many places come close, and whether they were judged.
    """
    if state is None:
        return ""
    close = "" if state.is_outdated else near_misses_text(state.unanswered, state.answered)
    return f"{_outcome_text(state)} {close}".strip()


def _outcome_text(state: SearchState) -> str:
    """The outcome of the last search in a sentence."""
    numbers = {"searched": state.searched, "documents": state.documents}
    if state.outcome == AbsenceStatus.NOT_RUN:
        return _("The documents have not been searched yet.")
    if state.outcome == AbsenceStatus.OUTDATED:
        return _(
            "To be searched again: documents or their texts have changed since the last search."
        )
    if state.outcome == AbsenceStatus.UNSEARCHED:
        return ngettext(
            "Not searched: there is no text of the document.",
            "Not searched: there is no text of any of the %(documents)d documents.",
            state.documents,
        ) % {**numbers}
    if state.outcome == AbsenceStatus.CONTRADICTED:
        again = " " + _("It is to be searched again.") if state.is_outdated else ""
        return (
            ngettext(
                "Contradicted: a term was found. %(searched)d of %(documents)d document searched.",
                "Contradicted: a term was found. %(searched)d of %(documents)d documents searched.",
                state.documents,
            )
            % numbers
            + again
        )
    if state.outcome == AbsenceStatus.UNANSWERED:
        return (
            ngettext(
                "No term was found, and it is not yet said to be absent. "
                "%(searched)d of %(documents)d document searched.",
                "No term was found, and it is not yet said to be absent. "
                "%(searched)d of %(documents)d documents searched.",
                state.documents,
            )
            % numbers
        )
    if state.outcome == AbsenceStatus.PARTLY:
        return _partly(state)
    return (
        ngettext(
            "Holds: the document was searched, and has none of the terms.",
            "Holds: all %(documents)d documents were searched, and none has one of the terms.",
            state.documents,
        )
        % numbers
    )


def near_misses_text(unanswered: int, answered: int) -> str:
    """How many places come close to a term, and whether a person judged them; empty for none."""
    sentences = []
    if unanswered:
        sentences.append(
            ngettext(
                "%(n)d place comes close and has not been judged yet.",
                "%(n)d places come close and have not been judged yet.",
                unanswered,
            )
            % {"n": unanswered}
        )
    if answered and unanswered:
        judged = ngettext(
            "%(n)d other was judged to be something else by a reviewer.",
            "%(n)d others were judged to be something else by a reviewer.",
            answered,
        )
        sentences.append(judged % {"n": answered})
    elif answered:
        judged = ngettext(
            "%(n)d place comes close; judged to be something else by a reviewer.",
            "%(n)d places come close; judged to be something else by a reviewer.",
            answered,
        )
        sentences.append(judged % {"n": answered})
    return " ".join(sentences)


def _partly(state: SearchState) -> str:
    """State that documents were searched in part or not at all, and none has a term."""
    numbers = {
        "searched": state.searched,
        "documents": state.documents,
        "in_part": state.in_part,
        "others": state.documents - state.searched - state.in_part,
    }
    if not state.in_part:
        return (
            _(
                "Holds for %(searched)d of %(documents)d documents; of the others there is no text "
                "to search."
            )
            % numbers
        )
    if state.documents == 1:
        return _(
            "Searched in part: the text is a fragment of the document, and has none of the terms."
        )
    sentence = ngettext(
        "Holds for %(searched)d of %(documents)d documents; %(in_part)d was searched in part, "
        "since its text is a fragment.",
        "Holds for %(searched)d of %(documents)d documents; %(in_part)d were searched in part, "
        "since their texts are fragments.",
        state.in_part,
    )
    if numbers["others"]:
        sentence += " " + _("Of %(others)d there is no text to search.")
    return sentence % numbers


def document_findings(
    state: SearchState, scope: AbsenceScope, *, reader: Reader
) -> list[DocumentFindings]:
    """The results of the last search in each document, as far as the reader may see them.

    The desk reads the places in every text of sources that the account may know; the public in
    those whose rights allow the whole text. Documents are in the order of their series, or as they
    are named; those that left it since are at the end.
    """
    findings = Finding.objects.filter(run=state.run).select_related("source__publisher")
    by_source: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings.order_by("pk"):
        by_source[finding.source_id].append(finding)
    places = _places(scope)
    order = sorted(by_source, key=lambda source: (places.get(source, len(places)), source))
    readable = {
        source
        for source, (first, *_more) in by_source.items()
        if may_read_places(first.source, reader)
    }
    shown = _texts_of(
        [finding for source in order for finding in by_source[source]], readable, reader
    )
    return [
        DocumentFindings(
            source=by_source[source][0].source,
            is_known=reader.knows(by_source[source][0].source),
            outcome=_outcome(by_source[source]),
            texts=[
                _counts_of(finding) if source not in readable else _listed(finding, scope, shown)
                for finding in by_source[source]
                if finding.layer_id is not None
            ],
        )
        for source in order
    ]


def may_read_places(source: Source, reader: Reader) -> bool:
    """Whether the reader may read the texts of a source, and so where in them a term stands."""
    return reader.knows(source) and (reader.is_staff or source.rights == Rights.WHOLE)


def _outcome(findings: Sequence[Finding]) -> FindingOutcome:
    """The outcome in a document, by its texts: one hit or near miss, and else one whole text."""
    found = {FindingOutcome(finding.outcome) for finding in findings}
    order = (
        *(FindingOutcome.PRESENT, FindingOutcome.UNANSWERED),
        *(FindingOutcome.ABSENT, FindingOutcome.IN_PART),
    )
    return next((one for one in order if one in found), FindingOutcome.NOT_SEARCHED)


def _places(scope: AbsenceScope) -> dict[int, int]:
    """The place of each document in its series, or in the list of those named."""
    order: Any = scope.documents.order_by("pk")
    if scope.series is not None:
        order = scope.series.members.order_by("position")
    return {source: place for place, source in enumerate(order.values_list("source_id", flat=True))}


def _counts_of(finding: Finding) -> TextFindings:
    """How many hits and near misses are in a text."""
    return TextFindings(
        *(finding.layer_id or 0, finding.hits, finding.dismissed),
        *(finding.unanswered or 0, finding.answered or 0),
    )


def _listed(finding: Finding, scope: AbsenceScope, texts: ContextTexts) -> TextFindings:
    """The hits in a text, with their context."""
    opened = texts.opened(finding, scope)
    places = [] if opened is None else [opened.place(one) for one in finding.places[:MAX_LISTED]]
    return replace(
        _counts_of(finding),
        places=places,
        has_more=len(places) < finding.hits + finding.dismissed,
        has_withheld=bool(texts.withheld[finding.layer_id or 0]),
    )


def _texts_of(
    findings: Sequence[Finding], readable: Collection[int], reader: Reader
) -> ContextTexts:
    """Read the rows that show the hits; of very many texts, those of the first ones."""
    shown = [one for one in findings if one.source_id in readable and one.layer_id is not None]
    wanted = [one for one in shown if one.places]
    wanted.sort(key=lambda one: one.hits == 0)  # documents with hits come first
    dismissed = {
        place["dismissal"] for one in wanted for place in one.places if "dismissal" in place
    }
    texts = read_context_texts(wanted[:MAX_TEXTS], reader, dismissals=dismissed)
    layers = [one.layer_id or 0 for one in shown]
    return replace(texts, withheld=Grading.objects.withheld_places(layers))
