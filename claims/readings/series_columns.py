"""The columns of a series' matrix: the texts of its documents, as one reader may know them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from claims.models import TextWords
from claims.querysets.text_counts import Spans, withheld_spans
from claims.readings.series_cells import MatrixColumn
from claims.readings.series_texts import series_texts
from sources.domain.text.completeness import stored_completeness
from sources.models import Series, TextLayer
from sources.readings.reader import Reader


@dataclass(frozen=True)
class SeriesColumn:
    """A column with what decides how its cells read.

    `source` is the id of its document. `is_partial`: words of the document are not in the text, or
    withheld, or their letters cannot be read, so that nobody knows whether a topic is among them.
    `withheld` are the spans that are withheld now.
    """

    column: MatrixColumn
    source: int
    is_partial: bool = False
    withheld: Spans = ()

    @property
    def is_known(self) -> bool:
        """Whether the reader may know the document."""
        return self.column.source.is_known


@dataclass(frozen=True)
class _TextFacts:
    """A text without the text itself."""

    sha256: str
    is_partial: bool


def read_columns(series: Series, reader: Reader) -> list[SeriesColumn]:
    """The columns of a series: its texts in their order. Eight queries, one more for staff."""
    texts = series_texts(series, reader=reader)
    layers = {text.layer for text in texts if text.layer is not None}
    facts = _facts_of(layers)
    totals = _totals_of({text.layer: text.withheld for text in texts if text.layer is not None})
    found = []
    for number, text in enumerate(texts, start=1):
        column = MatrixColumn(
            id=text.id or f".{number}",
            label=text.label,
            source=text.source,
            language=text.language,
            layer=text.layer,
        )
        if text.layer is None:
            found.append(SeriesColumn(column, text.source_id))
            continue
        column = replace(
            column,
            text_sha256=facts[text.layer].sha256 if text.may_read else "",
            words=totals.get(text.layer),
        )
        is_partial = facts[text.layer].is_partial or bool(text.withheld)
        found.append(SeriesColumn(column, text.source_id, is_partial, text.withheld))
    return found


def _facts_of(layers: Collection[int]) -> dict[int, _TextFacts]:
    rows = TextLayer.objects.filter(pk__in=layers)
    unreadable = set(rows.unreadable().values_list("pk", flat=True))
    found = {}
    for layer, sha256, stored in rows.values_list("pk", "text_sha256", "completeness"):
        completeness = stored_completeness(stored)
        is_fragment = completeness is not None and completeness.is_fragment
        found[layer] = _TextFacts(sha256, is_fragment or layer in unreadable)
    return found


def _totals_of(withheld: Mapping[int, Spans]) -> dict[int, int]:
    """How many words the counted texts have, by layer; `withheld` is what is now, of each."""
    rows = TextWords.objects.filter(layer__in=withheld)
    return {
        layer: total
        for layer, total, spans in rows.values_list("layer", "total", "withheld")
        if withheld_spans(spans) == withheld[layer]
    }
