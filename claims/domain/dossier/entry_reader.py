"""Reading the objects of a file key by key, gathering all that is wrong instead of the first."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from claims.domain.text_limits import clean_words
from sources.domain.refusals import Refusal, quoted
from sources.vocabulary import LabelledEnum

EnumT = TypeVar("EnumT", bound=LabelledEnum)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MAX_KEY = 100
_MAX_ENTRIES = 100_000


@dataclass
class Faults:
    """What is wrong in one file, each with the place where it stands."""

    file: str
    found: list[Refusal] = field(default_factory=list)

    def add(self, place: str, code: str, reason: str) -> None:
        """Note one fault; `reason` is a sentence about the value and what to do."""
        self.found.append(Refusal(code, f"{self.file}, {place}: {reason}"))

    def pass_on(self, place: str, refusal: Refusal) -> None:
        """Note what another rule refused."""
        self.add(place, refusal.code, refusal.message)


class Entry:
    """One object of a file. What is missing or wrong is noted, and reads as nothing."""

    def __init__(self, raw: object, *, place: str, faults: Faults, keys: Sequence[str]) -> None:
        """Take the object; `keys` are all that it may have."""
        self.place = place
        self.faults = faults
        self.raw: dict[str, object] = {}
        if not isinstance(raw, dict):
            self.fault("wrong_type", f"{_kind(raw)} stands where an object is read.")
            return
        self.raw = raw
        for key in raw:
            if key not in keys:
                near = difflib.get_close_matches(key[:_MAX_KEY], keys, n=1)
                hint = f"Did you mean {quoted(near[0])}?" if near else "Take it out."
                self.fault("unknown_key", f"The key {quoted(key)} is not known. {hint}")

    def fault(self, code: str, reason: str) -> None:
        """Note what is wrong with this entry."""
        self.faults.add(self.place, code, reason)

    def has(self, key: str) -> bool:
        """Whether the key is there and not null."""
        return self.raw.get(key) is not None

    def text(self, key: str, *, limit: int, required: bool = False) -> str:
        """A string in NFC, trimmed, at most `limit` characters; "" where the key is absent."""
        given = self.raw.get(key)
        if given is None:
            if required:
                self.fault("missing", f"The key {quoted(key)} is missing; it is needed.")
            return ""
        if not isinstance(given, str):
            self.fault(
                "wrong_type",
                f"{_kind(given)} stands at {quoted(key)}. Write text in quotation marks.",
            )
            return ""
        try:
            return clean_words(given, name=key.replace("_", " "), limit=limit, required=required)
        except Refusal as refusal:
            self.faults.pass_on(self.place, refusal)
            return ""

    def key(self, key: str) -> str:
        """A slug of at most 100 characters, which becomes the key of the row. Needed."""
        slug = self.text(key, limit=_MAX_KEY, required=True)
        if slug and not _SLUG.fullmatch(slug):
            self.fault(
                "not_a_key",
                f"{quoted(slug)} is no key. "
                "Use small letters a to z, digits and single hyphens between them.",
            )
            return ""
        return slug

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        given = self.raw.get(key)
        if given is None:
            return default
        if not isinstance(given, bool):
            self.fault(
                "wrong_type", f"{_kind(given)} stands at {quoted(key)}. Write true or false."
            )
            return default
        return given

    def whole(self, key: str) -> int | None:
        """A whole number from 0 to 1,000,000."""
        given = self.raw.get(key)
        if given is None:
            return None
        if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= 1_000_000:
            self.fault(
                "wrong_type", f"The key {quoted(key)} takes a whole number from 0 to 1,000,000."
            )
            return None
        return given

    def word(self, key: str, words: type[EnumT], default: EnumT | None = None) -> EnumT | None:
        """One of the vocabulary's codes. Needed where there is no default."""
        code = self.text(key, limit=60, required=default is None)
        if not code:
            return default
        known = {str(word): word for word in words}
        if code not in known:
            self.fault(
                "unknown_word",
                f"{quoted(code)} is not known at {quoted(key)}. Known: {', '.join(known)}.",
            )
            return default
        return known[code]

    def texts(self, key: str, *, limit: int) -> tuple[str, ...]:
        """A list of strings, none empty and none twice."""
        read: list[str] = []
        for raw in self.entries(key):
            try:
                if not isinstance(raw, str):
                    raise Refusal("wrong_type", f"{_kind(raw)} stands in the list {quoted(key)}.")
                text = clean_words(raw, name=f"text in {key}", limit=limit, required=True)
                if text in read:
                    raise Refusal(
                        "twice", f"{quoted(text)} stands twice in the list {quoted(key)}."
                    )
            except Refusal as refusal:
                self.faults.pass_on(self.place, refusal)
            else:
                read.append(text)
        return tuple(read)

    def entries(self, key: str) -> list[object]:
        """A list; empty where the key is absent."""
        given = self.raw.get(key)
        if given is None:
            return []
        if not isinstance(given, list):
            self.fault("wrong_type", f"{_kind(given)} stands at {quoted(key)}. Write a list.")
            return []
        if len(given) > _MAX_ENTRIES:
            self.fault(
                "too_long",
                f"The list {quoted(key)} has {len(given):,} entries; at most {_MAX_ENTRIES:,} fit.",
            )
            return []
        return given


def place_of(noun: str, raw: object, position: int) -> str:
    """How an entry of a list is named: by its id, or by its place counted from 1."""
    if isinstance(raw, dict) and isinstance(raw.get("id"), str):
        return f"{noun} {quoted(raw['id'])}"
    return f"{noun} number {position + 1}"


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case _:
            return "an object"
