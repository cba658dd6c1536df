"""How the records of an audience come to say what was found: who joins, leaves, opens, lapses.

Nothing is written before the whole plan is made, so that `record_check` makes the same plan: what
it would change is wrong on record.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from claims.actions.conflicts.audiences import PUBLIC, OnRecord, Records, Standing
from claims.domain.conflicts.disagreement import Compared
from claims.domain.conflicts.grouping import FoundSet, Placed, Plan, match, status_after
from claims.models import Conflict, PublicConflict
from claims.querysets.positions import PositionRequest, rest_on_one, sources_of, version_positions
from claims.vocabulary import ConflictStatus

# The sources that versions quote, by stance (`sources_of`).
Sources = dict[int, dict[str, set[int]]]


@dataclass
class Changes:
    """Rows to write, in the order that the constraints ask for: leave, change, open, join.

    `opened` are new conflicts, not yet saved, with their sets; `claims` are those of the set that
    was found for a record, by its id.
    """

    records: Records
    leaving: list[Any] = field(default_factory=list)
    moved: list[Any] = field(default_factory=list)
    altered: list[Any] = field(default_factory=list)
    opened: list[tuple[Any, FoundSet]] = field(default_factory=list)
    joining: list[Any] = field(default_factory=list)
    claims: dict[int, set[int]] = field(default_factory=dict)
    count: Counter[str] = field(default_factory=Counter)

    def close(self, one: OnRecord, status: ConflictStatus, *, into: Conflict | None = None) -> None:
        """End a record's life: all leave, and it lapses or goes into an older one."""
        self.leaving += [row for rows in one.open.values() for row in rows]
        if one.conflict.status != status:
            one.conflict.status = status
            if isinstance(one.conflict, Conflict):
                one.conflict.merged_into = into
            self.altered.append(one.conflict)

    def open(self, found: FoundSet, columns: Mapping[str, Any]) -> None:
        """Open a record for a found set."""
        conflict = self.records.conflicts(**columns)
        self.opened.append((conflict, found))
        for member, versions in found.members.items():
            self.joining.append(self.records.new_member(conflict, member, versions))

    def update(self, one: OnRecord, found: FoundSet, columns: Mapping[str, Any]) -> bool:
        """Let a record be about a found set; says whether the conflict's own columns change."""
        self.claims[one.conflict.pk] = {claim for claim, _answers in found.members}
        staying = set()
        for member, rows in one.open.items():
            versions = found.members.get(member, frozenset())
            kept = next(
                (row for row in rows if versions and self.records.goes_on(row, versions)), None
            )
            self.leaving += [row for row in rows if row is not kept]
            if kept is not None:
                staying.add(member)
                if self.records.move(kept, member, versions):
                    self.moved.append(kept)
        for member, versions in found.members.items():
            if member not in staying:
                self.joining.append(self.records.new_member(one.conflict, member, versions))
        if all(getattr(one.conflict, name) == value for name, value in columns.items()):
            return False
        for name, value in columns.items():
            setattr(one.conflict, name, value)
        self.altered.append(one.conflict)
        return True

    def write(self, at: datetime) -> Counter[str]:
        """Write them, as of that time.

        Returns how many opened, reopened, merged, split, lapsed and changed.
        """
        conflicts = self.records.conflicts._default_manager
        members = self.records.members._default_manager
        members.filter(pk__in=[row.pk for row in self.leaving]).update(left_at=at)
        if self.moved:
            members.bulk_update(self.moved, ["answers", "versions"], batch_size=1000)
        conflicts.bulk_update(self.altered, self.records.columns, batch_size=1000)
        self.records.save_new([conflict for conflict, _found in self.opened])
        for row in self.joining:
            row.joined_at = at
        members.bulk_create(self.joining, batch_size=1000)
        return self.count


def plan_found(
    records: Records,
    answered: Collection[Compared],
    keys: Collection[str] | None,
    claims: Collection[int] | None,
    *,
    at: datetime,
) -> Changes:
    """Plan what follows for the records on these keys, and the claims' own ones; None is all.

    `answered` are the compared versions on these keys. The public's records go by the staff's,
    which are written before.
    """
    known = records.load(keys, claims)
    plan = match(records.found(answered, claims, at=at), (one.record for one in known.values()))
    return plan_changes(records, plan, known, at=at)


def plan_changes(
    records: Records,
    plan: Plan,
    known: Mapping[int, OnRecord],
    *,
    at: datetime,
    sources: Sources | None = None,
) -> Changes:
    """Plan how known records come to be those of a plan; nothing is written.

    `sources` are those of all versions in it, where they were read before. The queries are as many
    for one as for all.
    """
    changes = Changes(records)
    for number in plan.lapsed:
        changes.count["lapsed"] += 1
        changes.close(known[number], ConflictStatus.LAPSED)
    if sources is None:
        sources = sources_of({version for one in plan.placed for version in one.found.versions})
    staff = records.staff_conflicts(plan.placed)
    statuses = statuses_of(plan.placed, records.decided(plan.placed, known, staff))
    for placed, conflict, status in zip(plan.placed, staff, statuses, strict=True):
        found, one = placed.found, None if placed.record is None else known[placed.record]
        columns = {
            "kind": found.kind,
            "strength": found.strength,
            "status": status,
            "same_source": rest_on_one(found.versions, found.kind, sources),
            **records.own_columns(placed, one, conflict, at=at),
        }
        if one is None:
            changes.open(found, columns)
            changes.count["split" if placed.split_from else "opened"] += 1
            continue
        for number in placed.absorbed:
            changes.count["merged"] += 1
            changes.close(known[number], ConflictStatus.MERGED, into=one.conflict)
        if changes.update(one, found, columns):
            changes.count["reopened" if placed.reopened else "changed"] += 1
    return changes


def statuses_of(placed: Sequence[Placed], decided: Sequence[Standing]) -> list[ConflictStatus]:
    """The status of each set: as decided, unless a position is taken that was not decided on.

    What was found of something absent changes, so that the time of the decision says what it was.
    """
    concerned = [
        (one.found, decision)
        for one, (_status, decision) in zip(placed, decided, strict=True)
        if decision is not None
    ]
    taken = version_positions([PositionRequest(one.kind, one.versions) for one, _each in concerned])
    before = version_positions(
        [PositionRequest(one.kind, each.versions, each.decided_at) for one, each in concerned]
    )
    positions = iter(zip(before, taken, strict=True))
    found = []
    for status, decision in decided:
        if decision is not None:
            then, now = next(positions)
            status = status_after(status, decided=then.values(), taken=now.values())
        found.append(status)
    return found


def update_public_statuses(conflict: Conflict) -> None:
    """Give the live public parts of a conflict the status that follows from the decisions on it."""
    known = PUBLIC.load_parts([conflict])
    live = [one for one in known.values() if ConflictStatus(one.conflict.status).is_live]
    placed = [one.as_found for one in live]
    decided = PUBLIC.decided(placed, known, [conflict for _one in placed])
    for one, status in zip(live, statuses_of(placed, decided), strict=True):
        one.conflict.status = status
    PublicConflict.objects.bulk_update([one.conflict for one in live], ["status"])
