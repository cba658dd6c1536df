"""Ends of periods that are known by month or year only, and when two periods overlap for certain.

    until March 2025   ──────────────┐ ? ? ┐         it ended on some day of March
    since March 2025                 ┌ ? ? ┌─────    it began on some day of March
    March 2025                       ├─────┤         all of March

The first two share no day for certain, each of them shares one with the third.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from sources.domain.dates import parse_dates
from sources.domain.edtf import parse_edtf
from sources.domain.ranges import Range
from sources.domain.refusals import Refusal

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class PeriodEnds:
    """The days by which a period has begun and until which it goes on, for certain.

    `latest_begin` is the last day on which it may have begun, `earliest_end` the first one on
    which it may have ended; null where that end is the one of its days, or is open.
    """

    latest_begin: date | None = None
    earliest_end: date | None = None

    @property
    def are_vague(self) -> bool:
        """Whether one of them is known by a month, a year or another span of days only."""
        return self.latest_begin is not None or self.earliest_end is not None


DAYS_KNOWN = PeriodEnds()


@lru_cache(maxsize=10_000)
def period_ends(typed: str) -> PeriodEnds:
    """The ends of a period as typed; the days of what is empty or not read are taken as known.

    A single date stands for all of its days: "2024" begins on 1 January. Of an interval an end
    that is no day lies somewhere within what it names, unless both would be in one such span.
    """
    if not typed:
        return DAYS_KNOWN
    try:
        first, slash, last = parse_dates(typed).edtf.partition("/")
        if not slash:
            return DAYS_KNOWN
        begins, ends = (None if end == ".." else parse_edtf(end) for end in (first, last))
    except Refusal:
        return DAYS_KNOWN
    latest_begin = None if begins is None else _last_day(begins)
    earliest_end = None if ends is None else ends.lower
    if latest_begin is not None and earliest_end is not None and latest_begin >= earliest_end:
        return DAYS_KNOWN
    return PeriodEnds(
        None if begins is None or begins.lower == latest_begin else latest_begin,
        None if ends is None or _last_day(ends) == earliest_end else earliest_end,
    )


def certain_days(days: Range[date], ends: PeriodEnds) -> Range[date]:
    """The days on which a period holds wherever its ends lie: from the day by which it has begun to
    the one until which it goes on."""
    lower = ends.latest_begin or days.lower
    upper = days.upper if ends.earliest_end is None else ends.earliest_end + _DAY
    return Range(lower, upper, lower is not None, upper_closed=False)


def overlap_for_certain(
    one: Range[date], other: Range[date], ends: PeriodEnds, other_ends: PeriodEnds
) -> bool:
    """Whether two periods have a day in common, wherever their ends lie that are not known.

    What lies within the other does: its ends are no place where the other one ends or begins.
    """
    return (
        certain_days(one, ends).overlaps(certain_days(other, other_ends))
        or holds(one, other)
        or holds(other, one)
    )


def holds(one: Range[date], other: Range[date]) -> bool:
    """Whether all days of the other are days of this one."""
    begins_first = one.lower is None or (other.lower is not None and one.lower <= other.lower)
    return begins_first and (
        one.upper is None or (other.upper is not None and other.upper <= one.upper)
    )


def _last_day(days: Range[date]) -> date | None:
    return None if days.upper is None else days.upper - _DAY
