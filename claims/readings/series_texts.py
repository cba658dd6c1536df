"""The texts of the documents of a series, as one reader may know and read them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from claims.models import TextWords
from claims.querysets.text_counts import Spans, withheld_spans
from claims.readings.absences import may_read_places
from claims.readings.wording import date_text, day_text
from sources.models import Grading, Series, Source, TextLayer
from sources.readings.reader import Reader
from sources.readings.sources import SourceReading, source_of


@dataclass(frozen=True)
class SeriesText:
    """A text of a document of a series, or a document without one (`layer` is None).

    `id` names it in addresses: the source's key, and where a source has several texts, the text's
    id behind a dot; empty where the reader may not know the source. `label` is short: when the
    document was issued, or its title; and of one of several texts its language, or the day of its
    capture. `language` is what the words of the text tell, once they are counted, else that of the
    source. `withheld` are the spans that are withheld now. `may_read`: the
    reader may read the whole text, and not excerpts alone. `is_quoted_from`: quotes of the source
    are looked for in it, and not in another of its texts.
    """

    id: str
    label: str
    source: SourceReading
    source_id: int
    language: str = ""
    layer: int | None = None
    blob: int | None = None
    withheld: Spans = ()
    may_read: bool = False
    is_quoted_from: bool = False


def series_texts(series: Series, *, reader: Reader) -> list[SeriesText]:
    """The current texts of a series in the order of its documents: of each the latest captured
    first.

    Documents on which nothing public rests are left out for the public; of a confidential one
    stands its descriptor. Five queries, and one more for staff.
    """
    members = series.members.select_related("source__publisher").order_by("position")
    sources = [member.source for member in members]
    ids = [source.pk for source in sources]
    readable = Source.objects.readable_ids(ids, reader.account, reader.at)
    visible = [one for one in sources if one.pk in readable or one.is_confidential]
    layers = _layers_of([one.pk for one in visible if one.pk in readable])
    ids_of_texts = {text.layer for each in layers.values() for text in each}
    languages = _languages_of(ids_of_texts)
    withheld = Grading.objects.withheld_places(ids_of_texts)
    readings = {one.pk: source_of(one, reader) for one in visible}
    labels = _labels([readings[one.pk] for one in visible])
    found = []
    for source, label in zip(visible, labels, strict=True):
        told, texts = readings[source.pk], layers.get(source.pk, [])
        may_read = source.pk in readable and may_read_places(source, reader)
        if not texts:
            found.append(SeriesText(told.key, label, told, source.pk, told.language))
        told_apart = _text_labels(label, texts, [languages.get(one.layer, "") for one in texts])
        found += [
            SeriesText(
                id=told.key if len(texts) == 1 else f"{told.key}.{text.layer}",
                label=name,
                source=told,
                source_id=source.pk,
                language=languages.get(text.layer) or told.language,
                layer=text.layer,
                blob=text.blob,
                withheld=withheld_spans(withheld.get(text.layer, ())),
                may_read=may_read,
                is_quoted_from=text is texts[0],
            )
            for text, name in zip(texts, told_apart, strict=True)
        ]
    return found


@dataclass(frozen=True)
class _Layer:
    """A current text of a source, without the text itself."""

    layer: int
    blob: int
    captured_at: datetime


def _layers_of(sources: Sequence[int]) -> dict[int, list[_Layer]]:
    """The current texts of sources, by source, the latest capture first."""
    captures = "blob__captures"
    rows = (
        TextLayer.objects.filter(is_current=True, blob__captures__source__in=sources)
        .exclude(text="")
        .annotate(of=F(f"{captures}__source"), captured_at=F(f"{captures}__captured_at"))
        .order_by("of", "-captured_at", "-pk")
        .values_list("of", "pk", "blob_id", "captured_at")
    )
    found: dict[int, dict[int, _Layer]] = defaultdict(dict)
    for source, layer, blob, captured_at in rows:
        found[source].setdefault(layer, _Layer(layer, blob, captured_at))
    return {source: list(texts.values()) for source, texts in found.items()}


def _languages_of(layers: Collection[int]) -> dict[int, str]:
    """The languages that the words of counted texts tell of, by layer."""
    return dict(TextWords.objects.filter(layer__in=layers).values_list("layer", "language"))


def _labels(sources: Sequence[SourceReading]) -> list[str]:
    """A short name for each document, which no two share as long as their titles differ."""
    dates = [date_text(source.issued) if source.issued else "" for source in sources]
    times = Counter(dates)
    return [
        date if date and times[date] == 1 else source.title
        for date, source in zip(dates, sources, strict=True)
    ]


def _text_labels(label: str, texts: Sequence[_Layer], languages: Sequence[str]) -> list[str]:
    """Names that tell the texts of one document apart: by language, then by day of capture."""
    names = [label] * len(texts)
    for suffixes in (
        [f", {language}" if language else "" for language in languages],
        [
            ", " + _("captured on %(day)s") % {"day": day_text(text.captured_at.date())}
            for text in texts
        ],
        [f" ({number})" for number in range(1, len(texts) + 1)],
    ):
        times = Counter(names)
        told_apart = [name + suffix for name, suffix in zip(names, suffixes, strict=True)]
        if len(set(told_apart)) > len(set(names)):
            names = [
                other if times[name] > 1 else name
                for name, other in zip(names, told_apart, strict=True)
            ]
    return names
