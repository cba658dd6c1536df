"""Search in the database: a text is found by each of its words, and no query is an error."""

import pytest
from django.db import connection
from hypothesis import assume, given
from hypothesis import strategies as st

from sources.domain.search.lexemes import VectorPart, search_vector, term_query
from sources.domain.search.tokens import tokens_of
from sources.domain.search.typed import MAX_LENGTH, SearchRefused, TypedSearch, read_search
from sources.querysets.search import joined_query
from tests.sources.domain.search.test_typed import ANY_TEXT

pytestmark = pytest.mark.django_db

# Of a text without a language, and of Chinese, there are no stems.
LANGUAGES = ["", "zh", "cs", "de", "en", "et", "pl", "ru", "uk"]
STEMMED = LANGUAGES[2:]


def is_found(text: str, language: str, search: TypedSearch) -> bool:
    """Whether the database finds a text by a search, as it is stored and asked."""
    terms = [*search.terms, *search.excluded]
    query = joined_query(search, {term: term_query(term, STEMMED) for term in terms})
    vector = search_vector([VectorPart(text, language, "A")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector, query])
        (found,) = cursor.fetchone()
    return bool(found)


def storable(text: str) -> str:
    """The text without characters that no text on record has."""
    return "".join(one for one in text if one != "\0" and not "\ud800" <= one <= "\udfff")


@given(ANY_TEXT.map(storable), st.sampled_from(LANGUAGES), st.data())
def test_a_text_is_found_by_each_of_its_words(
    text: str, language: str, data: st.DataObject
) -> None:
    words = [text[token.start : token.end] for token in tokens_of(text)]
    assume(words)
    word = data.draw(st.sampled_from(words))
    assume(len(word) <= MAX_LENGTH and word.lower() != "or")

    assert is_found(text, language, read_search(word))


@given(ANY_TEXT)
def test_the_database_takes_whatever_query_is_read(typed: str) -> None:
    try:
        search = read_search(typed)
    except SearchRefused:
        return
    assert not is_found("", "en", search)
