"""The columns of a series' matrix: the texts of its documents, as one reader may know them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from claims.models import TextWords
from claims.querysets.text_counts import Spans, withheld_spans
from claims.readings.absences import may_read_places
from claims.readings.series_cells import MatrixColumn
from claims.readings.wording import date_text, day_text
from sources.domain.text.completeness import stored_completeness
from sources.models import Grading, Series, Source, TextLayer
from sources.readings.reader import Reader
from sources.readings.sources import source_of


@dataclass(frozen=True)
class SeriesColumn:
    """A column with what decides how its cells read.

    `is_known`: the reader may know the document. `is_partial`: words of the document are not in
    the text, or withheld, or their letters cannot be read, so that nobody knows whether a topic is
    among them. `withheld` are the spans that are withheld now.
    """

    column: MatrixColumn
    source: Source
    is_known: bool
    is_partial: bool = False
    withheld: Spans = ()


@dataclass(frozen=True)
class _Text:
    """A current text of a document, without the text itself."""

    layer: int
    sha256: str
    captured_at: datetime
    is_fragment: bool


@dataclass(frozen=True)
class _Words:
    """The number of words of a text and its language, as it is counted; empty where it is not."""

    total: int | None = None
    language: str = ""


def read_columns(series: Series, reader: Reader) -> list[SeriesColumn]:
    """The columns of a series in its order, of a document with several texts the latest first.

    Documents on which nothing public rests are left out for the public; of one that is kept from
    the reader stands its descriptor. Six queries, and one more for staff.
    """
    members = series.members.select_related("source__publisher").order_by("position", "pk")
    sources = [member.source for member in members]
    ids = [source.pk for source in sources]
    known = Source.objects.readable_ids(ids, reader.account, reader.at)
    visible = [one for one in sources if one.pk in known or one.is_confidential]
    texts = _texts_of(known)
    layers = {text.layer for each in texts.values() for text in each}
    places = Grading.objects.withheld_places(layers)
    withheld = {layer: withheld_spans(places.get(layer, ())) for layer in layers}
    words = _words_of(withheld)
    unreadable = set(
        TextLayer.objects.filter(pk__in=layers).unreadable().values_list("pk", flat=True)
    )
    readings = {source.pk: source_of(source, reader) for source in visible}
    labels = _labels([(readings[one.pk].issued, readings[one.pk].title) for one in visible])
    found: list[SeriesColumn] = []
    for number, (source, label) in enumerate(zip(visible, labels, strict=True), start=1):
        told = readings[source.pk]
        own = texts.get(source.pk, [])
        if not own:
            column = MatrixColumn(told.key or f".{number}", label, told, told.language)
            found.append(SeriesColumn(column, source, is_known=source.pk in known))
        may_read = may_read_places(source, reader)
        languages = [words[text.layer].language for text in own]
        for text, name in zip(own, _text_labels(label, own, languages), strict=True):
            column = MatrixColumn(
                id=told.key if len(own) == 1 else f"{told.key}.{text.layer}",
                label=name,
                source=told,
                language=words[text.layer].language or told.language,
                layer=text.layer,
                text_sha256=text.sha256 if may_read else "",
                words=words[text.layer].total,
            )
            spans = withheld[text.layer]
            is_partial = text.is_fragment or bool(spans) or text.layer in unreadable
            found.append(
                SeriesColumn(column, source, is_known=True, is_partial=is_partial, withheld=spans)
            )
    return found


def _texts_of(sources: Collection[int]) -> dict[int, list[_Text]]:
    """The current texts of sources, by source, the latest capture first."""
    rows = (
        TextLayer.objects.filter(is_current=True, blob__captures__source__in=sources)
        .exclude(text="")
        .annotate(of=F("blob__captures__source"), captured_at=F("blob__captures__captured_at"))
        .order_by("of", "-captured_at", "-pk")
        .values_list("of", "pk", "text_sha256", "captured_at", "completeness")
    )
    found: dict[int, dict[int, _Text]] = defaultdict(dict)
    for source, layer, sha256, captured_at, stored in rows:
        completeness = stored_completeness(stored)
        is_fragment = completeness is not None and completeness.is_fragment
        found[source].setdefault(layer, _Text(layer, sha256, captured_at, is_fragment))
    return {source: list(texts.values()) for source, texts in found.items()}


def _words_of(withheld: Mapping[int, Spans]) -> dict[int, _Words]:
    """The counted words of texts, by layer, with the spans of each that are withheld now."""
    rows = TextWords.objects.filter(layer__in=withheld)
    found = dict.fromkeys(withheld, _Words())
    for layer, total, language, spans in rows.values_list("layer", "total", "language", "withheld"):
        if withheld_spans(spans) == withheld[layer]:
            found[layer] = _Words(total, language)
    return found


def _labels(documents: Sequence[tuple[str, str]]) -> list[str]:
    """A short name for each document, by when it was issued and its title: "24 May 2022".

    Where several have one date, or a document has none, its title stands for it.
    """
    dates = [date_text(issued) if issued else "" for issued, _title in documents]
    times = Counter(dates)
    return [
        date if date and times[date] == 1 else title
        for date, (_issued, title) in zip(dates, documents, strict=True)
    ]


def _text_labels(label: str, texts: Sequence[_Text], languages: Sequence[str]) -> list[str]:
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
