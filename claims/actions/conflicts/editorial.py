"""Editorial conflicts: updated as the claims change that are party to them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

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
class Standing:
    """The versions of a claim that stand against others, and the one that readers see."""

    compared: list[int]
    published: Version | None
    is_retracted: bool


def editorial_of(claims: Collection[int] | None) -> list[Conflict]:
    """The live editorial conflicts that these claims are party to; None is all."""
    found = Conflict.objects.filter(kind=ConflictKind.EDITORIAL).exclude(status=LAPSED)
    if claims is not None:
        party = ConflictMember.objects.filter(claim__in=claims, left_at__isnull=True)
        found = found.filter(pk__in=party.values("conflict"))
    return list(found.order_by("pk"))


def update_editorial(claims: Collection[int] | None, *, at: datetime) -> None:
    """Note the compared versions of the members of each, and show it when all are published.

    A retracted claim leaves; with fewer than two left, the conflict lapses. A claim that has
    nothing compared for now stays with the versions it had. A changed statement opens a decided
    one again. The queries are as many for one as for all.
    """
    conflicts = editorial_of(claims)
    if not conflicts:
        return
    members = list(ConflictMember.objects.open().filter(conflict__in=conflicts).order_by("claim"))
    now = standing_of({member.claim_id for member in members}, at=at)
    leaving = [member.pk for member in members if now[member.claim_id].is_retracted]
    staying: dict[int, list[ConflictMember]] = {conflict.pk: [] for conflict in conflicts}
    changed = []
    for member in members:
        compared = now[member.claim_id].compared
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
    published = {
        one.pk: [now[member.claim_id].published for member in staying[one.pk]] for one in going_on
    }
    update_public_side(going_on, published, at=at)


def standing_of(claims: Collection[int], *, at: datetime) -> dict[int, Standing]:
    """What stands of each claim now."""
    versions: dict[int, list[Version]] = {claim: [] for claim in claims}
    for version in (
        Version.objects.filter(claim__in=claims).select_related("claim").order_by("number")
    ):
        versions[version.claim_id].append(version)
    return {
        claim: Standing(
            compared=sorted(version.pk for version in rows if version.is_compared),
            published=next((version for version in rows if is_shown(version, at)), None),
            is_retracted=any(version.claim.is_retracted for version in rows),
        )
        for claim, rows in versions.items()
    }


def is_shown(version: Version, at: datetime) -> bool:
    """Whether readers see the version at that time."""
    return version.published is not None and at in version.published


def update_staff_side(
    conflicts: Sequence[Conflict], members: Mapping[int, Sequence[ConflictMember]]
) -> None:
    """Note whether each rests on one source, and open those where a statement is new."""
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
    Conflict.objects.bulk_update(changed, ["same_source", "status"], batch_size=1000)


def update_public_side(
    conflicts: Sequence[Conflict],
    published: Mapping[int, Sequence[Version | None]],
    *,
    at: datetime,
) -> None:
    """Show each question to readers when all its members are published, hide it otherwise."""
    records = public_sides(conflicts)
    seen = {pk: [one for one in versions if one is not None] for pk, versions in published.items()}
    shown = [one for one in conflicts if len(seen[one.pk]) == len(published[one.pk])]
    sources = sources_of({version.pk for one in shown for version in seen[one.pk]})
    views = []
    for conflict in shown:
        ids = frozenset(version.pk for version in seen[conflict.pk])
        began = [version.published.lower for version in seen[conflict.pk] if version.published]
        view = PublicView(
            conflict=conflict.pk,
            kind=conflict.kind,
            strength=conflict.strength,
            same_source=rest_on_one(ids, conflict.kind, sources),
            versions=ids,
            opened_at=max(conflict.opened_at, *began),
            question=conflict.question,
        )
        views.append((records.pop(conflict.pk, None), view))
    write_public(views, [(one, LAPSED) for one in records.values()], at=at)


def lapse(conflicts: Sequence[Conflict], *, at: datetime) -> None:
    """Let editorial conflicts lapse, for the desk and for readers."""
    ConflictMember.objects.open().filter(conflict__in=conflicts).update(left_at=at)
    for conflict in conflicts:
        conflict.status = LAPSED
    Conflict.objects.bulk_update(conflicts, ["status"], batch_size=1000)
    write_public([], [(one, LAPSED) for one in public_sides(conflicts).values()], at=at)


def public_sides(conflicts: Sequence[Conflict]) -> dict[int, PublicRecord]:
    """The public records of editorial conflicts that readers ever saw, by the conflict's id."""
    rows = PublicConflictMember.objects.filter(conflict__conflict__in=conflicts)
    return {one.conflict.conflict_id: one for one in public_records(rows)}
