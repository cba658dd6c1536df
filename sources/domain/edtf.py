"""Read EDTF dates (ISO 8601-2:2019, levels 0 to 2) into whole days.

The part of EDTF that is read, and why not the rest:

- a day, a month, a year: `2025-05-07`, `2025-05`, `2025`;
- qualified with `?` (uncertain), `~` (approximate) or `%` (both): at the end (`2025-05~`), after a
  month for it and its year (`2025-05~-07`), or by component (`?2025-05-07`, `2025-05-?07`);
- masked from the right: `202X`, `20XX`, `2025-XX`, `2025-05-XX` stand for the whole decade,
  century, year, month. A mask with digits after it (`2025-XX-07`) names days that do not adjoin:
  refused;
- quarters (33–36), thirds (37–39) and halves (40, 41) of a year: `2025-40` is January to June.
  Their months are in the standard. Seasons (21–32) are refused: where spring begins is not, and
  it is another one in the south;
- intervals of these: `2025-01/2025-06`, `2013/..`, `../2025`. An absent bound is `..`.

Refused besides: empty ends, sets, reversed intervals, times of day, years outside 1–9998,
significant digits (`1950S2`). Why no library reads them: docs/decisions/0019.
"""

import calendar
import re
from datetime import date, timedelta

from sources.domain.ranges import Range
from sources.domain.refusals import Refusal, character_name, quoted

_FIRST_YEAR, _LAST_YEAR = 1, 9998
# Dates as whoever was refused may write them.
AS_IN = "`7 May 2025`, `May 2025`, `H1 2025` or `2025-05-07`"
_KNOWN = frozenset("0123456789X?~%-/.")
_QUALIFIERS = str.maketrans("", "", "?~%")
_POINT = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX|[0-9]XXX|XXXX)"
    r"(-(?P<month>[0-9]{2}|XX)(-(?P<day>[0-9]{2}|XX))?)?"
)
# Where a qualifier may stand: at the end, beside each component, or after the month of a day.
_QUALIFIED = re.compile(
    r"[0-9X-]+[?~%]?"
    r"|([?~%]?[0-9]{4}|[0-9]{4}[?~%])(-[?~%]?[0-9]{2}){0,2}"
    r"|[0-9]{4}-[0-9]{2}[?~%]-[0-9]{2}"
)
# Quarters, thirds and halves of a year by their codes: the first month and the last.
_YEAR_PARTS = {
    first_code + part: (part * months + 1, (part + 1) * months)
    for first_code, months in ((33, 3), (37, 4), (40, 6))
    for part in range(12 // months)
}


class DateRefused(Refusal):
    """A date that cannot be read, or that no calendar has."""


def parse_edtf(text: str) -> Range[date]:
    """The days of a date or interval in EDTF: [first day, day after the last).

    An absent bound is None. Raises DateRefused, naming what was read and what to write.
    """
    _refuse_what_is_no_date(text)
    ends = text.split("/")
    if len(ends) > 2:
        raise date_refused("unreadable", text, "has more than one slash", "Write one interval.")
    if "" in ends:
        example = f"{ends[0]}/.." if ends[0] else f"../{ends[1]}" if ends[1] else "2013/.."
        raise date_refused(
            "empty_end", text, "leaves an end empty", f"Write `..` for an absent end: `{example}`."
        )
    if ends == [".."]:
        raise date_refused("unreadable", text, "names no day", "Write a date, as in `2025-05-07`.")
    first = None if ends[0] == ".." else _days_of(ends[0]).lower
    last = None if ends[-1] == ".." else _days_of(ends[-1]).upper
    if first is not None and last is not None and first >= last:
        raise date_refused(
            "reversed", text, "ends before it begins", "Write the earlier end first."
        )
    return Range(first, last, lower_closed=first is not None, upper_closed=False)


def date_refused(code: str, text: str, what: str, remedy: str) -> DateRefused:
    """The refusal of a typed date, as a sentence and a remedy."""
    return DateRefused(code, f"The date {quoted(text)} {what}. {remedy}")


def _refuse_what_is_no_date(text: str) -> None:
    """Refuse by characters first, so that each is named for what it is."""
    if not {"{", "}", "[", "]", ","}.isdisjoint(text):
        raise date_refused("set", text, "is a set of dates", "Write one date or one interval.")
    if re.search("[0-9]T[0-9]|:", text):
        raise date_refused("time_of_day", text, "has a time of day", "Write the day only.")
    if re.search("Y-?[0-9]|[0-9]{5}", text) or text.startswith("-"):
        raise _out_of_years(text)
    for character in text:
        if character not in _KNOWN:
            raise date_refused(
                "unreadable",
                text,
                f"holds {character_name(character)}, which EDTF dates do not",
                f"Write it as in {AS_IN}.",
            )


def _days_of(text: str) -> Range[date]:
    """The days of one end of an interval, or of a date that is none: both bounds present."""
    bare = text.translate(_QUALIFIERS)
    point = _POINT.fullmatch(bare)
    if point is None:
        raise _not_a_point(text, bare)
    year, month, day = point["year"], point["month"], point["day"]
    _refuse_what_no_calendar_has(text, year, month, day)
    first_month, last_month = _months(month)
    if not _QUALIFIED.fullmatch(text) or (text != bare and _is_part_of_year(month)):
        raise date_refused(
            "unreadable",
            text,
            "is not EDTF",
            "Write it as in `2025-05-07`, with `?`, `~` or `%` at its end.",
        )
    first_year, last_year = _years(year)
    if day is None or day == "XX":
        first_day, last_day = 1, calendar.monthrange(last_year, last_month)[1]
    else:
        first_day = last_day = int(day)
    first = date(first_year, first_month, first_day)
    last = date(last_year, last_month, last_day)
    return Range(first, last + timedelta(days=1), lower_closed=True, upper_closed=False)


def _years(year: str) -> tuple[int, int]:
    """The first and the last year that the mask allows."""
    return int(year.replace("X", "0")), int(year.replace("X", "9"))


def _months(month: str | None) -> tuple[int, int]:
    """The first and the last month of a month, a part of the year, or a whole year."""
    if month is None or month == "XX":
        return 1, 12
    return _YEAR_PARTS.get(int(month), (int(month), int(month)))


def _is_part_of_year(month: str | None) -> bool:
    return month not in (None, "XX") and int(month) in _YEAR_PARTS


def _not_a_point(text: str, bare: str) -> DateRefused:
    if ".." in text:
        return date_refused(
            "unreadable", text, "has `..` beside a date", "Write an interval as in `2013/..`."
        )
    if bare.startswith("-"):
        return _out_of_years(text)
    if "X" in bare:
        return _masked(text)
    return date_refused(
        "unreadable", text, "is not a date", "Write it as in `2025-05-07`, `2025-05` or `2025`."
    )


def _refuse_what_no_calendar_has(text: str, year: str, month: str | None, day: str | None) -> None:
    earliest, latest = _years(year)
    if earliest < _FIRST_YEAR or latest > _LAST_YEAR:
        raise _out_of_years(text)
    if month is None:
        return
    if "X" in year or (month == "XX" and day not in (None, "XX")):
        raise _masked(text)
    if month == "XX":
        return
    if 21 <= int(month) <= 32:
        raise date_refused(
            "season",
            text,
            "is a season, which begins on no agreed day",
            "Write its months, as in `2025-03/2025-05`, or two years as in `2024/2025`.",
        )
    if _is_part_of_year(month) and day is None:
        return
    if not 1 <= int(month) <= 12:
        raise date_refused("impossible", text, f"has a month {month}", "Months are 01 to 12.")
    if day is None or day == "XX":
        return
    length = calendar.monthrange(earliest, int(month))[1]
    if not 1 <= int(day) <= length:
        raise date_refused(
            "impossible",
            text,
            f"has a day {day}",
            f"The days of {year}-{month} are 01 to {length}.",
        )


def _masked(text: str) -> DateRefused:
    return date_refused(
        "mask",
        text,
        "masks digits before others that are given",
        "Mask from the right, as in `202X`, `2025-XX` or `2025-05-XX`.",
    )


def _out_of_years(text: str) -> DateRefused:
    return date_refused(
        "year_out_of_range",
        text,
        "has a year that is not read",
        f"Years are {_FIRST_YEAR} to {_LAST_YEAR}, in four digits.",
    )
