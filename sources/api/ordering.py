"""Orders of lists, and the places in them behind which a page starts."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sources.api.parameters import ParameterRefused
from sources.domain.keys import is_key
from sources.domain.query_values import read_code
from sources.domain.refusals import Refusal, quoted

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


@dataclass(frozen=True)
class ListOrder:
    """An order of a list: by a column or expression, then by the unique key of its pages.

    `column` is empty for the order by that key alone. Rows without a value come last, whichever the
    direction.
    """

    column: str = ""
    help_text: str | Promise = ""
    is_nullable: bool = False
    read: Callable[[str], Any] = str

    def rows(
        self, queryset: Any, key: str, after: tuple[str, Any] | None, most: int, *, descending: bool
    ) -> list[Any]:
        """The first rows behind the place `after`, a value as text and a key, at most `most`."""
        sign, beyond = ("-", "lt") if descending else ("", "gt")
        behind = Q() if after is None else Q(**{f"{key}__{beyond}": after[1]})
        if not self.column:
            return list(queryset.filter(behind).order_by(f"{sign}{key}")[:most])
        queryset = self._with_place(queryset)
        found: list[Any] = []
        if after is None or after[0]:
            rows = queryset
            if after is not None:
                value = self.read(after[0])
                rows = rows.filter(
                    behind | Q(**{f"{self.column}__{beyond}": value}),
                    **{f"{self.column}__{beyond}e": value},
                )
            if self.is_nullable:
                rows = rows.filter(**{f"{self.column}__isnull": False})
            found = list(rows.order_by(f"{sign}{self.column}", f"{sign}{key}")[:most])
            behind = Q()
        if self.is_nullable and len(found) < most:
            rest = queryset.filter(behind, **{f"{self.column}__isnull": True})
            found += list(rest.order_by(f"{sign}{key}")[: most - len(found)])
        return found

    def place(self, row: Any) -> str:
        """The value by which a row has its place, as text; empty where it has none."""
        value = row.place if self.column else None
        return "" if value is None else _as_text(value)

    def _with_place(self, queryset: Any) -> Any:
        """The rows with the value of the order as `place`, named tuples as well as models."""
        rows = queryset.annotate(place=F(self.column))
        columns = queryset._fields
        return rows if columns is None else rows.values_list(*columns, "place", named=True)


def read_order(
    written: str | None, orders: Mapping[str, ListOrder], keyset: str
) -> tuple[ListOrder, bool]:
    """Return the order that is asked for, and whether it descends. Raises ParameterRefused."""
    if written is None:
        return ListOrder(), keyset.startswith("-")
    try:
        name = read_code(written.removeprefix("-"), tuple(orders))
    except Refusal as refusal:
        raise ParameterRefused(refusal.code, "ordering", refusal.message) from refusal
    return orders[name], written.startswith("-")


def orders_described(orders: Mapping[str, ListOrder]) -> str:
    """The orders of a list in words."""
    lines = [
        _("The order of the list, `-` before it for descending. Rows without a value come last."),
        *(f"* `{name}`: {order.help_text}" for name, order in orders.items()),
    ]
    return "\n".join(lines)


def write_cursor(key: int | str, place: str = "") -> str:
    """The place behind a row, as an opaque word."""
    text = f"{place}~{key}" if place else str(key)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(
    written: str, *, is_text: bool, order: ListOrder | None = None
) -> tuple[str, int | str]:
    """The place behind which a page starts: the value of the order's column, and the key.

    Only what `write_cursor` writes is read. Raises ParameterRefused.
    """
    try:
        padded = written + "=" * (-len(written) % 4)
        value = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        value = ""
    place, parted, key = value.rpartition("~")
    is_place = is_key(key) if is_text else _NUMBER.fullmatch(key)
    if not is_place or write_cursor(key, place) != written or not _fits(place, parted, order):
        raise ParameterRefused(
            "cursor",
            "cursor",
            _("The cursor %(value)s is none of this list. Follow `next`, or leave it out.")
            % {"value": quoted(written)},
        )
    return place, key if is_text else int(key)


def _fits(place: str, parted: str, order: ListOrder | None) -> bool:
    """Whether a place is one of the order: it has a value where the order has a column."""
    if order is None or not order.column:
        return not parted
    if not place:
        return order.is_nullable and not parted
    try:
        return _as_text(order.read(place)) == place
    except ValueError:
        return False


def _as_text(value: Any) -> str:
    """A moment or a day in ISO 8601; other values as they are."""
    return value.isoformat() if isinstance(value, date) else str(value)
