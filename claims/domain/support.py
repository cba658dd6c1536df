"""How many independent origins stand behind a claim, whatever the number of documents.

Design section 5: the number of groups into which the supporting sources fall when those that
share an origin are joined, shown with the plain numbers of documents, publishers and authors.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """A supporting source, as far as its reader may know it.

    `name` is the title or, of a source kept from the reader, its descriptor; `key` and
    `publisher` are then empty and there are no `authors`, whatever the record has.
    """

    source: int
    name: str
    key: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Support:
    """The supporting documents of a claim, those that share an origin in one group."""

    groups: tuple[tuple[Document, ...], ...] = ()

    @property
    def independent(self) -> int:
        """How many origins that have nothing to do with each other."""
        return len(self.groups)

    @property
    def documents(self) -> int:
        """How many sources, copies and all."""
        return sum(len(group) for group in self.groups)

    @property
    def publishers(self) -> int:
        """How many different publishers; a document without one adds none."""
        return len({one.publisher for group in self.groups for one in group if one.publisher})

    @property
    def authors(self) -> int:
        """How many different names of authors, as the records write them."""
        return len({name for group in self.groups for one in group for name in one.authors})


def grouped(
    sources: Collection[int], ties: Iterable[Mapping[int, Collection[int]]]
) -> tuple[tuple[int, ...], ...]:
    """The sources, those together that share an origin; a source shares itself with its copies.

    `ties` say which sources one derives from, each mapping some of it. Groups and what is in them
    come in the order of `sources`, which holds each once. A chain of any length counts, and two
    that share nothing are still together where a third shares something with each.
    """
    ties = list(ties)
    parents: dict[int, int] = {}
    waiting = list(sources)
    met = set(waiting)
    while waiting:
        here = waiting.pop()
        for origin in (origin for some in ties for origin in some.get(here, ())):
            parents[_root(parents, here)] = _root(parents, origin)
            if origin not in met:
                met.add(origin)
                waiting.append(origin)
    groups: dict[int, list[int]] = {}
    for source in sources:
        groups.setdefault(_root(parents, source), []).append(source)
    return tuple(tuple(group) for group in groups.values())


def _root(parents: dict[int, int], source: int) -> int:
    """The source that stands for all that are known to be together with this one."""
    parents.setdefault(source, source)
    while parents[source] != source:
        parents[source] = parents[parents[source]]
        source = parents[source]
    return source
