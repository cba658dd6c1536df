"""Values: what a claim says of its subject, read from the typed text by the property's kind.

The grammar of numbers is in `number_grammar`, of units in `units`, of dates and periods in
`sources.domain.dates`.
Also here: when two ranges exclude each other, on which side of zero one lies, and by which form
texts are compared.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeVar

from claims.domain.values.numbers import Number, NumberRefused, parse_number
from claims.domain.values.units import UnitRefused, are_same_unit, convert, convert_number
from claims.vocabulary import ValueKind
from sources.domain.dates import DateRefused, ReadDates, parse_dates
from sources.domain.keys import is_key
from sources.domain.ranges import Range
from sources.domain.refusals import Refusal, character_name, is_invisible, quoted
from sources.domain.text.search_folding import fold_text

T = TypeVar("T", Decimal, date)

_MAX_TEXT = 1_000
_MAX_TYPED = 10_000
_ZERO = Range(Decimal(0), Decimal(0), lower_closed=True, upper_closed=True)
_JOINERS = "\u200c\u200d"  # letters of some scripts are joined or kept apart by them


class ValueRefused(Refusal):
    """A typed value or period that the grammar does not know; codes of numbers, units and dates
    pass through."""


@dataclass(frozen=True)
class Value:
    """A typed value with what it stands for: one of `amount`, `dates`, `truth`, `entity`, `text`.

    `typed` is kept as it came. `amount` is in the property's unit, and so is `point`, the number
    written, None for bounds and ranges. `dates` means a day somewhere within. A presence is a
    `truth`. `entity` is a key. `approximate` by flag, `~` or an uncertain date.
    """

    typed: str
    approximate: bool = False
    amount: Range[Decimal] | None = None
    dates: Range[date] | None = None
    truth: bool | None = None
    text: str | None = None
    entity: str | None = None
    point: Decimal | None = None


@dataclass(frozen=True)
class Period:
    """When something held: its whole extent, half-open, [first day, day after the last)."""

    typed: str
    days: Range[date]
    uncertain: bool


def parse_value(
    typed: str,
    *,
    kind: ValueKind,
    unit: str = "",
    approximate: bool = False,
    decimal_mark: str = "",
) -> Value:
    """Read a value of a property of that kind and unit. Raises ValueRefused.

    `decimal_mark` says how a number is written: a DecimalMark, or empty for what
    can be read in one way only.
    """
    if kind in (ValueKind.QUANTITY, ValueKind.COUNT):
        whole = kind == ValueKind.COUNT
        return _amount(typed, unit, whole=whole, approximate=approximate, decimal_mark=decimal_mark)
    if decimal_mark:
        raise ValueRefused(
            "decimal_mark", f"{quoted(typed)} is no number. Leave out how its number is written."
        )
    match kind:
        case ValueKind.DATE:
            dates = _dates(typed)
            return Value(typed, approximate or dates.uncertain, dates=dates.days)
        case ValueKind.TRUTH:
            return Value(typed, approximate, truth=_either(typed, "true", "false"))
        case ValueKind.PRESENCE:
            return Value(typed, approximate, truth=_either(typed, "present", "absent"))
        case ValueKind.ENTITY:
            return Value(typed, approximate, entity=_key(typed))
        case ValueKind.TEXT:
            return Value(typed, approximate, text=_text(typed))


def parse_period(typed: str) -> Period:
    """Read a period in words or in EDTF; an interval is its extent. Raises ValueRefused."""
    dates = _dates(typed)
    return Period(typed, dates.days, dates.uncertain)


def exclude_each_other(one: Range[T], other: Range[T]) -> bool:
    """Whether no value lies in both: one is strictly left of the other, ends counted."""
    return one.strictly_left_of(other) or other.strictly_left_of(one)


def side_of_zero(amount: Range[Decimal]) -> Literal[-1, 0, 1]:
    """1 where every number of the range is above zero, −1 where every one is below, else 0.

    (0, ∞) is above, [−5, 0) below; [0, 5] holds zero and is on neither side.
    """
    if _ZERO.strictly_left_of(amount):
        return 1
    return -1 if amount.strictly_left_of(_ZERO) else 0


def text_key(text: str) -> str:
    """The form by which texts are compared as values: folded as for search, a final point aside."""
    folded = fold_text(text)
    return folded.rstrip(".。").rstrip() or folded


def _amount(typed: str, unit: str, *, whole: bool, approximate: bool, decimal_mark: str) -> Value:
    try:
        number: Number = parse_number(
            typed, approximate=approximate, whole=whole, decimal_mark=decimal_mark
        )
        amount = convert(number.amount, typed=number.unit, unit=unit)
        point = number.point
        if point is not None:
            point = convert_number(point, typed=number.unit, unit=unit)
    except (NumberRefused, UnitRefused) as refusal:
        raise ValueRefused(refusal.code, refusal.message) from refusal
    if whole and not are_same_unit(number.unit, unit):
        raise ValueRefused(
            "count_unit",
            f"The count {quoted(typed)} is in {number.unit}; it is not converted. "
            f"Write it in {unit}.",
        )
    return Value(typed, number.approximate, amount=amount, point=point)


def _dates(typed: str) -> ReadDates:
    try:
        return parse_dates(typed)
    except DateRefused as refusal:
        raise ValueRefused(refusal.code, refusal.message) from refusal


def _either(typed: str, yes: str, no: str) -> bool:
    word = typed.strip(" ")
    if word not in (yes, no):
        raise ValueRefused("unknown_word", f"{quoted(typed)} is not read. Write `{yes}` or `{no}`.")
    return word == yes


def _key(typed: str) -> str:
    key = typed.strip(" ")
    if not is_key(key):
        raise ValueRefused(
            "not_a_key",
            f"{quoted(typed)} is not the key of an entity. "
            "Write its key: letters a to z, digits, - and _, at most 100.",
        )
    return key


def _text(typed: str) -> str:
    """NFC, trimmed, one line, nothing that a reader would not see but the joiners of letters."""
    if len(typed) <= _MAX_TYPED:
        text = unicodedata.normalize("NFC", typed).strip()
        length = len(text)
    else:
        text, length = "", len(typed)
    if length > _MAX_TEXT:
        raise ValueRefused(
            "too_long",
            f"The text {quoted(typed)} has {length} characters. At most {_MAX_TEXT} fit.",
        )
    if not text.strip(_JOINERS):
        raise ValueRefused("empty", "The text is empty. Write what the source says.")
    for character in text:
        if is_invisible(character) and character not in _JOINERS:
            raise ValueRefused(
                "invisible",
                f"The text {quoted(text)} holds {character_name(character)}. Type it anew.",
            )
    return text
