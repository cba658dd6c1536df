"""Dates that are all of their days: when something that lasted began, and when it ended.

    typed               began                 ended
    7–10 May 2025       7 May                 10 May
    7 May 2025          7 May                 7 May
    May 2025            some day of May       some day of May
    May–June 2025       some day of May       some day of June
    since March 2025    some day of March     nobody says

Two of them exclude each other where they cannot have begun, or cannot have ended, on one day.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sources.domain.dates import parse_dates
from sources.domain.ranges import Range

_ANY_DAY: Range[date] = Range(None, None, lower_closed=False, upper_closed=False)


@dataclass(frozen=True)
class WholeDates:
    """The days on one of which something began, and those on one of which it ended."""

    began: Range[date]
    ended: Range[date]

    def excludes(self, other: "WholeDates") -> bool:
        """Whether both cannot be of one thing."""
        return _are_apart(self.began, other.began) or _are_apart(self.ended, other.ended)


@lru_cache(maxsize=10_000)
def whole_dates(typed: str) -> WholeDates:
    """Read a typed date as all of its days.

    A single month or year is no more than when it was: it began and ended in it. So does what is
    uncertain. Raises DateRefused.
    """
    read = parse_dates(typed)
    first, slash, last = read.edtf.partition("/")
    if not slash or read.uncertain:
        return WholeDates(read.days, read.days)
    began, ended = (_ANY_DAY if end == ".." else parse_dates(end).days for end in (first, last))
    return WholeDates(began, ended)


def _are_apart(one: Range[date], other: Range[date]) -> bool:
    return one.strictly_left_of(other) or other.strictly_left_of(one)
