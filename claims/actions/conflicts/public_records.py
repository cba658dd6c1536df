"""The public's records of conflicts: made from published versions alone, with lives of their own.

Nothing here reads what is not published, but for two things that a reader cannot tell from them:
the number that the desk's record has, and which decisions were made on it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Q

from claims.domain.conflicts.grouping import FoundSet, Member, Record, match
from claims.models import ConflictDecision, ConflictMember, PublicConflict, PublicConflictMember
from claims.querysets.disagreements import WITHIN
from claims.querysets.positions import claims_and_keys, positions, rest_on_one, sources_of
from claims.readings.decisions import decisions_on
from claims.vocabulary import ConflictKind, ConflictStatus


@dataclass
class Shown:
    """A public conflict with its memberships."""

    conflict: PublicConflict
    rows: list[PublicConflictMember] = field(default_factory=list)
    former: list[PublicConflictMember] = field(default_factory=list)

    @property
    def record(self) -> Record:
        """What matching needs to know of it."""
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
class View:
    """What readers are to see of one conflict: `conflict` is the desk's record behind it."""

    conflict: int
    kind: str
    strength: str
    same_source: bool
    versions: frozenset[int]
    opened_at: datetime
    question: str = ""


def keep_public(
    found: Sequence[FoundSet],
    *,
    keys: Collection[str] | None,
    claims: Collection[int] | None,
    at: datetime,
) -> None:
    """Make the public records on these keys, and the claims' own ones, say what was found.

    None is all. The desk's records are kept before.
    """
    known = load(keys, claims)
    plan = match(found, (one.record for one in known.values()))
    for number in plan.lapsed:
        hide(known[number], at=at)
    behind = desk_records(found)
    sources = sources_of({version for one in found for version in one.versions})
    views = []
    for placed in plan.placed:
        for number in placed.absorbed:
            hide(known[number], at=at, status=ConflictStatus.MERGED)
        one = placed.found
        view = View(
            conflict=behind[min(one.members)],
            kind=one.kind,
            strength=one.strength,
            same_source=rest_on_one(one.versions, one.kind, sources),
            versions=one.versions,
            opened_at=one.since or at,
        )
        views.append((None if placed.record is None else known[placed.record], view))
    # Members that move between records leave everywhere before they join anywhere.
    for shown, view in views:
        if shown is not None:
            leave(shown, view.versions, at=at)
    kept = [show(shown, view, at=at) for shown, view in views]
    restate(kept)


def load(keys: Collection[str] | None, claims: Collection[int] | None) -> dict[int, Shown]:
    """The live and lapsed public records that ever had a member on these keys, by number."""
    rows = PublicConflictMember.objects.exclude(conflict__kind=ConflictKind.EDITORIAL).exclude(
        conflict__status=ConflictStatus.MERGED
    )
    if keys is not None and claims is not None:
        own = Q(conflict__kind__in=WITHIN)
        touched = rows.filter(
            (~own & Q(version__detection_key__in=keys)) | (own & Q(version__claim__in=claims))
        )
        rows = rows.filter(conflict__in=touched.values("conflict"))
    return {one.conflict.number: one for one in collect(rows)}


def collect(rows: Iterable[PublicConflictMember]) -> list[Shown]:
    """Memberships by their conflict."""
    found: dict[int, Shown] = {}
    for row in rows.select_related("conflict", "version").order_by("pk"):  # type: ignore[attr-defined]
        one = found.setdefault(row.conflict_id, Shown(row.conflict))
        (one.rows if row.left_at is None else one.former).append(row)
    return list(found.values())


def member_of(conflict: PublicConflict, row: PublicConflictMember) -> Member:
    """Whom a membership stands for: the claim on its question, or with its own evidence."""
    if conflict.kind in WITHIN:
        return row.version.claim_id, conflict.kind
    return row.version.claim_id, row.version.detection_key or ""


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


def show(shown: Shown | None, view: View, *, at: datetime) -> PublicConflict:
    """Let readers see this view, in the record given or in a new one; its status comes after."""
    if shown is None:
        conflict = PublicConflict(
            number=free_number(view.conflict), opened_at=view.opened_at, status=ConflictStatus.OPEN
        )
        shown = Shown(conflict)
    conflict = shown.conflict
    before = (conflict.pk, *content(conflict))
    if conflict.status == ConflictStatus.LAPSED:
        left = max((row.left_at for row in shown.former if row.left_at), default=view.opened_at)
        conflict.opened_at = max(view.opened_at, left)
        conflict.status = ConflictStatus.OPEN
    conflict.conflict_id = view.conflict
    conflict.kind, conflict.strength = view.kind, view.strength
    conflict.same_source, conflict.question = view.same_source, view.question
    if (conflict.pk, *content(conflict)) != before or conflict.pk is None:
        conflict.save()
    leave(shown, view.versions, at=at)
    there = {row.version_id for row in shown.rows if row.left_at is None}
    PublicConflictMember.objects.bulk_create(
        PublicConflictMember(conflict=conflict, version_id=version, joined_at=at)
        for version in sorted(view.versions - there)
    )
    return conflict


def leave(shown: Shown, staying: Collection[int], *, at: datetime) -> None:
    """End the memberships of the versions that do not stay."""
    leaving = [row for row in shown.rows if row.left_at is None and row.version_id not in staying]
    PublicConflictMember.objects.filter(pk__in=[row.pk for row in leaving]).update(left_at=at)
    for row in leaving:
        row.left_at = at


def hide(shown: Shown, *, at: datetime, status: ConflictStatus = ConflictStatus.LAPSED) -> None:
    """End a public record's life: all leave."""
    leave(shown, (), at=at)
    if shown.conflict.status != status:
        shown.conflict.status = status
        shown.conflict.save(update_fields=["status"])


def content(conflict: PublicConflict) -> tuple[object, ...]:
    """What detection decides about a public record."""
    return (
        conflict.conflict_id,
        conflict.kind,
        conflict.strength,
        conflict.status,
        conflict.same_source,
        conflict.question,
        conflict.opened_at,
    )


def free_number(conflict: int) -> int:
    """The desk's number, unless another part has it: then the next that no conflict has."""
    if not PublicConflict.objects.filter(number=conflict).exists():
        return conflict
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('claims_conflict', 'id'))")
        (number,) = cursor.fetchone()
    return int(number)


def restate(conflicts: Collection[PublicConflict]) -> None:
    """Say where live public conflicts stand.

    It is the status of the last decision on what they are about, unless a published position
    stands in them that was not decided on. What came back after a lapse is open.
    """
    live = [one for one in conflicts if ConflictStatus(one.status).is_live]
    decisions = decisions_on({one.conflict_id for one in live})
    if not any(decisions.values()) and all(one.status == ConflictStatus.OPEN for one in live):
        return
    for one in live:
        status = status_for_readers(one, decisions[one.conflict_id])
        if one.status != status:
            one.status = status
            one.save(update_fields=["status"])


def status_for_readers(
    conflict: PublicConflict, decisions: Sequence[ConflictDecision]
) -> ConflictStatus:
    """The status of one public conflict by the decisions that concern its claims."""
    members = PublicConflictMember.objects.filter(conflict=conflict)
    standing = set(members.filter(left_at__isnull=True).values_list("version", flat=True))
    ended = members.filter(left_at__lte=conflict.opened_at).order_by("-left_at").first()
    if ended is not None and ended.left_at is not None:
        decisions = [one for one in decisions if one.decided_at >= ended.left_at]
    named = {version for decision in decisions for version in decision.versions}
    about = {version: claim for version, (claim, _key) in claims_and_keys(named | standing).items()}
    claims = {about[version] for version in standing}
    concerning = [one for one in decisions if claims & {about[v] for v in one.versions}]
    if not concerning:
        return ConflictStatus.OPEN
    last = concerning[-1]
    taken = positions(standing, conflict.kind)
    decided = positions(last.versions, conflict.kind, until=last.decided_at)
    is_new = set(taken.values()) - set(decided.values())
    return ConflictStatus.OPEN if is_new else ConflictStatus(last.status)
