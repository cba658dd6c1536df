"""Clearing columns through the guards: the content goes, its hash and the reason stay."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet

from sources.models import Withholding, WithholdingRequest

if TYPE_CHECKING:
    from factbase.models import User


@dataclass(frozen=True)
class Order:
    """The decision behind a withholding: why, the two people, and when."""

    reason: str
    administrator: "User"
    second_person: "User"
    at: datetime


def order_of(request: WithholdingRequest, *, by: "User", at: datetime) -> Order:
    """The order that a second person gives by carrying out a request."""
    return Order(request.reason, request.requested_by, by, at)


def clear_columns(rows: "QuerySet[Any]", fields: Sequence[str], order: Order) -> list[int]:
    """Clear the fields of these rows, and store for each row the hash of its content.

    Rows of which nothing is left in the fields are passed over; the ids of the others are
    returned. A row has one Withholding: the first lets later clearings of the row through.
    """
    model = rows.model
    left = Q()
    for name in fields:
        left |= ~Q(**{name: empty_value(model._meta.get_field(name))})
    found = {row["pk"]: row for row in rows.filter(left).order_by("pk").values("pk", *fields)}
    Withholding.objects.bulk_create(
        [withholding_of(model, pk, values, order) for pk, values in found.items()],
        ignore_conflicts=True,
    )
    cleared = {name: empty_value(model._meta.get_field(name)) for name in fields}
    model._default_manager.filter(pk__in=found).update(**cleared)
    return list(found)


def withholding_of(
    model: type[Model], pk: int, values: dict[str, Any], order: Order
) -> Withholding:
    """The row that lets the guard through, with the hash of what stands in the columns now."""
    return Withholding(
        table_name=model._meta.db_table,
        row_id=pk,
        sha256=sha256_of(values),
        reason=order.reason,
        administrator=order.administrator,
        second_person=order.second_person,
        withheld_at=order.at,
    )


def sha256_of(values: dict[str, Any]) -> str:
    """The SHA-256 of columns by name, in one way of writing; bytes stand as hex digits."""
    written = {
        name: bytes(value).hex() if isinstance(value, bytes | memoryview) else value
        for name, value in values.items()
    }
    content = json.dumps(written, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def empty_value(field: Any) -> Any:
    """The value of a cleared column: no words, no bytes, an empty object or list."""
    return field.get_default()


def events_of(model: type[Model]) -> "QuerySet[Any]":
    """The events of a table that has a history."""
    event = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    return event._default_manager.all()
