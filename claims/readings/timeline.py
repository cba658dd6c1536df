"""The periods of a conflict on a time line: bars of one scale, for a picture of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from claims.readings.positions import Position
from claims.readings.wording import date_text, day_text

# The width of the picture in its own units, and of the smallest bar that one still sees.
WIDTH = 1000
MIN_WIDTH = 6
# How many bars are drawn; the rest are counted.
MAX_BARS = 30


@dataclass(frozen=True)
class TimelineBar:
    """One side over its period; `x` and `width` of WIDTH. Open ends reach the edge.

    `label` is what it says; empty where no value tells sides apart.
    """

    label: str
    period: str
    refs: Sequence[str]
    x: int
    width: int
    is_open_before: bool
    is_open_after: bool


@dataclass(frozen=True)
class Timeline:
    """Bars between two days. `timeless` are the sides that are not bound to a time.

    An end beyond which some side goes on is marked with an ellipsis.
    """

    first: str
    last: str
    bars: Sequence[TimelineBar]
    timeless: Sequence[str]
    more: int


def timeline_of(sides: Sequence[Position]) -> Timeline | None:
    """The time line of the sides of a conflict; None where no side has a period."""
    dated = [(side, side.versions[0].period_days) for side in sides]
    ends = [
        day
        for _side, days in dated
        if days is not None
        for day in (days.lower, days.upper)
        if day is not None
    ]
    if not ends:
        return None
    first, last = min(ends), max(ends)
    if first == last:  # from a day on, or until it: a year shows which
        year = timedelta(days=365)
        first = max(first, date.min + year) - year
        last = min(last, date.max - year) + year
    bars = [
        _bar(side, days.lower, days.upper, first, last) for side, days in dated if days is not None
    ]
    return Timeline(
        first=("… " if any(bar.is_open_before for bar in bars) else "") + day_text(first),
        last=day_text(last - timedelta(days=1))
        + (" …" if any(bar.is_open_after for bar in bars) else ""),
        bars=bars[:MAX_BARS],
        timeless=[side.value or ", ".join(_refs(side)) for side, days in dated if days is None],
        more=max(len(bars) - MAX_BARS, 0),
    )


def _bar(
    side: Position, lower: date | None, upper: date | None, first: date, last: date
) -> TimelineBar:
    span = (last - first).days
    x = WIDTH * ((lower or first) - first).days // span
    end = WIDTH * ((upper or last) - first).days // span
    return TimelineBar(
        label=side.value,
        period=date_text(side.versions[0].period),
        refs=_refs(side),
        x=min(x, WIDTH - MIN_WIDTH),
        width=max(end - x, MIN_WIDTH),
        is_open_before=lower is None,
        is_open_after=upper is None,
    )


def _refs(side: Position) -> list[str]:
    """The claims that take a side."""
    return list(dict.fromkeys(version.claim.ref for version in side.versions))
