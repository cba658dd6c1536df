"""Numbers as they are typed, read into exact ranges.

    typed            quantity                          count
    9.1 or −9        [9.05, 9.15) or [−9.5, −8.5)      −9 → [−9, −9]
    ~9               [8, 10)                           [8, 10]
    ~1500, ~300      [1400, 1600], [240, 360]          the same
    14.2 million     [14150000, 14250000)              [14150000, 14249999]
    1 trillion       [0.8, 1.2 trillion)               the same, without its end
    ~1 million       [800000, 1200000]                 [800000, 1200000]
    >20, >=20        (20, ∞), [20, ∞)                  [21, ∞), [20, ∞)
    <5, <=5          (−∞, 5), (−∞, 5]                  (−∞, 4], (−∞, 5]
    20..25, 20–25    [20, 25]                          [20, 25]

These can be said in words too; how a number is written is in `number_grammar`.

A written number stands for all that rounds to it: half a unit of its last written digit each way,
zeros included, the lower end counted. An approximate one stands for a whole unit each way.

A round number, one that ends in zeros before any fraction or has a multiplier word, says less of
how exact it is. An approximate one stands for a unit of its last significant digit each way, both
ends counted. No round number that is approximate or has a multiplier word reaches further than a
fifth of itself: the source of "1 trillion" would not have written it of 600 billion. Zero is not
round.

Bounds are not rounded, approximate or not. A count is whole, its ends closed. Decimals throughout.
"""

from dataclasses import dataclass
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    Inexact,
    InvalidOperation,
)

from claims.domain.values.number_grammar import (
    NumberBound,
    NumberRefused,
    number_refused,
    read_written,
)
from sources.domain.ranges import Range

__all__ = ["EXACT", "Number", "NumberRefused", "parse_number", "plain_decimal"]

_MAX_DIGITS = 30

# As far as a round number reaches at most, of itself.
_MAX_REACH = Decimal("0.2")

# Room for 30 digits, half a unit more, a multiplier and a unit's factor; loses nothing silently.
EXACT = Context(prec=80, rounding=ROUND_HALF_EVEN, traps=[Inexact, InvalidOperation])


@dataclass(frozen=True)
class Number:
    """The range that a typed number stands for, still in the unit it was typed in.

    `amount` is the range; `point` the number written, None for bounds and ranges; `approximate`
    by a `~` or by the flag; `unit` the words after number and multiplier, "" where there are none.
    """

    amount: Range[Decimal]
    point: Decimal | None
    approximate: bool
    unit: str


def parse_number(
    typed: str, *, approximate: bool = False, whole: bool = False, decimal_mark: str = ""
) -> Number:
    """Read a typed number with its multiplier; `whole` reads a count.

    `decimal_mark` is a DecimalMark, or empty for what can be read in one way only.

    Spaces around it, and no-break spaces before the unit, are passed over. Raises NumberRefused.
    """
    written = read_written(typed, decimal_mark=decimal_mark)
    first, step = _scaled(typed, written.first)
    unit = written.first.unit
    if written.last is not None:
        last, last_step = _scaled(typed, written.last)
        _refuse_fractions(typed, min(step, last_step), whole=whole)
        if written.mark == "±":
            lower, upper = EXACT.subtract(first, last), EXACT.add(first, last)
            return Number(_closed(lower, upper), first, approximate, unit)
        if first > last:
            raise number_refused(
                "reversed", typed, "ends before it begins", "Write the lesser end first."
            )
        return Number(_closed(first, last), None, approximate, unit)
    _refuse_fractions(typed, step, whole=whole)
    if written.mark not in ("", "~"):
        return Number(_bound(written.mark, first, whole=whole), None, approximate, unit)
    approximate = approximate or written.mark == "~"
    is_round = _is_round(written.first, first)
    reach = _reach(written.first, first, step, approximate=approximate, is_round=is_round)
    if whole:
        amount = _whole(first, reach, with_upper=approximate)
    else:
        lower, upper = EXACT.subtract(first, reach), EXACT.add(first, reach)
        amount = Range(lower, upper, lower_closed=True, upper_closed=approximate and is_round)
    return Number(amount, first, approximate, unit)


def plain_decimal(number: Decimal) -> Decimal:
    """The same number without an exponent and without zeros at the end of a fraction."""
    short = number.normalize(EXACT)
    is_long = short.as_tuple().exponent > 0  # type: ignore[operator]  # finite: an int
    return short.quantize(Decimal(1), context=EXACT) if is_long else short


def _is_round(side: NumberBound, number: Decimal) -> bool:
    """Whether a written number ends in zeros before any fraction, or has a multiplier word."""
    return bool(number) and (side.multiplier is not None or _zeros(side.number) > 0)


def _zeros(digits: str) -> int:
    """How many zeros stand at the end of a number that was written without a fraction."""
    return 0 if "." in digits else len(digits) - len(digits.rstrip("0"))


def _reach(
    side: NumberBound, number: Decimal, step: Decimal, *, approximate: bool, is_round: bool
) -> Decimal:
    """How far the numbers go that a written one stands for; `step` is the unit of its last digit.

    At most a fifth of a round number that is approximate or has a multiplier word.
    """
    reach = EXACT.multiply(step, Decimal(1) if approximate else Decimal("0.5"))
    if approximate and is_round:
        reach = EXACT.scaleb(reach, Decimal(_zeros(side.number)))
    if is_round and (approximate or side.multiplier is not None):
        reach = min(reach, EXACT.multiply(EXACT.abs(number), _MAX_REACH))
    return plain_decimal(reach)


def _whole(number: Decimal, reach: Decimal, *, with_upper: bool) -> Range[Decimal]:
    """The whole numbers within reach of a count, the one at the lower end among them."""
    lower = EXACT.add(EXACT.subtract(number, reach).to_integral_value(ROUND_CEILING), Decimal(0))
    end = EXACT.add(number, reach)
    if with_upper:
        return _closed(lower, end.to_integral_value(ROUND_FLOOR))
    return _closed(lower, EXACT.subtract(end.to_integral_value(ROUND_CEILING), Decimal(1)))


def _bound(mark: str, end: Decimal, *, whole: bool) -> Range[Decimal]:
    is_closed = mark in (">=", "<=")
    is_lower = mark in (">", ">=")
    if whole and not is_closed:
        end, is_closed = EXACT.add(end, Decimal(1 if is_lower else -1)), True
    if is_lower:
        return Range(end, None, lower_closed=is_closed, upper_closed=False)
    return Range(None, end, lower_closed=False, upper_closed=is_closed)


def _closed(lower: Decimal, upper: Decimal) -> Range[Decimal]:
    return Range(lower, upper, lower_closed=True, upper_closed=True)


def _scaled(typed: str, side: NumberBound) -> tuple[Decimal, Decimal]:
    """The number and the unit of its last written digit, both times the multiplier."""
    if sum(c.isdigit() for c in side.number) > _MAX_DIGITS:
        raise number_refused(
            "too_long", typed, f"has more than {_MAX_DIGITS} digits", "Round it, or name a unit."
        )
    number = EXACT.add(Decimal(side.number), Decimal(0))  # −0 is 0
    step = Decimal(1).scaleb(-len(side.number.partition(".")[2]))
    if side.multiplier is None:
        return number, step
    return (
        plain_decimal(EXACT.multiply(number, side.multiplier)),
        plain_decimal(EXACT.multiply(step, side.multiplier)),
    )


def _refuse_fractions(typed: str, step: Decimal, *, whole: bool) -> None:
    if whole and step < 1:
        raise number_refused("fraction", typed, "has a fraction", "A count is a whole number.")
