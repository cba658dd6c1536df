"""The fields of the entries of a file: how each is read, and what it may name.

An entry is a pydantic model whose fields are named as in the file (docs/dossier-format.md). Fields
are read in their order, each also where others are wrong, so that all faults are found at once: a
rule on several fields belongs to the last of them, and finds the ones before it in `info.data`.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)

from claims.domain.text_limits import clean_words
from claims.vocabulary import ValueKind
from sources.domain.refusals import Refusal, quoted

MAX_KEY = 100
MAX_NAME = 10_000  # as much of a wrong reference as is repeated; far beyond any key
_MAX_ENTRIES = 100_000
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ACCOUNT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,149}")


class Entry(BaseModel):
    """An object of a file. Keys that are not fields are refused; null is as good as absent.

    `parts` has of each field that holds entries how messages call one of them, and its model.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)
    parts: ClassVar[dict[str, tuple[str, type["Entry"]]]] = {}

    @model_validator(mode="before")
    @classmethod
    def _leave_out_null(cls, raw: object) -> object:
        if isinstance(raw, dict):
            return {key: value for key, value in raw.items() if value is not None}
        return raw


@dataclass(frozen=True)
class KnownProperty:
    """A property as its values are read."""

    value_kind: ValueKind
    unit: str
    bases: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """The rows that entries may name, by key: those of the dossier, or of the database.

    `topic` has keys by key and by name, `claim` the ids of a dossier. `where` says in messages
    where names are looked for. `look_up` gets beforehand all keys that the next claims may
    name, so that a database is asked once.
    """

    author: str = ""
    source: Container[str] = frozenset()
    series: Container[str] = frozenset()
    entity: Container[str] = frozenset()
    claim: Container[str] = frozenset()
    property: Mapping[str, KnownProperty | None] = field(default_factory=dict)
    topic: Mapping[str, str] = field(default_factory=dict)
    where: str = "this dossier"
    look_up: Callable[[Collection[str]], None] = lambda _keys: None

    def require(self, noun: str, name: str) -> None:
        """Refuse a name that no row has. `noun` is the attribute in which it is looked for."""
        if name not in getattr(self, noun):
            raise Refusal(
                f"unknown_{noun}",
                f"{quoted(name)} is no {noun} of {self.where}. Add it, or correct it.",
            )


def known_to(info: ValidationInfo) -> Known:
    """The rows that the entry may name."""
    known: Known = info.context or Known()
    return known


def clean_text(limit: int, *, required: bool = False, default: str = "") -> AfterValidator:
    """A text in NFC, trimmed, of at most `limit` characters; an empty one is the default."""

    def clean(given: str, info: ValidationInfo) -> str:
        name = str(info.field_name).replace("_", " ")
        return clean_words(given, name=name, limit=limit, required=required) or default

    return AfterValidator(clean)


def required_text(limit: int) -> AfterValidator:
    """A text of a list, which is never empty."""

    def clean(given: str, info: ValidationInfo) -> str:
        name = f"text in {info.field_name}"
        return clean_words(given, name=name, limit=limit, required=True)

    return AfterValidator(clean)


def checked(read: Callable[[str], object]) -> AfterValidator:
    """A text that `read` understands, where there is one."""

    def check(given: str) -> str:
        if given:
            read(given)
        return given

    return AfterValidator(check)


def known_key(noun: str) -> AfterValidator:
    """The key of a row that is known; empty where none is named."""

    def look_up(given: str, info: ValidationInfo) -> str:
        name = clean_words(given, name=noun, limit=MAX_NAME)
        if name:
            known_to(info).require(noun, name)
        return name

    return AfterValidator(look_up)


def _topic(given: str, info: ValidationInfo) -> str:
    name, known = clean_words(given, name="topic", limit=MAX_NAME), known_to(info)
    if name:
        known.require("topic", name)
    return known.topic.get(name, "")


def _slug(given: str, info: ValidationInfo) -> str:
    key = clean_words(given, name=str(info.field_name), limit=MAX_KEY, required=True)
    if not _SLUG.fullmatch(key):
        raise Refusal(
            "not_a_key",
            f"{quoted(key)} is no key. "
            "Use small letters a to z, digits and single hyphens between them.",
        )
    return key


def read_account(given: str) -> str:
    """The name of an account. Raises Refusal."""
    name = clean_words(given, name="name of an account", limit=150)
    if name and not _ACCOUNT.fullmatch(name):
        raise Refusal(
            "not_an_account",
            f"{quoted(name)} is no name of an account. Use letters a to z, digits and _ . @ + -.",
        )
    return name


def _all_different(given: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    for one, count in Counter(given).items():
        if count > 1:
            list_name = quoted(str(info.field_name))
            raise Refusal("twice", f"{quoted(one)} stands twice in the list {list_name}.")
    return given


# The key of a row: a slug of at most 100 characters.
Key = Annotated[str, AfterValidator(_slug)]
Account = Annotated[str, AfterValidator(read_account)]
TopicKey = Annotated[str, AfterValidator(_topic)]
Page = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]
# Lists of a file, within bounds; different texts.
Several = Field(default=(), max_length=_MAX_ENTRIES)
Different = AfterValidator(_all_different)
