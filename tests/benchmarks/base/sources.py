"""Sources of the filled base, the texts of some, and the quotes that claims rest on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from psycopg.types.range import Range

from sources.actions.captures.texts import layer_fields
from sources.extraction.extract import extract
from sources.models import (
    Blob,
    Capture,
    Excerpt,
    Extraction,
    Grading,
    Publisher,
    Series,
    SeriesMember,
    Source,
    SourceOrigin,
    SourceReader,
    TextLayer,
    Withholding,
)
from sources.vocabulary import Access, ExtractionOutcome, Grade, OriginKind, Rights, Standing
from tests.benchmarks.base.load import Row, load
from tests.benchmarks.base.words import PRESENT_TERM, Prose

TABLES = (
    *(Publisher, Source, SourceOrigin, SourceReader, Series, SeriesMember),
    *(Blob, Capture, TextLayer, Extraction, Excerpt, Grading, Withholding),
)
BEGINNING = datetime(2024, 1, 1, 8, tzinfo=UTC)
SENTENCES = 120  # in each text
SERIES_LENGTH = 6
CONTEXT = 32  # characters before and after a quote


@dataclass(frozen=True)
class Document:
    """A source with a text, as an absence is searched for in it."""

    source: int
    layer: int | None
    text: str = ""
    apparatus: tuple[Any, ...] = ()


@dataclass
class Library:
    """The sources as the rest of the base names them, and the sentences not quoted yet.

    `keys` are by the id of a source, as is `documents`; `series` maps ids to keys and members.
    """

    prose: Prose
    chance: Random
    contributor: int
    people: tuple[int, int]
    keys: dict[int, str] = field(default_factory=dict)
    documents: dict[int, Document] = field(default_factory=dict)
    series: dict[int, tuple[str, list[int]]] = field(default_factory=dict)
    sentences: list[tuple[int, str, int]] = field(default_factory=list)
    excerpts: int = 0
    gradings: int = 0

    def quote(self) -> tuple[Row, Row, Row | None]:
        """A quote that no claim has yet, its grading and, of one in thirty, its withholding."""
        self.excerpts += 1
        self.gradings += 1
        chance, number = self.chance, self.excerpts
        made = {
            "id": number,
            "language": chance.choice(("en", "en", "ru", "zh", "")),
            "locator": f"p. {chance.randint(1, 90)}" if chance.random() < 0.7 else "",
            "page": chance.randint(0, 90) if chance.random() < 0.5 else None,
            "created_at": BEGINNING + timedelta(minutes=number % 500_000),
            "created_by_id": self.contributor,
        }
        if made["language"] not in ("en", ""):
            made |= {
                "translation": self.prose.sentence(12, 26),
                "translated_by": "",
                "translation_method": "machine",
            }
        found = {"id": number, "excerpt_id": number, "graded_at": made["created_at"]}
        if self.sentences and chance.random() < 0.4:
            return *self.located(made, found), None
        made |= {
            "source_id": self.without_text(),
            "grade": Grade.UNLOCATED.value,
            "is_verified": False,
        }
        found["grade"] = Grade.UNLOCATED.value
        words = self.prose.sentence(14, 30, f"q{number}")
        if chance.random() > 1 / 20:
            return {**made, "exact": words}, found, None
        withheld = {
            "table_name": "sources_excerpt",
            "row_id": number,
            "sha256": sha256(words.encode()).hexdigest(),
            "reason": "By order of a court.",
            "administrator_id": self.people[0],
            "second_person_id": self.people[1],
            "withheld_at": datetime(2025, 3, 4, 22, 30, tzinfo=UTC),
        }
        return {**made, "exact": ""}, found, withheld

    def without_text(self) -> int:
        """The id of a source in which nothing can be looked for."""
        while (source := self.chance.randint(1, len(self.keys))) in self.documents:
            pass
        return source

    def located(self, made: dict[str, Any], found: dict[str, Any]) -> tuple[Row, Row]:
        """A quote of the next sentence of a text."""
        source, words, start = self.sentences.pop()
        document = self.documents[source]
        end = start + len(words)
        place = {
            "source_id": source,
            "exact": words,
            "prefix": document.text[max(start - CONTEXT, 0) : start],
            "suffix": document.text[end : end + CONTEXT],
            "grade": Grade.EXACT.value,
            "is_verified": True,
        }
        grading = {
            "grade": Grade.EXACT.value,
            "layer_id": document.layer,
            "score": 1.0,
            "start": start,
            "end": end,
        }
        return {**made, **place}, {**found, **grading}


def load_sources(library: Library, *, claims: int, reader: int) -> None:
    """Write a source for every four claims, a text for every 250, and what belongs to them.

    Two in a hundred are known to named persons alone, of which the account `reader` is one for
    half; four in a hundred to staff. One of ten was opened to everybody by an editor.
    """
    number = max(claims // 4, 24)
    publishers = max(number // 50, 5)
    load(
        Publisher,
        (
            {"id": one, "name": f"Publisher {one}", "kind": "news", "country": "SE"}
            for one in range(1, publishers + 1)
        ),
    )
    rows = [source_row(one, publishers, library) for one in range(1, number + 1)]
    library.keys.update({row["id"]: row["key"] for row in rows})
    load(Source, rows)
    named = [row["id"] for row in rows if row["access"] == Access.NAMED]
    load(SourceReader, ({"source_id": one, "reader_id": reader} for one in named[::2]))
    load(SourceOrigin, origins(number))
    load_texts(library, max(claims // 250, 10))
    load_series(library)


def source_row(number: int, publishers: int, library: Library) -> dict[str, Any]:
    """One source: what it is follows from its number, its words from chance."""
    prose, chance = library.prose, library.chance
    key = f"s{number}"
    title = prose.sentence(4, 9)
    authors = [f"Author {chance.randint(1, 400)}" for _ in range(chance.randint(0, 3))]
    day = date(2015, 1, 1) + timedelta(days=chance.randrange(3_600))
    row: dict[str, Any] = {
        "id": number,
        "key": key,
        "type": chance.choice(("article-newspaper", "report", "webpage")),
        "title": title,
        "authors": authors,
        "publisher_id": chance.randint(1, publishers) if chance.random() < 0.9 else None,
        "container": prose.sentence(2, 3) if chance.random() < 0.5 else "",
        "issued": day.isoformat(),
        "issued_days": Range(day, day + timedelta(days=1)),
        "url": f"https://example.org/{key}",
        "language": "en",
        "csl": {
            "id": key,
            "type": "report",
            "title": title,
            "author": [{"literal": author} for author in authors],
        },
        "rights": Rights.WHOLE if number % 4 == 0 else Rights.EXCERPTS,
        "access": Access.PUBLIC.value,
        "search_text": title.casefold().rstrip("."),
    }
    if number % 50 in (13, 23):
        row |= {"access": Access.STAFF, "public_descriptor": f"A document of an authority ({key})"}
    elif number % 50 == 33:
        row |= {"access": Access.NAMED, "public_descriptor": f"A person known to us ({key})"}
    elif number % 10 == 7:
        row |= {"opened_at": BEGINNING, "opened_by_id": library.people[1]}
    if number % 25 == 9:
        changed = [standing for standing in Standing if standing != Standing.CURRENT]
        row |= {
            "standing": changed[number // 25 % len(changed)].value,
            "standing_on": date(2025, 2, 3),
            "standing_reason": "The publisher said so.",
        }
    return row


def origins(number: int) -> Iterator[Row]:
    """That one source in sixteen derives from the next one, and each third of these on from there.

    Origins have higher numbers, so that no chain leads back.
    """
    kinds = [kind.value for kind in OriginKind]
    for one in range(1, number - 2):
        if one % 16 == 5 or one % 48 == 6:
            yield {"source_id": one, "origin_id": one + 1, "kind": kinds[one % len(kinds)]}


def load_texts(library: Library, number: int) -> None:
    """Give a text to the first sources whose number is 1 more than a multiple of 2."""
    blobs, captures, layers, extractions = [], [], [], []
    for one in range(1, number + 1):
        source = 2 * one - 1
        sentences = [
            library.prose.sentence(12, 26, *([PRESENT_TERM] if place % 40 == 0 else []))
            for place in range(SENTENCES)
        ]
        sentences = list(dict.fromkeys(sentences))
        data = "\n\n".join(sentences).encode()
        extracted = extract(data, media_type="text/plain", file_name=f"s{source}.txt")
        digest = sha256(data).hexdigest()
        blob = Blob(sha256=digest)
        if not default_storage.exists(blob.storage_name):
            default_storage.save(blob.storage_name, ContentFile(data))
        at = BEGINNING + timedelta(hours=one)
        fields = layer_fields(extracted)
        by = {"extractor": extracted.extractor, "version": extracted.version}
        blobs.append({"id": one, "sha256": digest, "size": len(data)})
        captures.append(
            {
                "id": one,
                "source_id": source,
                "blob_id": one,
                "media_type": "text/plain",
                "file_name": f"s{source}.txt",
                "captured_at": at,
                "captured_by_id": library.contributor,
                "fetched_from": f"https://example.org/s{source}",
            }
        )
        layers.append({"id": one, "blob_id": one, **by, **fields})
        extractions.append(
            {
                "capture_id": one,
                **by,
                "extracted_at": at,
                "outcome": ExtractionOutcome.TEXT.value,
                "layer_id": one,
            }
        )
        text, start = fields["text"], 0
        library.documents[source] = Document(source, one, text, tuple(extracted.apparatus))
        for sentence in sentences:
            start = text.index(sentence, start)
            library.sentences.append((source, sentence, start))
            start += len(sentence)
    load(Blob, blobs)
    load(Capture, captures)
    load(TextLayer, layers)
    load(Extraction, extractions)
    library.chance.shuffle(library.sentences)


def load_series(library: Library) -> None:
    """Make series of the sources with a text; every third has one source without a text besides."""
    with_text = sorted(library.documents)
    without = [source for source in library.keys if source not in library.documents]
    for number in range(1, 5):
        begin = (number - 1) * SERIES_LENGTH % max(len(with_text) - SERIES_LENGTH, 1)
        members = with_text[begin : begin + SERIES_LENGTH]
        if number % 3 == 0:
            members.append(without[number])
        library.series[number] = (f"series-{number}", members)
    load(
        Series,
        (
            {"id": one, "key": key, "title": f"Series {one}"}
            for one, (key, _members) in library.series.items()
        ),
    )
    load(
        SeriesMember,
        (
            {"series_id": one, "source_id": source, "position": place}
            for one, (_key, members) in library.series.items()
            for place, source in enumerate(members, start=1)
        ),
    )
