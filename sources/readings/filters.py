"""Filters of lists, the same for the API, the desk and saved queries: read strictly, then narrow.

A list names its filters; each says which rows are any of some words. The grammar of a parameter is
in `sources.domain.query`: several words, none, not, and the same parameter again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sources.domain.query import MAX_CLAUSES, Clause, IsWithinWord, QueryRefused, read_clause
from sources.domain.query_values import read_code, read_truth
from sources.domain.refusals import Refusal, quoted
from sources.domain.search.typed import TypedSearch, read_search
from sources.readings.reader import Reader
from sources.vocabulary import LabelledEnum

Text = str | Promise

# Clauses about one related row are multiplied where several parameters come more than once.
_MAX_COMBINED = 24


@dataclass(frozen=True)
class Asked:
    """All clauses of a query by the name of the parameter, and for whom it is answered."""

    clauses: Mapping[str, tuple[Clause, ...]]
    reader: Reader


Holds = Callable[[Sequence[str], Asked], Q]
Having = Callable[[Q, Reader], Q]


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which rows a parameter asks for.

    `holds` is the condition that a row is any of the words, `none` that it has none of it; without
    it `none` is refused. With `having`, `holds` is a condition on a related row: clauses of several
    parameters with the same `having` are about one such row. `words` are those that it takes, where
    they are few. `is_within_word` names commas that part no words.
    """

    help_text: Text
    holds: Holds
    none: Callable[[Asked], Q] | None = None
    having: Having | None = None
    words: tuple[str, ...] = ()
    is_within_word: IsWithinWord | None = None


@dataclass(frozen=True)
class WordSearch:
    """A parameter of words to search for, read as every search reads them; given once."""

    help_text: Text


Filters = Mapping[str, Filter | WordSearch]


class FiltersRefused(Refusal):
    """Parameters that are wrong, each by its name with why."""

    def __init__(self, refused: Sequence[tuple[str, Refusal]]) -> None:
        super().__init__(refused[0][1].code, refused[0][1].message)
        self.refused = tuple(refused)


def narrowed(
    rows: Any, filters: Filters, parameters: Mapping[str, Sequence[str]], reader: Reader
) -> Any:
    """Return the rows for which all parameters hold; those that are no filters are passed over.

    Raises FiltersRefused, which names all that are wrong.
    """
    refused: list[tuple[str, Refusal]] = []
    clauses: dict[str, tuple[Clause, ...]] = {}
    searches: list[TypedSearch] = []
    for name, one in filters.items():
        if name in parameters:
            try:
                if isinstance(one, WordSearch):
                    (typed,) = parameters[name]
                    searches.append(read_search(typed))
                else:
                    clauses[name] = _clauses(name, one, parameters[name])
            except Refusal as refusal:
                refused.append((name, refusal))
    asked = Asked(clauses, reader)
    conditions = list(_conditions(filters, asked, refused))
    if refused:
        raise FiltersRefused(refused)
    for search in searches:
        rows = rows.found_by(search, reader.account)
    return rows.filter(*conditions) if conditions else rows


def _clauses(name: str, one: Filter, values: Sequence[str]) -> tuple[Clause, ...]:
    if len(values) > MAX_CLAUSES:
        raise QueryRefused(
            "too_many",
            _("The parameter %(name)s comes %(times)d times. Give it at most %(most)d times.")
            % {"name": quoted(name), "times": len(values), "most": MAX_CLAUSES},
        )
    clauses = tuple(read_clause(value, is_within_word=one.is_within_word) for value in values)
    if one.none is None and any(clause.or_none for clause in clauses):
        raise QueryRefused(
            "none",
            _("Every row has its %(name)s: `none` finds nothing. Leave it out.")
            % {"name": quoted(name)},
        )
    return clauses


def _conditions(filters: Filters, asked: Asked, refused: list[tuple[str, Refusal]]) -> Iterator[Q]:
    """The conditions of all clauses; what is wrong is added to those refused."""
    of_one_row: dict[Having, dict[str, list[Q]]] = {}
    for name, clauses in asked.clauses.items():
        one = filters[name]
        if not isinstance(one, Filter):
            continue
        for clause in clauses:
            try:
                condition = one.holds(clause.words, asked) if clause.words else None
            except Refusal as refusal:
                refused.append((name, refusal))
                continue
            if one.having and condition is not None:
                if not clause.or_none and not clause.is_negated:
                    of_one_row.setdefault(one.having, {}).setdefault(name, []).append(condition)
                    continue
                condition = one.having(condition, asked.reader)
            if clause.or_none and one.none:
                none = one.none(asked)
                condition = none if condition is None else condition | none
            if condition is not None:
                yield ~condition if clause.is_negated else condition
    yield from _of_one_row(of_one_row, asked.reader, refused)


def _of_one_row(
    of_one_row: Mapping[Having, Mapping[str, Sequence[Q]]],
    reader: Reader,
    refused: list[tuple[str, Refusal]],
) -> Iterator[Q]:
    """The conditions on related rows: each combination of one clause of each parameter."""
    for having, conditions in of_one_row.items():
        combined = list(product(*conditions.values()))
        if len(combined) > _MAX_COMBINED:
            names = " and ".join(conditions)
            message = _("%(names)s come too often together. Give each fewer times.")
            refused.append(
                (next(iter(conditions)), QueryRefused("too_many", message % {"names": names}))
            )
            continue
        for together in combined:
            yield having(Q(*together), reader)


# Ways to make filters.


def one_of(column: str, read: Callable[[str], Any] = str) -> Holds:
    """The condition that a column is one of the words, as they are read."""
    return lambda words, _asked: Q(**{f"{column}__in": [read(word) for word in words]})


def of_codes(
    column: str, *vocabularies: type[LabelledEnum], help_text: Text, **more: Any
) -> Filter:
    """A filter by the codes of vocabularies."""
    known = codes(*vocabularies)
    return Filter(
        help_text=help_text,
        words=known,
        holds=one_of(column, lambda word: read_code(word, known)),
        **more,
    )


def codes(*vocabularies: type[LabelledEnum]) -> tuple[str, ...]:
    """The codes of vocabularies, each once."""
    return tuple(dict.fromkeys(word.value for words in vocabularies for word in words))


def of_truth(holds: Callable[[Asked], Q], *, help_text: Text) -> Filter:
    """A filter by whether something is true of a row: `true` or `false`."""

    def condition(words: Sequence[str], asked: Asked) -> Q:
        wanted = {read_truth(word) for word in words}
        if len(wanted) > 1:
            return Q()
        return holds(asked) if wanted == {True} else ~holds(asked)

    return Filter(help_text=help_text, words=("true", "false"), holds=condition)


def is_empty(column: str) -> Callable[[Asked], Q]:
    """The condition that a column of text is empty."""
    return lambda _asked: Q(**{column: ""})


def is_null(column: str) -> Callable[[Asked], Q]:
    """The condition that a column is null."""
    return lambda _asked: Q(**{f"{column}__isnull": True})


def related(rows: QuerySet[Any], name: str, condition: Q = Q(), *, to: str = "pk") -> Q:  # noqa: B008 # never changed
    """The condition that one of these rows, tied by `name` to a row's `to`, is so."""
    return Q(Exists(rows.filter(condition, **{name: OuterRef(to)})))
