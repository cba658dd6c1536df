"""A series of 200 documents of 1 MB with 50 topics: counting a text, and reading the matrix.

A text is counted in the background, once for each version of the dictionary; the matrix is read
from the counts. A few texts are counted for the matrix and the others have the counts of one of
them, so that the section measures the reading and not how long 200 MB take.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection
from django.utils import timezone

from claims.actions.claims.entry import Tie
from claims.actions.series.counting import count_text
from claims.domain.content import Content
from claims.domain.series.counting import count_prepared, prepare_counting
from claims.domain.series.dictionary import Dictionary, DictionaryEntry, DictionaryTerm
from claims.domain.series.word_counts import count_words
from claims.models import DictionaryVersion, TopicCount
from claims.readings.series_matrix import MatrixReading, read_matrix
from factbase.models import User
from sources.domain.text.pages import text_sha256
from sources.models import Blob, Capture, Series, SeriesMember, Source, TextLayer
from sources.readings.reader import Reader
from tests import factories as make
from tests.benchmarks.in_process import Application, Writer
from tests.benchmarks.measuring import Measured, least
from tests.benchmarks.quotes import prose
from tests.benchmarks.scale import Scale, own_database

MAX_DOCUMENTS = 200
TOPICS = 50
SIZE = 1_000_000  # characters of a text
DIFFERENT = 4  # so many texts differ from each other
CLAIMS = 100
KEY = "bench"
GOAL = 1.0  # seconds


@dataclass(frozen=True)
class _Amount:
    documents: int
    size: int
    claims: int

    def __str__(self) -> str:
        return f"{self.documents} documents of {_megabytes(self.size)}, {TOPICS} topics"


def measure(scale: Scale) -> Iterator[Measured]:
    """Each figure of the section."""
    amount = _Amount(min(scale.documents, MAX_DOCUMENTS), SIZE, CLAIMS)
    if scale.is_short:
        amount = _Amount(6, 20_000, 2)
    chance = random.Random(3)  # noqa: S311 - no secret
    vocabulary = [_name(chance) for _ in range(40_000)]
    texts = [prose(chance, vocabulary, amount.size) for _ in range(DIFFERENT)]
    dictionary = dictionary_of(vocabulary, chance)
    yield from counting(texts[0], dictionary, runs=1 if scale.is_short else 3)
    with own_database():
        yield from reading(texts, dictionary, amount)


def counting(text: str, dictionary: Dictionary, *, runs: int) -> Iterator[Measured]:
    """A text: its words, and its topics."""
    size = _megabytes(len(text))
    plain = least(lambda: re.findall(r"\w+", text), runs=runs)
    seconds = least(lambda: count_words(text), runs=runs)
    yield Measured(f"words of {size}", seconds, r"re.findall(\w+)", plain, None)

    def count_topics() -> None:
        count_prepared(prepare_counting(text), dictionary)

    seconds = least(count_topics, runs=runs)
    yield Measured(f"{TOPICS} topics in {size}", seconds, r"re.findall(\w+)", plain, None)


def reading(texts: list[str], dictionary: Dictionary, amount: _Amount) -> Iterator[Measured]:
    """The matrix as it is read, and its page."""
    series = keep_series(texts, amount.documents)
    keep_counts(series, dictionary)
    keep_claims(amount.claims, dictionary)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    public = Reader(None, timezone.now())
    writer, get = Writer(), Application().get

    def read() -> MatrixReading:
        return read_matrix(series, reader=public)

    def page() -> None:
        writer.commit()
        get(f"/series/{KEY}/")

    matrix = read()
    assert len(matrix.columns) == amount.documents
    assert matrix.counted == matrix.to_count == amount.documents
    plain = least(lambda: list(TopicCount.objects.values_list("layer", "cells")), runs=3)
    for work, perform in ((f"matrix: {amount}", read), ("its page", page)):
        yield Measured(work, least(perform, runs=3), "reading the counts", plain, GOAL)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.2g} MB"


def _name(chance: random.Random) -> str:
    return "".join(chance.choice("bcdfgklmnprstvz") + chance.choice("aeiou") for _ in range(4))


def dictionary_of(vocabulary: list[str], chance: random.Random) -> Dictionary:
    """Topics of four terms each: a word, a beginning, two words near each other, a word without."""

    def word() -> str:
        return vocabulary[chance.randrange(5, 200)]  # some hundred times in 1 MB

    return Dictionary(
        tuple(
            DictionaryEntry(
                f"topic-{number + 1}",
                (
                    DictionaryTerm(word()),
                    DictionaryTerm(f"{word()[:6]}*"),
                    DictionaryTerm(f"{word()} NEAR/5 {word()}"),
                    DictionaryTerm(f'{word()} NOT "{word()} {word()}"'),
                ),
            )
            for number in range(TOPICS)
        )
    )


def keep_series(texts: list[str], documents: int) -> Series:
    """Open sources with a captured text each, written as rows, in a series."""
    at = datetime(2025, 6, 1, tzinfo=UTC)
    by = User.objects.create(username="bench", display_name="Bench", is_staff=True)
    sources = Source.objects.bulk_create(
        Source(
            key=f"document-{number}",
            type="report",
            title=f"Document {number}",
            csl={},
            opened_at=at,
            opened_by=by,
        )
        for number in range(documents)
    )
    blobs = Blob.objects.bulk_create(
        Blob(sha256=text_sha256(str(number)), size=len(texts[0])) for number in range(documents)
    )
    Capture.objects.bulk_create(
        Capture(source=source, blob=blob, captured_at=at, captured_by=by)
        for source, blob in zip(sources, blobs, strict=True)
    )
    for number, blob in enumerate(blobs):
        text = texts[number % len(texts)]
        TextLayer.objects.create(
            blob=blob,
            extractor="plain-text",
            version="bench",
            text=text,
            text_sha256=text_sha256(text),
        )
    series = Series.objects.create(key=KEY, title="Bench")
    SeriesMember.objects.bulk_create(
        SeriesMember(series=series, source=source, position=position)
        for position, source in enumerate(sources, start=1)
    )
    return series


def keep_counts(series: Series, dictionary: Dictionary) -> None:
    """Count the texts that differ, and give the others the counts of the text that they repeat."""
    for number in range(TOPICS):
        make.topic(f"Topic {number + 1}")
    version = DictionaryVersion.objects.create(
        series=series,
        number=1,
        entries=dictionary.as_json(),
        sha256=dictionary.sha256,
        made_at=timezone.now(),
        made_by=User.objects.get(username="bench"),
    )
    layers = list(TextLayer.objects.order_by("pk").values_list("pk", flat=True))
    for layer in layers[:DIFFERENT]:
        count_text(layer=layer, now=timezone.now)
    repeats = [(layer, layers[number % DIFFERENT]) for number, layer in enumerate(layers)]
    with connection.cursor() as cursor:
        for table, columns in (
            ("claims_textwords", "withheld, total, words, language, counted_at"),
            (
                "claims_topiccount",
                "dictionary_id, withheld, cells, places, hidden_places, counted_at",
            ),
        ):
            copying = (
                f"INSERT INTO {table} (layer_id, {columns}) "
                f"SELECT %s, {columns} FROM {table} WHERE layer_id = %s"
            )
            cursor.executemany(copying, repeats[DIFFERENT:])
    assert version.counts.count() == len(layers)


def keep_claims(number: int, dictionary: Dictionary) -> None:
    """Published claims that documents mention topics, spread over the cells."""
    make.value_property("presence", "mentions")
    quoted = make.excerpt()
    sources = Source.objects.filter(key__startswith="document-").order_by("pk")
    for place, source in enumerate(sources[: max(1, number // 5)]):
        subject = make.entity(f"of-{source.key}", kind="document", source=source)
        for other in range(min(number, 5)):
            topic = dictionary.entries[(place + other * 7) % TOPICS].topic
            content = Content(
                statement="It is mentioned.",
                subject=subject.key,
                property="mentions",
                aspect=topic,
                value="present",
            )
            make.published(content=content, evidence=[Tie(quoted)])
