"""The periods of a conflict on a time line: bars of one scale, for a picture of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from claims.readings.sides import SideReading
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


class _Span(NamedTuple):
    """A side over its days, half-open; `is_dated` says that it is bound to a time."""

    label: str
    period: str
    refs: Sequence[str]
    is_dated: bool
    start: date | None
    before: date | None


def timeline_of(sides: Sequence[SideReading]) -> Timeline | None:
    """The time line of the sides of a conflict; None where no side has a period.

    Quotes for and against one claim are of the same time, and none is drawn of them.
    """
    return _timeline([_span(side) for side in sides if side.claims and side.stance is None])


def _span(side: SideReading) -> _Span:
    first = side.claims[0]
    refs = list(dict.fromkeys(claim.ref for claim in side.claims))
    if first.period is None:
        return _Span(side.value, "", refs, False, None, None)  # noqa: FBT003 - a row
    period = first.period
    return _Span(side.value, date_text(period.typed), refs, True, period.start, period.before)  # noqa: FBT003 - a row


def _timeline(spans: Sequence[_Span]) -> Timeline | None:
    dated = [span for span in spans if span.is_dated]
    ends = [day for span in dated for day in (span.start, span.before) if day is not None]
    if not ends:
        return None
    first, last = min(ends), max(ends)
    if first == last:  # from a day on, or until it: a year shows which
        year = timedelta(days=365)
        first = max(first, date.min + year) - year
        last = min(last, date.max - year) + year
    bars = [_bar(span, first, last) for span in dated]
    return Timeline(
        first=("… " if any(bar.is_open_before for bar in bars) else "") + day_text(first),
        last=day_text(last - timedelta(days=1))
        + (" …" if any(bar.is_open_after for bar in bars) else ""),
        bars=bars[:MAX_BARS],
        timeless=[span.label or ", ".join(span.refs) for span in spans if not span.is_dated],
        more=max(len(bars) - MAX_BARS, 0),
    )


def _bar(span: _Span, first: date, last: date) -> TimelineBar:
    width = (last - first).days
    x = WIDTH * ((span.start or first) - first).days // width
    end = WIDTH * ((span.before or last) - first).days // width
    return TimelineBar(
        label=span.label,
        period=span.period,
        refs=span.refs,
        x=min(x, WIDTH - MIN_WIDTH),
        width=max(end - x, MIN_WIDTH),
        is_open_before=span.start is None,
        is_open_after=span.before is None,
    )
