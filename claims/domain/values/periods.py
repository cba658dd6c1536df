"""Periods in the words that editors use, said in EDTF.

    H1 2025, 2025 H1, first half of 2025               2025-40
    Q3 2024, third quarter of 2024                     2024-35
    first nine months of 2025                          2025-01/2025-09
    May 2025, 7 May 2025, May 7, 2025                  2025-05, 2025-05-07
    7–10 May 2025, January–June 2025                   2025-05-07/2025-05-10, 2025-01/2025-06
    2022–2025, 2022 to 2025, May 2023 – June 2024      2022/2025, 2023-05/2024-06
    since 2013, from May 2025                          2013/.., 2025-05/..
    until March 2025, by May 2025                      ../2025-03, ../2025-05
    FY2023/24 from April, FY2024 ending March          2023-04/2024-03

`since` and `from` include their first day; `until` and `by` include all of what they name: until
March 2025 is until 31 March. A fiscal year is read where both of its years and its first month are
said, or the month in which it ends: FY2024 alone, or from April, begins in 2023 for some and in
2024 for others. Names of months are English, in any case, of three letters or more.

What is typed in EDTF is EDTF; words never hold its marks of doubt (? ~ %), so that whether a period
is uncertain can be told from what was typed. What is neither is refused with the nearest example.
"""

import difflib
import re
from collections.abc import Callable

from sources.domain.refusals import Refusal, is_invisible, quoted

_MAX_LENGTH = 60  # as much as the column holds

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_ORDINALS = {
    word: number
    for number, words in enumerate(("first 1st", "second 2nd", "third 3rd", "fourth 4th"), start=1)
    for word in words.split()
}
_NAMES = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_NUMBERS = {
    name: number for number, word in enumerate(_NAMES, start=2) for name in (word, str(number))
}

EXAMPLES = (
    *("H1 2025", "Q3 2024", "first half of 2025", "third quarter of 2024", "2022–2025"),
    *("first nine months of 2025", "May 2025", "7 May 2025", "7–10 May 2025"),
    *("January–June 2025", "May 2023 – June 2024", "since 2013", "from May 2025"),
    *("until March 2025", "by May 2025", "2025-01/2025-06", "2025-05-07", "2013/.."),
)
_BY_LOWER_CASE = {example.lower(): example for example in EXAMPLES}

_YEAR = "(?P<year>[0-9]{4})"
_MONTH = "(?P<month>[a-z]{3,9})"
_DAY = "(?P<day>[0-9]{1,2})"
_ORDINAL = f"(?P<which>{'|'.join(_ORDINALS)})"


class PeriodRefused(Refusal):
    """A period in words that are not known, or that do not say which year is meant."""


def period_in_edtf(typed: str) -> str:
    """Write a period in EDTF; text in no words is given back as it is. Raises PeriodRefused.

    That its days are there and in order is for whoever reads the EDTF.
    """
    if not is_in_words(typed):
        return typed
    text = re.sub(" +", " ", typed.strip(" ")).lower()
    for read in (_fiscal, _bounded, _first_months, _range, _point):
        if found := read(text):
            return found
    if text.startswith(("fy", "fiscal year", "financial year")):
        raise PeriodRefused(
            "fiscal_year",
            f"The period {quoted(typed)} does not say when the fiscal year begins. "
            "Write `FY2023/24 from April` or `FY2024 ending March`.",
        )
    nearest = difflib.get_close_matches(text, _BY_LOWER_CASE, n=1, cutoff=0)[0]
    example = _BY_LOWER_CASE[nearest]
    raise PeriodRefused(
        "period", f"The period {quoted(typed)} is not read. Write it as in `{example}`, or in EDTF."
    )


def is_in_words(typed: str) -> bool:
    """Whether a period is meant to be words: two letters in a row, a half or quarter, a dash
    between years. Else it is EDTF, or refused as such; X, T and Z are letters of that."""
    if len(typed) > _MAX_LENGTH or any(is_invisible(character) for character in typed):
        return False
    return re.search("[A-WYZa-wyz]{2}|[HhQq]|–|[0-9]{4} *- *[0-9]{4}", typed) is not None


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
    first, last, month = int(match["first"]), match["last"], _month(match["month"] or "")
    is_followed = bool(last) and f"{first + 1:04}".endswith(last)
    if month and match["word"] == "from" and is_followed and month > 1:
        return f"{first:04}-{month:02}/{first + 1:04}-{month - 1:02}"
    if month and match["word"] != "from" and not last:
        begins = f"{first - 1:04}-{month + 1:02}" if month < 12 else f"{first:04}-01"
        return f"{begins}/{first:04}-{month:02}"
    return None


def _bounded(text: str) -> str | None:
    """Open at one end; from one point to another it is a range."""
    word, _, rest = text.partition(" ")
    if word == "from" and " to " in rest:
        return _range(rest)
    point = _point(rest) if word in ("since", "from", "until", "by") else None
    if point is None:
        return None
    return f"{point}/.." if word in ("since", "from") else f"../{point}"


def _first_months(text: str) -> str | None:
    """The months of a year from January on."""
    match = re.fullmatch(rf"(?:the )?first (?P<count>[a-z0-9]+) months of {_YEAR}", text)
    if match is None:
        return None
    count = _NUMBERS.get(match["count"])
    return f"{match['year']}-01/{match['year']}-{count:02}" if count else None


def _range(text: str) -> str | None:
    """From one point to another, whose year and month hold for the first as well."""
    for joint in re.finditer(" *[-–] *| to ", text):
        first, last = text[: joint.start()], text[joint.end() :]
        end = _point(last)
        if end is None:
            continue
        begin = _point(first) or _point(_completed(first, by=last))
        if begin is not None:
            return f"{begin}/{end}"
    return None


def _completed(first: str, *, by: str) -> str:
    """`7` by `10 May 2025` is `7 May 2025`, `January` by `June 2025` is `January 2025`."""
    year, month = re.search("[0-9]{4}", by), re.search("[a-z]{3,}", by)
    if year is None or re.search("[0-9]{4}", first) or not re.search("[a-z]", by):
        return ""
    if first.isdigit() and month is not None:
        return f"{first} {month[0]} {year[0]}"
    return f"{first} {year[0]}"


def _point(text: str) -> str | None:
    """A day, a month, a part of a year or a year, in words or in digits."""
    for pattern, read in _POINTS:
        match = re.fullmatch(pattern, text)
        if match is not None:
            return read(match)
    return None


def _part(match: re.Match[str]) -> str | None:
    """A half or a quarter."""
    which = match["which"]
    number = _ORDINALS.get(which) or int(which)
    last, before = (2, 39) if match["part"].startswith("h") else (4, 32)
    return f"{match['year']}-{before + number}" if number <= last else None


def _day_of_month(match: re.Match[str]) -> str | None:
    month = _month(match["month"])
    return f"{match['year']}-{month:02}-{int(match['day']):02}" if month else None


def _month_of_year(match: re.Match[str]) -> str | None:
    month = _month(match["month"])
    return f"{match['year']}-{month:02}" if month else None


def _month(word: str) -> int | None:
    """The number of a month by its name or the first three letters of it or more."""
    name = word.removesuffix(".")
    if name == "sept":
        return 9
    found = [n for n, month in enumerate(_MONTHS, start=1) if month.startswith(name)]
    return found[0] if len(name) >= 3 and len(found) == 1 else None


_POINTS: tuple[tuple[str, Callable[[re.Match[str]], str | None]], ...] = (
    (r"[0-9]{4}(-[0-9]{2}){0,2}", lambda match: match[0]),
    (rf"(?P<part>[hq])(?P<which>[1-4]) {_YEAR}", _part),
    (rf"(?P<which>[1-4])(?P<part>[hq]) {_YEAR}", _part),
    (rf"{_YEAR} ?(?P<part>[hq])(?P<which>[1-4])", _part),
    (rf"(?:the )?{_ORDINAL} (?P<part>half|quarter) (?:of )?{_YEAR}", _part),
    (rf"{_MONTH}\.? {_YEAR}", _month_of_year),
    (rf"{_DAY} {_MONTH}\.? {_YEAR}", _day_of_month),
    (rf"{_MONTH}\.? {_DAY}, {_YEAR}", _day_of_month),
)
