"""Formulas: what a claim computes from the amounts of its premises, on exact ranges.

    (C12 - C13/v1) / C13 * 100        change(C12, C13)        share(C12, C13)

Known are + − * / ( ), numbers with a point, references of premises, `change(now, before)`, which
is (now − before) / before × 100, and `share(part, whole)`, part / whole × 100. Ranges are computed
as in interval arithmetic (Moore, Kearfott and Cloud, 2009, chapter 2): the result holds every
number that the formula gives for numbers within the premises. It is as narrow as can be where each
premise stands once, and in `change` and `share`; where one stands twice it may be wider, and never
narrower. Ends are kept as fractions; a result's ends are counted.

Units go along: what is added must be in one unit, what is multiplied has one unit at most, and of a
ratio both sides have one or the lower none.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from claims.domain.values.units import are_same_unit
from sources.domain.ranges import Range
from sources.domain.refusals import Refusal, quoted

MAX_LENGTH = 300
MAX_DEPTH = 30
# Significant digits of a computed end; the lower is rounded down and the upper up.
DIGITS = 12

_TOKEN = re.compile(
    r"\s*(?:(?P<ref>C[1-9][0-9]{0,17}(?:/v[1-9][0-9]{0,8})?)|(?P<number>[0-9]{1,20}(?:\.[0-9]{1,20})?)"
    r"|(?P<name>[a-z]+)|(?P<sign>[-+*/(),−×÷]))"
)
_SIGNS = str.maketrans("−×÷", "-*/")


class FormulaRefused(Refusal):
    """A formula that cannot be read or computed. `code`: formula."""

    def __init__(self, message: str) -> None:
        super().__init__("formula", message)


@dataclass(frozen=True)
class Computed:
    """All numbers from `lower` to `upper`, ends counted; None is no bound, "" no unit."""

    lower: Fraction | None
    upper: Fraction | None
    unit: str = ""


def computed_from(amount: Range[Decimal], unit: str) -> Computed:
    """The amount of a premise, its ends counted: that can only widen what follows."""
    lower, upper = (None if end is None else Fraction(end) for end in (amount.lower, amount.upper))
    return Computed(lower, upper, unit)


def compute(formula: str, premises: Mapping[str, Computed]) -> Computed:
    """The value of a formula; `premises` by their references, C12/v1. Raises FormulaRefused.

    A reference without a version means the one version of that claim among the premises.
    """
    if len(formula) > MAX_LENGTH:
        raise FormulaRefused(
            f"The formula has {len(formula)} characters; at most {MAX_LENGTH} fit."
        )
    return _Reading(formula, premises).whole()


def typed_value(computed: Computed, *, whole: bool = False) -> str:
    """The value as it is typed in the grammar: `8.1..9.9`, `>=8`; rounded outward where it must.

    `whole` is for counts: the whole numbers within. Raises FormulaRefused where there is none.
    """
    lower = None if computed.lower is None else _rounded(computed.lower, up=whole, whole=whole)
    upper = None if computed.upper is None else _rounded(computed.upper, up=not whole, whole=whole)
    if lower is not None and upper is not None and lower > upper:
        raise FormulaRefused("The formula gives no whole number, and a count is one.")
    if lower is None and upper is None:
        raise FormulaRefused("The formula gives any number, since its premises have no bounds.")
    if lower is None:
        return f"<={upper:f}"
    return f">={lower:f}" if upper is None else f"{lower:f}..{upper:f}"


class _Reading:
    """One pass over a formula, from left to right, computing as it goes."""

    def __init__(self, formula: str, premises: Mapping[str, Computed]) -> None:
        self.formula = formula
        self.premises = premises
        self.tokens = self._tokens()
        self.place = 0
        self.depth = 0

    def whole(self) -> Computed:
        """The value of the whole formula."""
        value = self._sum()
        if self.place < len(self.tokens):
            raise self._unreadable(f"before {quoted(self.tokens[self.place])}")
        return value

    def _tokens(self) -> list[str]:
        tokens, place = [], 0
        text = self.formula.rstrip()
        while place < len(text):
            match = _TOKEN.match(text, place)
            if match is None:
                raise self._unreadable(f"at {quoted(text[place:][:20].strip())}")
            tokens.append(match[0].strip().translate(_SIGNS))
            place = match.end()
        return tokens

    def _sum(self) -> Computed:
        value = self._product()
        while self._next("+", "-"):
            sign = self._take()
            other = self._product()
            value = self._added(value, other if sign == "+" else _negated(other))
        return value

    def _product(self) -> Computed:
        value = self._factor()
        while self._next("*", "/"):
            sign = self._take()
            other = self._factor()
            value = self._times(value, other) if sign == "*" else self._over(value, other)
        return value

    def _factor(self) -> Computed:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FormulaRefused("The formula has too many parentheses in each other.")
        read = self._take()
        if read == "-":
            value = _negated(self._factor())
        elif read == "(":
            value = self._sum()
            self._close()
        elif read[0].isdigit():
            value = Computed(Fraction(read), Fraction(read))
        elif read[0] == "C":
            value = self._premise(read)
        else:
            value = self._function(read)
        self.depth -= 1
        return value

    def _function(self, name: str) -> Computed:
        functions: dict[str, Callable[[Computed, Computed], Computed]] = {
            "change": self._change,
            "share": self._share,
        }
        if name not in functions or not self._next("("):
            raise self._unreadable(f"at {quoted(name)}")
        self._take()
        one = self._sum()
        if self._take() != ",":
            raise self._unreadable(f"after {name}: it takes two things with a comma between them")
        other = self._sum()
        self._close()
        return functions[name](one, other)

    def _change(self, now: Computed, before: Computed) -> Computed:
        """(now − before) / before × 100 as (now / before − 1) × 100, each standing once."""
        ratio = self._over(now, before)
        less_one = self._added(ratio, Computed(Fraction(-1), Fraction(-1)))
        return self._times(less_one, Computed(Fraction(100), Fraction(100)))

    def _share(self, part: Computed, whole: Computed) -> Computed:
        return self._times(self._over(part, whole), Computed(Fraction(100), Fraction(100)))

    def _premise(self, ref: str) -> Computed:
        named = [
            value
            for name, value in self.premises.items()
            if name == ref or name.partition("/")[0] == ref
        ]
        if len(named) != 1:
            known = ", ".join(self.premises) or "none"
            raise FormulaRefused(
                f"{ref} in the formula names {'no' if not named else 'more than one'} premise. "
                f"The premises are: {known}."
            )
        return named[0]

    def _added(self, one: Computed, other: Computed) -> Computed:
        if not _are_in_one_unit(one, other):
            raise FormulaRefused(
                f"The formula adds or subtracts {one.unit or 'a bare number'} and "
                f"{other.unit or 'a bare number'}; both must be in one unit."
            )
        return Computed(
            None if one.lower is None or other.lower is None else one.lower + other.lower,
            None if one.upper is None or other.upper is None else one.upper + other.upper,
            one.unit,
        )

    def _times(self, one: Computed, other: Computed) -> Computed:
        if one.unit and other.unit:
            raise FormulaRefused(
                f"The formula multiplies {one.unit} with {other.unit}; one must be a bare number."
            )
        return _extremes(one, other, unit=one.unit or other.unit)

    def _over(self, one: Computed, other: Computed) -> Computed:
        if other.unit and not _are_in_one_unit(one, other):
            raise FormulaRefused(
                f"The formula divides {one.unit or 'a bare number'} by {other.unit}; "
                "both must be in one unit."
            )
        is_above = other.lower is not None and other.lower > 0
        is_below = other.upper is not None and other.upper < 0
        if not (is_above or is_below):
            raise FormulaRefused("The formula divides by what may be zero.")
        turned = Computed(
            Fraction(0) if other.upper is None else 1 / other.upper,
            Fraction(0) if other.lower is None else 1 / other.lower,
        )
        return _extremes(one, turned, unit="" if other.unit else one.unit)

    def _next(self, *signs: str) -> bool:
        return self.place < len(self.tokens) and self.tokens[self.place] in signs

    def _take(self) -> str:
        if self.place == len(self.tokens):
            raise self._unreadable("at its end: something is missing")
        self.place += 1
        return self.tokens[self.place - 1]

    def _close(self) -> None:
        if self._take() != ")":
            raise self._unreadable("where a parenthesis should close")

    def _unreadable(self, where: str) -> FormulaRefused:
        return FormulaRefused(
            f"The formula {quoted(self.formula)} cannot be read {where}. "
            "Write it as in `(C12 - C13) / C13 * 100` or `change(C12, C13)`."
        )


def _are_in_one_unit(one: Computed, other: Computed) -> bool:
    """Whether both are bare numbers, or in units that are spelled alike or mean the same."""
    if not (one.unit and other.unit):
        return one.unit == other.unit
    return are_same_unit(one.unit, other.unit)


def _negated(one: Computed) -> Computed:
    return Computed(
        None if one.upper is None else -one.upper,
        None if one.lower is None else -one.lower,
        one.unit,
    )


def _extremes(one: Computed, other: Computed, *, unit: str) -> Computed:
    """The least and the greatest product of two ranges; an unbounded end gives what is safe."""
    if None in (one.lower, one.upper, other.lower, other.upper):
        return _unbounded_product(one, other, unit)
    products = [
        first * second  # type: ignore[operator] # no end is None
        for first in (one.lower, one.upper)
        for second in (other.lower, other.upper)
    ]
    return Computed(min(products), max(products), unit)


def _unbounded_product(one: Computed, other: Computed, unit: str) -> Computed:
    """Bounds of a product where an end is open: only for numbers that are not below zero."""
    if one.lower is None or other.lower is None or min(one.lower, other.lower) < 0:
        return Computed(None, None, unit)
    upper = None if one.upper is None or other.upper is None else one.upper * other.upper
    return Computed(one.lower * other.lower, upper, unit)


def _rounded(end: Fraction, *, up: bool, whole: bool) -> Decimal:
    """The end with DIGITS significant digits, or as a whole number, rounded up or down."""
    if end == 0:
        return Decimal(0)
    size = len(str(abs(end.numerator) // end.denominator))
    places = 0 if whole else max(DIGITS - size, 0)
    scaled = end * 10**places
    number = (
        -(-scaled.numerator // scaled.denominator) if up else scaled.numerator // scaled.denominator
    )
    return (Decimal(number).scaleb(-places)).normalize() + Decimal(0)
