"""Searches as queries of the database."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Value

from sources.domain.search.lexemes import term_query
from sources.domain.search.typed import Term, TypedSearch
from sources.querysets.prepared import prepared_rows

_LANGUAGES = "SELECT code FROM sources_searchlanguage ORDER BY code"


class WrittenQuery(SearchQuery):
    """A tsquery that is written already; the database reads no words in it."""

    def __init__(self, written: str) -> None:
        super().__init__(Value(written), search_type="raw")
        self.written = written

    def as_sql(self, *_compiling: Any, **_more: Any) -> tuple[str, list[str]]:  # type: ignore[override] # no template
        """The query as a constant."""
        return "%s::tsquery", [self.written]


def query_of_names(search: TypedSearch, languages: Collection[str]) -> WrittenQuery:
    """The query by which the words of sources, entities and topics are found."""
    terms = [*search.terms, *search.excluded]
    return WrittenQuery(joined_query(search, {term: term_query(term, languages) for term in terms}))


def known_languages() -> list[str]:
    """The languages whose stems are among the words on record."""
    return [code for (code,) in prepared_rows(_LANGUAGES, {})]


def joined_query(search: TypedSearch, written: Mapping[Term, str]) -> str:
    """The tsquery of a search from those of its terms."""
    groups = [" | ".join(written[term] for term in group) for group in search.groups]
    excluded = [f"!{written[term]}" for term in search.excluded]
    return " & ".join([*(f"({each})" for each in groups), *excluded])
