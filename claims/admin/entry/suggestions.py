"""Suggestions for the inputs of claims while one types."""

from typing import Any

from django.utils import timezone

from claims.models import Entity, Property
from sources.admin.fields import MAX_OPTIONS, Datalist, datalist


def offered_entities(reader: Any) -> Datalist:
    """The entities that the account may know, but for those merged into another."""
    known = Entity.objects.surviving().known_to(reader, timezone.now())
    return datalist("offer-entities", known, "label")


def offered_bases() -> Datalist:
    """The bases of all properties that list some, each with the properties that it is of."""
    labels: dict[str, list[str]] = {}
    listed = Property.objects.exclude(bases=[]).order_by("label", "pk")
    for label, bases in listed.values_list("label", "bases")[:MAX_OPTIONS]:
        for basis in bases:
            labels.setdefault(basis, []).append(label)
    return {"name": "offer-bases", "options": [(one, ", ".join(of)) for one, of in labels.items()]}
