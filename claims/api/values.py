"""Values and periods in the API: as written, as a range, and as the number written."""

from decimal import Decimal
from typing import Annotated, Any, TypedDict

from claims.api.references import EntityRefShape, present_entity_ref
from claims.models import Version
from claims.vocabulary import DecimalMark, Degree, ValueKind
from sources.api.serializers import DaysShape, present_days
from sources.api.visit import Visit


class RangeShape(TypedDict):
    """The numbers or days that a value covers. Numbers are strings, days ISO 8601.

    A null end is unbounded, and such an end is never closed.
    """

    lower: str | None
    upper: str | None
    lower_closed: bool
    upper_closed: bool


class ValueShape(TypedDict):
    """A value: as typed, as the source wrote it, and as a range or other value."""

    typed: Annotated[str, "As the desk typed it; empty where it names a confidential source."]
    decimal_mark: Annotated[
        DecimalMark | None, "How the number typed is written; null for digits with a point."
    ]
    as_written: Annotated[str, "The source's own wording."]
    kind: ValueKind
    unit: Annotated[str, "The unit of the property, in which range and value_point are given."]
    range: Annotated[RangeShape | None, "Of a quantity, a count or a date."]
    value_point: Annotated[str | None, "The number that was written, where one was."]
    truth: Annotated[bool | None, "Of a truth; of a presence, whether it is there."]
    entity: EntityRefShape | None
    text: str | None
    degree: Annotated[Degree | None, "How much room a document gives to it."]
    approximate: bool


class PeriodShape(DaysShape):
    """The period in which a claim held: as typed in words or EDTF, and its days, half-open."""

    typed: str


def present_value(version: Version, visit: Visit) -> ValueShape | None:
    """Present the value, where the version has one."""
    if version.property is None:
        return None
    entity = present_entity_ref(version.value_entity, visit)
    is_known = entity is None or entity["key"] is not None
    return {
        "typed": version.value if is_known else "",
        "decimal_mark": DecimalMark(version.decimal_mark) if version.decimal_mark else None,
        "as_written": version.as_written,
        "kind": ValueKind(version.property.value_kind),
        "unit": version.property.unit,
        "range": present_range(version.amount if version.amount is not None else version.dates),
        "value_point": _end(version.point),
        "truth": version.truth,
        "entity": entity,
        "text": version.value_text,
        "degree": Degree(version.degree) if version.degree else None,
        "approximate": version.approximate,
    }


def present_range(covered: Any) -> RangeShape | None:
    """Present the ends of a range of numbers or days as text."""
    if covered is None:
        return None
    return {
        "lower": _end(covered.lower),
        "upper": _end(covered.upper),
        "lower_closed": covered.lower_inc,
        "upper_closed": covered.upper_inc,
    }


def _end(end: Any) -> str | None:
    if end is None:
        return None
    return format(end, "f") if isinstance(end, Decimal) else str(end.isoformat())


def present_period(version: Version) -> PeriodShape | None:
    """Present the period, where the version has one."""
    days = present_days(version.period_days)
    return None if days is None else {"typed": version.period, **days}
