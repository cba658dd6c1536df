"""Digits with marks between them: which mark stands before the fraction, and which between groups.

    said         read
    nothing      1234.5, 9,1 (9.1), 1 234, 1'234, 1,234,567, 1,234.5, 1.234,5, 12,34,567
    a point      1,234.5   1 234.5   1'234.5   12,34,567.8
    a comma      1.234,5   1 234,5   1'234,5

Where nothing is said, a number is read that can be read in one way only. `1,234` is a thousand to
one reader and one to another: both are given back. A single point is always the one before the
fraction, so that 1.234 is one and a bit.
"""

import re
from dataclasses import dataclass

from claims.vocabulary import DecimalMark

# Digits as far as they may be one number; a space only between groups of three.
DIGITS = r"[0-9]+(?:(?:[.,'’]| (?=[0-9]{3}(?![0-9])))[0-9]+)*"

_GROUPS = "[1-9][0-9]{{0,2}}(?P<mark>{between})[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*"
_INDIAN = "[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}"
_BETWEEN = {DecimalMark.POINT: "[, '’]", DecimalMark.COMMA: "[. '’]"}
_FRACTION = {DecimalMark.POINT: r"\.", DecimalMark.COMMA: ","}


@dataclass(frozen=True)
class TwoReadings:
    """The digits that a number has to a reader who takes its mark for one of groups, and to one
    who takes it for the one before the fraction."""

    grouped: str
    fraction: str


def plain_digits(token: str, decimal_mark: str) -> str | TwoReadings | None:
    """The digits of a number with a point before the fraction; None where nobody reads it so.

    `decimal_mark` is a DecimalMark, or empty where it is not said.
    """
    if re.fullmatch("[0-9]+", token):
        return token
    if decimal_mark:
        return _read(token, DecimalMark(decimal_mark))
    if re.fullmatch(r"[0-9]+\.[0-9]+", token):
        return token
    readings = {_read(token, mark) for mark in DecimalMark} - {None}
    if len(readings) == 2:
        return TwoReadings(
            _read(token, DecimalMark.POINT) or "", _read(token, DecimalMark.COMMA) or ""
        )
    return readings.pop() if readings else None


def _read(token: str, decimal_mark: DecimalMark) -> str | None:
    """The number where it is said which mark stands before the fraction."""
    groups = _GROUPS.format(between=_BETWEEN[decimal_mark])
    if decimal_mark == DecimalMark.POINT:
        groups = f"(?:{groups}|{_INDIAN})"
    found = re.fullmatch(
        f"(?P<whole>{groups}|[0-9]+)(?:{_FRACTION[decimal_mark]}(?P<fraction>[0-9]+))?", token
    )
    if found is None:
        return None
    whole = re.sub("[^0-9]", "", found["whole"])
    return f"{whole}.{found['fraction']}" if found["fraction"] else whole
