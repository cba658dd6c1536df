"""Names, values and periods of a claim as one reader may know them, and in words.

What was typed and what was understood are both told: a reader sees `−9%` and that it was compared
as −10 to under −8 percent.
"""

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
from django.utils.translation import gettext as _
from psycopg.types.range import Range as PgRange

from claims.domain.values.number_grammar import read_written
from claims.readings.facts import ClaimFacts, EntityFacts
from claims.readings.wording import amount_text, date_text, is_rounded
from claims.vocabulary import DecimalMark, Degree, ValueKind
from sources.readings.reader import Reader

if TYPE_CHECKING:
    from claims.models import Entity, Version


class NameReading(msgspec.Struct, frozen=True, gc=False):
    """An entity by name; `key` is None where it stands for a source that the reader may not know,
    whose descriptor is the label."""

    key: str | None
    label: str
    kind: str


class ValueReading(msgspec.Struct, frozen=True, gc=False):
    """A value as typed, as the source wrote it, and as it is compared.

    `typed` is empty where it names a confidential source. `lower` and `upper` are the ends of what
    a number or a date covers, as text, None where there is no end; `is_range` says that it covers
    some. `point` is the number that was written, where one was. Numbers are in `unit`.
    """

    kind: ValueKind
    unit: str
    typed: str
    decimal_mark: DecimalMark | None
    as_written: str
    is_range: bool
    lower: str | None
    upper: str | None
    lower_closed: bool
    upper_closed: bool
    point: str | None
    truth: bool | None
    entity: NameReading | None
    text: str | None
    degree: Degree | None
    approximate: bool


_KINDS = {word.value: word for word in ValueKind}
_DEGREES = {"": None, **{word.value: word for word in Degree}}
_MARKS = {"": None, **{word.value: word for word in DecimalMark}}


def name_reading(facts: EntityFacts | None, reader: Reader) -> NameReading | None:
    """The entity as far as the reader may know it."""
    if facts is None:
        return None
    if facts.source is not None and not reader.knows(facts.source):
        return NameReading(None, facts.source.descriptor, facts.kind)
    return NameReading(facts.key, facts.label, facts.kind)


def value_reading(facts: ClaimFacts, reader: Reader) -> ValueReading | None:
    """The value of a version as far as the reader may know it; None of one without a property."""
    prop = facts.property
    if prop is None:
        return None
    entity = name_reading(facts.value_entity, reader)
    return ValueReading(
        _KINDS[prop.value_kind],
        prop.unit,
        facts.typed if entity is None or entity.key is not None else "",
        _MARKS[facts.decimal_mark],
        facts.as_written,
        facts.lower_closed is not None,
        facts.lower,
        facts.upper,
        bool(facts.lower_closed),
        bool(facts.upper_closed),
        facts.point,
        facts.truth,
        entity,
        facts.text,
        _DEGREES[facts.degree],
        facts.approximate,
    )


def name_of(entity: "Entity | None", reader: Reader) -> NameReading | None:
    """The entity of a model as far as the reader may know it."""
    if entity is None:
        return None
    if not reader.knows(entity.source):
        return NameReading(None, entity.source.public_descriptor, entity.kind)  # type: ignore[union-attr] # not known
    return NameReading(entity.key, entity.label, entity.kind)


def value_of_version(version: "Version", reader: Reader) -> ValueReading | None:
    """The value of a version that need not be in the database, as of one that is to be saved."""
    prop = version.property
    if prop is None:
        return None
    entity = name_of(version.value_entity, reader)
    covered = version.amount if version.amount is not None else version.dates
    ends = (None, None) if covered is None else (covered.lower, covered.upper)
    lower, upper = (None if end is None else str(end) for end in ends)
    return ValueReading(
        _KINDS[prop.value_kind],
        prop.unit,
        version.value if entity is None or entity.key is not None else "",
        _MARKS[version.decimal_mark],
        version.as_written,
        covered is not None,
        lower,
        upper,
        covered is not None and covered.lower_inc,
        covered is not None and covered.upper_inc,
        None if version.point is None else format(version.point, "f"),
        version.truth,
        entity,
        version.value_text,
        _DEGREES[version.degree],
        version.approximate,
    )


def value_text(value: ValueReading | None) -> str:
    """The value as it was typed and, where that says more, as it was understood."""
    if value is None:
        return ""
    understood = understood_text(value)
    if not _says_more(value):
        return understood
    words = {"typed": value.typed.strip(), "range": understood}
    return _("%(typed)s (understood as %(range)s)") % words


def value_as_written(value: ValueReading | None) -> str:
    """The value in the source's own words, else as it was typed: "about −9 %", "−9%".

    What is no number as it was written, as a date, is told as it is compared.
    """
    if value is None:
        return ""
    if value.as_written:
        return value.as_written
    return value.typed.strip() if _says_more(value) else understood_text(value)


def value_as_understood(value: ValueReading | None) -> str:
    """How the value was understood, where that says more than how it is written; else empty."""
    if value is None:
        return ""
    if value.as_written:
        words = value_text(value)
        return "" if words == value.as_written else words
    if not _says_more(value):
        return ""
    return _("understood as %(range)s") % {"range": understood_text(value)}


def understood_text(value: ValueReading | None) -> str:
    """The value as it is compared with others: "8 to under 10 percent", "7 May 2025", "absent"."""
    if value is None:
        return ""
    match value.kind:
        case ValueKind.QUANTITY | ValueKind.COUNT:
            return amount_text(_amount(value), value.unit)
        case ValueKind.DATE:
            return date_text(value.typed)
        case ValueKind.TRUTH:
            return _("true") if value.truth else _("false")
        case ValueKind.PRESENCE:
            return _presence(value)
        case ValueKind.ENTITY:
            return value.entity.label if value.entity else ""
        case ValueKind.TEXT:
            return value.text or ""


def _says_more(value: ValueReading) -> bool:
    """Whether the numbers that the value covers are others than the one that was typed."""
    return is_rounded(_amount(value)) or _is_stepped(value)


def _amount(value: ValueReading) -> "PgRange[Decimal] | None":
    """The range of numbers that the value covers; None where it covers none."""
    if value.kind not in (ValueKind.QUANTITY, ValueKind.COUNT) or not value.is_range:
        return None
    lower, upper = (None if end is None else Decimal(end) for end in (value.lower, value.upper))
    bounds = ("[" if value.lower_closed else "(") + ("]" if value.upper_closed else ")")
    return PgRange(lower, upper, bounds)


def _is_stepped(value: ValueReading) -> bool:
    """Whether the bound of a count was moved to the next whole number: >20 is at least 21."""
    if value.kind != ValueKind.COUNT or not value.typed:
        return False
    written = read_written(value.typed, decimal_mark=value.decimal_mark or "")
    return written.mark in ("<", ">")


def _presence(value: ValueReading) -> str:
    """Present, with how much room it is given, or absent."""
    if not value.truth:
        return _("absent")
    if not value.degree:
        return _("present")
    return _("present (%(degree)s)") % {"degree": _(value.degree.label).lower()}
