"""Writing found disagreements into the desk's records: who joins, leaves, opens, meets, lapses."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from claims.domain.conflicts.grouping import (
    FoundSet,
    Member,
    Placed,
    Position,
    Record,
    match,
    status_after,
)
from claims.models import Conflict, ConflictDecision, ConflictMember
from claims.querysets.disagreements import KINDS_WITHIN_A_CLAIM
from claims.querysets.positions import (
    PositionRequest,
    claims_and_keys,
    rest_on_one,
    sources_of,
    version_positions,
)
from claims.vocabulary import ConflictKind, ConflictStatus

# What detection finds and keeps here. Editorial ones are a person's.
FOUND_KINDS = [kind for kind in ConflictKind if kind != ConflictKind.EDITORIAL]


@dataclass
class StaffRecord:
    """A conflict with its memberships, by the question that each answers today.

    The key of a question changes when a subject is merged into another; the versions say which
    it is now.
    """

    conflict: Conflict
    open: dict[Member, list[ConflictMember]] = field(default_factory=dict)
    former: set[Member] = field(default_factory=set)

    @property
    def record(self) -> Record:
        """The record as it is matched with found sets."""
        return Record(
            number=self.conflict.pk,
            opened_at=self.conflict.opened_at,
            is_lapsed=self.conflict.status == ConflictStatus.LAPSED,
            members={
                member: min(row.joined_at for row in rows) for member, rows in self.open.items()
            },
            former=frozenset(self.former),
        )


@dataclass
class Changes:
    """Rows to write, in the order that the constraints ask for: leave, change, open, join."""

    leaving: list[int] = field(default_factory=list)
    moved: list[ConflictMember] = field(default_factory=list)
    altered: list[Conflict] = field(default_factory=list)
    joining: list[ConflictMember] = field(default_factory=list)

    def write(self, at: datetime) -> None:
        """Write them; a membership ends at that time."""
        ConflictMember.objects.filter(pk__in=self.leaving).update(left_at=at)
        ConflictMember.objects.bulk_update(self.moved, ["answers", "versions"], batch_size=1000)
        Conflict.objects.bulk_update(
            self.altered,
            ["kind", "strength", "status", "same_source", "merged_into"],
            batch_size=1000,
        )
        ConflictMember.objects.bulk_create(self.joining, batch_size=1000)


def keys_of_same_conflicts(keys: Collection[str]) -> set[str]:
    """The keys of all members of the live conflicts with a member on one of these keys."""
    open_rows = ConflictMember.objects.filter(left_at__isnull=True, answers__isnull=False)
    conflicts = open_rows.filter(answers__in=keys).values("conflict")
    beside = open_rows.filter(conflict__in=conflicts).exclude(answers__in=KINDS_WITHIN_A_CLAIM)
    return set(beside.values_list("answers", flat=True))


def update_staff_records(
    found: Sequence[FoundSet],
    *,
    keys: Collection[str] | None,
    claims: Collection[int] | None,
    at: datetime,
) -> Counter[str]:
    """Make the records on these keys, and the claims' own ones, say what was found; None is all.

    Returns how many were opened, reopened, merged, split, lapsed and changed.
    """
    plan = plan_staff_changes(found, load_records(keys, claims), at=at)
    changes = plan.changes
    Conflict.objects.bulk_create((conflict for conflict, _found in plan.opened), batch_size=1000)
    for conflict, one_found in plan.opened:
        changes.joining += new_members(conflict, one_found, one_found.members, at=at)
    changes.write(at)
    return plan.count


@dataclass
class StaffPlan:
    """The rows to write: changes of records, and new ones, not yet saved, with their sets."""

    changes: Changes = field(default_factory=Changes)
    opened: list[tuple[Conflict, FoundSet]] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)


def plan_staff_changes(
    found: Sequence[FoundSet], on_record: Mapping[int, StaffRecord], *, at: datetime
) -> StaffPlan:
    """Plan how the records come to say what was found; nothing is written."""
    planned = StaffPlan()
    changes, opened, count = planned.changes, planned.opened, planned.count
    plan = match(found, (one.record for one in on_record.values()))
    for number in plan.lapsed:
        count["lapsed"] += 1
        close_record(on_record[number], ConflictStatus.LAPSED, changes)
    sources = sources_of({version for one in found for version in one.versions})
    statuses = statuses_now(plan.placed, on_record)
    for placed in plan.placed:
        same_source = rest_on_one(placed.found.versions, placed.found.kind, sources)
        if placed.record is None:
            opened.append(opening(placed, same_source=same_source, at=at))
            count["split" if placed.split_from else "opened"] += 1
            continue
        one = on_record[placed.record]
        for number in placed.absorbed:
            count["merged"] += 1
            close_record(on_record[number], ConflictStatus.MERGED, changes, into=one.conflict)
        sync_members(one, placed.found, changes, at=at)
        before = detected_columns(one.conflict)
        update_record(
            one.conflict,
            placed.found,
            same_source=same_source,
            status=statuses[placed.record],
        )
        if detected_columns(one.conflict) != before:
            changes.altered.append(one.conflict)
            count["reopened" if placed.reopened else "changed"] += 1
    return planned


def load_records(
    keys: Collection[str] | None, claims: Collection[int] | None
) -> dict[int, StaffRecord]:
    """The live and lapsed conflicts that ever had a member on these keys, or these claims' own."""
    rows = ConflictMember.objects.filter(conflict__kind__in=FOUND_KINDS).exclude(
        conflict__status=ConflictStatus.MERGED
    )
    if keys is not None and claims is not None:
        touched = rows.filter(
            Q(answers__in=keys) | Q(answers__in=KINDS_WITHIN_A_CLAIM, claim__in=claims)
        )
        rows = rows.filter(conflict__in=touched.values("conflict"))
    found: dict[int, StaffRecord] = {}
    all_rows = list(rows.select_related("conflict").order_by("pk"))
    keys_now = claims_and_keys({row.versions[0] for row in all_rows if row.versions})
    for row in all_rows:
        one = found.setdefault(row.conflict_id, StaffRecord(row.conflict))
        answers = row.answers or ""
        if answers not in KINDS_WITHIN_A_CLAIM and row.versions:
            answers = keys_now[row.versions[0]][1] or answers
        member = (row.claim_id, answers)
        if row.left_at is None:
            one.open.setdefault(member, []).append(row)
        else:
            one.former.add(member)
    return found


def close_record(
    one: StaffRecord, status: ConflictStatus, changes: Changes, *, into: Conflict | None = None
) -> None:
    """End a record's life: all leave, and it lapses or goes into an older one."""
    changes.leaving += [row.pk for rows in one.open.values() for row in rows]
    one.conflict.status = status
    one.conflict.merged_into = into
    changes.altered.append(one.conflict)


def sync_members(one: StaffRecord, found: FoundSet, changes: Changes, *, at: datetime) -> None:
    """Let members leave and join a record until they are those that were found."""
    for member, rows in one.open.items():
        keeps, *doubles = rows
        changes.leaving += [row.pk for row in doubles]
        if member not in found.members:
            changes.leaving.append(keeps.pk)
            continue
        versions = sorted(found.members[member])
        if (keeps.answers, keeps.versions) != (member[1], versions):
            keeps.answers, keeps.versions = member[1], versions
            changes.moved.append(keeps)
    arriving = [member for member in found.members if member not in one.open]
    changes.joining += new_members(one.conflict, found, arriving, at=at)


def new_members(
    conflict: Conflict, found: FoundSet, members: Iterable[Member], *, at: datetime
) -> list[ConflictMember]:
    """The rows of those who join."""
    return [
        ConflictMember(
            conflict=conflict,
            claim_id=member[0],
            answers=member[1],
            versions=sorted(found.members[member]),
            joined_at=at,
        )
        for member in members
    ]


def opening(placed: Placed, *, same_source: bool, at: datetime) -> tuple[Conflict, FoundSet]:
    """A new record for a found set, not yet saved."""
    conflict = Conflict(
        kind=placed.found.kind,
        strength=placed.found.strength,
        same_source=same_source,
        opened_at=at,
        split_from_id=placed.split_from,
    )
    return conflict, placed.found


def detected_columns(conflict: Conflict) -> tuple[object, ...]:
    """The columns of a record that detection decides."""
    return (conflict.kind, conflict.strength, conflict.same_source, conflict.status)


def update_record(
    conflict: Conflict, found: FoundSet, *, same_source: bool, status: ConflictStatus
) -> None:
    """Say what a record is about now."""
    conflict.kind = found.kind
    conflict.strength = found.strength
    conflict.same_source = same_source
    conflict.status = status


def statuses_now(
    placed: Iterable[Placed], on_record: Mapping[int, StaffRecord]
) -> dict[int, ConflictStatus]:
    """The status of each record that goes on, by its id.

    One that came back or took in others is open; so is one with a position that was not decided on.
    """
    going_on = {one.record: one for one in placed if one.record is not None}
    statuses = {
        number: ConflictStatus.OPEN
        if one.reopened or one.absorbed
        else ConflictStatus(on_record[number].conflict.status)
        for number, one in going_on.items()
    }
    decided = decided_positions(going_on)
    taken = version_positions(
        [
            PositionRequest(kind, going_on[number].found.versions)
            for number, (kind, _positions) in decided.items()
        ]
    )
    for (number, (_kind, positions)), now in zip(decided.items(), taken, strict=True):
        statuses[number] = status_after(statuses[number], decided=positions, taken=now.values())
    return statuses


def decided_positions(conflicts: Iterable[int]) -> dict[int, tuple[str, frozenset[Position]]]:
    """The positions that the last decision on each conflict was about, with the conflict's kind.

    What was found of something absent changes, so that the time of the decision says what it was.
    """
    last: dict[int, ConflictDecision] = {}
    for decision in (
        ConflictDecision.objects.filter(conflict__in=list(conflicts))
        .select_related("conflict")
        .order_by("decided_at", "pk")
    ):
        last[decision.conflict_id] = decision
    positions = version_positions(
        [
            PositionRequest(decision.conflict.kind, decision.versions, decision.decided_at)
            for decision in last.values()
        ]
    )
    return {
        number: (decision.conflict.kind, frozenset(taken.values()))
        for (number, decision), taken in zip(last.items(), positions, strict=True)
    }
