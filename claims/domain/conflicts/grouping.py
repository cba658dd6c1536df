"""Which disagreements are one question, and which record a question belongs to.

A conflict is a connected set of disagreements: ten sources that say 100 and ten that say 75 are
one question with two positions. Records outlive their sets, which meet, fall apart and come back.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from claims.domain.conflicts.disagreement import Disagreement
from claims.vocabulary import ConflictKind, ConflictStatus, Strength

# A claim with what it answers: a detection key, "stance" or "absence". Versions of a claim with one
# key are one member, with two keys two, and a claim in two sets does not join them.
Member = tuple[int, str]

# Two versions that say the same of the same period take one position.
Position = Hashable


@dataclass(frozen=True)
class EdgeEnd:
    """One side of a disagreement: a version, and the member that it speaks for."""

    member: Member
    version: int


@dataclass(frozen=True)
class Edge:
    """A disagreement found between two versions; `since` is when both were published."""

    one: EdgeEnd
    other: EdgeEnd
    what: Disagreement
    since: datetime | None = None


@dataclass(frozen=True)
class FoundSet:
    """A connected set of disagreements as it stands now.

    `members` have the versions that disagree with somebody; `since` is when the first two sides
    were both published, null for the desk.
    """

    members: Mapping[Member, frozenset[int]]
    kind: ConflictKind
    strength: Strength
    since: datetime | None = None

    @property
    def versions(self) -> frozenset[int]:
        """All versions that are party to it."""
        return frozenset().union(*self.members.values())


@dataclass(frozen=True)
class Record:
    """A conflict on record that a found set may belong to; merged ones are none.

    `members` are those that have not left, with the time they joined; `former` those that have.
    """

    number: int
    opened_at: datetime
    is_lapsed: bool = False
    members: Mapping[Member, datetime] = field(default_factory=dict)
    former: frozenset[Member] = frozenset()


@dataclass(frozen=True)
class Placed:
    """A found set with its record, null where a new one opens.

    `absorbed` are younger records that met in it, `split_from` the record that it broke off,
    `reopened` says that its record had lapsed.
    """

    found: FoundSet
    record: int | None = None
    absorbed: tuple[int, ...] = ()
    split_from: int | None = None
    reopened: bool = False


@dataclass(frozen=True)
class Plan:
    """The record of every found set, and the records whose members no longer disagree."""

    placed: tuple[Placed, ...]
    lapsed: tuple[int, ...]


def join(edges: Iterable[Edge]) -> list[FoundSet]:
    """The connected sets of these disagreements, the one with the least member first."""
    edges = list(edges)
    parents: dict[Member, Member] = {}
    for edge in edges:
        one, other = _root(parents, edge.one.member), _root(parents, edge.other.member)
        parents[max(one, other)] = min(one, other)
    together: dict[Member, list[Edge]] = {}
    for edge in edges:
        together.setdefault(_root(parents, edge.one.member), []).append(edge)
    return [_found(together[root]) for root in sorted(together)]


def match(found: Sequence[FoundSet], records: Iterable[Record]) -> Plan:
    """Give every found set its record.

    - A record stays with the set that has its oldest membership; what broke off opens a new one
      that links back.
    - Where several records stay with one set, the oldest keeps it and absorbs the others.
    - A set that no live record knows takes up a lapsed one that two of its members belonged to
      (one, for a claim at odds with itself).
    - A record with no set lapses.
    """
    by_age = sorted(records, key=lambda record: (record.opened_at, record.number))
    live = [record for record in by_age if not record.is_lapsed]
    lapsed = [record for record in by_age if record.is_lapsed]
    place = {member: index for index, one in enumerate(found) for member in one.members}
    homes: dict[int, list[Record]] = {}
    for record in live:
        still = [(joined, member) for member, joined in record.members.items() if member in place]
        if still:
            homes.setdefault(place[min(still)[1]], []).append(record)
    placed = []
    for index, one in enumerate(found):
        if index in homes:
            eldest, *younger = homes[index]
            absorbed = tuple(record.number for record in younger)
            placed.append(Placed(one, eldest.number, absorbed))
            continue
        origin = next((r for r in live if not one.members.keys().isdisjoint(r.members)), None)
        back = None if origin else _that_comes_back(one, lapsed)
        if back is not None:
            lapsed.remove(back)
            placed.append(Placed(one, back.number, reopened=True))
        else:
            placed.append(Placed(one, split_from=origin.number if origin else None))
    staying = {record.number for group in homes.values() for record in group}
    return Plan(tuple(placed), tuple(r.number for r in live if r.number not in staying))


def status_after(
    status: ConflictStatus, *, decided: Iterable[Position], taken: Iterable[Position]
) -> ConflictStatus:
    """The status of a live conflict: a position that was not decided on opens it again.

    A repeated position only joins.
    """
    return status if set(taken) <= set(decided) else ConflictStatus.OPEN


def _that_comes_back(one: FoundSet, lapsed: Iterable[Record]) -> Record | None:
    """The oldest lapsed record whose members disagree again in this set."""
    enough = min(2, len(one.members))
    return next((r for r in lapsed if len(one.members.keys() & r.former) >= enough), None)


def _root(parents: dict[Member, Member], member: Member) -> Member:
    """The least member known to be connected, with the way to it shortened."""
    parents.setdefault(member, member)
    while parents[member] != member:
        parents[member] = parents[parents[member]]
        member = parents[member]
    return member


def _found(edges: Sequence[Edge]) -> FoundSet:
    """One connected set: direction if any pair has it, contradiction if any pair is one."""
    members: dict[Member, set[int]] = {}
    for edge in edges:
        for side in (edge.one, edge.other):
            members.setdefault(side.member, set()).add(side.version)
    kinds = {edge.what.kind for edge in edges}
    ranked = (ConflictKind.PRESENCE, ConflictKind.DIRECTION, ConflictKind.VALUE)
    strengths = {edge.what.strength for edge in edges}
    is_hard = Strength.CONTRADICTION in strengths
    return FoundSet(
        members={member: frozenset(members[member]) for member in sorted(members)},
        kind=next(kind for kind in ranked if kind in kinds),
        strength=Strength.CONTRADICTION if is_hard else Strength.TENSION,
        since=min((edge.since for edge in edges if edge.since), default=None),
    )
