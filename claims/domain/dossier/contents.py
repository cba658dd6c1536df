"""A dossier: claims with their quotes, records and decisions, as files that one desk hands on.

`sources.json` holds bibliographic records, `dossier.json` everything else; the format is in
docs/dossier-format.md. Reading is strict: whatever is not understood is refused, all of it at
once, each fault by file, entry and reason.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, StrictBool, ValidationInfo, field_validator

from claims.domain.dossier.claims import ClaimEntry
from claims.domain.dossier.fields import (
    Account,
    Different,
    Entry,
    Key,
    KnownProperty,
    Several,
    clean_text,
    known_key,
    required_text,
)
from claims.domain.dossier.records import SourceEntry
from claims.domain.series.dictionary import Dictionary
from claims.domain.values.bases import MAX_BASIS, clean_bases
from claims.domain.values.units import find_unit
from claims.vocabulary import DateExtent, EntityKind, PropertyTime, ValueKind
from sources.domain.refusals import Refusal, quoted
from sources.domain.text.search_folding import fold_for_search
from sources.vocabulary import Role

_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")
_MAX_LABEL = 300
_MAX_QUESTION = 500

Label = Annotated[str, clean_text(_MAX_LABEL, required=True)]
# The entries of a list, each of which is read by itself.
Unread = Annotated[tuple[Any, ...], Several]


class FileEntry(Entry):
    """The lists of `dossier.json`, whose entries are not yet read."""

    id: Annotated[str, clean_text(100)] = ""
    documents: Unread = ()
    series: Unread = ()
    topics: Unread = ()
    entities: Unread = ()
    properties: Unread = ()
    claims: Unread = ()
    conflicts: Unread = ()
    expect: Any = None

    @field_validator("expect")
    @classmethod
    def _is_object(cls, expect: object) -> object:
        if expect is not None and not isinstance(expect, dict):
            raise Refusal("wrong_type", "The value of “expect” is no object. Write it in { and }.")
        return expect


class SeriesEntry(Entry):
    """Sources in order, by key."""

    id: Key
    title: Label
    documents: Annotated[tuple[Annotated[str, known_key("source")], ...], Different] = Several


class TopicEntry(Entry):
    """A subject heading; its key is the slug of its name."""

    name: Annotated[str, clean_text(200, required=True)]

    @property
    def key(self) -> str:
        """The slug of the name."""
        return _slug_of(self.name)

    @field_validator("name")
    @classmethod
    def _has_key(cls, name: str) -> str:
        if not _slug_of(name):
            raise Refusal(
                "no_key", f"{quoted(name)} has no letters a to z and no digits to make a key of."
            )
        return name


class EntityEntry(Entry):
    """A subject of claims, or somebody who asserts; `part_of`, `source`, `series` are keys."""

    id: Key
    label: Label
    kind: EntityKind
    aliases: Annotated[tuple[Annotated[str, required_text(_MAX_LABEL)], ...], Different] = Several
    wikidata: Annotated[str, clean_text(20)] = ""
    part_of: Annotated[str, known_key("entity")] = ""
    source: Annotated[str, known_key("source")] = ""
    series: Annotated[str, known_key("series")] = ""

    @field_validator("wikidata")
    @classmethod
    def _is_wikidata(cls, wikidata: str) -> str:
        if wikidata and not _WIKIDATA.fullmatch(wikidata):
            raise Refusal(
                "not_wikidata", f"{quoted(wikidata)} is no Wikidata id; they look like Q148."
            )
        return wikidata

    @field_validator("source", "series")
    @classmethod
    def _fits_kind(cls, key: str, info: ValidationInfo) -> str:
        fitting = EntityKind.DOCUMENT if info.field_name == "source" else EntityKind.SERIES
        if key and info.data.get("kind", fitting) != fitting:
            raise Refusal(
                "wrong_kind", f"It stands for a {info.field_name}, so its kind is {fitting}."
            )
        return key


class PropertyEntry(Entry):
    """A kind of statement about entities; `value` is the kind of its values."""

    id: Key
    label: Label
    value: ValueKind
    unit: Annotated[str, clean_text(40)] = ""
    single_valued: StrictBool = True
    time: PropertyTime = PropertyTime.STATE
    date_extent: DateExtent | None = None
    bases: Annotated[
        tuple[Annotated[str, required_text(MAX_BASIS)], ...],
        Different,
        AfterValidator(lambda bases: tuple(clean_bases(bases))),
    ] = Several

    @property
    def known(self) -> KnownProperty:
        """The property as its values are read."""
        return KnownProperty(self.value, self.unit, self.bases)

    @field_validator("date_extent")
    @classmethod
    def _is_of_date(cls, extent: DateExtent | None, info: ValidationInfo) -> DateExtent | None:
        is_date = info.data.get("value", ValueKind.DATE) is ValueKind.DATE
        if extent is DateExtent.WHOLE and not is_date:
            raise Refusal(
                "extent_without_date", "Only a date is all of its days. Take “date_extent” out."
            )
        return extent

    @field_validator("unit")
    @classmethod
    def _is_unit(cls, unit: str, info: ValidationInfo) -> str:
        if unit and info.data.get("value", ValueKind.QUANTITY) is not ValueKind.QUANTITY:
            raise Refusal(
                "unit_without_quantity", f"Only a quantity has a unit. Take {quoted(unit)} out."
            )
        if unit and find_unit(unit) is None:
            raise Refusal("unknown_unit", f"The unit {quoted(unit)} is not in the table of units.")
        return unit


class ConflictEntry(Entry):
    """A question that a person asks of claims no rule can compare."""

    question: Annotated[str, clean_text(_MAX_QUESTION, required=True)]
    members: Annotated[tuple[Annotated[str, known_key("claim")], ...], Different] = Several
    opened_by: Account

    @field_validator("members")
    @classmethod
    def _are_several(cls, members: tuple[str, ...]) -> tuple[str, ...]:
        if len(members) < 2:
            raise Refusal("one_member", "A question is asked of two claims or more. Name them.")
        return members


@dataclass(frozen=True)
class SeriesDictionary:
    """The topic dictionary of a series, by key, and the file in the folder that it is from."""

    series: str
    file: str
    dictionary: Dictionary


@dataclass(frozen=True)
class Dossier:
    """All that the files say, checked. Entities stand after what they are part of.

    The dictionaries are read, not validated: which topics there are is known when it is loaded.
    """

    namespace: str
    author: str
    sources: tuple[SourceEntry, ...] = ()
    series: tuple[SeriesEntry, ...] = ()
    topics: tuple[TopicEntry, ...] = ()
    entities: tuple[EntityEntry, ...] = ()
    properties: tuple[PropertyEntry, ...] = ()
    claims: tuple[ClaimEntry, ...] = ()
    conflicts: tuple[ConflictEntry, ...] = ()
    dictionaries: tuple[SeriesDictionary, ...] = ()

    def accounts(self) -> dict[str, Role]:
        """The accounts that the dossier names, each with the role that its part in it takes."""
        needed = {self.author: Role.EDITOR if self.dictionaries else Role.CONTRIBUTOR}
        named = [
            (claim.decided_by, claim.status.role)
            for claim in self.claims
            if claim.status.is_decided
        ]
        named += [(conflict.opened_by, Role.EDITOR) for conflict in self.conflicts]
        for name, role in named:
            if role.includes(needed.get(name, Role.CONTRIBUTOR)):
                needed[name] = role
        return needed


def _slug_of(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold_for_search(name)).strip("-")[:100]
