"""Dates as CSL-JSON has them, written in EDTF."""

from collections.abc import Mapping
from typing import Any

from sources.domain.dates import DateRefused, parse_dates
from sources.domain.refusals import quoted


def issued_as_edtf(date: Any) -> str:
    """The EDTF text of a CSL date: `2025-05-08`, `2025-05/2025-06`, `2013~`, `2013/..`.

    `date-parts` are one date or two (a range; an empty end or a year 0 is open), `circa` makes
    them approximate. A date given in words (`literal`, `raw`) counts only where it is EDTF, and
    else says nothing (""); so does a missing one. A season is left to the whole record.
    Raises DateRefused for shapes that are no CSL date and for days that no calendar has.
    """
    if date is None or date in ({}, ""):
        return ""
    if isinstance(date, str):
        return parse_dates(date).edtf
    if not isinstance(date, dict):
        raise _refused(date)
    if "date-parts" not in date:
        return _in_words(date)
    points = date["date-parts"]
    if not isinstance(points, list) or not 1 <= len(points) <= 2:
        raise _refused(points)
    approximate = "~" if is_circa(date) else ""
    # A range that ends on the day on which it begins is that day.
    written = list(dict.fromkeys(_point(parts, approximate) for parts in points))
    text = "/".join(written)
    parse_dates(text)
    return text


def is_circa(date: Mapping[str, Any]) -> bool:
    """Whether a CSL date is uncertain: `circa` is a truth value, a number or a word."""
    circa = date.get("circa")
    return bool(circa) and str(circa).strip().lower() not in ("", "0", "false", "no")


def _in_words(date: dict[str, Any]) -> str:
    for field in ("edtf", "raw", "literal"):
        words = date.get(field)
        if isinstance(words, str):
            try:
                return parse_dates(words).edtf
            except DateRefused:
                continue
    return ""


def _point(parts: Any, approximate: str) -> str:
    """One date in EDTF; an end without a year is open."""
    if not isinstance(parts, list) or len(parts) > 3:
        raise _refused(parts)
    numbers = [_number(part) for part in parts]
    if not numbers or numbers == [0]:
        return ".."
    if not 1 <= numbers[0] <= 9998:
        raise DateRefused(
            "year_out_of_range", f"The year {numbers[0]} is not read. Years are 1 to 9998."
        )
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        raise DateRefused("impossible", f"There is no month {numbers[1]}. Months are 1 to 12.")
    if len(numbers) > 2 and not 1 <= numbers[2] <= 31:
        raise DateRefused("impossible", f"There is no day {numbers[2]}. Days are 1 to 31 at most.")
    year, *rest = numbers
    return "-".join([f"{year:04}", *(f"{number:02}" for number in rest)]) + approximate


def _number(part: Any) -> int:
    if isinstance(part, str) and part.isascii() and part.isdigit() and len(part) <= 4:
        return int(part)
    if isinstance(part, bool) or not isinstance(part, int):
        raise _refused(part)
    return part


def _refused(value: object) -> DateRefused:
    return DateRefused(
        "shape",
        f"{quoted(repr(value))} is no date of CSL-JSON. "
        'Write `{"date-parts": [[2025, 5, 8]]}`, with fewer parts where less is known.',
    )
