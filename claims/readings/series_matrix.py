"""The matrix of a series as one reader may know it: topics down, documents across.

Each cell has what the text says (counted in the background, `claims.models.text_counts`), and
what the reviewed claims say. Nothing is searched when it is read, and no text is loaded.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

import msgspec
from django.db.models import TextField
from django.db.models.functions import Cast

from claims.domain.series.appearance import TopicPresence, first_appearance, last_appearance
from claims.domain.series.counting import primary_language
from claims.domain.series.dictionary import Dictionary, DictionaryEntry
from claims.models import DictionaryVersion, Topic, TopicCount
from claims.querysets.text_counts import withheld_spans
from claims.readings.series_cells import (
    CellClaim,
    CellState,
    Claimed,
    MatrixCell,
    MatrixColumn,
    MatrixReading,
    MatrixRow,
)
from claims.readings.series_claims import (
    NO_CLAIMS,
    SeriesClaims,
    disagreement_text,
    read_series_claims,
)
from claims.readings.series_columns import SeriesColumn, read_columns
from sources.models import Series
from sources.readings.reader import Reader

__all__ = [
    "CellClaim",
    "CellState",
    "Claimed",
    "MatrixCell",
    "MatrixColumn",
    "MatrixReading",
    "MatrixRow",
    "read_matrix",
]

_HUNDREDTH = Decimal("0.01")
_ZERO = Decimal("0.00")


def read_matrix(series: Series, *, reader: Reader, number: int | None = None) -> MatrixReading:
    """The matrix of a series that the reader may know, by one version of its dictionary.

    Without a number by the current one; without any dictionary it has no rows. A constant number of
    queries, however many documents, topics and claims there are. Raises
    DictionaryVersion.DoesNotExist for a number that there is not.
    """
    return matrix_of(series, dictionary_version(series, number), reader=reader)


def dictionary_version(series: Series, number: int | None) -> DictionaryVersion | None:
    """A version of the dictionary of a series; without a number the current one, None of none.

    Raises DictionaryVersion.DoesNotExist.
    """
    if number is None:
        return DictionaryVersion.objects.current_of(series)
    found: DictionaryVersion = DictionaryVersion.objects.of_series(series).get(number=number)
    return found


def matrix_of(
    series: Series,
    version: DictionaryVersion | None,
    *,
    reader: Reader,
    topics: Collection[str] | None = None,
) -> MatrixReading:
    """The matrix by a version of the dictionary, of these topics alone where some are named."""
    columns = read_columns(series, reader)
    dictionary = Dictionary() if version is None else version.dictionary
    counts = _counts_of(version, columns)
    columns = [
        replace(one, column=replace(one.column, counted_at=counts[one.column.layer].counted_at))
        if one.column.layer in counts
        else one
        for one in columns
    ]
    wanted = [
        (place, entry)
        for place, entry in enumerate(dictionary.entries)
        if topics is None or entry.topic in topics
    ]
    keys = [entry.topic for _place, entry in wanted]
    names = dict(Topic.objects.filter(key__in=keys).values_list("key", "name"))
    table = _Table(
        columns=columns,
        counts=counts,
        claims=read_series_claims(
            series,
            sources={one.source for one in columns if one.is_known},
            topics=keys,
            reader=reader,
        ),
        lines=_lines_of(columns),
        is_staff=reader.is_staff,
    )
    rows = [
        MatrixRow(
            topic=entry.topic,
            name=names.get(entry.topic, entry.topic),
            terms=[term.text for term in entry.terms],
            note=entry.note,
            cells=table.cells(place, entry),
        )
        for place, entry in wanted
    ]
    layers = {one.column.layer for one in columns} - {None}
    return MatrixReading(
        series=series.key,
        title=series.title,
        dictionary="" if version is None else f"{series.key}/{version.number}",
        dictionary_number=None if version is None else version.number,
        dictionary_sha256="" if version is None else version.sha256,
        dictionary_made_at=None if version is None else version.made_at,
        columns=[one.column for one in columns],
        rows=rows,
        counted=len(counts),
        to_count=0 if version is None else len(layers),
    )


class _StoredCell(msgspec.Struct, frozen=True, gc=False):
    """A cell as it is stored (`claims.models.text_counts`)."""

    count: int = 0
    hidden: int = 0
    bins: tuple[int, ...] = ()
    is_searched: bool = True


_NOTHING = _StoredCell()
_decode = msgspec.json.Decoder(list[_StoredCell]).decode


@dataclass(frozen=True)
class _Counts:
    """The cells of a text as they are stored, one for each topic, and when they were counted."""

    cells: Sequence[_StoredCell]
    counted_at: datetime


def _counts_of(
    version: DictionaryVersion | None, columns: Sequence[SeriesColumn]
) -> dict[int | None, _Counts]:
    """The counts by a version of the dictionary that are right as the texts are now, by text."""
    if version is None:
        return {}
    withheld = {one.column.layer: one.withheld for one in columns if one.column.layer is not None}
    rows = TopicCount.objects.filter(dictionary=version, layer__in=withheld)
    # As text, which is decoded in a fifth of the time.
    written = rows.annotate(written=Cast("cells", TextField()))
    return {
        layer: _Counts(_decode(cells), counted_at)
        for layer, cells, counted_at, spans in written.values_list(
            "layer", "written", "counted_at", "withheld"
        )
        if withheld_spans(spans) == withheld[layer]
    }


@dataclass(frozen=True)
class _Table:
    """Everything that the cells of a matrix are made of."""

    columns: Sequence[SeriesColumn]
    counts: Mapping[int | None, _Counts]
    claims: SeriesClaims
    lines: Sequence[Sequence[Sequence[int]]]
    is_staff: bool

    def cells(self, place: int, entry: DictionaryEntry) -> list[MatrixCell]:
        """The cells of a topic, the one at this place in the dictionary, by column."""
        stored = [self._stored(place, one) for one in self.columns]
        states = [_state(one, cell) for one, cell in zip(self.columns, stored, strict=True)]
        firsts, lasts = self._appearances(states)
        having = {
            one.source
            for one, state in zip(self.columns, states, strict=True)
            if state is CellState.PRESENT
        }
        of_series = self.claims.of_series(entry.topic)
        cells = []
        for number, (one, cell, state) in enumerate(zip(self.columns, stored, states, strict=True)):
            # Of a document that the reader may not know no claims of its own were read.
            claims = self.claims.of_cell(one.source, entry.topic) or of_series
            disagreement = ""
            if claims is not NO_CLAIMS:
                is_elsewhere = one.source in having
                count = 0 if cell is None else cell.count
                disagreement = disagreement_text(state, count, claims, is_elsewhere=is_elsewhere)
            found = cell or _NOTHING
            cells.append(
                MatrixCell(
                    column=one.column.id,
                    topic=entry.topic,
                    state=state,
                    count=found.count,
                    per_thousand=_per_thousand(cell, one.column.words),
                    bins=found.bins,
                    hidden=found.hidden if self.is_staff else 0,
                    is_first=number in firsts,
                    is_last=number in lasts,
                    claimed=Claimed.NOT_CLAIMED if claims is NO_CLAIMS else claims.claimed,
                    claims=claims.claims,
                    disagreement=disagreement,
                )
            )
        return cells

    def _stored(self, place: int, column: SeriesColumn) -> _StoredCell | None:
        """The cell of a text as it is stored; None where it is not counted."""
        counts = self.counts.get(column.column.layer)
        return None if counts is None else counts.cells[place]

    def _appearances(self, states: Sequence[CellState]) -> tuple[set[int], set[int]]:
        """The numbers of the columns in which a topic is new, and after which it disappears."""
        firsts: set[int] = set()
        lasts: set[int] = set()
        for line in self.lines:
            documents = [_presence([states[number] for number in document]) for document in line]
            for found, number in (
                (firsts, first_appearance(documents)),
                (lasts, last_appearance(documents)),
            ):
                if number is not None:
                    found.update(one for one in line[number] if states[one] is CellState.PRESENT)
        return firsts, lasts


def _state(column: SeriesColumn, stored: _StoredCell | None) -> CellState:
    """How a text stands to a topic, by its stored cell."""
    if stored is None:
        if not column.is_known:
            return CellState.NOT_SHOWN
        is_there = column.column.layer is not None
        return CellState.NOT_COUNTED if is_there else CellState.NOT_SEARCHED
    if not stored.is_searched:
        return CellState.NO_TERM
    if stored.count:
        return CellState.PRESENT
    return CellState.IN_PART if column.is_partial else CellState.ABSENT


def _presence(states: Sequence[CellState]) -> TopicPresence:
    """How a document stands to a topic, by its texts: one that has it is enough."""
    if CellState.PRESENT in states:
        return TopicPresence.PRESENT
    if CellState.NOT_COUNTED in states:
        return TopicPresence.UNKNOWN
    return TopicPresence.ABSENT if CellState.ABSENT in states else TopicPresence.UNSEARCHED


def _lines_of(columns: Sequence[SeriesColumn]) -> list[list[list[int]]]:
    """The numbers of the columns in lines that are read one after the other, by document.

    All are in one line, unless texts of one document differ in language: then those of each
    language are compared with each other alone.
    """
    languages = [primary_language(one.column.language) for one in columns]
    of_documents: dict[int, set[str]] = defaultdict(set)
    for one, language in zip(columns, languages, strict=True):
        of_documents[one.source].add(language)
    is_parted = any(len(each) > 1 for each in of_documents.values())
    lines: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, (one, language) in enumerate(zip(columns, languages, strict=True)):
        lines[language if is_parted else ""][one.source].append(number)
    return [list(line.values()) for line in lines.values()]


def _per_thousand(cell: _StoredCell | None, words: int | None) -> Decimal | None:
    """The places of a cell on 1,000 words; None where nothing is counted."""
    if cell is None or not cell.is_searched or not words:
        return None
    if not cell.count:
        return _ZERO
    return (Decimal(cell.count * 1_000) / words).quantize(_HUNDREDTH, ROUND_HALF_UP)
