"""Keep the words by which claims and names are found, in the transaction that changes them.

The content of a version never changes, so that its words are written with it; they follow what
changes beside it: the record and the access of a quoted source, the words of a quote that are
printed or were withheld, the topics of its claim.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Q

from claims.models import Entity, Evidence, Topic, Version
from claims.querysets.search_rows import SearchedVersion, ids_without_words, version_rows
from sources.actions.search_words import (
    parts_of_record,
    record_identifiers,
    save_languages,
    write_source_words,
)
from sources.domain.printed_words import LeftOut, printed_words
from sources.domain.search.identifiers import wikidata_lexeme
from sources.domain.search.lexemes import VectorPart, search_vector, value_lexeme
from sources.models import Excerpt, Source
from sources.vocabulary import Access

BATCH = 500
_SHARES = ("percent", "percentage point")

_SAVE = """
INSERT INTO {table} ({key}, words) SELECT * FROM unnest(%s::bigint[], %s::text[]::tsvector[])
ON CONFLICT ({key}) DO UPDATE SET words = EXCLUDED.words
"""
_SAVE_VERSIONS = _SAVE.format(table="claims_versionwords", key="version_id")
_SAVE_ENTITIES = _SAVE.format(table="claims_entitywords", key="entity_id")
_SAVE_TOPICS = _SAVE.format(table="claims_topicwords", key="topic_id")

_ENTITIES = "SELECT id, label, aliases::text, key, wikidata FROM claims_entity WHERE id = ANY(%s)"
_TOPICS = "SELECT id, name FROM claims_topic WHERE id = ANY(%s)"


def index_versions(versions: Collection[int]) -> None:
    """Store the words of these versions as they are now."""
    with connection.cursor() as cursor:
        ids = sorted(versions)
        for start in range(0, len(ids), BATCH):
            _write_versions(cursor, ids[start : start + BATCH])


def index_entity(entity: Entity) -> None:
    """Store the words of an entity."""
    with connection.cursor() as cursor:
        _write_entities(cursor, [entity.pk])


def index_topic(topic: Topic) -> None:
    """Store the words of a topic."""
    with connection.cursor() as cursor:
        _write_topics(cursor, [topic.pk])


def fill_words(cursor: Any) -> int:
    """Store the words of all rows that have none yet; says how many there were."""
    count = 0
    for table, write in (
        ("sources_source", write_source_words),
        ("claims_entity", _write_entities),
        ("claims_topic", _write_topics),
        ("claims_version", _write_versions),
    ):
        last = 0
        while found := ids_without_words(cursor, table, after=last, limit=BATCH):
            write(cursor, found)
            last, count = found[-1], count + len(found)
    return count


def follow_revised_record(*, source: Source, **_more: Any) -> None:
    """Find the claims that quote a source by its record and its access as they are now."""
    _index_where(Q(excerpt__source=source))


def follow_renamed_publisher(*, sources: Collection[int], **_more: Any) -> None:
    """Find the claims that quote sources by the name that their publisher has now."""
    _index_where(Q(excerpt__source__in=sources))


def follow_printed_words(*, excerpts: Collection[int], **_more: Any) -> None:
    """Find the claims that rest on quotes by the words that are printed of them now."""
    _index_where(Q(excerpt__in=excerpts))


def follow_withheld_quote(*, excerpt: Excerpt, **_more: Any) -> None:
    """Find no claim any more by the words of a quote that were withheld."""
    _index_where(Q(excerpt=excerpt))


def _index_where(which: Q) -> None:
    quoting = Evidence.objects.filter(which)
    index_versions(set(quoting.values_list("version", flat=True)))


def index_claim(claim: int) -> None:
    """Store the words of all versions of a claim, whose topics changed."""
    index_versions(set(Version.objects.filter(claim=claim).values_list("pk", flat=True)))


def _vector(row: SearchedVersion) -> str:
    entities = {row.subject, row.value_entity, *row.asserters} - {None}
    labels = [
        *(f"e:{pk}" for pk in sorted(entities, key=str)),
        *(f"t:{pk}" for pk in sorted({row.aspect, *row.topics} - {None}, key=str)),
        *_values(row),
        *(
            label
            for quote in row.quotes
            if _is_public(quote)
            for label in record_identifiers(quote.source)
        ),
    ]
    return search_vector(_parts(row), labels)


def _parts(row: SearchedVersion) -> Iterator[VectorPart]:
    """The texts of a version: the weight of the statement is A, of a value B, of quotes C."""
    yield VectorPart(row.statement, row.language, "A")
    for text in (row.as_written, row.value):
        if text:
            yield VectorPart(text, row.language, "B")
    for text in row.described:
        yield VectorPart(text, row.language, "D")
    for quote in row.quotes:
        for_staff = not _is_public(quote)
        words = printed_words(quote.exact, [LeftOut(*span) for span in quote.left_out])
        language = quote.language or quote.source["language"] or row.language
        yield VectorPart(words, language, "C", for_staff)
        yield from parts_of_record(quote.source, title="D", others="D", for_staff=for_staff)


def _is_public(quote: Any) -> bool:
    return bool(quote.access == Access.PUBLIC)


def _values(row: SearchedVersion) -> list[str]:
    """The lexemes of a number and of the ends of its range; of a share also with its sign."""
    numbers = {Decimal(each) for each in row.numbers if each is not None}
    finite = sorted(number for number in numbers if number.is_finite())
    shares = finite if row.unit in _SHARES else []
    return [
        *(value_lexeme(number) for number in finite),
        *(value_lexeme(number, is_share=True) for number in shares),
    ]


def _write_versions(cursor: Any, versions: Sequence[int]) -> None:
    rows = version_rows(cursor, versions)
    _save(cursor, _SAVE_VERSIONS, [(row.id, _vector(row)) for row in rows])
    save_languages(cursor, {part.language for row in rows for part in _parts(row)})


def _write_entities(cursor: Any, entities: Sequence[int]) -> None:
    """Labels are of no language that is known; their stems are those of English."""
    cursor.execute(_ENTITIES, [list(entities)])
    found = []
    for pk, label, aliases, key, wikidata in cursor.fetchall():
        others = [VectorPart(alias, "en", "B") for alias in json.loads(aliases)]
        parts = [VectorPart(label, "en", "A"), *others, VectorPart(key, "", "C")]
        found.append((pk, search_vector(parts, [wikidata_lexeme(wikidata)])))
    _save(cursor, _SAVE_ENTITIES, found)
    save_languages(cursor, {"en"})


def _write_topics(cursor: Any, topics: Sequence[int]) -> None:
    cursor.execute(_TOPICS, [list(topics)])
    parts = [(pk, [VectorPart(name, "en", "A")]) for pk, name in cursor.fetchall()]
    _save(cursor, _SAVE_TOPICS, [(pk, search_vector(each)) for pk, each in parts])
    save_languages(cursor, {"en"})


def _save(cursor: Any, statement: str, found: Sequence[tuple[int, str]]) -> None:
    if found:
        cursor.execute(statement, [[pk for pk, _each in found], [each for _pk, each in found]])
