"""Searches as queries of the database: of typed terms the names that a reader may know, and words.

Names are lexemes of ids in the words of versions. Here those of each term are looked up, so that
a reader finds claims by the names that the reader may know, as they are now.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sources.domain.search.lexemes import term_query
from sources.domain.search.typed import Term, TypedSearch
from sources.querysets.prepared import prepared_rows
from sources.querysets.public_sources import SOURCE_IS_ALLOWED, allowing
from sources.querysets.readers import is_staff
from sources.querysets.search import joined_query, known_languages

# Of more names that have the words of one term, those that were entered first.
MAX_NAMES = 300


def _is_open(entity: str) -> str:
    """The condition that an entity stands for no source, or for one that the reader may know."""
    return f"""({entity}.source_id IS NULL OR EXISTS (
        SELECT FROM sources_source s WHERE s.id = {entity}.source_id AND {SOURCE_IS_ALLOWED}))"""


# An entity that was merged is found by the words of the one that survives, too.
_NAMED = f"""
SELECT asked.term, name.label
FROM unnest(%(queries)s::text[]) WITH ORDINALITY AS asked (query, term)
CROSS JOIN LATERAL (
    (SELECT 'e:' || e.id AS label
    FROM claims_entitywords w JOIN claims_entity e ON e.id = w.entity_id
    WHERE w.words @@ asked.query::tsquery AND {_is_open("e")}
    ORDER BY e.id LIMIT {MAX_NAMES})
    UNION
    (SELECT 'e:' || merged.id
    FROM claims_entitywords w
    JOIN claims_entity e ON e.id = w.entity_id
    JOIN claims_entity merged ON merged.merged_into_id = e.id
    WHERE w.words @@ asked.query::tsquery AND {_is_open("e")} AND {_is_open("merged")}
    ORDER BY merged.id LIMIT {MAX_NAMES})
    UNION
    (SELECT 't:' || w.topic_id
    FROM claims_topicwords w WHERE w.words @@ asked.query::tsquery
    ORDER BY w.topic_id LIMIT {MAX_NAMES})
) name
"""  # noqa: S608 - constants only


def query_of_versions(search: TypedSearch, reader: Any) -> str:
    """The tsquery by which the words of versions are found for the reader."""
    terms = [*search.terms, *search.excluded]
    languages = known_languages()
    names = _names(terms, languages, reader)
    written = {
        term: term_query(term, languages, labels=labels, is_staff=is_staff(reader))
        for term, labels in zip(terms, names, strict=True)
    }
    return joined_query(search, written)


def query_of_values(search: TypedSearch) -> str:
    """The tsquery of the values that the numbers among the terms are; empty without numbers."""
    groups = [[value for term in group for value in term.values] for group in search.groups]
    found = [" | ".join(f"'{value}'" for value in values) for values in groups if values]
    return " & ".join(f"({each})" for each in found)


def _names(terms: Sequence[Term], languages: Collection[str], reader: Any) -> list[list[str]]:
    """Of each term the labels of the entities and topics that have its words."""
    queries = [term_query(term, languages) for term in terms]
    found: list[list[str]] = [[] for _term in terms]
    for term, label in prepared_rows(_NAMED, {"queries": queries, **allowing(reader)}):
        found[term - 1].append(label)
    return found
