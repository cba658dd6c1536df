"""Figures of readings: a time, what it is compared with, and whether a goal is met."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Comparison:
    """How a figure compares with a yardstick: a ratio, with its goal if it has one.

    `least` is a goal from which on it is met, `most` one up to which it is.
    """

    yardstick: str
    ratio: float
    amount: str = ""
    most: float | None = None
    least: float | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.most is not None:
            return self.ratio <= self.most
        return None if self.least is None else self.ratio >= self.least

    @property
    def goal(self) -> str:
        """The goal in words; empty where there is none."""
        if self.most is not None:
            return f"≤ {self.most:g}"
        return "" if self.least is None else f"≥ {self.least:g}"

    def __str__(self) -> str:
        verdict = {None: "", True: f" ({self.goal}: met)", False: f" ({self.goal}: NOT MET)"}
        amount = f" of {self.amount}" if self.amount else ""
        return f"{self.ratio:.2f} × {self.yardstick}{amount}{verdict[self.is_met]}"


@dataclass(frozen=True)
class Figure:
    """The measures of a piece of work, in a base of a size."""

    size: str
    work: str
    amount: str
    comparisons: tuple[Comparison, ...] = ()

    def __str__(self) -> str:
        compared = "; ".join(map(str, self.comparisons))
        return f"{self.size:>4}  {self.work:<44} {self.amount:>12}  {compared}".rstrip()


def milliseconds(seconds: float) -> str:
    """A time as it is printed."""
    return f"{seconds * 1_000:.2f} ms"
