"""The moment that a reader names by a date or a time: the end of that day, or that time."""

from datetime import UTC, datetime, time, timedelta

from sources.domain.dates import DateRefused, parse_dates
from sources.domain.refusals import Refusal, quoted

_LAST_INSTANT = timedelta(microseconds=1)


class MomentRefused(Refusal):
    """A moment that cannot be read, or is still to come. `code`: moment, no_zone, future."""


def read_moment(typed: str, *, now: datetime) -> datetime:
    """The moment in UTC of a time with its zone, or the last instant (UTC) of a date.

    A date is a day, a month, a quarter or a year, in words or EDTF, as everywhere. Raises
    MomentRefused for what is neither, a time without a zone, and what is not over yet.
    """
    moment = _time(typed) if "T" in typed or ":" in typed else _end_of(typed)
    if moment > now:
        raise MomentRefused(
            "future",
            f"{quoted(typed)} is not over yet: nobody knows what will be known then. It is "
            f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} now; name a time before, or leave it out "
            "for what is known now.",
        )
    return moment


def _time(typed: str) -> datetime:
    """The time of an ISO 8601 text with a zone."""
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError as error:
        raise _not_read(typed) from error
    if moment.tzinfo is None:
        raise MomentRefused(
            "no_zone",
            f"The time {quoted(typed)} does not say its zone. Write it as in 2025-05-12T16:30Z, "
            "or with a distance from UTC, whose plus sign is %2B in an address.",
        )
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise _not_read(typed) from error


def _end_of(typed: str) -> datetime:
    """The last instant of a date, in UTC."""
    try:
        days = parse_dates(typed).days
    except DateRefused as refusal:
        raise MomentRefused("moment", str(refusal)) from refusal
    if days.upper is None:
        raise _not_read(typed)
    return datetime.combine(days.upper, time(), UTC) - _LAST_INSTANT


def _not_read(typed: str) -> MomentRefused:
    return MomentRefused(
        "moment",
        f"{quoted(typed)} is read as no moment. Write a date (2025-05-12, May 2025) for what was "
        "known at its end, or a time with its zone (2025-05-12T16:30Z).",
    )
