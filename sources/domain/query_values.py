"""How the words of a list's parameters are read: codes, keys, references, moments, numbers."""

import difflib
import re
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, time
from uuid import UUID

from sources.domain.dates import parse_dates
from sources.domain.keys import is_key
from sources.domain.query import QueryRefused
from sources.domain.refusals import quoted

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_BEFORE_YEAR = re.compile(r"[^\W\d_]\.? \d{1,2}(?: ?[-–] ?\d{1,2})?")
_YEAR = re.compile(r", ?\d{4}(?!\d)")
_NUMBER = re.compile(r"[0-9]{1,9}")
_REFERENCES = {
    "C": (re.compile(r"[Cc]([1-9][0-9]{0,17})(?:/v([1-9][0-9]{0,8}))?"), "a claim", "C17"),
    "K": (re.compile(r"[Kk]([1-9][0-9]{0,17})()"), "a conflict", "K5"),
}
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_MAX_LISTED = 40


def is_within_date(text: str, comma: int) -> bool:
    """Whether a comma stands between day and year, as in `May 7, 2025`."""
    if not _YEAR.match(text, comma):
        return False
    before = text[max(0, comma - 12) : comma]
    return any(_BEFORE_YEAR.fullmatch(before, start) for start in range(len(before)))


def is_within_number(text: str, comma: int) -> bool:
    """Whether a comma stands between two digits, as in `9,1%`; behind a space it parts two."""
    return text[comma - 1 : comma].isdigit() and text[comma + 1 : comma + 2].isdigit()


def read_code(word: str, known: Collection[str]) -> str:
    """Return the word, where it is one of those known. Raises QueryRefused naming the nearest."""
    if word in known:
        return word
    nearest = nearest_words(word, known)[0]
    listed = f" Known are: {', '.join(known)}." if len(known) <= _MAX_LISTED else ""
    raise QueryRefused(
        "invalid_choice",
        f"{quoted(word)} is none of the known words. The nearest one is {quoted(nearest)}.{listed}",
    )


def read_key(word: str) -> str:
    """Return the word, where it can be a key. Raises QueryRefused."""
    if not is_key(word):
        raise QueryRefused(
            "invalid",
            f"{quoted(word)} is no key. Keys are letters, digits, - and _, at most 100.",
        )
    return word


def read_truth(word: str) -> bool:
    """Read exactly `true` or `false`. Raises QueryRefused."""
    if word not in ("true", "false"):
        raise QueryRefused(
            "invalid", f"{quoted(word)} is neither true nor false. Write `true` or `false`."
        )
    return word == "true"


def read_reference(word: str, letter: str) -> tuple[int, int | None]:
    """Read `C17`, `C17/v2` or `K5` as number and version. Raises QueryRefused."""
    pattern, noun, example = _REFERENCES[letter]
    match = pattern.fullmatch(word)
    if match is None:
        raise QueryRefused(
            "invalid", f"{quoted(word)} is no reference of {noun}. Write it as in {example}."
        )
    return int(match[1]), int(match[2]) if match[2] else None


def read_whole_number(word: str, *, least: int = 0, most: int = 999_999_999) -> int:
    """Read a whole number within bounds. Raises QueryRefused."""
    if not _NUMBER.fullmatch(word) or not least <= int(word) <= most:
        raise QueryRefused(
            "invalid",
            f"{quoted(word)} is not read. Write a whole number from {least} to {most}.",
        )
    return int(word)


def read_uuid(word: str) -> UUID:
    """Read a UUID, with its hyphens. Raises QueryRefused."""
    if not _UUID.fullmatch(word):
        raise QueryRefused("invalid", f"{quoted(word)} is no UUID, of 36 characters with hyphens.")
    return UUID(word)


def read_language(word: str) -> str:
    """Read a BCP 47 tag. Raises QueryRefused."""
    if not _LANGUAGE.fullmatch(word):
        raise QueryRefused(
            "invalid", f"{quoted(word)} is no BCP 47 tag of a language. Write en or zh-Hans."
        )
    return word


def read_beginning(word: str) -> datetime:
    """Read a moment in ISO 8601, UTC where it names no zone, or the beginning of a date.

    Dates are read in all forms (`sources.domain.dates`). Raises QueryRefused or DateRefused.
    """
    if "T" in word[:11] and word[:1].isdigit():
        try:
            moment = datetime.fromisoformat(word.replace(" ", "+"))  # an address has + for a space
            return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment).astimezone(UTC)
        except (ValueError, OverflowError):
            raise QueryRefused(
                "unreadable",
                f"{quoted(word)} is no moment. Write it as in 2025-05-07T12:00:00Z, or a date.",
            ) from None
    first = parse_dates(word).days.lower
    if first is None:
        raise QueryRefused(
            "unreadable", f"{quoted(word)} has no beginning. Write the day from which on is meant."
        )
    return datetime.combine(first, time(), UTC)


def nearest_words(word: str, known: Iterable[str]) -> list[str]:
    """Return the known words, the nearest first: the same letters in the same order, any case."""
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(word[:100].lower())
    ranked = []
    for one in dict.fromkeys(known):
        matcher.set_seq1(one.lower())
        ranked.append((-matcher.ratio(), one))
    return [one for _ratio, one in sorted(ranked)]
