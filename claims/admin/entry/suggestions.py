"""Suggestions for the inputs of claims while one types."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from claims.domain.values.units import unit_names
from claims.models import Entity, Property
from sources.admin.fields import MAX_OPTIONS, Datalist


def offered_entities(reader: Any) -> Datalist:
    """The entities that the account may know, but for those merged into another."""
    known = Entity.objects.surviving().known_to(reader, timezone.now())
    return {"name": "offer-entities", "options": entity_options(known)}


def entity_options(entities: "QuerySet[Any]") -> list[tuple[str, str]]:
    """The first of these entities, each by its key, with label and other names.

    A browser offers what has the typed words in one of the two: so "PISM" is found by its alias.
    """
    rows = entities.order_by("label", "pk").values_list("key", "label", "aliases")[:MAX_OPTIONS]
    return [(key, _with_aliases(label, aliases)) for key, label, aliases in rows]


def _with_aliases(label: str, aliases: list[str]) -> str:
    """A label, and the other names behind it."""
    return f"{label} ({', '.join(aliases)})" if aliases else label


def offered_bases() -> Datalist:
    """The bases of all properties that list some, each with the properties that it is of."""
    labels: dict[str, list[str]] = {}
    listed = Property.objects.exclude(bases=[]).order_by("label", "pk")
    for label, bases in listed.values_list("label", "bases")[:MAX_OPTIONS]:
        for basis in bases:
            labels.setdefault(basis, []).append(label)
    return {"name": "offer-bases", "options": [(one, ", ".join(of)) for one, of in labels.items()]}


def offered_units() -> Datalist:
    """All units that the table knows, for a property that is made."""
    return {"name": "offer-units", "options": [(name, name) for name in unit_names()]}
