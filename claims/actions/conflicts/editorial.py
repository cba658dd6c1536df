"""Editorial conflicts: updated as the claims change that are party to them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.actions.conflicts.public_records import (
    PublicRecord,
    PublicView,
    public_records,
    write_public,
)
from claims.actions.conflicts.staff_records import decided_positions
from claims.domain.conflicts.grouping import status_after
from claims.models import Conflict, ConflictMember, PublicConflictMember, Version
from claims.querysets.positions import (
    PositionRequest,
    rest_on_one,
    sources_of,
    version_positions,
)
from claims.vocabulary import ConflictKind, ConflictStatus

LAPSED = ConflictStatus.LAPSED


@dataclass(frozen=True)
class ClaimState:
    """The ids of the versions of a claim that are compared, and the version that readers see.

    `readers_since` is when they began to see it.
    """

    compared: tuple[int, ...]
    published: int | None
    readers_since: datetime | None
    is_retracted: bool


def editorial_of(claims: Collection[int] | None, *, for_update: bool = False) -> list[Conflict]:
    """The live editorial conflicts that these claims are party to; None is all.

    `for_update` locks their rows until the transaction ends: of two transactions that change one
    member each, the second then reads what the first has changed.
    """
    found = Conflict.objects.filter(kind=ConflictKind.EDITORIAL).exclude(status=LAPSED)
    if claims is not None:
        party = ConflictMember.objects.filter(claim__in=claims, left_at__isnull=True)
        found = found.filter(pk__in=party.values("conflict"))
    if for_update:
        found = found.select_for_update(of=("self",), no_key=True)
    return list(found.order_by("pk"))


def update_editorial(claims: Collection[int] | None, *, at: datetime) -> None:
    """Note the compared versions of the members of each, and show it when all are published.

    A retracted claim leaves; with fewer than two left, the conflict lapses. A claim that has
    nothing compared for now stays with the versions it had. A changed statement opens a decided
    one again. The queries are as many for one as for all.
    """
    conflicts = editorial_of(claims, for_update=True)
    if not conflicts:
        return
    members = list(ConflictMember.objects.open().filter(conflict__in=conflicts).order_by("claim"))
    now = claim_states({member.claim_id for member in members}, at=at)
    leaving = [member.pk for member in members if now[member.claim_id].is_retracted]
    staying: dict[int, list[ConflictMember]] = {conflict.pk: [] for conflict in conflicts}
    changed = []
    for member in members:
        compared = [*now[member.claim_id].compared]
        if now[member.claim_id].is_retracted:
            continue
        staying[member.conflict_id].append(member)
        if compared and compared != member.versions:
            member.versions = compared
            changed.append(member)
    ConflictMember.objects.filter(pk__in=leaving).update(left_at=at)
    ConflictMember.objects.bulk_update(changed, ["versions"], batch_size=1000)
    lapse([one for one in conflicts if len(staying[one.pk]) < 2], at=at)
    going_on = [one for one in conflicts if len(staying[one.pk]) >= 2]
    update_staff_side(going_on, staying)
    states = {one.pk: [now[member.claim_id] for member in staying[one.pk]] for one in going_on}
    update_public_side(going_on, states, at=at)


def claim_states(claims: Collection[int], *, at: datetime) -> dict[int, ClaimState]:
    """The present state of each claim, in one query that reads no content."""
    rows: dict[int, list[Any]] = {claim: [] for claim in claims}
    columns = ("pk", "is_compared", "published", "claim__retracted_at")
    versions = Version.objects.filter(claim__in=claims).order_by("number")
    for claim, *row in versions.values_list("claim", *columns):
        rows[claim].append(row)
    states = {}
    for claim, own in rows.items():
        seen = next(
            ((pk, shown) for pk, _compared, shown, _at in own if shown and at in shown), None
        )
        states[claim] = ClaimState(
            compared=tuple(sorted(pk for pk, is_compared, _shown, _at in own if is_compared)),
            published=seen[0] if seen else None,
            readers_since=seen[1].lower if seen else None,
            is_retracted=any(retracted_at is not None for *_row, retracted_at in own),
        )
    return states


def update_staff_side(
    conflicts: Sequence[Conflict], members: Mapping[int, Sequence[ConflictMember]]
) -> None:
    """Note whether each rests on one source, and open those where a statement is new."""
    changed = plan_staff_side(conflicts, members)
    Conflict.objects.bulk_update(changed, ["same_source", "status"], batch_size=1000)


def plan_staff_side(
    conflicts: Sequence[Conflict], members: Mapping[int, Sequence[ConflictMember]]
) -> list[Conflict]:
    """The conflicts whose source or status is to change, with the new ones; nothing is written."""
    versions = {
        one.pk: {version for member in members[one.pk] for version in member.versions}
        for one in conflicts
    }
    decided = decided_positions(versions)
    sources = sources_of(set().union(*versions.values()))
    taken = version_positions([PositionRequest(one.kind, versions[one.pk]) for one in conflicts])
    changed = []
    for conflict, now in zip(conflicts, taken, strict=True):
        before = (conflict.same_source, conflict.status)
        conflict.same_source = rest_on_one(versions[conflict.pk], conflict.kind, sources)
        if conflict.pk in decided:
            conflict.status = status_after(
                ConflictStatus(conflict.status),
                decided=decided[conflict.pk][1],
                taken=now.values(),
            )
        if (conflict.same_source, conflict.status) != before:
            changed.append(conflict)
    return changed


def update_public_side(
    conflicts: Sequence[Conflict], states: Mapping[int, Sequence[ClaimState]], *, at: datetime
) -> None:
    """Show each question to readers when all its members are published, hide it otherwise.

    `states` are those of the members, by the conflict's id.
    """
    views, hidden = public_sides_of(conflicts, states)
    write_public(views, [(one, LAPSED) for one in hidden], at=at)


def public_sides_of(
    conflicts: Sequence[Conflict], states: Mapping[int, Sequence[ClaimState]]
) -> tuple[list[tuple[PublicRecord | None, PublicView]], list[PublicRecord]]:
    """The views of those that readers are to see, with their records, and the records of others."""
    records = public_records_behind(conflicts)
    shown = [one for one in conflicts if all_published(states[one.pk])]
    sources = sources_of(
        {state.published for one in shown for state in states[one.pk] if state.published}
    )
    views: list[tuple[PublicRecord | None, PublicView]] = [
        (records.pop(one.pk, None), public_view(one, states[one.pk], sources)) for one in shown
    ]
    return views, list(records.values())


def all_published(states: Iterable[ClaimState]) -> bool:
    """Whether readers see a version of each claim."""
    return all(state.published is not None for state in states)


def public_view(
    conflict: Conflict, states: Sequence[ClaimState], sources: dict[int, dict[str, set[int]]]
) -> PublicView:
    """The conflict as readers are to see it; all members are published.

    `sources` are those of the published versions (`sources_of`).
    """
    versions = frozenset(state.published for state in states if state.published is not None)
    since = [state.readers_since for state in states if state.readers_since is not None]
    return PublicView(
        conflict=conflict.pk,
        kind=conflict.kind,
        strength=conflict.strength,
        same_source=rest_on_one(versions, conflict.kind, sources),
        versions=versions,
        opened_at=max(conflict.opened_at, *since),
        question=conflict.question,
    )


def lapse(conflicts: Sequence[Conflict], *, at: datetime) -> None:
    """Let editorial conflicts lapse, for the desk and for readers."""
    ConflictMember.objects.open().filter(conflict__in=conflicts).update(left_at=at)
    for conflict in conflicts:
        conflict.status = LAPSED
    Conflict.objects.bulk_update(conflicts, ["status"], batch_size=1000)
    write_public([], [(one, LAPSED) for one in public_records_behind(conflicts).values()], at=at)


def public_records_behind(conflicts: Sequence[Conflict]) -> dict[int, PublicRecord]:
    """The public records of editorial conflicts that readers ever saw, by the conflict's id."""
    rows = PublicConflictMember.objects.filter(conflict__conflict__in=conflicts)
    return {one.conflict.conflict_id: one for one in public_records(rows)}
