"""Filters of a list of the API at their edges: what each query finds, and what holds for all words.

A module of tests names by list what its queries find, in a world of its own. `check_laws` holds
of every filter: not is the rest of what a reader sees, nulls included; a comma is either, and the
same parameter again is and.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Self

from django.test import Client

from sources.domain.query import read_clause
from sources.readings.filters import Filter, Filters

API = "/api/v1/"

# The rows that anybody finds by a query, or the code by which it is refused. Two of them: what the
# public finds, and what the desk finds.
Found = Collection[str] | str
Edges = Mapping[str, Found | tuple[Found, Found]]


@dataclass(frozen=True)
class FilteredList:
    """A list of the API.

    `name` is how a test calls a row, given `names` by reference or id of the world that was built.
    """

    path: str
    edges: Edges
    name: Callable[[Mapping[str, Any], Mapping[str, str]], str]
    names: Mapping[str, str] = field(default_factory=dict)

    def filled(self, refs: Mapping[str, str], names: Mapping[str, str] | None = None) -> Self:
        """The list with the references of a world in its queries, where they say `{name}`."""
        edges = {query.format(**refs): found for query, found in self.edges.items()}
        known = {ref: name for name, ref in refs.items()} if names is None else names
        return replace(self, edges=edges, names=known)

    def ask(self, client: Client, *asked: tuple[str, str]) -> set[str] | str:
        """The names of all rows that a query finds, or the code by which it is refused."""
        parameters: dict[str, list[str]] = {}
        for parameter, word in asked:
            parameters.setdefault(parameter, []).append(word)
        response = client.get(f"{API}{self.path}/", {**parameters, "limit": "100"})
        body = response.json()
        if response.status_code == 400:
            assert body["detail"].endswith("."), body
            return str(body["code"])
        assert response.status_code == 200, body
        rows = body["first"]["items"] if "first" in body else body["results"]
        names = [self.name(row, self.names) for row in rows]
        assert len(names) == len(set(names)), f"a row comes twice: {names}"
        return set(names)

    def found_by_each(self, client: Client) -> dict[str, set[str] | str]:
        """Ask each query of the table."""
        return {query: self.ask(client, *parsed(query)) for query in self.edges}

    def expected(self, *, desk: bool) -> dict[str, set[str] | str]:
        """The names or the refusal that the table gives for each query."""
        chosen = {
            query: found[desk] if isinstance(found, tuple) else found
            for query, found in self.edges.items()
        }
        return {
            query: found if isinstance(found, str) else set(found)
            for query, found in chosen.items()
        }

    def words(self, filters: Filters) -> dict[str, list[str]]:
        """By parameter the words of the table that are asked for alone, and neither refused."""
        words: dict[str, list[str]] = {}
        for query, found in self.edges.items():
            both = found if isinstance(found, tuple) else (found, found)
            asked = parsed(query)
            if len(asked) == 1 and not any(isinstance(one, str) for one in both):
                ((parameter, word),) = asked
                one = filters[parameter]
                if isinstance(one, Filter) and is_one_word(one, word):
                    words.setdefault(parameter, []).append(word)
        return words


def parsed(query: str) -> list[tuple[str, str]]:
    """The parameters of a query as it is written in a table: nothing in it is escaped."""
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    return [(name, word) for name, _mark, word in pairs]


def is_one_word(one: Filter, written: str) -> bool:
    """Whether a parameter is one word, without a not."""
    clause = read_clause(written, is_within_word=one.is_within_word)
    return len(clause.words) + clause.or_none == 1 and not clause.is_negated


def check_laws(listed: FilteredList, filters: Filters, client: Client) -> None:
    """Not is the rest; a comma is either; the same parameter again is and. Of all words."""
    everything = listed.ask(client)
    assert isinstance(everything, set)
    for parameter, words in listed.words(filters).items():
        found: dict[str, set[str]] = {}
        for word in words:
            rows = listed.ask(client, (parameter, word))
            assert isinstance(rows, set)
            found[word] = rows
            rest = listed.ask(client, (parameter, f"!{word}"))
            assert rest == everything - rows, (parameter, word, "not")
        for one, other in pairwise(words):
            either = listed.ask(client, (parameter, f"{one},{other}"))
            assert either == found[one] | found[other], (parameter, one, other, "either")
            both = listed.ask(client, (parameter, one), (parameter, other))
            assert both == found[one] & found[other], (parameter, one, other, "both")


def untested(listed: FilteredList, filters: Filters) -> Iterator[str]:
    """Return the filters that no query of the table asks: each parameter, and its `none`.

    A filter is asked where a query finds some rows by it and leaves others out.
    """
    everything = set(listed.expected(desk=True)[""])
    some = {
        query
        for query, found in listed.expected(desk=True).items()
        if isinstance(found, set) and set() < found < everything
    }
    for parameter, one in filters.items():
        asked = {word for query in some for name, word in parsed(query) if name == parameter}
        if not asked - {"none", "!none"}:
            yield parameter
        if isinstance(one, Filter) and one.none is not None and not asked & {"none", "!none"}:
            yield f"{parameter}=none"
