"""Filters by the value of a claim: equal, above, below, overlapping, in any unit that converts.

What is typed is read as the values of claims are, by the kind and unit of each property that may be
meant: those asked for, else all that the reader may know of. A number without a unit is in the unit
asked for, else in that of each property. Currencies never convert.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

from django.db.models import Q
from django.utils.translation import gettext as _
from psycopg.types.range import Range as PgRange

from claims.domain.values.numbers import Number, NumberRefused, parse_number
from claims.domain.values.units import are_same_unit, find_unit
from claims.domain.values.value import Value, parse_value
from claims.models import Property
from claims.readings.known_keys import ENTITIES, PROPERTIES
from claims.vocabulary import ValueKind
from sources.domain.query import QueryRefused
from sources.domain.query_values import nearest_words
from sources.domain.refusals import Refusal, quoted
from sources.readings.filters import Asked, Holds

Comparison = Literal["equal", "above", "below", "overlaps"]

_NUMBERS = (ValueKind.QUANTITY, ValueKind.COUNT)
# Any words are a text or may be a key: these are read where a property of the kind is asked for.
_ANY_WORDS = (ValueKind.TEXT, ValueKind.ENTITY)
_MAX_LISTED = 20

Groups = Mapping[tuple[ValueKind, str], list[int]]


def value_holds(comparison: Comparison) -> Holds:
    """The condition that a claim's value compares so with one of the words."""

    def holds(words: Sequence[str], asked: Asked) -> Q:
        groups = _groups(asked)
        condition = Q()
        for word in words:
            condition |= _of_word(word, comparison, groups, asked)
        return condition

    return holds


def unit_holds(words: Sequence[str], asked: Asked) -> Q:
    """The condition that a value is measured in one of the units, or in one that converts into it.

    Raises QueryRefused for a word that is no unit, and measures nothing the reader knows of.
    """
    ids: list[int] = []
    groups = _known_groups(asked)
    for word in words:
        found = [pk for (_kind, unit), of in groups.items() if _measures(word, unit) for pk in of]
        if not found and find_unit(word) is None:
            raise _unknown_unit(word, groups)
        ids += found
    return Q(property__in=ids)


def _of_word(word: str, comparison: Comparison, groups: Groups, asked: Asked) -> Q:
    """The condition for one word; each property reads it as its own values are read."""
    condition, is_read = Q(), False
    refusals: list[Refusal] = []
    for (kind, unit), ids in groups.items():
        if kind in _ANY_WORDS and "property" not in asked.clauses:
            continue
        try:
            typed = _with_unit(word, asked) if kind in _NUMBERS else word
            of_kind = _of_kind(typed, kind, unit, comparison, asked)
        except Refusal as refusal:
            refusals.append(refusal)
            continue
        condition |= Q(property__in=ids) & of_kind
        is_read = True
    if is_read:
        return condition
    raise _not_read(word, groups, refusals, asked)


def _of_kind(typed: str, kind: ValueKind, unit: str, comparison: Comparison, asked: Asked) -> Q:
    value = parse_value(typed, kind=kind, unit=unit)
    if comparison in ("above", "below"):
        return _beyond(value, kind, comparison)
    match kind:
        case ValueKind.QUANTITY | ValueKind.COUNT:
            if comparison == "overlaps":
                return Q(amount__overlap=_pg(value.amount))
            return Q(amount=_pg(value.amount)) if value.point is None else Q(point=value.point)
        case ValueKind.DATE:
            days = _pg(value.dates)
            return Q(dates__overlap=days) if comparison == "overlaps" else Q(dates=days)
        case ValueKind.TRUTH | ValueKind.PRESENCE:
            return Q(truth=value.truth)
        case ValueKind.ENTITY:
            return Q(value_entity__in=ENTITIES.ids([str(value.entity)], asked.reader))
        case ValueKind.TEXT:
            return Q(value_text=value.text)


def _beyond(value: Value, kind: ValueKind, comparison: Comparison) -> Q:
    """All that the value covers lies beyond the number, or the days, that were typed."""
    lookup = "fully_gt" if comparison == "above" else "fully_lt"
    if kind == ValueKind.DATE:
        return Q(**{f"dates__{lookup}": _pg(value.dates)})
    if kind not in _NUMBERS:
        raise QueryRefused(
            "not_a_number",
            _("%(value)s is no number or date: nothing is above or below it.")
            % {"value": quoted(value.typed)},
        )
    if value.point is None:
        raise QueryRefused(
            "not_one_number",
            _("%(value)s is a range. Write one number, as in `5`.")
            % {"value": quoted(value.typed)},
        )
    return Q(**{f"amount__{lookup}": PgRange(value.point, value.point, "[]")})


def _with_unit(word: str, asked: Asked) -> str:
    """The number with the unit that is asked for, where it has none itself.

    Raises NumberRefused, and QueryRefused where several units could be meant.
    """
    clauses = asked.clauses.get("unit", ())
    units = [unit for clause in clauses if not clause.is_negated for unit in clause.words]
    if not units or parse_number(word).unit:
        return word
    if len(units) > 1:
        raise QueryRefused(
            "several_units",
            _("%(value)s may be in each of several units. Write the unit beside the number.")
            % {"value": quoted(word)},
        )
    return f"{word} {units[0]}"


def _groups(asked: Asked) -> Groups:
    """The properties that a value may be of, by kind and unit."""
    if "property" not in asked.clauses:
        return _known_groups(asked)
    words = [
        word
        for clause in asked.clauses["property"]
        if not clause.is_negated
        for word in clause.words
    ]
    if not words:
        return _known_groups(asked)
    return _grouped(PROPERTIES.ids(words, asked.reader))


def _known_groups(asked: Asked) -> Groups:
    reader = asked.reader
    ids = list(Property.objects.values_list("pk", flat=True))
    return _grouped(Property.objects.all().ids_known_to(ids, reader.account, reader.at))


def _grouped(ids: Collection[int]) -> Groups:
    groups: dict[tuple[ValueKind, str], list[int]] = defaultdict(list)
    rows = Property.objects.filter(pk__in=ids).order_by("pk")
    for pk, kind, unit in rows.values_list("pk", "value_kind", "unit"):
        groups[ValueKind(kind), unit].append(pk)
    return groups


def _not_read(word: str, groups: Groups, refusals: Sequence[Refusal], asked: Asked) -> Refusal:
    """The refusal of a word that no property reads."""
    if "property" in asked.clauses and refusals:
        return refusals[0]
    try:
        number: Number = parse_number(_with_unit(word, asked))
    except (NumberRefused, QueryRefused) as refusal:
        return refusal
    if refusals and any(kind in _NUMBERS and _measures(number.unit, unit) for kind, unit in groups):
        return refusals[0]
    return _unknown_unit(number.unit, groups)


def _unknown_unit(word: str, groups: Groups) -> QueryRefused:
    """The refusal of a unit in which nothing that the reader knows of is measured."""
    known = sorted({unit for (_kind, unit) in groups if unit})
    message = _("Nothing that you may know of is measured in %(unit)s.") % {"unit": quoted(word)}
    if known:
        nearest = nearest_words(word, known)[:_MAX_LISTED]
        message += " " + _("Units that are: %(units)s.") % {"units": ", ".join(nearest)}
    return QueryRefused("unknown_unit", message)


def _measures(word: str, unit: str) -> bool:
    """Whether a property of that unit is measured in what the word means."""
    asked, known = find_unit(word), find_unit(unit)
    if asked is not None and known is not None:
        return asked.dimension == known.dimension
    return bool(unit) and are_same_unit(word, unit)


def _pg(given: Any) -> Any:
    return None if given is None else PgRange(given.lower, given.upper, given.bounds)
