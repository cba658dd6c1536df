"""Values and periods in the API: as written, as a range, and as the number written."""

from typing import Annotated, TypedDict

from claims.api.references import EntityRefShape, present_name
from claims.readings.claims import PeriodReading
from claims.readings.values import ValueReading
from claims.vocabulary import DecimalMark, Degree, ValueKind
from sources.api.serializers import DaysShape
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
        DecimalMark | None,
        "How the number typed is written; null where it can be read in one way only.",
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


def present_value(value: ValueReading | None, visit: Visit) -> ValueShape | None:
    """Present the value, where there is one."""
    if value is None:
        return None
    return {
        "typed": value.typed,
        "decimal_mark": value.decimal_mark,
        "as_written": value.as_written,
        "kind": value.kind,
        "unit": value.unit,
        "range": {
            "lower": value.lower,
            "upper": value.upper,
            "lower_closed": value.lower_closed,
            "upper_closed": value.upper_closed,
        }
        if value.is_range
        else None,
        "value_point": value.point,
        "truth": value.truth,
        "entity": present_name(value.entity, visit),
        "text": value.text,
        "degree": value.degree,
        "approximate": value.approximate,
    }


def present_period(period: PeriodReading | None) -> PeriodShape | None:
    """Present the period, where there is one."""
    if period is None:
        return None
    return {"typed": period.typed, "start": period.start, "before": period.before}
