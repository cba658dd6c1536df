"""Keep the words by which sources are found, in the transaction that writes their records."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

from sources.domain.bibliography.names import name_as_read
from sources.domain.search.identifiers import address_lexeme, doi_lexeme, isbn_lexeme
from sources.domain.search.lexemes import VectorPart, search_vector
from sources.domain.search.stems import stem_language
from sources.domain.text.search_folding import fold_for_search

_RECORDS = """
SELECT s.id, jsonb_build_object('title', s.title, 'authors', s.authors, 'publisher', p.name,
    'container', s.container, 'language', s.language, 'doi', s.doi, 'isbn', s.isbn,
    'url', s.url)::text
FROM sources_source s LEFT JOIN sources_publisher p ON p.id = s.publisher_id
WHERE s.id = ANY(%s)
"""
_SAVE = """
INSERT INTO sources_sourcewords (source_id, words)
SELECT * FROM unnest(%s::bigint[], %s::text[]::tsvector[])
ON CONFLICT (source_id) DO UPDATE SET words = EXCLUDED.words
"""
_SAVE_LANGUAGES = """
INSERT INTO sources_searchlanguage (code)
SELECT code FROM unnest(%s::text[]) AS given (code)
WHERE NOT EXISTS (SELECT FROM sources_searchlanguage known WHERE known.code = given.code)
ON CONFLICT DO NOTHING
"""


def search_text_of(
    *, title: str, authors: Iterable[str], publishers: Iterable[str], container: str
) -> str:
    """The folded words of a record, in which parts of words are looked for.

    `publishers` are the name that the record has and that of its publisher today.
    """
    names = " ".join(name for name in dict.fromkeys(publishers) if name)
    return fold_for_search(" ".join([title, *authors, names, container]))


def index_sources(sources: Sequence[int]) -> None:
    """Store the words of these sources' records as they are now."""
    with connection.cursor() as cursor:
        write_source_words(cursor, sources)


def write_source_words(cursor: Any, sources: Sequence[int]) -> None:
    """The same by a given cursor, as a migration has one."""
    cursor.execute(_RECORDS, [list(sources)])
    found = [(pk, json.loads(record)) for pk, record in cursor.fetchall()]
    vectors = [
        search_vector(parts_of_record(each), record_identifiers(each)) for _pk, each in found
    ]
    cursor.execute(_SAVE, [[pk for pk, _record in found], vectors])
    save_languages(cursor, {record["language"] for _pk, record in found})


def save_languages(cursor: Any, tags: Collection[str]) -> None:
    """Note which languages have stems among the words on record."""
    codes = sorted({code for tag in tags if (code := stem_language(tag))})
    cursor.execute(_SAVE_LANGUAGES, [codes])


def parts_of_record(
    record: Mapping[str, Any], *, title: str = "A", others: str = "B", for_staff: bool = False
) -> Iterator[VectorPart]:
    """The words of a record: title, authors, publisher, container."""
    language = record["language"]
    yield VectorPart(record["title"], language, title, for_staff)
    names = [name_as_read(author) for author in record["authors"]]
    for text in (*names, record["publisher"] or "", record["container"]):
        if text:
            yield VectorPart(text, language, others, for_staff)


def record_identifiers(record: Mapping[str, Any]) -> Iterable[str]:
    """The identifiers of a record."""
    numbers = record["isbn"].replace(",", " ").split()
    return [
        doi_lexeme(record["doi"]),
        *(isbn_lexeme(number) for number in numbers),
        address_lexeme(record["url"]),
    ]
