"""Dates and periods in the words that people use, written in EDTF.

    7 May 2025, May 7, 2025, 7. Mai 2025, 7 мая 2025 г.    2025-05-07
    2025年5月7日, 13.05.2025                                2025-05-07, 2025-05-13
    May 2025, mai 2025, 05/2025                             2025-05
    7–10 May 2025, May 7–10, 2025, January–June 2025        2025-05-07/2025-05-10, 2025-01/2025-06
    2022–2025, 2024–25, between 2022 and 2025               2022/2025, 2024/2025, 2022/2025
    H1 2025, first half of 2025, Q3 2024                    2025-40, 2025-40, 2024-35
    first nine months of 2025, last three months of 2025    2025-01/2025-09, 2025-10/2025-12
    12 months to March 2025, year ending March 2025         2024-04/2025-03
    1990s                                                   199X
    early 2025, mid-2025, late 2025                         the first, second and last four months
    early, mid-, late May 2025                              days 1–10, 11–20, from 21 on
    early, mid-, late 1990s                                 1990–1993, 1994–1996, 1997–1999
    since 2013, from 2013 on, until March 2025, by 2025     2013/.., 2013/.., ../2025-03, ../2025
    after March 2025, before 2025                           2025-04-01/.., ../2024-12-31
    FY2023/24 from April, FY2024 ending March               2023-04/2024-03
    about 2025, 2025, uncertain                             2025~, 2025?

`since` and `from` include their first day; `until` and `by` include all of what they name: until
March 2025 is until 31 March. A fiscal year is read where both of its years and its first month are
said, or the month in which it ends: FY2024 alone, or from April, begins in 2023 for some and in
2024 for others.

Two readings are no reading: `05/07/2025` (13/05/2025 has but one), `2001–02`, `2000s` and `year to
March 2025` are refused with both. The words are in `date_names`.
"""

import calendar
import difflib
import re
from collections.abc import Callable
from datetime import date, timedelta

from sources.domain.date_names import (
    AFTER_YEAR,
    COUNTS,
    ORDINALS,
    PARTS,
    fold_date_words,
    month_number,
)
from sources.domain.edtf import parse_edtf

EXAMPLES = (
    *("7 May 2025", "May 7, 2025", "7–10 May 2025", "May 7–10, 2025", "May 2025", "1990s"),
    *("H1 2025", "Q3 2024", "first half of 2025", "third quarter of 2024", "2022–2025", "mid-2025"),
    *("first nine months of 2025", "12 months to March 2025", "early 2025", "late 2025"),
    *("January–June 2025", "May 2023 – June 2024", "since 2013", "from May 2025"),
    *("until March 2025", "by May 2025", "2025-01/2025-06", "2025-05-07", "2013/.."),
)
# By which a date is uncertain: the marks of EDTF, and words in any case of letters. The same for
# PostgreSQL, whose regular expressions know no \b.
DOUBT = "[?~%]|(^|[^a-z])(about|around|approximately|circa|ca|c|early|mid|late|uncertain)([^a-z]|$)"

_YEAR = f"(?P<year>[0-9]{{4}}){AFTER_YEAR}"
_MONTH = r"(?P<month>[^\W\d_]{3,12}\.?)"
_ORDINAL_DAY = r"(?:st|nd|rd|th|er)?"
_DAY = rf"(?P<day>[0-9]{{1,2}}){_ORDINAL_DAY}"
_ORDINAL = f"(?P<which>last|{'|'.join(ORDINALS)})"
_ABOUT = r"(?:(?:about|around|approximately|circa|ca\.?|c\.) ?|~ ?)"
_STAGE = "(?P<stage>early|mid|late)(?: |-| - )"
_JOINT = r" *[-–—] *| (?:to|until|till|through) "
_EASTERN = "(?:([0-9]{4}) ?年)? ?(?:([0-9]{1,2}) ?月)? ?(?:([0-9]{1,2}) ?[日号號])?"
_EASTERN_JOINT = " ?(?:至|到|[-–—～]) ?"

_WORDS = re.compile(
    r"[^\W\d_TXYZ]|[–—]|[0-9]{4}-[0-9]{4}|[0-9] +- +[0-9]|^[0-9]{1,2}[/.-][0-9.]"
    r"|^[0-9]{4}([/.-])[0-9]{1,2}\1[0-9]{1,2}$(?<!-[0-9]{2}-[0-9]{2})"
)


def is_in_words(typed: str) -> bool:
    """Whether a date is meant to be words, or numbers in the order of a language; else it is EDTF,
    of which X, T, Y and Z are letters."""
    return _WORDS.search(typed.strip(" ")) is not None


def edtf_of_words(typed: str) -> str | None:
    """Write a date in words in EDTF; None where it is not read.

    That its days are there and in order is for whoever reads the EDTF.
    """
    text = fold_date_words(typed)
    for read in (_point, _fiscal, _month_count, _bounded, _range, _eastern):
        if found := read(text):
            return found
    return None


def nearest_example(typed: str) -> str | None:
    """The example that looks most like what was typed, if any does."""
    known = {example.lower(): example for example in EXAMPLES}
    near = difflib.get_close_matches(fold_date_words(typed)[:60], known, n=1, cutoff=0.6)
    return known[near[0]] if near else None


def two_readings(typed: str) -> tuple[str, str] | None:
    """Both readings of a date that has two, as they can be written; else None."""
    text = fold_date_words(typed)
    if match := re.fullmatch(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})", text):
        one, other, year = int(match[1]), int(match[3]), match[4]
        if one <= 12 and other <= 12:
            return f"{year}-{other:02}-{one:02}", f"{year}-{one:02}-{other:02}"
    if match := re.fullmatch("([0-9]{2})([0-9]{2}) ?[–—] ?(0[1-9]|1[0-2])", text):
        return f"{match[1]}{match[2]}/{match[1]}{match[3]}", f"{match[1]}{match[2]}-{match[3]}"
    if match := re.fullmatch("(?:the )?([0-9]{2})00'?s", text):
        return f"{match[1]}0X", f"{match[1]}XX"
    match = re.fullmatch(rf"(?:the )?year to {_MONTH} {_YEAR}", text)
    if match is not None and (number := month_number(match["month"])):
        year = match["year"]
        return _months_to(year, number, 12), f"{year}-01/{year}-{number:02}"
    return None


def _point(text: str) -> str | None:
    """A day, month, part of a year, year or decade; an interval where EDTF has no such date."""
    if about := re.fullmatch(rf"{_ABOUT}(.+)", text):
        return _qualified(_point(about[1]), "~")
    if uncertain := re.fullmatch(r"(.+?)(?:, uncertain| ?\?)", text):
        return _qualified(_point(uncertain[1]), "?")
    for pattern, read in _POINTS:
        match = re.fullmatch(pattern, text)
        if match is not None and (found := read(match)):
            return found
    return None


def _qualified(edtf: str | None, mark: str) -> str | None:
    """A date with a mark of doubt at each end; where EDTF has no place for it, without."""
    if edtf is None:
        return None
    ends = edtf.split("/")
    if re.search("[?~%]", edtf):
        return None if mark in edtf or "%" in edtf else re.sub("[?~]", "%", edtf)
    return "/".join(end if re.search("-(3[3-9]|4[01])$", end) else end + mark for end in ends)


def _first(edtf: str) -> str:
    return edtf.split("/")[0]


def _last(edtf: str) -> str:
    return edtf.split("/")[-1]


def _fiscal(text: str) -> str | None:
    """A year that does not begin in January, where it is said which."""
    match = re.fullmatch(
        "(?:fy|(?:fiscal|financial) year) ?(?P<first>[0-9]{4})"
        "(?:[/–-](?P<last>[0-9]{2}|[0-9]{4}))?"
        "(?: (?P<word>from|ending(?: in)?) (?P<month>.+))?",
        text,
    )
    if match is None:
        return None
    first, last, month = int(match["first"]), match["last"], month_number(match["month"] or "")
    is_followed = bool(last) and f"{first + 1:04}".endswith(last)
    if month and match["word"] == "from" and is_followed and month > 1:
        return f"{first:04}-{month:02}/{first + 1:04}-{month - 1:02}"
    if month and match["word"] != "from" and not last:
        return _months_to(match["first"], month, 12)
    return None


def _month_count(text: str) -> str | None:
    """Some months from the first of a year on, to its last, or to a month that is named."""
    match = re.fullmatch(
        rf"(?:the )?(?P<which>first|last) (?P<count>[a-z0-9]+) months (?:of )?{_YEAR}", text
    )
    if match is not None:
        count, year = COUNTS.get(match["count"], 12), match["year"]
        if count > 11:
            return None
        first, last = (1, count) if match["which"] == "first" else (13 - count, 12)
        return f"{year}-{first:02}/{year}-{last:02}"
    match = re.fullmatch(
        r"(?:the )?(?:(?P<count>[a-z0-9]+) months (?:to|ending|ended)|year (?:ending|ended))"
        rf"(?: in)?(?: the)?(?:[ -]end(?:[ -]of)?)?[ -]{_MONTH} {_YEAR}",
        text,
    )
    if match is None:
        return None
    months, number = COUNTS.get(match["count"] or "12"), month_number(match["month"])
    return _months_to(match["year"], number, months) if months and number else None


def _months_to(year: str, month: int, count: int) -> str:
    """The span of that many months, of which the last is that one."""
    begin = int(year) * 12 + month - count
    return f"{begin // 12:04}-{begin % 12 + 1:02}/{year}-{month:02}"


def _bounded(text: str) -> str | None:
    """Open at one end."""
    match = re.fullmatch(
        "(?P<word>since|from|until|till|up to|by|no later than|after|before) (?P<point>.+?)"
        "(?P<on> on| onwards?)?",
        text,
    ) or re.fullmatch("(?P<point>.+?)(?P<word> onwards?)(?P<on>)", text)
    point = _point(match["point"]) if match else None
    if match is None or point is None or (match["on"] and match["word"] not in ("since", "from")):
        return None
    if match["word"] in ("since", "from", " onward", " onwards"):
        return f"{_first(point)}/.."
    if match["word"] not in ("after", "before"):
        return f"../{_last(point)}"
    days = parse_edtf(point)
    if match["word"] == "after":
        return f"{days.upper}/.."
    if days.lower is None or days.lower == date.min:
        return None
    return f"../{days.lower - timedelta(days=1)}"


def _range(text: str) -> str | None:
    """From one point to another, whose year and month hold for the first as well."""
    for opening, joint in (("between ", " and "), ("from ", _JOINT), ("", _JOINT)):
        if text.startswith(opening) and (found := _joined(text.removeprefix(opening), joint)):
            return found
    return None


def _joined(text: str, joint: str) -> str | None:
    """Two points, or a month with two of its days, or a year with the end of another."""
    days = rf"{_MONTH} {_DAY}(?:{joint})(?P<last>[0-9]{{1,2}}){_ORDINAL_DAY},? {_YEAR}"
    if match := re.fullmatch(days, text):
        month = month_number(match["month"])
        first, last = (f"{match['year']}-{month:02}-{int(match[n]):02}" for n in ("day", "last"))
        return f"{first}/{last}" if month else None
    if match := re.fullmatch("([0-9]{2})([0-9]{2}) ?[–—] ?([0-9]{2})", text):
        century, first, last = match.groups()
        if (first, last) == ("99", "00"):
            return f"{century}99/{int(century) + 1}00"
        return f"{century}{first}/{century}{last}" if first < last and last > "12" else None
    for between in re.finditer(joint, text):
        before, after = text[: between.start()], text[between.end() :]
        if (end := _point(after)) is None:
            continue
        begin = _point(before) or _point(_completed(before, by=after))
        if begin is not None:
            return f"{_first(begin)}/{_last(end)}"
    return None


def _completed(first: str, *, by: str) -> str:
    """`7` by `10 May 2025` is `7 May 2025`, `January` by `June 2025` is `January 2025`."""
    year, month = re.search("[0-9]{4}", by), re.search(r"[^\W\d_]{3,}", by)
    if year is None or re.search("[0-9]{4}", first) or not re.search(r"[^\W\d_]", by):
        return ""
    if month is not None and re.fullmatch(rf"[0-9]{{1,2}}{_ORDINAL_DAY}\.?", first):
        return f"{first} {month[0]} {year[0]}"
    return f"{first} {year[0]}"


def _eastern(text: str) -> str | None:
    """2025年5月7日, or from it to another, whose year and month hold for the second as well."""
    found = [re.fullmatch(_EASTERN, point) for point in re.split(_EASTERN_JOINT, text)]
    points = [match.groups() for match in found if match is not None and any(match.groups())]
    if len(points) != len(found) or len(points) > 2:
        return None
    first, last = points[0], points[-1]
    given = next(place for place, part in enumerate(last) if part is not None)
    last = (*first[:given], *last[given:])
    if [part is None for part in first] != [part is None for part in last]:
        return None
    ends = [_iso(*point) for point in (first, last)[: len(points)]]
    return None if None in ends else "/".join(filter(None, ends))


def _iso(year: str | None, month: str | None, day: str | None) -> str | None:
    """A date by its numbers; None without a year, or where a day has no month."""
    if year is None or month is None:
        return year if day is None else None
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


def _part(match: re.Match[str]) -> str | None:
    """A half, a third or a quarter."""
    which, (last, before) = match["which"], PARTS[match["part"]]
    number = last if which == "last" else ORDINALS.get(which) or int(which)
    return f"{match['year']}-{before + number}" if number <= last else None


def _named(match: re.Match[str]) -> str | None:
    """A month by its name, and a day of it where one stands beside."""
    month = month_number(match["month"])
    day = match.groupdict().get("day")
    return _iso(match["year"], str(month), day) if month else None


def _numbered(match: re.Match[str]) -> str | None:
    """Day and month in numbers, where only one of them can be the month."""
    year, one, other = match["year"], int(match["one"]), int(match["other"])
    if one == other or other > 12 >= one:
        return _iso(year, str(one), str(other))
    return _iso(year, str(other), str(one)) if one > 12 >= other else None


def _stage(match: re.Match[str]) -> str | None:
    """The beginning, the middle or the end of a year, a month or a decade."""
    place = ("early", "mid", "late").index(match["stage"])
    year = match["year"]
    if match["decade"]:
        first, last = ((0, 3), (4, 6), (7, 9))[place]
        return f"{year[:3]}{first}/{year[:3]}{last}" if year[3] == "0" else None
    if not match["month"]:
        return f"{year}-{4 * place + 1:02}/{year}-{4 * place + 4:02}"
    month = month_number(match["month"])
    if month is None:
        return None
    length = calendar.monthrange(int(year), month)[1]
    first_day, last_day = ((1, 10), (11, 20), (21, length))[place]
    return f"{year}-{month:02}-{first_day:02}/{year}-{month:02}-{last_day}"


_POINTS: tuple[tuple[str, Callable[[re.Match[str]], str | None]], ...] = (
    (r"[?~%]?[0-9x]{4}[?~%]?(-[?~%]?[0-9x]{2}[?~%]?){0,2}", lambda match: match[0].upper()),
    (rf"(?:in )?{_YEAR}", lambda match: match["year"]),
    (rf"(?P<part>[hq])(?P<which>[1-4])[ /]{_YEAR}", _part),
    (rf"(?P<which>[1-4])(?P<part>[hq]) {_YEAR}", _part),
    (r"(?P<year>[0-9]{4})[ -]?(?P<part>[hq])(?P<which>[1-4])", _part),
    (rf"(?:the )?{_ORDINAL}[ -](?P<part>half|third|quarter) (?:of )?{_YEAR}", _part),
    (rf"(?:in )?{_MONTH},? {_YEAR}", _named),
    (rf"(?:on )?{_DAY}(?: |\. ?)(?:of )?{_MONTH},? {_YEAR}", _named),
    (rf"(?:on )?{_MONTH} {_DAY},? {_YEAR}", _named),
    (r"(?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{4})", lambda m: _iso(m["year"], m["month"], None)),
    (r"(?P<one>[0-9]{1,2})([/.-])(?P<other>[0-9]{1,2})\2(?P<year>[0-9]{4})", _numbered),
    (r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})", lambda m: _iso(m[1], m[3], m[4])),
    (r"(?:the )?(?P<decade>[0-9]{2}[1-9])0'?s", lambda match: f"{match['decade']}X"),
    (rf"(?:the )?{_STAGE}(?P<month>)(?P<year>[0-9]{{4}})(?P<decade>'?s)?", _stage),
    (rf"{_STAGE}{_MONTH} {_YEAR}(?P<decade>)", _stage),
)
