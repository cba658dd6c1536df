"""A dossier: claims with their quotes, records and decisions, as files that one desk hands on.

`sources.json` holds bibliographic records, `dossier.json` everything else; the format is in
docs/dossier-format.md. Reading is strict: whatever is not understood is refused, all of it at
once, each fault by file, entry and reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from claims.domain.content import Content
from claims.vocabulary import EntityKind, PropertyTime, Stance, ValueKind
from sources.domain.refusals import Refusal
from sources.vocabulary import OriginKind, Rights, Role

_MOST_SHOWN = 20


class DossierRefused(Refusal):
    """A dossier with faults; nothing of it was loaded. `faults` has each by itself."""

    def __init__(self, faults: Iterable[Refusal]) -> None:
        self.faults = tuple(faults)
        lines = [fault.message for fault in self.faults[:_MOST_SHOWN]]
        if len(self.faults) > _MOST_SHOWN:
            lines.append(f"… and {len(self.faults) - _MOST_SHOWN} more.")
        super().__init__(self.faults[0].code, "\n".join(lines))


class EntryStatus(StrEnum):
    """Where an entry says that its claim stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    # Approved and published, then taken back by the same person with the note as reason.
    RETRACTED = "retracted"

    @property
    def is_decided(self) -> bool:
        """Whether a second person stands behind it."""
        return self not in (EntryStatus.DRAFT, EntryStatus.SUBMITTED)

    @property
    def role(self) -> Role:
        """What the person needs to be who decided so."""
        return Role.EDITOR if self is EntryStatus.RETRACTED else Role.REVIEWER


@dataclass(frozen=True)
class OriginEntry:
    """That a source derives from another one."""

    source: str
    kind: OriginKind


@dataclass(frozen=True)
class SourceEntry:
    """A record in CSL-JSON; `file` names its text in the folder, "" where it is cited without.

    `rights` is None where the dossier says nothing of them; `stands_in` is the file it is from.
    """

    key: str
    record: Mapping[str, Any]
    stands_in: str
    file: str = ""
    rights: Rights | None = None
    origins: tuple[OriginEntry, ...] = ()


@dataclass(frozen=True)
class SeriesEntry:
    """Sources in order, by key."""

    key: str
    title: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class TopicEntry:
    """A subject heading; its key is the slug of its name."""

    key: str
    name: str


@dataclass(frozen=True)
class EntityEntry:
    """What claims are about; `part_of`, `source` and `series` are keys."""

    key: str
    label: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    wikidata: str = ""
    part_of: str = ""
    source: str = ""
    series: str = ""


@dataclass(frozen=True)
class PropertyEntry:
    """What is said of entities."""

    key: str
    label: str
    value_kind: ValueKind
    unit: str
    single_valued: bool
    time: PropertyTime
    bases: tuple[str, ...] = ()


@dataclass(frozen=True)
class EvidenceEntry:
    """A quote from a source, with the stance it takes to its claim."""

    source: str
    quote: str
    stance: Stance
    locator: str = ""
    prefix: str = ""
    suffix: str = ""
    page: int | None = None
    language: str = ""
    own_origin: str = ""


@dataclass(frozen=True)
class DecisionEntry:
    """Where the claim stands, and who decided so.

    `decided_by` names an account; `decided_at` is None where the time of the load is meant.
    """

    status: EntryStatus = EntryStatus.SUBMITTED
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class ClaimEntry:
    """A claim by its external id, and the decision that comes with it, if any."""

    id: str
    content: Content
    topics: tuple[str, ...]
    evidence: tuple[EvidenceEntry, ...]
    decision: DecisionEntry = DecisionEntry()


@dataclass(frozen=True)
class ConflictEntry:
    """A question that a person asks of claims no rule can compare."""

    question: str
    members: tuple[str, ...]
    opened_by: str


@dataclass(frozen=True)
class Dossier:
    """All that the files say, checked. Entities stand after what they are part of."""

    namespace: str
    author: str
    sources: tuple[SourceEntry, ...] = ()
    series: tuple[SeriesEntry, ...] = ()
    topics: tuple[TopicEntry, ...] = ()
    entities: tuple[EntityEntry, ...] = ()
    properties: tuple[PropertyEntry, ...] = ()
    claims: tuple[ClaimEntry, ...] = ()
    conflicts: tuple[ConflictEntry, ...] = ()

    def accounts(self) -> dict[str, Role]:
        """The accounts that the dossier names, each with the role that its part in it takes."""
        needed = {self.author: Role.CONTRIBUTOR}
        named = [
            (claim.decision.decided_by, claim.decision.status.role)
            for claim in self.claims
            if claim.decision.status.is_decided
        ]
        named += [(conflict.opened_by, Role.EDITOR) for conflict in self.conflicts]
        for name, role in named:
            if role.includes(needed.get(name, Role.CONTRIBUTOR)):
                needed[name] = role
        return needed
