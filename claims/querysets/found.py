"""Searches as queries of the database: of typed terms the names that a reader may know, and words.

Names are lexemes of ids in the words of versions. Here those of each term are looked up, so that
a reader finds claims by the names that the reader may know, as they are now.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.apps import apps
from django.db.models import CharField, IntegerField, Q, QuerySet, Value

from sources.domain.search.lexemes import term_query
from sources.domain.search.typed import Term, TypedSearch
from sources.querysets.public_sources import is_allowed
from sources.querysets.readers import is_staff
from sources.querysets.search import WrittenQuery, joined_query, known_languages

# Of more names that have the words of one term, those that were entered first.
MAX_NAMES = 300


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
    found: list[list[str]] = [[] for _term in terms]
    first, *others = [
        rows
        for number, term in enumerate(terms)
        for rows in _named(number, WrittenQuery(term_query(term, languages)), reader)
    ]
    for number, kind, pk in first.union(*others, all=True):
        found[number].append(f"{kind}:{pk}")
    return [list(dict.fromkeys(each)) for each in found]


def _named(number: int, query: WrittenQuery, reader: Any) -> list[QuerySet[Any]]:
    """The entities and topics of a term, as its number, e or t, and the id.

    An entity that was merged is found by the words of the one that survives, too.
    """
    entities = apps.get_model("claims", "Entity").objects
    sources = entities.model._meta.get_field("source").related_model

    def is_open(path: str) -> Q:
        """Whether it stands for no source, or for one that the reader may know."""
        return Q(**{path: None}) | is_allowed(sources, reader, path=path)

    merged = is_open("merged_into__source")
    return [
        _marked(number, "e", rows)
        for rows in (
            entities.filter(is_open("source"), search_words__words=query),
            entities.filter(is_open("source"), merged, merged_into__search_words__words=query),
        )
    ] + [
        _marked(
            number, "t", apps.get_model("claims", "Topic").objects.filter(search_words__words=query)
        )
    ]


def _marked(number: int, kind: str, rows: Any) -> QuerySet[Any]:
    marked = rows.annotate(
        of_term=Value(number, IntegerField()), label_kind=Value(kind, CharField())
    )
    found: QuerySet[Any] = marked.order_by("pk").values_list("of_term", "label_kind", "pk")[
        :MAX_NAMES
    ]
    return found
