"""Reading of a value and of dates while they are being typed, and what their property asks for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.claims.content_rows import pg_range
from claims.admin.entry.plain_values import plain_value
from claims.admin.entry.value_needs import value_needs
from claims.domain.values.value import Value, ValueRefused, parse_period, parse_value
from claims.models import Entity, Property
from claims.readings.wording import amount_text, day_text, share_question
from claims.vocabulary import DecimalMark, ValueKind
from sources.admin.fields import find_row
from sources.domain.dates import parse_dates
from sources.domain.ranges import Range
from sources.domain.refusals import Refusal, quoted

_MOST = 1_000  # as much of a field as is read

# The fields of the form that say it, by name.
FIELDS = (*("property", "value", "approximate", "decimal_mark", "basis", "period", "asserted_on"),)


@dataclass(frozen=True)
class Understood:
    """One line for what was understood, empty where nothing was; and what was refused, in full.

    "[8, 10) percent (8 to under 10 percent), year-on-year, 1 January 2025 to 30 June 2025".
    `needs` says what the property that is named asks for, a sentence each.
    """

    line: str
    refused: Sequence[str]
    needs: Sequence[str] = ()


def understand(typed: Callable[[str], Any], by: Any) -> Understood:
    """Read what stands in the fields, in whatever state: `typed` gives one by its name.

    Of entities only those are found that the account may know.
    """
    said, refused = [], []
    words = {name: str(typed(name) or "").strip()[:_MOST] for name in FIELDS}
    prop = _property(words["property"])
    readers: tuple[Callable[[], str], ...] = (
        lambda: _value_words(words, prop, by, approximate=bool(typed("approximate"))),
        lambda: words["basis"],
        lambda: _period_words(words["period"]),
        lambda: _assertion_words(words["asserted_on"]),
    )
    for read in readers:
        try:
            said.append(read())
        except Refusal as refusal:
            refused.append(refusal.message)
        except ValidationError as error:
            refused += error.messages
    needs = () if prop is None else value_needs(prop)
    return Understood(", ".join(filter(None, said)), refused, needs)


def _value_words(
    words: dict[str, str], prop: Property | None, by: Any, *, approximate: bool
) -> str:
    """A number, a date or an entity as it will be compared; other kinds are what was typed."""
    if prop is None or not words["value"]:
        return ""
    entities = Entity.objects.known_to(by, timezone.now())
    mark = words["decimal_mark"]
    if mark and mark not in list(DecimalMark):
        raise ValueRefused("unknown_decimal_mark", _("%s is no decimal mark.") % quoted(mark))
    value = parse_value(
        plain_value(words["value"], prop, entities),
        kind=ValueKind(prop.value_kind),
        unit=prop.unit,
        approximate=approximate,
        decimal_mark=mark,
    )
    if value.entity is not None:
        return str(entities.get(key=value.entity))
    return _amount_words(value, prop.unit) if value.dates is None else _days_words(value.dates)


def _amount_words(value: Value, unit: str) -> str:
    """A range as in mathematics, and in words where these say more."""
    if value.amount is None:
        return ""
    amount = pg_range(value.amount)
    in_words = amount_text(amount, unit)
    if value.amount.lower != value.amount.upper:
        in_words = f"{value.amount} {unit}".strip() + f" ({in_words})"
    return " – ".join(filter(None, (in_words, share_question(amount, unit))))


def _period_words(typed: str) -> str:
    """The days of a period, the last one included."""
    return _days_words(parse_period(typed).days) if typed else ""


def _assertion_words(typed: str) -> str:
    """When it was said, from the first day to the last."""
    said_on = _days_words(parse_dates(typed).days) if typed else ""
    return _("said %(days)s") % {"days": said_on} if said_on else ""


def _days_words(days: Range[date]) -> str:
    """From the first day to the last, or the one day that it is."""
    last = None if days.upper is None else days.upper - timedelta(days=1)
    if days.lower is None:
        return "" if last is None else _("until %(last)s") % {"last": day_text(last)}
    first = day_text(days.lower)
    if last is None:
        return _("from %(first)s on") % {"first": first}
    if last == days.lower:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": day_text(last)}


def _property(typed: str) -> Property | None:
    """The property that was named by key or label, if there is one."""
    try:
        return find_row(Property.objects.all(), typed, "label") if typed else None  # type: ignore[return-value]  # a row of that model
    except ValidationError:
        return None
