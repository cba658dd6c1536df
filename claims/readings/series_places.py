"""A cell of a matrix with the places that it counts, each with its context."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from claims.models import TopicCount
from claims.readings.absences import may_read_places
from claims.readings.places_in_context import CONTEXT_LENGTH
from claims.readings.series_cells import MatrixCell, MatrixColumn
from claims.readings.series_matrix import dictionary_version, matrix_of
from sources.domain.text.segments import Location, masked
from sources.models import Grading, Series, Source, TextLayer
from sources.readings.page_labels import page_labels_of
from sources.readings.reader import Reader
from sources.readings.redacted_text import hidden_places

# How many places of a cell are shown, the first ones; the others are counted.
MAX_SHOWN_PLACES = 500


@dataclass(frozen=True)
class PlaceReading:
    """A place of a topic with its context: half-open, in code points of the text.

    `page` is how its page is named, empty where the text has none; `url` leads to the place in the
    text. `is_hidden`: no page of the document shows these words; told to staff alone.
    """

    start: int
    end: int
    before: str
    words: str
    after: str
    page: str
    url: str
    is_hidden: bool = False


@dataclass(frozen=True)
class CellReading:
    """A cell as one reader may know it, with its places.

    `dictionary` is how the version is named ("quad/3"); `name`, `terms` and `note` are those of the
    topic. Without `may_read` the reader is told how many places there are, and their bars, and not
    the words. `has_more`: more are counted than shown.
    """

    series: str
    title: str
    dictionary: str
    dictionary_number: int
    topic: str
    name: str
    terms: Sequence[str]
    note: str
    column: MatrixColumn
    cell: MatrixCell
    places: Sequence[PlaceReading] = ()
    may_read: bool = False
    has_more: bool = False


def read_cell(
    series: Series, topic: str, column: str, *, reader: Reader, number: int | None = None
) -> CellReading | None:
    """The cell of a topic and a column, by their keys, of a series that the reader may know.

    None where the dictionary has no such topic, or the reader may not know the column. One text is
    read at most. Raises DictionaryVersion.DoesNotExist for a number that there is not.
    """
    version = dictionary_version(series, number)
    if version is None:
        return None
    matrix = matrix_of(series, version, reader=reader, topics={topic})
    shown = {each.id: place for place, each in enumerate(matrix.columns) if each.source.is_known}
    if not matrix.rows or column not in shown:
        return None
    (row,) = matrix.rows
    of, cell = matrix.columns[shown[column]], row.cells[shown[column]]
    source = Source.objects.get(key=of.source.key)
    may_read = may_read_places(source, reader)
    places: list[PlaceReading] = []
    if may_read and of.layer is not None and (cell.count or cell.hidden):
        entry = [each.topic for each in version.dictionary.entries].index(topic)
        counts = TopicCount.objects.filter(dictionary=version, layer=of.layer).first()
        if counts is not None:  # else words were withheld just now
            hidden = counts.hidden_places[entry] if reader.is_staff else []
            places = _places(source, of.layer, counts.places[entry], hidden, reader=reader)
    return CellReading(
        series=matrix.series,
        title=matrix.title,
        dictionary=matrix.dictionary,
        dictionary_number=version.number,
        topic=row.topic,
        name=row.name,
        terms=row.terms,
        note=row.note,
        column=of,
        cell=cell,
        places=places,
        may_read=may_read,
        has_more=may_read and len(places) < cell.count + cell.hidden,
    )


def _places(
    source: Source,
    layer: int,
    shown: Iterable[Sequence[int]],
    hidden: Iterable[Sequence[int]],
    *,
    reader: Reader,
) -> list[PlaceReading]:
    """The places of a topic in a text with their context; withheld words are blocks."""
    read = TextLayer.objects.only("text", "pages", "doubts", "blob").get(pk=layer)
    withheld: list[Location] = Grading.objects.withheld_places([layer]).get(layer, [])
    covered = [] if reader.is_staff else hidden_places(read.doubts)
    text = masked(read.text, [*withheld, *covered]).replace("\f", " ")
    labels = page_labels_of(source.pk, read)
    address = reverse("claims:source", args=[source.key])
    places = sorted(
        [
            *((start, end, False) for start, end in shown),
            *((start, end, True) for start, end in hidden),
        ]
    )
    return [
        PlaceReading(
            start=start,
            end=end,
            before=text[max(start - CONTEXT_LENGTH, 0) : start],
            words=text[start:end],
            after=text[end : end + CONTEXT_LENGTH],
            page=labels.named(labels.at(start)),
            url=f"{address}?text={layer}&place={start}-{end}#x0",
            is_hidden=is_hidden,
        )
        for start, end, is_hidden in places[:MAX_SHOWN_PLACES]
    ]
