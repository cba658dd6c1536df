"""Places in texts with their context, as one reader may read them: hits and near misses."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import AbsenceScope, Dismissal, Finding
from claims.vocabulary import NearMiss
from sources.domain.text.segments import masked
from sources.models import Grading, TextLayer
from sources.readings.page_labels import labels_of_pages, page_offsets
from sources.readings.reader import Reader
from sources.readings.redacted_text import hidden_places

# How many characters of context are shown on each side of a place.
CONTEXT_LENGTH = 80


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
class ContextTexts:
    """Rows that are read once to show the places in several texts.

    `with_hidden` is for staff, who are shown what is in words that no page shows. `withheld` are
    the spans of a text that were withheld, by its id.
    """

    with_hidden: bool
    layers: Mapping[int, TextLayer]
    withheld: Mapping[int, Sequence[tuple[int, int]]]
    offsets: Mapping[tuple[int, int], int]
    dismissals: Mapping[int, Dismissal]

    def opened(self, finding: Finding, scope: AbsenceScope) -> "OpenedText | None":
        """The text of a finding, ready to show places; None where it was not read."""
        layer = self.layers.get(finding.layer_id or 0)
        if layer is None or not layer.text:
            return None
        hidden = [] if self.with_hidden else hidden_places(layer.doubts)
        text = masked(layer.text, [*self.withheld[layer.pk], *hidden]).replace("\f", " ")
        return OpenedText(finding, layer, text, scope, self)


@dataclass(frozen=True)
class OpenedText:
    """The text of one finding, as its reader may read it."""

    finding: Finding
    layer: TextLayer
    text: str
    scope: AbsenceScope
    texts: ContextTexts

    def place(self, stored: Mapping[str, Any]) -> LocationInContext:
        """A hit or a near miss, as the finding stores it, with its context."""
        start, end, number = stored["start"], stored["end"], stored["term"]
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
            why=_(NearMiss(stored["why"]).label) if "why" in stored else "",
            layer=self.layer.pk,
            dismissal=self.texts.dismissals.get(stored.get("dismissal", 0)),
        )


def read_context_texts(
    findings: Sequence[Finding], reader: Reader, *, dismissals: Collection[int] = ()
) -> ContextTexts:
    """Read the texts of these findings, and the dismissals with these ids, in a few statements.

    The reader may read the texts of all of them.
    """
    layers = TextLayer.objects.defer("words", "metadata", "apparatus").in_bulk(
        [one.layer_id for one in findings]
    )
    return ContextTexts(
        with_hidden=reader.is_staff,
        layers=layers,
        withheld=Grading.objects.withheld_places([one.layer_id or 0 for one in findings]),
        offsets=page_offsets(
            [
                (one.source_id, layers[one.layer_id].blob_id)
                for one in findings
                if one.layer_id in layers
            ]
        ),
        dismissals=Dismissal.objects.select_related("dismissed_by").in_bulk(dismissals),
    )
