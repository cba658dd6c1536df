"""Results of searches for absences, in words and for a reader.

The one place that words the state of an absence, for the desk, the pages, the API, fact sheets and
conflicts: `search_states_of` for many claims, `absence_text` for the sentence, `document_findings`
for the results in each document. An absence that rests on nothing searched never reads as one that
holds.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import AbsenceScope, Dismissal, Finding, Version
from claims.querysets.absences import SearchState, search_states
from claims.vocabulary import AbsenceStatus, FindingOutcome, NearMiss
from sources.domain.text.segments import masked
from sources.models import Grading, Source, TextLayer
from sources.readings.page_labels import labels_of_pages, page_offsets
from sources.readings.reader import Reader
from sources.readings.redacted_text import hidden_places
from sources.vocabulary import Rights

__all__ = ["SearchState", "absence_text", "document_findings", "search_states_of"]

# How many characters of context are shown on each side of a hit.
CONTEXT_LENGTH = 80
# How many hits and near misses are listed of one text; the others are counted.
MAX_LISTED = 20
# Of how many texts the words are shown on one page; each is read for it.
MAX_TEXTS = 40


@dataclass(frozen=True)
class LocationInContext:
    """A hit or a near miss with its context.

    `page` is how the page is named, empty where the text has none; `url` leads to the place in the
    text. `why` is said of a near miss. `dismissal` is for who may know the source.
    """

    start: int
    end: int
    number: int
    term: str
    before: str
    words: str
    after: str
    page: str
    url: str
    why: str = ""
    layer: int = 0
    dismissal: Dismissal | None = None

    @property
    def key(self) -> str:
        """The text, the place in it and the term, as a form names them."""
        return f"{self.layer}-{self.start}-{self.end}-{self.number}"


@dataclass(frozen=True)
class TextFindings:
    """Hits and near misses in one text of a document. `layer` is its id.

    `has_more`: more was found than is listed. `has_withheld`: words of it were withheld, and not
    searched.
    """

    layer: int
    hits: int
    dismissed: int
    places: Sequence[LocationInContext] = ()
    near_misses: Sequence[LocationInContext] = ()
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


def search_states_of(versions: Collection[Version]) -> dict[int, SearchState]:
    """The states of the absences among these versions, by the version's id: one query, or none."""
    asked = [version.pk for version in versions if version.value == "absent"]
    return {state.version: state for state in search_states(asked)} if asked else {}


def absence_text(state: SearchState | None) -> str:
    """The state of an absence in a sentence; empty where nothing is said to be absent."""
    if state is None:
        return ""
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
                TextFindings(finding.layer_id, finding.hits, finding.dismissed)
                if source not in readable
                else shown.text(finding, scope)
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
    """The outcome in a document, by its texts: one hit is enough, and else one whole text."""
    found = {FindingOutcome(finding.outcome) for finding in findings}
    order = (FindingOutcome.PRESENT, FindingOutcome.ABSENT, FindingOutcome.IN_PART)
    return next((one for one in order if one in found), FindingOutcome.NOT_SEARCHED)


def _places(scope: AbsenceScope) -> dict[int, int]:
    """The place of each document in its series, or in the list of those named."""
    order: Any = scope.documents.order_by("pk")
    if scope.series is not None:
        order = scope.series.members.order_by("position")
    return {source: place for place, source in enumerate(order.values_list("source_id", flat=True))}


@dataclass(frozen=True)
class _Texts:
    """Rows that are read once to show the hits in several texts.

    `with_hidden` is for staff, who are shown what is in words that no page shows.
    """

    with_hidden: bool
    layers: Mapping[int, TextLayer]
    withheld: Mapping[int, Sequence[tuple[int, int]]]
    offsets: Mapping[tuple[int, int], int]
    dismissals: Mapping[int, Dismissal]

    def text(self, finding: Finding, scope: AbsenceScope) -> TextFindings:
        """Hits and near misses in a text, with their context."""
        layer = self.layers.get(finding.layer_id or 0)
        places: list[LocationInContext] = []
        near: list[LocationInContext] = []
        near_misses = finding.near_misses
        if layer is not None and layer.text:
            hidden = [] if self.with_hidden else hidden_places(layer.doubts)
            text = masked(layer.text, [*self.withheld[layer.pk], *hidden]).replace("\f", " ")
            show = _Show(finding, layer, text, scope, self)
            places = [show.place(one) for one in finding.places[:MAX_LISTED]]
            near_misses = _shown(finding.near_misses, hidden)
            near = [show.place(one) for one in near_misses[:MAX_LISTED]]
        listed = len(places) + len(near)
        found = finding.hits + finding.dismissed + len(near_misses)
        return TextFindings(
            layer=finding.layer_id or 0,
            hits=finding.hits,
            dismissed=finding.dismissed,
            places=places,
            near_misses=near,
            has_more=listed < found,
            has_withheld=bool(self.withheld[finding.layer_id or 0]),
        )


@dataclass(frozen=True)
class _Show:
    """The places of one finding, with its text."""

    finding: Finding
    layer: TextLayer
    text: str
    scope: AbsenceScope
    texts: _Texts

    def place(self, written: Mapping[str, Any]) -> LocationInContext:
        """A hit or a near miss with its context."""
        start, end, number = written["start"], written["end"], written["term"]
        source = self.finding.source
        offset = self.texts.offsets.get((source.pk, self.layer.blob_id))
        labels = labels_of_pages(self.layer.pages, offset)
        return LocationInContext(
            start=start,
            end=end,
            number=number,
            term=self.scope.terms[number]["text"],
            before=self.text[max(start - CONTEXT_LENGTH, 0) : start],
            words=self.text[start:end],
            after=self.text[end : end + CONTEXT_LENGTH],
            page=labels.named(labels.at(start)),
            url=f"{reverse('claims:source', args=[source.key])}"
            f"?text={self.layer.pk}&place={start}-{end}#x0",
            why=_(NearMiss(written["why"]).label) if "why" in written else "",
            layer=self.layer.pk,
            dismissal=self.texts.dismissals.get(written.get("dismissal", 0)),
        )


def _shown(
    near_misses: Sequence[Mapping[str, Any]], hidden: Sequence[tuple[int, int]]
) -> list[Mapping[str, Any]]:
    """The near misses that are in no hidden words."""
    return [
        one
        for one in near_misses
        if not any(start < one["end"] and one["start"] < end for start, end in hidden)
    ]


def _texts_of(findings: Sequence[Finding], readable: Collection[int], reader: Reader) -> _Texts:
    """Read the rows that show these findings; of very many texts, those of the first ones."""
    shown = [one for one in findings if one.source_id in readable and one.layer_id is not None]
    wanted = [one for one in shown if one.places or one.near_misses]
    wanted.sort(key=lambda one: one.hits == 0)  # documents with hits come first
    layers = TextLayer.objects.defer("words", "metadata", "apparatus").in_bulk(
        [one.layer_id for one in wanted[:MAX_TEXTS]]
    )
    dismissed = {
        place["dismissal"] for one in wanted for place in one.places if "dismissal" in place
    }
    return _Texts(
        with_hidden=reader.is_staff,
        layers=layers,
        withheld=Grading.objects.withheld_places([one.layer_id or 0 for one in shown]),
        offsets=page_offsets(
            [
                (one.source_id, layers[one.layer_id].blob_id)
                for one in shown
                if one.layer_id in layers
            ]
        ),
        dismissals=Dismissal.objects.select_related("dismissed_by").in_bulk(dismissed),
    )
