"""The texts of the documents of a series, as one reader may know and read them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Func, IntegerField

from claims.readings.absences import may_read_places
from claims.readings.wording import date_text
from sources.models import Series, Source, TextLayer
from sources.readings.reader import Reader
from sources.readings.sources import SourceReading, source_of


@dataclass(frozen=True)
class SeriesText:
    """A text of a document of a series, or a document without one (`layer` is None).

    `id` names it in addresses: the source's key, and where a source has several texts, the text's
    id behind a dot; empty where the reader may not know the source. `label` is short: when the
    document was issued, or its title. `size` is in bytes. `may_read`: the reader may read the
    whole text, and not excerpts alone.
    """

    id: str
    label: str
    source: SourceReading
    source_id: int
    layer: int | None = None
    blob: int | None = None
    size: int = 0
    may_read: bool = False


def series_texts(series: Series, *, reader: Reader) -> list[SeriesText]:
    """The current texts of a series in the order of its documents: of each the latest captured
    first.

    Documents on which nothing public rests are left out for the public; of a confidential one
    stands its descriptor. Four queries.
    """
    members = series.members.select_related("source__publisher").order_by("position")
    sources = [member.source for member in members]
    ids = [source.pk for source in sources]
    readable = Source.objects.readable_ids(ids, reader.account, reader.at)
    visible = [one for one in sources if one.pk in readable or one.is_confidential]
    layers = _layers_of([one.pk for one in visible if one.pk in readable])
    readings = {one.pk: source_of(one, reader) for one in visible}
    labels = _labels([readings[one.pk] for one in visible])
    found = []
    for source, label in zip(visible, labels, strict=True):
        told, texts = readings[source.pk], layers.get(source.pk, ())
        may_read = source.pk in readable and may_read_places(source, reader)
        if not texts:
            found.append(SeriesText(told.key, label, told, source.pk))
        found += [
            SeriesText(
                id=told.key if len(texts) == 1 else f"{told.key}.{layer}",
                label=label if len(texts) == 1 else f"{label} ({number})",
                source=told,
                source_id=source.pk,
                layer=layer,
                blob=blob,
                size=size,
                may_read=may_read,
            )
            for number, (layer, blob, size) in enumerate(texts, start=1)
        ]
    return found


def _layers_of(sources: Sequence[int]) -> dict[int, list[tuple[int, int, int]]]:
    """The current texts of sources by source: id, bytes and size, the latest capture first."""
    # The size of a text without reading it, as its length in characters would.
    size = Func("text", function="octet_length", output_field=IntegerField())
    rows = (
        TextLayer.objects.filter(is_current=True, blob__captures__source__in=sources)
        .exclude(text="")
        .annotate(size=size, of=F("blob__captures__source"))
        .order_by("of", "-blob__captures__captured_at", "-pk")
        .values_list("of", "pk", "blob_id", "size")
    )
    found: dict[int, dict[int, tuple[int, int, int]]] = defaultdict(dict)
    for source, layer, blob, length in rows:
        found[source].setdefault(layer, (layer, blob, length))
    return {source: list(texts.values()) for source, texts in found.items()}


def _labels(sources: Sequence[SourceReading]) -> list[str]:
    """A short name for each document, which no two share as long as their titles differ."""
    dates = [date_text(source.issued) if source.issued else "" for source in sources]
    times = Counter(dates)
    return [
        date if date and times[date] == 1 else source.title
        for date, source in zip(dates, sources, strict=True)
    ]
