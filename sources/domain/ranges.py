"""Ranges of numbers and of days, which values and periods cover."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

from sources.domain.refusals import Refusal

T = TypeVar("T", Decimal, date)


class RangeRefused(Refusal):
    """Two ends that make no range. Whoever builds ranges from typed text refuses before."""

    def __init__(self, message: str) -> None:
        super().__init__("range", message)


@dataclass(frozen=True)
class Range(Generic[T]):
    """The numbers, or the days, between two ends; never empty.

    `lower` and `upper` are the ends, None where there is none (−∞, ∞); such an end is never
    closed. A closed end belongs to the range. Numbers are finite Decimals. Ranges of days are
    half-open, [first day, day after the last): the one form that PostgreSQL keeps of a
    daterange, and the one in which two ranges of days can be compared end by end.

    Raises RangeRefused for anything else. Comparisons are those of PostgreSQL's range types.
    """

    lower: T | None
    upper: T | None
    lower_closed: bool
    upper_closed: bool

    def __post_init__(self) -> None:
        for end, is_closed in ((self.lower, self.lower_closed), (self.upper, self.upper_closed)):
            if end is None and is_closed:
                raise RangeRefused(f"{self} is closed at infinity; leave an absent end open.")
            if isinstance(end, Decimal) and not end.is_finite():
                raise RangeRefused(f"{end} is no end of a range; use None for an absent one.")
            if isinstance(end, datetime):
                raise RangeRefused(f"{end} has a time of day; give the day only.")
        days = isinstance(self.lower, date) or isinstance(self.upper, date)
        if days and (self.upper_closed or (self.lower is not None and not self.lower_closed)):
            raise RangeRefused(f"{self} is not half-open; days are [first, day after the last).")
        if self.lower is None or self.upper is None:
            return
        if self.lower > self.upper:
            raise RangeRefused(f"{self} ends before it begins; give the lower end first.")
        if self.lower == self.upper and not (self.lower_closed and self.upper_closed):
            raise RangeRefused(f"{self} is empty; a range holds at least one value.")

    def strictly_left_of(self, other: "Range[T]") -> bool:
        """Whether all of this range comes before all of the other, ends counted (SQL `<<`).

        [1, 2) is strictly left of [2, 3]; [1, 2] is not, since both hold 2.
        """
        if self.upper is None or other.lower is None:
            return False
        if self.upper == other.lower:
            return not (self.upper_closed and other.lower_closed)
        return self.upper < other.lower

    def overlaps(self, other: "Range[T]") -> bool:
        """Whether some value lies in both (SQL `&&`)."""
        return not self.strictly_left_of(other) and not other.strictly_left_of(self)

    @property
    def bounds(self) -> str:
        """The ends that belong to the range as SQL and psycopg write it: `[)`, `[]`, `()`, `(]`."""
        return ("[" if self.lower_closed else "(") + ("]" if self.upper_closed else ")")

    def __str__(self) -> str:
        """The range with its ends, as in [9.05, 9.15), [−9.5, −8.5), (20, ∞)."""
        lower = "−∞" if self.lower is None else _written(self.lower)
        upper = "∞" if self.upper is None else _written(self.upper)
        return f"{self.bounds[0]}{lower}, {upper}{self.bounds[1]}"


def _written(end: Decimal | date) -> str:
    """An end as people write it: numbers without exponent, with a true minus sign."""
    return format(end, "f").replace("-", "−") if isinstance(end, Decimal) else end.isoformat()
