"""Editorial conflicts: updated as the claims change that are party to them.

Their sets are a person's and not found, and each has its record; the rest is as for all others.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.actions.conflicts.audiences import PUBLIC, STAFF, Records, editorial_answer
from claims.actions.conflicts.records import Changes, Sources, plan_changes
from claims.domain.conflicts.grouping import FoundSet, Placed, Plan
from claims.models import Conflict, ConflictMember, Version
from claims.vocabulary import Audience, ConflictKind, ConflictStatus, Strength


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
    found = Conflict.objects.live().filter(kind=ConflictKind.EDITORIAL)
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
    if conflicts := editorial_of(claims, for_update=True):
        for records in (STAFF, PUBLIC):
            plan_editorial(records, conflicts, at=at).write(at)


def plan_editorial(
    records: Records,
    conflicts: Sequence[Conflict],
    *,
    at: datetime,
    sources: Sources | None = None,
) -> Changes:
    """Plan how the records of these conflicts come to say what their members say now.

    The public's go by the staff's, which are written before. `sources` as in `plan_changes`.
    """
    parties: dict[int, list[ConflictMember]] = {conflict.pk: [] for conflict in conflicts}
    for row in ConflictMember.objects.open().filter(conflict__in=conflicts).order_by("claim"):
        parties[row.conflict_id].append(row)
    states = claim_states({row.claim_id for rows in parties.values() for row in rows}, at=at)
    known = records.load_parts(conflicts)
    numbers = {getattr(one.conflict, records.staff_record): one for one in known.values()}
    placed, lapsed = [], []
    for conflict in conflicts:
        one = numbers.get(conflict.pk)
        number = None if one is None else one.conflict.number
        found = editorial_set(records, conflict, parties[conflict.pk], states)
        if found is not None:
            placed.append(Placed(found, number))
        elif number is not None:
            lapsed.append(number)
    plan = Plan(tuple(placed), tuple(lapsed))
    return plan_changes(records, plan, known, at=at, sources=sources)


def editorial_set(
    records: Records,
    conflict: Conflict,
    parties: Sequence[ConflictMember],
    states: Mapping[int, ClaimState],
) -> FoundSet | None:
    """Return the claims that are party to a conflict as a found set; None where it is over.

    For readers all of its claims must be published: they see the question then.
    """
    members, since = {}, [conflict.opened_at]
    for row in parties:
        state = states[row.claim_id]
        if state.is_retracted:
            continue
        versions: Collection[int] = state.compared or row.versions
        if records.audience == Audience.PUBLIC:
            if state.published is None or state.readers_since is None:
                return None
            versions = (state.published,)
            since.append(state.readers_since)
        members[row.claim_id, editorial_answer(conflict.pk)] = frozenset(versions)
    if len(members) < 2:
        return None
    return FoundSet(members, ConflictKind.EDITORIAL, Strength(conflict.strength), max(since))


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


def lapse(conflict: Conflict, *, at: datetime) -> None:
    """Let an editorial conflict lapse, for the staff and for readers."""
    for records in (STAFF, PUBLIC):
        known = records.load_parts([conflict])
        plan_changes(records, Plan((), tuple(known)), known, at=at).write(at)
    conflict.status = ConflictStatus.LAPSED
