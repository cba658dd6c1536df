"""The periods of a conflict on a time line: bars of one scale, for a picture of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from claims.factsheets.positions import Position
from claims.factsheets.wording import day_text

# The width of the picture in its own units, and of the smallest bar that one still sees.
WIDTH = 1000
LEAST = 6
# How many bars are drawn; the rest are counted.
MOST = 30


@dataclass(frozen=True)
class Bar:
    """One side over its period; `x` and `width` of WIDTH. Open ends reach the edge."""

    label: str
    period: str
    refs: Sequence[str]
    x: int
    width: int
    is_open_before: bool
    is_open_after: bool


@dataclass(frozen=True)
class Timeline:
    """Bars between two days. `timeless` are the sides that are not bound to a time."""

    first: str
    last: str
    bars: Sequence[Bar]
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
        first=day_text(first),
        last=day_text(last - timedelta(days=1)),
        bars=bars[:MOST],
        timeless=[side.value for side, days in dated if days is None],
        more=max(len(bars) - MOST, 0),
    )


def _bar(side: Position, lower: date | None, upper: date | None, first: date, last: date) -> Bar:
    span = (last - first).days
    x = WIDTH * ((lower or first) - first).days // span
    end = WIDTH * ((upper or last) - first).days // span
    return Bar(
        label=side.value or _("Position"),
        period=side.period,
        refs=list(dict.fromkeys(version.claim.ref for version in side.versions)),
        x=min(x, WIDTH - LEAST),
        width=max(end - x, LEAST),
        is_open_before=lower is None,
        is_open_after=upper is None,
    )
