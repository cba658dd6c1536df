"""The public's records of conflicts: made from published versions alone, with lives of their own.

Nothing here reads what is not published, but for two things that a reader cannot tell from them:
the number that the desk's record has, and which decisions were made on it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from claims.domain.conflicts.grouping import (
    FoundSet,
    Member,
    Record,
    match,
    status_after,
)
from claims.models import ConflictMember, PublicConflict, PublicConflictMember
from claims.querysets.decisions import DecisionMade, decisions_on
from claims.querysets.disagreements import KINDS_WITHIN_A_CLAIM
from claims.querysets.positions import (
    PositionRequest,
    claims_and_keys,
    rest_on_one,
    sources_of,
    version_positions,
)
from claims.vocabulary import ConflictKind, ConflictStatus


@dataclass
class PublicRecord:
    """A public conflict with its memberships, those that have ended apart."""

    conflict: PublicConflict
    rows: list[PublicConflictMember] = field(default_factory=list)
    former: list[PublicConflictMember] = field(default_factory=list)

    @property
    def record(self) -> Record:
        """The record as it is matched with found sets."""
        members: dict[Member, datetime] = {}
        for row in self.rows:
            member = member_of(self.conflict, row)
            members[member] = min(row.joined_at, members.get(member, row.joined_at))
        return Record(
            number=self.conflict.number,
            opened_at=self.conflict.opened_at,
            is_lapsed=self.conflict.status == ConflictStatus.LAPSED,
            members=members,
            former=frozenset(member_of(self.conflict, row) for row in self.former),
        )


@dataclass(frozen=True)
class PublicView:
    """One conflict as readers are to see it: `conflict` is the desk's record behind it."""

    conflict: int
    kind: str
    strength: str
    same_source: bool
    versions: frozenset[int]
    opened_at: datetime
    question: str = ""


@dataclass
class PublicChanges:
    """Rows to write, in the order that the constraints ask for: leave, change, open, join.

    Members that move between records leave everywhere before they join anywhere.
    """

    leaving: list[int] = field(default_factory=list)
    altered: list[PublicConflict] = field(default_factory=list)
    opened: list[PublicConflict] = field(default_factory=list)
    joining: list[PublicConflictMember] = field(default_factory=list)

    def close(self, record: PublicRecord, status: ConflictStatus) -> None:
        """End a record's life: all leave."""
        self.leaving += [row.pk for row in record.rows]
        if record.conflict.status != status:
            record.conflict.status = status
            self.altered.append(record.conflict)

    def update(self, record: PublicRecord, view: PublicView, *, at: datetime) -> None:
        """Let readers see this view in a record that they know; its status comes after."""
        conflict = record.conflict
        before = public_columns(conflict)
        staying = {row.version_id for row in record.rows if row.version_id in view.versions}
        leaving = [row.pk for row in record.rows if row.version_id not in view.versions]
        if conflict.status == ConflictStatus.LAPSED:
            ended = (row.left_at for row in record.former if row.left_at)
            conflict.opened_at = max(view.opened_at, max(ended, default=view.opened_at))
            conflict.status = ConflictStatus.OPEN
        set_public_columns(conflict, view)
        if public_columns(conflict) != before:
            self.altered.append(conflict)
        self.leaving += leaving
        self.joining += new_public_members(conflict, view.versions - staying, at=at)

    def open(self, number: int, view: PublicView, *, at: datetime) -> PublicConflict:
        """Let readers see this view in a new record."""
        conflict = PublicConflict(
            number=number, opened_at=view.opened_at, status=ConflictStatus.OPEN
        )
        set_public_columns(conflict, view)
        self.opened.append(conflict)
        self.joining += new_public_members(conflict, view.versions, at=at)
        return conflict

    def write(self, at: datetime) -> None:
        """Write them; a membership ends at that time."""
        PublicConflictMember.objects.filter(pk__in=self.leaving).update(left_at=at)
        PublicConflict.objects.bulk_update(
            self.altered,
            ["conflict", "kind", "strength", "status", "same_source", "question", "opened_at"],
            batch_size=1000,
        )
        PublicConflict.objects.bulk_create(self.opened, batch_size=1000)
        PublicConflictMember.objects.bulk_create(self.joining, batch_size=1000)


def update_public_records(
    found: Sequence[FoundSet],
    *,
    keys: Collection[str] | None,
    claims: Collection[int] | None,
    at: datetime,
) -> None:
    """Make the public records on these keys, and the claims' own ones, say what was found.

    None is all. The desk's records are updated before.
    """
    views, ended = views_of(found, load_public(keys, claims), at=at)
    write_public(views, ended, at=at)


def views_of(
    found: Sequence[FoundSet], known: Mapping[int, PublicRecord], *, at: datetime
) -> tuple[list[tuple[PublicRecord | None, PublicView]], list[tuple[PublicRecord, ConflictStatus]]]:
    """The views of what was found, each with its record if there is one, and records that end.

    The desk's records are on record. Nothing is written.
    """
    plan = match(found, (one.record for one in known.values()))
    ended = [(known[number], ConflictStatus.LAPSED) for number in plan.lapsed]
    behind = desk_records(found)
    sources = sources_of({version for one in found for version in one.versions})
    views: list[tuple[PublicRecord | None, PublicView]] = []
    for placed in plan.placed:
        ended += [(known[number], ConflictStatus.MERGED) for number in placed.absorbed]
        one = placed.found
        view = PublicView(
            conflict=behind[min(one.members)],
            kind=one.kind,
            strength=one.strength,
            same_source=rest_on_one(one.versions, one.kind, sources),
            versions=one.versions,
            opened_at=one.since or at,
        )
        views.append((None if placed.record is None else known[placed.record], view))
    return views, ended


def write_public(
    views: Iterable[tuple[PublicRecord | None, PublicView]],
    ended: Iterable[tuple[PublicRecord, ConflictStatus]],
    *,
    at: datetime,
) -> None:
    """Let readers see these views, each in the record given or in a new one, and end others.

    The queries are as many for one as for all.
    """
    views = list(views)
    known_views = [(record, view) for record, view in views if record is not None]
    changes = plan_known(known_views, ended, at=at)
    numbers = iter(free_numbers([view.conflict for record, view in views if record is None]))
    shown = [
        changes.open(next(numbers), view, at=at) if known is None else known.conflict
        for known, view in views
    ]
    changes.write(at)
    update_statuses(shown)


def plan_known(
    views: Iterable[tuple[PublicRecord, PublicView]],
    ended: Iterable[tuple[PublicRecord, ConflictStatus]],
    *,
    at: datetime,
) -> PublicChanges:
    """Plan how known records come to show these views, and how others end; nothing is written."""
    changes = PublicChanges()
    for record, status in ended:
        changes.close(record, status)
    for record, view in views:
        changes.update(record, view, at=at)
    return changes


def load_public(
    keys: Collection[str] | None, claims: Collection[int] | None
) -> dict[int, PublicRecord]:
    """The live and lapsed public records that ever had a member on these keys, by number."""
    rows = PublicConflictMember.objects.exclude(conflict__kind=ConflictKind.EDITORIAL).exclude(
        conflict__status=ConflictStatus.MERGED
    )
    if keys is not None and claims is not None:
        own = Q(conflict__kind__in=KINDS_WITHIN_A_CLAIM)
        touched = rows.filter(
            (~own & Q(version__detection_key__in=keys)) | (own & Q(version__claim__in=claims))
        )
        rows = rows.filter(conflict__in=touched.values("conflict"))
    return {one.conflict.number: one for one in public_records(rows)}


def public_records(rows: "QuerySet[PublicConflictMember]") -> list[PublicRecord]:
    """The records that these memberships belong to, with these memberships."""
    found: dict[int, PublicRecord] = {}
    for row in rows.select_related("conflict", "version").order_by("pk"):
        one = found.setdefault(row.conflict_id, PublicRecord(row.conflict))
        (one.rows if row.left_at is None else one.former).append(row)
    return list(found.values())


def member_of(conflict: PublicConflict, row: PublicConflictMember) -> Member:
    """Whom a membership stands for: the claim on its question, or with its own evidence."""
    if conflict.kind in KINDS_WITHIN_A_CLAIM:
        return row.version.claim_id, conflict.kind
    return row.version.claim_id, row.version.detection_key or ""


def new_public_members(
    conflict: PublicConflict, versions: Iterable[int], *, at: datetime
) -> list[PublicConflictMember]:
    """The rows of the versions that join."""
    return [
        PublicConflictMember(conflict=conflict, version_id=version, joined_at=at)
        for version in sorted(versions)
    ]


def desk_records(found: Sequence[FoundSet]) -> dict[Member, int]:
    """The desk's conflict that each member is open in."""
    claims = {claim for one in found for claim, _answers in one.members}
    rows = ConflictMember.objects.filter(
        left_at__isnull=True, answers__isnull=False, claim__in=claims
    )
    return {
        (claim, answers): conflict
        for claim, answers, conflict in rows.values_list("claim", "answers", "conflict")
    }


def set_public_columns(conflict: PublicConflict, view: PublicView) -> None:
    """Give a public record the content of a view."""
    conflict.conflict_id = view.conflict
    conflict.kind, conflict.strength = view.kind, view.strength
    conflict.same_source, conflict.question = view.same_source, view.question


def public_columns(conflict: PublicConflict) -> tuple[object, ...]:
    """The columns of a public record that detection decides."""
    return (
        conflict.conflict_id,
        conflict.kind,
        conflict.strength,
        conflict.status,
        conflict.same_source,
        conflict.question,
        conflict.opened_at,
    )


def free_numbers(conflicts: Sequence[int]) -> list[int]:
    """A number for the new public part of each of the desk's conflicts.

    It is the desk's, unless another part has it: then the next that no conflict has.
    """
    taken = set(
        PublicConflict.objects.filter(number__in=conflicts).values_list("number", flat=True)
    )
    numbers: list[int | None] = []
    for conflict in conflicts:
        numbers.append(None if conflict in taken else conflict)
        taken.add(conflict)
    new = iter(next_numbers(numbers.count(None)))
    return [next(new) if number is None else number for number in numbers]


def next_numbers(count: int) -> list[int]:
    """The next numbers that no conflict has."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('claims_conflict', 'id'))"
            " FROM generate_series(1, %s)",
            [count],
        )
        return [number for (number,) in cursor.fetchall()]


def update_statuses(conflicts: Collection[PublicConflict]) -> None:
    """Give live public conflicts their status.

    It is the status of the last decision on what they are about, unless a published position
    stands in them that was not decided on. What came back after a lapse is open.
    """
    PublicConflict.objects.bulk_update(plan_statuses(conflicts), ["status"], batch_size=1000)


def plan_statuses(conflicts: Collection[PublicConflict]) -> list[PublicConflict]:
    """Those of these conflicts whose status is to change, with the new one; nothing is written."""
    live = [one for one in conflicts if ConflictStatus(one.status).is_live]
    decisions = decisions_on({one.conflict_id for one in live}) if live else {}
    decided = [
        one for one in live if decisions.get(one.conflict_id) or one.status != ConflictStatus.OPEN
    ]
    if not decided:
        return []
    statuses = statuses_for_readers(decided, decisions)
    changed = [one for one in decided if one.status != statuses[one.pk]]
    for one in changed:
        one.status = statuses[one.pk]
    return changed


def statuses_for_readers(
    conflicts: Collection[PublicConflict], decisions: Mapping[int, Sequence[DecisionMade]]
) -> dict[int, ConflictStatus]:
    """The status of each public conflict, by its id, after the decisions on its claims.

    `decisions` are those on the desk's conflicts, by their ids, the earliest first.
    """
    present, ended = memberships_of(conflicts)
    made = {
        one.pk: [
            decision
            for decision in decisions.get(one.conflict_id, ())
            if decision.decided_at >= ended.get(one.pk, decision.decided_at)
        ]
        for one in conflicts
    }
    named = {version for each in made.values() for one in each for version in one.versions}
    claims = {
        version: claim
        for version, (claim, _key) in claims_and_keys(named.union(*present.values())).items()
    }
    last = {}
    for one in conflicts:
        own = {claims[version] for version in present[one.pk]}
        about = [d for d in made[one.pk] if not own.isdisjoint(claims[v] for v in d.versions)]
        if about:
            last[one.pk] = about[-1]
    concerned = [one for one in conflicts if one.pk in last]
    taken = version_positions([PositionRequest(one.kind, present[one.pk]) for one in concerned])
    decided = version_positions(
        [
            PositionRequest(one.kind, last[one.pk].versions, last[one.pk].decided_at)
            for one in concerned
        ]
    )
    statuses = {one.pk: ConflictStatus.OPEN for one in conflicts}
    for one, now, before in zip(concerned, taken, decided, strict=True):
        statuses[one.pk] = status_after(
            ConflictStatus(last[one.pk].status), decided=before.values(), taken=now.values()
        )
    return statuses


def memberships_of(
    conflicts: Collection[PublicConflict],
) -> tuple[dict[int, set[int]], dict[int, datetime]]:
    """The versions in each public conflict; and where it lapsed before, when it did last."""
    present: dict[int, set[int]] = {one.pk: set() for one in conflicts}
    ended: dict[int, datetime] = {}
    opened = {one.pk: one.opened_at for one in conflicts}
    rows = PublicConflictMember.objects.filter(conflict__in=present)
    for number, version, left_at in rows.values_list("conflict", "version", "left_at"):
        if left_at is None:
            present[number].add(version)
        elif left_at <= opened[number]:
            ended[number] = max(left_at, ended.get(number, left_at))
    return present, ended
