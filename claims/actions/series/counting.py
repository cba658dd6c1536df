"""Counting the words and topics of texts in the background, for the matrices of their series.

A text is read and counted outside of any lock; only to store the counts others are kept from
withholding words of it or making it current. Where that was done meanwhile, it is counted anew. A
job counts what is missing, so that one that runs twice does nothing the second time.

Dictionaries before the current one are counted as well, the latest of them, so that the matrix of
an earlier version, which has an address of its own, has the texts of today too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from procrastinate.contrib.django import app

from claims.domain.series.counting import CountedText, EntryCount, count_prepared, prepare_counting
from claims.domain.series.word_counts import WordCounts, count_words
from claims.models import DictionaryVersion, TextWords, TopicCount
from claims.querysets.text_counts import SERIES_JOB, TEXT_JOB, Spans, withheld_spans
from sources.actions.action import Clock, ReadOutdated, action_transaction, retry_outdated
from sources.actions.captures.texts import lock_layers
from sources.domain.text.language import language_of
from sources.domain.text.segments import masked
from sources.domain.text.spans import Span
from sources.models import Blob, Excerpt, Grading, Series, SeriesMember, Source, TextLayer

# So many versions of a dictionary are counted, the current one among them.
COUNTED_VERSIONS = 10

# After what people wait for: quotes that are graded, absences, editions.
PRIORITY = -10


@dataclass(frozen=True)
class CountingBasis:
    """All that the counts of a text depend on, but for the text and the dictionaries, which never
    change.

    `withheld` are the spans that are not read; `languages` what its sources are said to be in.
    """

    layer: int
    blob: int
    withheld: Spans
    languages: frozenset[str]


def queue_counts(series: Series) -> None:
    """Queue the counting of what is not counted yet in the texts of a series."""
    app.configure_task(SERIES_JOB, lock=f"count-series-{series.pk}", priority=PRIORITY).defer(
        series=series.pk
    )


def queue_texts(*, series: int) -> int:
    """Queue a job for each text of a series of which something is not counted; how many those are.

    Texts are queued in the order of the series, so that a matrix fills from its first column.
    """
    members = SeriesMember.objects.filter(series=series)
    order = dict(members.values_list("source", "position"))
    texts = current_texts(Source.objects.filter(pk__in=order))
    texts.sort(key=lambda text: (order[text[1]], text[0]))
    missing = missing_counts({layer for layer, _source in texts})
    waiting = dict.fromkeys(layer for layer, _source in texts if layer in missing)
    queue_layers(waiting)
    return len(waiting)


def queue_layers(layers: Iterable[int], *, afresh: bool = False) -> None:
    """Queue the counting of these texts; `afresh`: also of what is counted already."""
    for layer in layers:
        task = app.configure_task(TEXT_JOB, lock=f"count-{layer}", priority=PRIORITY)
        task.defer(layer=layer, afresh=afresh)


def count_text(*, layer: int, now: Clock, afresh: bool = False) -> None:
    """Count the words of a text, and its topics by the dictionaries of the series that it is in.

    Nothing is counted of a text that is withheld, no longer current or in no series. Call it
    outside of a transaction, so that nobody waits for it. Raises ReadOutdated.
    """
    texts: dict[CountingBasis, ReadText] = {}

    def attempt() -> None:
        basis = read_counting_basis(layer)
        if basis is None:
            return
        missing = missing_counts([layer], afresh=afresh).get(layer)
        if missing is None:
            return
        versions = DictionaryVersion.objects.filter(pk__in=missing).order_by("-pk")
        if basis not in texts:
            texts[basis] = read_text(basis)
        rows = count_rows(basis, texts[basis], list(versions), at=now())
        with action_transaction("count_text"):
            lock_layers(Blob.objects.get(pk=basis.blob), shared=True)
            if read_counting_basis(layer) != basis:
                raise ReadOutdated
            save_counts(*rows)

    retry_outdated(attempt)


def save_counts(words: TextWords, topics: Sequence[TopicCount]) -> None:
    """Store the counts of a text, in place of those that there are."""
    TextWords.objects.bulk_create(
        [words],
        update_conflicts=True,
        unique_fields=["layer"],
        update_fields=["withheld", "total", "words", "language", "counted_at"],
    )
    TopicCount.objects.bulk_create(
        topics,
        update_conflicts=True,
        unique_fields=["dictionary", "layer"],
        update_fields=["withheld", "cells", "places", "hidden_places", "counted_at"],
    )


@dataclass(frozen=True)
class ReadText:
    """A text as it is counted: its words, and prepared to be searched for topics.

    `language` is what its words tell of that, a BCP 47 tag or empty.
    """

    words: WordCounts
    prepared: CountedText
    language: str


def read_text(basis: CountingBasis) -> ReadText:
    """Read a text, count its words, and prepare it for the topics."""
    layer = TextLayer.objects.only("text", "apparatus").get(pk=basis.layer)
    text = masked(layer.text, basis.withheld)
    spans = [Span(span["start"], span["end"], span["kind"]) for span in layer.apparatus]
    return ReadText(
        words=count_words(layer.text, spans, withheld=basis.withheld),
        prepared=prepare_counting(text, apparatus=spans, languages=basis.languages),
        language=language_of(text),
    )


def count_rows(
    basis: CountingBasis, text: ReadText, versions: Sequence[DictionaryVersion], *, at: datetime
) -> tuple[TextWords, list[TopicCount]]:
    """The rows of the counts of a text, not yet saved."""
    withheld = [list(span) for span in basis.withheld]
    words = TextWords(
        layer_id=basis.layer,
        withheld=withheld,
        total=text.words.total,
        words=[list(pair) for pair in text.words.words],
        language=text.language,
        counted_at=at,
    )
    counted = [(version, count_prepared(text.prepared, version.dictionary)) for version in versions]
    topics = [
        TopicCount(
            dictionary=version,
            layer_id=basis.layer,
            withheld=withheld,
            cells=[cell_as_json(entry) for entry in entries],
            places=[_as_pairs(entry.places) for entry in entries],
            hidden_places=[_as_pairs(entry.hidden_places) for entry in entries],
            counted_at=at,
        )
        for version, entries in counted
    ]
    return words, topics


def cell_as_json(entry: EntryCount) -> dict[str, Any]:
    """A cell as the database stores it."""
    cell: dict[str, Any] = {
        "count": entry.count,
        "hidden": entry.hidden,
        "bins": list(entry.bins),
    }
    return cell if entry.is_searched else {**cell, "is_searched": False}


def _as_pairs(places: Iterable[Any]) -> list[list[int]]:
    return [[place.start, place.end] for place in places]


def read_counting_basis(layer: int) -> CountingBasis | None:
    """Read what the counts of a text depend on now.

    None of a text that is withheld, no longer current, or in no series.
    """
    found = TextLayer.objects.filter(pk=layer, is_current=True).exclude(text="")
    blob = found.values_list("blob", flat=True).first()
    if blob is None:
        return None
    sources = Source.objects.filter(captures__blob=blob)
    if not sources.filter(memberships__isnull=False).exists():
        return None
    return CountingBasis(
        layer=layer,
        blob=blob,
        withheld=withheld_spans(Grading.objects.withheld_places([layer]).get(layer, ())),
        languages=frozenset(sources.values_list("language", flat=True)),
    )


def missing_counts(layers: Collection[int], *, afresh: bool = False) -> dict[int, set[int]]:
    """The ids of the dictionaries by which each of these texts is not counted as it is now.

    The set is empty where its words alone are not counted; a text that is counted is left out.
    `afresh`: what is counted is missing too.
    """
    wanted = counted_dictionaries(layers)
    if afresh:
        return {layer: wanted[layer] for layer in layers}
    withheld = Grading.objects.withheld_places(layers)

    def is_right(layer: int, spans: Sequence[Sequence[int]]) -> bool:
        return withheld_spans(spans) == withheld_spans(withheld.get(layer, ()))

    words = TextWords.objects.filter(layer__in=layers).values_list("layer", "withheld")
    topics = TopicCount.objects.filter(layer__in=layers)
    have_words = {layer for layer, spans in words if is_right(layer, spans)}
    counted: dict[int, set[int]] = defaultdict(set)
    for layer, dictionary, spans in topics.values_list("layer", "dictionary", "withheld"):
        if is_right(layer, spans):
            counted[layer].add(dictionary)
    missing = {layer: wanted[layer] - counted[layer] for layer in layers}
    return {layer: each for layer, each in missing.items() if each or layer not in have_words}


def counted_dictionaries(layers: Collection[int]) -> dict[int, set[int]]:
    """The ids of the dictionaries by which these texts are counted, by the texts' ids."""
    path = "blob__captures__source__memberships__series"
    ties = set(TextLayer.objects.filter(pk__in=layers).values_list("pk", path))
    versions = DictionaryVersion.objects.filter(series__in={series for _layer, series in ties})
    latest: dict[int, list[int]] = defaultdict(list)
    for version, series in versions.order_by("-number").values_list("pk", "series"):
        if len(latest[series]) < COUNTED_VERSIONS:
            latest[series].append(version)
    found: dict[int, set[int]] = defaultdict(set)
    for layer, series in ties:
        found[layer].update(latest.get(series, ()))
    return found


def current_texts(sources: "QuerySet[Source]") -> list[tuple[int, int]]:
    """The current texts of these sources, each with every source of them that has it, by ids."""
    layers = TextLayer.objects.filter(is_current=True, blob__captures__source__in=sources)
    return sorted(set(layers.exclude(text="").values_list("pk", "blob__captures__source")))


def count_texts_of(sources: "QuerySet[Source]", *, afresh: bool = False) -> None:
    """Queue the counting of the current texts of those of these sources that are in a series."""
    members = sources.filter(memberships__isnull=False).distinct()
    queue_layers(dict.fromkeys(layer for layer, _ in current_texts(members)), afresh=afresh)


def queue_all_counts() -> None:
    """Queue the counting of what is not counted yet in the texts of all series."""
    for series in Series.objects.order_by("pk"):
        queue_counts(series)


def forget_counts(layers: Collection[int]) -> None:
    """Delete the counts of these texts, the words of them above all."""
    TextWords.objects.filter(layer__in=layers).delete()
    TopicCount.objects.filter(layer__in=layers).delete()


def count_changed_series(*, series: Series, **_more: Any) -> None:
    """Count the texts of documents that joined a series."""
    queue_counts(series)


def count_current_text(*, layer: TextLayer, **_more: Any) -> None:
    """Count a text that became the current one of its bytes, and forget those before it."""
    before = TextLayer.objects.filter(blob=layer.blob_id).exclude(pk=layer.pk)
    forget_counts(list(before.values_list("pk", flat=True)))
    count_texts_of(Source.objects.filter(captures__blob=layer.blob_id))


def count_revised_source(*, source: Source, fields: Collection[str], **_more: Any) -> None:
    """Count the texts of a source again whose language was set right: other terms are for them."""
    if "language" in fields:
        forget_counts([layer for layer, _ in current_texts(Source.objects.filter(pk=source.pk))])
        count_texts_of(Source.objects.filter(pk=source.pk), afresh=True)


def count_without_withheld(*, excerpt: Excerpt, **_more: Any) -> None:
    """Forget the counts of the texts that have the words of a withheld quote, and count the rest.

    A count of words or of places tells of them; so nothing of it stays for a moment.
    """
    blobs = Blob.objects.filter(captures__source=excerpt.source_id)
    forget_counts(list(TextLayer.objects.filter(blob__in=blobs).values_list("pk", flat=True)))
    count_texts_of(Source.objects.filter(captures__blob__in=blobs))


def forget_withheld_texts(*, layers: Collection[int], **_more: Any) -> None:
    """Forget the counts of texts that were withheld."""
    forget_counts(layers)
