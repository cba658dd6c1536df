"""The rows of versions from which the words that find them are made."""

from collections.abc import Sequence
from typing import Any

import msgspec

_VERSIONS = """
SELECT jsonb_build_object(
    'id', v.id, 'statement', v.statement, 'language', v.language, 'as_written', v.as_written,
    'value', CASE WHEN v.value_entity_id IS NULL THEN v.value ELSE '' END,
    'subject', v.subject_id, 'value_entity', v.value_entity_id, 'aspect', v.aspect_id,
    'numbers', ARRAY[v.point::text, lower(v.amount)::text, upper(v.amount)::text],
    'unit', p.unit,
    'asserters', ARRAY(SELECT a.entity_id FROM claims_asserter a
        WHERE a.version_id = v.id AND a.entity_id IS NOT NULL),
    'described', ARRAY(SELECT a.description FROM claims_asserter a
        WHERE a.version_id = v.id AND a.entity_id IS NULL ORDER BY a.position),
    'topics', ARRAY(SELECT t.topic_id FROM claims_claimtopic t WHERE t.claim_id = v.claim_id),
    'quotes', ARRAY(SELECT jsonb_build_object('exact', x.exact, 'left_out', x.left_out,
            'language', x.language, 'access', s.access,
            'source', jsonb_build_object('title', s.title, 'authors', s.authors,
                'publisher', n.name, 'container', s.container, 'language', s.language,
                'doi', s.doi, 'isbn', s.isbn, 'url', s.url))
        FROM claims_evidence e JOIN sources_excerpt x ON x.id = e.excerpt_id
        JOIN sources_source s ON s.id = x.source_id
        LEFT JOIN sources_publisher n ON n.id = s.publisher_id
        WHERE e.version_id = v.id AND s.access <> 'named' ORDER BY e.id))::text
FROM claims_version v LEFT JOIN claims_property p ON p.id = v.property_id
WHERE v.id = ANY(%s) ORDER BY v.id
"""
# By table: where the words of its rows are stored, and by which column.
WORDS_OF = {
    "claims_version": ("claims_versionwords", "version_id"),
    "claims_entity": ("claims_entitywords", "entity_id"),
    "claims_topic": ("claims_topicwords", "topic_id"),
    "sources_source": ("sources_sourcewords", "source_id"),
}
_WITHOUT_WORDS = """
SELECT v.id FROM {table} v WHERE v.id > %s
AND NOT EXISTS (SELECT FROM {words} w WHERE w.{key} = v.id) ORDER BY v.id LIMIT %s
"""


class SearchedQuote(msgspec.Struct):
    """A quote of a source that the desk may know, with the record of the source."""

    exact: str
    left_out: list[tuple[int, int, str]]
    language: str
    access: str
    source: dict[str, Any]


class SearchedVersion(msgspec.Struct):
    """The content by which a version is found, with names as ids."""

    id: int
    statement: str
    language: str
    as_written: str
    value: str
    subject: int | None
    value_entity: int | None
    aspect: int | None
    numbers: list[str | None]
    unit: str | None
    asserters: list[int]
    described: list[str]
    topics: list[int]
    quotes: list[SearchedQuote]


_ROW = msgspec.json.Decoder(SearchedVersion).decode


def version_rows(cursor: Any, versions: Sequence[int]) -> list[SearchedVersion]:
    """The rows of these versions, by id."""
    cursor.execute(_VERSIONS, [list(versions)])
    return [_ROW(row) for (row,) in cursor.fetchall()]


def ids_without_words(cursor: Any, table: str, *, after: int, limit: int) -> list[int]:
    """The first rows of a table behind this id of which no words are stored."""
    words, key = WORDS_OF[table]
    cursor.execute(_WITHOUT_WORDS.format(table=table, words=words, key=key), [after, limit])
    return [pk for (pk,) in cursor.fetchall()]
