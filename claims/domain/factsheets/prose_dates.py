"""Dates in running text: where one stands, and the days that it means.

The days are read by `sources.domain.dates`, so that prose is read as forms are; here it is found
where a date begins and ends. Besides are read: days and months without a year ("on 8 May"), which
mean those of a year that the cited claims name; halves and quarters in German and Russian. Of
"since 2013", "by 2025" the date is 2013, 2025.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from claims.domain.factsheets.wide_letters import WORD_END
from sources.domain.date_names import AFTER_YEAR, COUNTS, fold_date_words, month_number
from sources.domain.dates import DateRefused, parse_dates
from sources.domain.edtf import parse_edtf
from sources.domain.ranges import Range

Days = tuple[date | None, date | None]

_SPACE = r"(?:[^\S\n]{1,3}|[^\S\n]?\n[^\S\n]{0,3})"
_BARE_YEAR = r"(?:1[0-9]{3}|20[0-9]{2}|21[0-9]{2})(?![0-9]|[.,][0-9])"
_YEAR = _BARE_YEAR + AFTER_YEAR
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th|er)?(?![0-9])"
_MONTH = r"[^\W\d_]{3,12}\.?"
_JOINT = rf"(?:{_SPACE}?[-–—]{_SPACE}?|{_SPACE}(?:to|until|till|through|bis|по){_SPACE})"
_WHICH = "(?:first|second|third|fourth|last|1st|2nd|3rd|4th)"
_SPAN_TO = rf"(?:[^\W_]{{1,8}}{_SPACE}months{_SPACE}(?:to|ending|ended)|year{_SPACE}end(?:ing|ed))"
_FISCAL = rf"(?:FY|fiscal year|financial year){_SPACE}?[0-9]{{4}}(?:[/–-][0-9]{{2,4}})?"
_POINT = "|".join(
    (
        rf"{_DAY}(?:\.?{_SPACE}|\.)(?:of{_SPACE})?{_MONTH},?{_SPACE}{_YEAR}",
        rf"{_MONTH}{_SPACE}{_DAY},?{_SPACE}{_BARE_YEAR}",
        rf"[HQ][1-4][ /]?{_BARE_YEAR}|[1-4][HQ]{_SPACE}?{_BARE_YEAR}",
        rf"{_WHICH}[ -](?:half|third|quarter){_SPACE}(?:of{_SPACE})?{_BARE_YEAR}",
        rf"(?:first|last){_SPACE}[^\W_]{{1,8}}{_SPACE}months{_SPACE}(?:of{_SPACE})?{_BARE_YEAR}",
        rf"{_SPAN_TO}{_SPACE}(?:in{_SPACE})?{_MONTH}{_SPACE}{_BARE_YEAR}",
        rf"(?:early|mid|late)(?:{_SPACE}|-)(?:{_MONTH}{_SPACE})?[12][0-9]{{3}}(?:'?s\b)?",
        rf"{_FISCAL}(?:{_SPACE}(?:from|ending(?:{_SPACE}in)?){_SPACE}{_MONTH})?",
        r"[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}[日号號])?)?",
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}(?P<mark>[/.])[0-9]{1,2}(?P=mark)[0-9]{4}",
        r"[0-9]{4}'?s\b",
        r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])(?![0-9])",
        rf"{_MONTH},?{_SPACE}{_YEAR}",
        _YEAR,
    )
)
_POINT_AFTER = _POINT.replace("?P<mark>", "?P<last_mark>").replace("?P=mark", "?P=last_mark")
_PARTIAL = (
    rf"{_DAY}\.?{_SPACE}{_MONTH}|{_MONTH}{_SPACE}{_DAY}|{_DAY}\.?|{_MONTH}|{_DAY}{_SPACE}{_MONTH}"
)
_DATED = tuple(
    re.compile(rf"(?:{pattern}){WORD_END}", re.IGNORECASE)
    for pattern in (
        rf"between{_SPACE}(?:{_POINT}|{_PARTIAL}){_SPACE}and{_SPACE}(?:{_POINT_AFTER})",
        rf"(?:{_POINT}|{_PARTIAL}){_JOINT}(?:{_POINT_AFTER})",
        rf"{_MONTH}{_SPACE}{_DAY}{_JOINT}{_DAY},?{_SPACE}{_BARE_YEAR}",
        r"[0-9]{4}[–—/][0-9]{2}(?![0-9])",
        _POINT,
    )
)
_YEARLESS = tuple(
    re.compile(rf"(?:{pattern}){WORD_END}", re.IGNORECASE)
    for pattern in (
        rf"between{_SPACE}{_MONTH}{_SPACE}and{_SPACE}(?P<name>{_MONTH})",
        rf"(?:{_DAY}\.?(?:{_SPACE}{_MONTH})?{_JOINT})?{_DAY}(?:\.?{_SPACE}|\.)(?P<name>{_MONTH})",
        rf"(?P<name>{_MONTH}){_SPACE}{_DAY}(?:{_JOINT}{_DAY})?(?!,?[0-9]|\.[0-9])",
        rf"{_MONTH}{_JOINT}(?P<name>{_MONTH})",
    )
)
_MONTH_ALONE = re.compile(rf"(?P<name>{_MONTH})(?!\w)")
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|during|throughout|by|from|of|early|mid|late|im|seit|bis|en|в|с|до)"
    r"[ -]\Z",
    re.IGNORECASE,
)
# Halves and quarters of a year as other languages say them: German and Russian.
_HALF = re.compile(
    r"(?P<which>[^\W_]{1,9}|[12])(?:-[ймгое]{1,2}|\.)?[ ](?:Halbjahr(?:es|s)?|полугоди[еяию])[ ]"
    rf"(?P<year>{_BARE_YEAR}){AFTER_YEAR}(?!\w)",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"(?P<which>[^\W_]{1,9}|[1-4])(?:-[ймгое]{1,2}|\.)?[ ](?:Quartals?|квартал[аеу]?)[ ]"
    rf"(?P<year>{_BARE_YEAR}){AFTER_YEAR}(?!\w)",
    re.IGNORECASE,
)
_PLACES = (
    ("1", "i", "erst", "перв"),
    ("2", "ii", "zweit", "втор"),
    ("3", "iii", "dritt", "трет"),
    ("4", "iv", "viert", "четверт"),
)
_STEMS = tuple(stem for stems in _PLACES for stem in stems[1:])
_DIGIT = re.compile("[0-9]")
_BOUND = re.compile(
    r"\b(?:since|from|until|till|to|by|through|after|before|seit|ab|bis|с|до|after|начиная с)"
    r"(?: the)? \Z",
    re.IGNORECASE,
)
_KEYWORDS = frozenset(
    (
        *("h", "q", "first", "second", "third", "fourth", "last", "early", "mid", "late"),
        *("fy", "fiscal", "financial", "between", "year"),
    )
)
_VERBS = frozenset(("may", "march", "mar"))  # small, they are no months
_MAX_PARSED = 60


@dataclass(frozen=True, slots=True)
class ProseDate:
    """A date or period at its place in a text: `text[start:end]`.

    `days` are half-open, None where it lacks a year or cannot be read. `ends` are those of a span
    of days. `is_bound` says that it is where a period begins or ends: since 2013. `is_year` says
    that it is four digits alone, which may be a number.
    """

    start: int
    end: int
    words: str
    days: Days | None
    ends: tuple[Days, ...] = ()
    lacks_year: bool = False
    is_bound: bool = False
    is_year: bool = False

    def in_year(self, year: int) -> Days | None:
        """The days that it means in that year; None where no calendar has them."""
        read = read_days(f"{self.words} {year}")
        if read is None:
            read = read_days(f"{self.words}, {year}")
        return None if read is None else read[0]


def date_at(text: str, start: int, word: str) -> ProseDate | None:
    """Return the date that begins here; None where none does. `word` is the token here."""
    plain = word.lower()
    if plain.startswith(_STEMS) and (found := _translated(text, start)):
        return found
    if word[0].isdigit():
        return _translated(text, start) or _with_year(text, start) or _without_year(text, start)
    is_month = _is_month(word)
    if not (is_month or plain in _KEYWORDS or plain in COUNTS):
        return None
    found = _with_year(text, start) if _DIGIT.search(text, start, start + 60) else None
    if found is None and (is_month or plain == "between"):
        found = _without_year(text, start)
    return _month(text, start) if found is None and is_month else found


@lru_cache(maxsize=2_000)
def read_days(words: str) -> tuple[Days, tuple[Days, ...]] | None:
    """The days of a date in words, and the ends of a period; None where it cannot be read."""
    words = re.sub(r"\b(?:bis|по)\b", "to", words)
    if len(words) > _MAX_PARSED:
        return None
    try:
        read = parse_dates(words)
        ends = [parse_edtf(end) for end in read.edtf.split("/") if end != ".."]
    except DateRefused:
        return None
    return _pair(read.days), tuple(_pair(end) for end in ends) if "/" in read.edtf else ()


def is_single_day(days: Days) -> bool:
    """Whether it is one day."""
    lower, upper = days
    return lower is not None and upper is not None and (upper - lower).days == 1


def _pair(days: Range[date]) -> Days:
    return days.lower, days.upper


def _is_month(word: str) -> bool:
    """Whether a word of running text names a month: "May", not "may"."""
    if word.isascii() and word[0].islower() and (word in _VERBS or len(word) < 4) and word != "mai":
        return False
    return len(word) <= 12 and month_number(fold_date_words(word)) is not None


def _with_year(text: str, start: int) -> ProseDate | None:
    """A date with its year, the longest that can be read; a form of numbers that cannot be read."""
    for pattern in _DATED:
        found = pattern.match(text, start, start + 120)
        if found is None:
            continue
        words = " ".join(found[0].split())
        is_bound = _BOUND.search(text, max(0, start - 16), start) is not None
        if (read := read_days(words)) is not None:
            days, ends = read
            is_year = len(words) == 4 and words.isdigit()
            return ProseDate(
                start, found.end(), words, days, ends, is_bound=is_bound, is_year=is_year
            )
        if re.fullmatch(r"[0-9]{1,2}([/.])[0-9]{1,2}\1[0-9]{4}|(?:FY ?)?[0-9/–-]+'?s?", words):
            return ProseDate(start, found.end(), words, None)
    return None


def _without_year(text: str, start: int) -> ProseDate | None:
    for pattern in _YEARLESS:
        found = pattern.match(text, start, start + 60)
        if found is None or not _is_month(found["name"].removesuffix(".")):
            continue
        end = found.end() - (found[0].endswith(".") and not _is_short(found["name"]))
        read = ProseDate(start, end, " ".join(text[start:end].split()), None, lacks_year=True)
        if read.in_year(2024) is not None:
            return read
    return None


def _month(text: str, start: int) -> ProseDate | None:
    """A month alone, where a word before it says that it is one."""
    found = _MONTH_ALONE.match(text, start, start + 14)
    if found is None or not _is_month(found["name"].removesuffix(".")):
        return None
    if _BEFORE_MONTH.search(text, max(0, start - 12), start) is None:
        return None
    words = found["name"] if _is_short(found["name"]) else found["name"].removesuffix(".")
    return ProseDate(start, start + len(words), words, None, lacks_year=True)


def _is_short(name: str) -> bool:
    """Whether the point behind a name of a month is that of its abbreviation."""
    return len(name.removesuffix(".")) <= 4 and name.lower() not in ("may.", "mai.", "june.")


def _translated(text: str, start: int) -> ProseDate | None:
    """A half or a quarter of a year in another language."""
    for pattern, letter, most in ((_HALF, "H", 2), (_QUARTER, "Q", 4)):
        found = pattern.match(text, start, start + 60)
        if found is None:
            continue
        which = found["which"].lower()
        for number, (digit, roman, *stems) in enumerate(_PLACES[:most], start=1):
            if which in (digit, roman) or which.startswith(tuple(stems)):
                read = read_days(f"{letter}{number} {found['year']}")
                return ProseDate(start, found.end(), found[0], read[0] if read else None)
    return None
