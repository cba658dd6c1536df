"""Read a date or a period as people or machines write it: the one reader of all forms and doors.

Words are in `date_words`, EDTF (ISO 8601-2) in `edtf`. Both are kept: what was typed is what is
hashed and shown, its EDTF and its days are derived and are the same for every way of writing them.
Whatever pages and the API print of a date is read as well: `from March 2025 on (typed “since March
2025”)` is what was typed.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from sources.domain.date_words import (
    DOUBT,
    edtf_of_words,
    is_in_words,
    nearest_example,
    two_readings,
)
from sources.domain.edtf import AS_IN, DateRefused, date_refused, parse_edtf
from sources.domain.ranges import Range
from sources.domain.refusals import character_name, is_invisible

__all__ = ["DateRefused", "ReadDates", "is_in_doubt", "parse_dates"]

_MAX_LENGTH = 60  # as much as the columns hold
_MAX_PRINTED = 200  # of what is printed with what was typed
_SPACES = str.maketrans("\u00a0\u202f", "  ")
_PRINTED = re.compile(r"(?P<understood>.+?) \(typed [“\"](?P<typed>.+)[”\"]\)")
_DOUBT = re.compile(DOUBT, re.IGNORECASE)

# Dates that are written often and not read: their form, a code, what is wrong, and what to write.
_REMEDIES = (
    (
        "(?:fy|fiscal year|financial year).*",
        "fiscal_year",
        "does not say when the fiscal year begins",
        "Write `FY2023/24 from April` or `FY2024 ending March`.",
    ),
    (
        r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-]'?[0-9]{2}|[^\W\d_]{3,}\.? '?[0-9]{1,2}",
        "year_missing",
        "has no year in four digits",
        "Write it as in `7 May 2025` or `May 2025`.",
    ),
    (
        "[0-9]{8}",
        "unreadable",
        "has no marks between year, month and day",
        "Write it as in `2025-05-07`.",
    ),
    (
        "[0-9]{4}/[0-9]{2}",
        "ambiguous",
        "names one year and a part of another",
        "Write `2024/2025` for both years, or `FY2024/25 from April`.",
    ),
    (
        ".*[ –—-](?:present|today|now|date)",
        "relative",
        "ends on the day on which it is read",
        "Write `since 2013`, or the day that the source means.",
    ),
    (
        "(?:at |by |until |since )?(?:the )?(?:end|beginning|start)[ -].*",
        "unreadable",
        "does not say which days are meant",
        "Write `late 2025` or `31 December 2025`.",
    ),
    (
        "(?:.* )?(?:spring|summer|autumn|fall|winter) .*",
        "season",
        "is a season, which begins on no agreed day",
        "Write its months, as in `March–May 2025`.",
    ),
    (
        ".*(?:last|this|next) (?:year|month|week|quarter)|yesterday|today|tomorrow",
        "relative",
        "depends on the day on which it is read",
        f"Write the date that is meant, as in {AS_IN}.",
    ),
)


@dataclass(frozen=True)
class ReadDates:
    """The days that a typed date stands for.

    `typed` is kept as it came; `edtf` is the same in EDTF; `days` is half-open, [first day, day
    after the last), an absent bound being None; `uncertain` says that a mark or a word of doubt
    stood anywhere in it.
    """

    typed: str
    edtf: str
    days: Range[date]
    uncertain: bool


def parse_dates(typed: str) -> ReadDates:
    """Read a date or an interval in words or EDTF; spaces around it are passed over.

    Raises DateRefused, naming what was read and what to write; where there are two readings, both.
    """
    text = typed.translate(_SPACES).strip(" ")
    _refuse_characters(text)
    if printed := _PRINTED.fullmatch(text):
        read = parse_dates(printed["typed"])
        if read.days != parse_dates(printed["understood"]).days:
            raise date_refused(
                "ambiguous", text, "says two things", f"Write `{read.typed}`, or what is meant."
            )
        return ReadDates(typed, read.edtf, read.days, read.uncertain)
    if not is_in_words(text):
        edtf: str | None = text
        _refuse_known(text)
    else:
        edtf = edtf_of_words(text)
    if edtf is None:
        raise _not_read(text)
    return ReadDates(typed, edtf, parse_edtf(edtf), is_in_doubt(text))


def is_in_doubt(typed: str) -> bool:
    """Whether a mark of EDTF (? ~ %) or a word, such as about or early, makes a date uncertain."""
    return _DOUBT.search(typed) is not None


def _refuse_characters(text: str) -> None:
    """Refuse by length and by what nobody sees."""
    if not text:
        raise DateRefused("empty", f"The date is empty. Write one, as in {AS_IN}.")
    limit = _MAX_PRINTED if "(typed " in text[:_MAX_PRINTED] else _MAX_LENGTH
    if len(text) > limit:
        raise date_refused(
            "too_long", text, f"has {len(text)} characters", f"At most {limit} are read."
        )
    for character in text:
        if is_invisible(character):
            raise date_refused(
                "invisible", text, f"holds {character_name(character)}", "Type it anew."
            )


def _refuse_known(text: str) -> None:
    """Refuse what is written often and not read, saying what to write."""
    for pattern, code, what, remedy in _REMEDIES:
        if re.fullmatch(pattern, text, re.IGNORECASE):
            raise date_refused(code, text, what, remedy)


def _not_read(text: str) -> DateRefused:
    """The refusal of words, with both readings where there are two."""
    if readings := two_readings(text):
        return date_refused(
            "ambiguous",
            text,
            "can be read in two ways",
            f"Write `{readings[0]}` or `{readings[1]}`, whichever is meant.",
        )
    _refuse_known(text)
    for character in text:
        is_digit = not character.isascii() and unicodedata.category(character) == "Nd"
        if is_digit or character == "−":  # a minus sign
            return date_refused(
                "unreadable",
                text,
                f"holds {character_name(character)}",
                "Write the digits 0 to 9, and - or – between two dates.",
            )
    example = nearest_example(text)
    as_in = f"`{example}`, or in EDTF" if example else AS_IN
    return date_refused("unreadable", text, "is not read", f"Write it as in {as_in}.")
