"""Quotes: 200 characters in 1 MB of text, and elsewhere among 10,000 documents of 20 kB."""

import random
from collections.abc import Iterator

from django.db import connection

from factbase.models import User
from sources.actions.quotes.matching import find_other_source
from sources.domain.grading.quotes import FoldedText, grade_quote
from sources.domain.text.apparatus import find_apparatus
from sources.domain.text.pages import text_sha256
from sources.domain.text.word_index import distinct_words
from sources.models import Blob, Capture, Source, TextLayer
from sources.vocabulary import Grade
from tests.benchmarks.measuring import Measured, least
from tests.benchmarks.scale import Scale, own_database

COMMON = (
    "trade fell energy pipeline statement partners in the of and to a by security China Russia "
    "cooperation strategic 9% 2025 “joint” reserves gas—oil policy’s non-nuclear Арктика 天然气"
)
WORDS = COMMON.split()
BATCH = 500
MARKS = (" ", " ", " ", " ", " ", " ", ", ", ". ", "\n", " – ", "¹ ")


def measure(scale: Scale) -> Iterator[Measured]:
    """Each figure of the section."""
    yield from in_one_text()
    with own_database():
        yield from among_texts(scale.documents)


def in_one_text() -> Iterator[Measured]:
    """A quote of 200 characters in a text of 1 MB: there, and not there."""
    text = written(random.Random(1), 1_000_000)  # noqa: S311 - no secret
    there = text[text.index(" ", 700_000) : text.rindex(" ", 0, 700_210)].strip()
    changed = there.replace("2025", "2024")
    strange = "zephyr quartz " * 14
    layer = FoldedText(text, find_apparatus(text))
    assert grade_quote(there, layer).grade == Grade.EXACT
    assert changed != there
    assert not grade_quote(changed, layer).grade.is_found
    assert grade_quote(strange, layer).grade == Grade.MISSING
    plain = least(lambda: text.find(strange))
    cases = [
        ("exact: 200 characters in 1 MB", there, 0.005),
        ("altered by a digit: 200 characters in 1 MB", changed, 0.050),
        ("not found: 200 characters in 1 MB", strange, 0.050),
    ]
    for work, quote, goal in cases:
        seconds = least(lambda quote=quote: grade_quote(quote, layer))  # type: ignore[misc] # bound
        yield Measured(work, seconds, "str.find", plain, goal)
    spans = find_apparatus(text)
    seconds = least(lambda: grade_quote(changed, FoldedText(text, spans)), runs=3)
    yield Measured("altered, in a text that was not folded yet", seconds, "str.find", plain, 0.050)


def among_texts(documents: int) -> Iterator[Measured]:
    """The one document of many that has the words."""
    chance = random.Random(2)  # noqa: S311 - no secret
    vocabulary = [f"w{chance.randrange(40_000):05d}" for _ in range(40_000)]
    for first in range(0, documents, BATCH):
        texts = [prose(chance, vocabulary, 20_000) for _ in range(min(BATCH, documents - first))]
        keep(first, texts)
    asking = Source.objects.get(key="s0")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sources_textlayer")
    hidden = TextLayer.objects.order_by("-pk")[documents // 3]
    quote = hidden.text[5_000:5_200].strip().partition(" ")[2].rpartition(" ")[0]
    common = " ".join(WORDS[:12])
    found = find_other_source(quote, other_than=asking)
    assert found is not None
    assert found[1] == hidden
    assert find_other_source(common, other_than=asking) is None

    def scan() -> None:
        list(TextLayer.objects.filter(text__contains=quote).values_list("pk", flat=True))

    plain = least(scan, runs=1)
    size = f"{documents:,} documents of 20 kB"
    for work, words in (("elsewhere", quote), ("nowhere, of common words", common)):
        seconds = least(lambda words=words: find_other_source(words, other_than=asking))  # type: ignore[misc] # bound
        yield Measured(f"{work}: {size}", seconds, "LIKE over all texts", plain, 1.0)


def written(chance: random.Random, size: int) -> str:
    """Prose of few words with many marks."""
    parts: list[str] = []
    length = 0
    while length < size:
        part = chance.choice(WORDS) + chance.choice(MARKS)
        parts.append(part)
        length += len(part)
    return "".join(parts)


def prose(chance: random.Random, vocabulary: list[str], size: int) -> str:
    """Prose in which few words are common and most are rare."""
    parts: list[str] = []
    length = 0
    while length < size:
        word = (
            chance.choice(WORDS)
            if chance.random() < 0.5
            else vocabulary[int(chance.paretovariate(0.6)) % len(vocabulary)]
        )
        parts.append(word)
        length += len(word) + 1
    return " ".join(parts)


def keep(first: int, texts: list[str]) -> None:
    """Sources with a captured text each, written as rows: only the search is measured."""
    by, _created = User.objects.get_or_create(username="bench", display_name="Bench")
    numbers = range(first, first + len(texts))
    sources = Source.objects.bulk_create(
        Source(key=f"s{number}", type="report", title=f"S{number}", csl={}) for number in numbers
    )
    blobs = Blob.objects.bulk_create(
        Blob(sha256=text_sha256(str(number)), size=20_000) for number in numbers
    )
    Capture.objects.bulk_create(
        Capture(source=source, blob=blob, captured_at="2025-06-01T12:00:00Z", captured_by=by)
        for source, blob in zip(sources, blobs, strict=True)
    )
    TextLayer.objects.bulk_create(
        TextLayer(
            blob=blob,
            extractor="plain-text",
            version="bench",
            text=text,
            text_sha256=text_sha256(text),
            words=distinct_words(text),
        )
        for blob, text in zip(blobs, texts, strict=True)
    )
