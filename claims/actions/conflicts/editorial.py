"""Keeping conflicts that a person opened in step with their claims."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from claims.actions.conflicts.public_records import Shown, View, collect, hide, restate, show
from claims.actions.conflicts.staff_records import decided_positions
from claims.domain.conflicts.grouping import status_after
from claims.models import Conflict, ConflictMember, PublicConflict, PublicConflictMember, Version
from claims.querysets.positions import positions, rest_on_one, sources_of
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


def keep_editorial(claims: Collection[int] | None, *, at: datetime) -> None:
    """Note the compared versions of the members of each, and show it when all are published.

    A retracted claim leaves; with fewer than two left, the conflict lapses. A claim that has
    nothing compared for now stays with the versions it had. A changed statement opens a decided
    one again.
    """
    for conflict in editorial_of(claims):
        members = list(conflict.members.filter(left_at__isnull=True).order_by("claim"))
        standing = standing_of([member.claim_id for member in members], at=at)
        staying = []
        for member in members:
            now = standing[member.claim_id]
            if now.is_retracted:
                member.left_at = at
                member.save(update_fields=["left_at"])
                continue
            staying.append(member)
            if now.compared and now.compared != member.versions:
                member.versions = now.compared
                member.save(update_fields=["versions"])
        if len(staying) < 2:
            end(conflict, at=at)
            continue
        restate_desk(conflict, staying)
        show_editorial(conflict, [standing[member.claim_id].published for member in staying], at=at)


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


def restate_desk(conflict: Conflict, members: Collection[ConflictMember]) -> None:
    """Say anew on how many sources it rests, and open it where a statement is new."""
    versions = {version for member in members for version in member.versions}
    status = ConflictStatus(conflict.status)
    if decided := decided_positions([conflict.pk]):
        taken = positions(versions, conflict.kind).values()
        status = status_after(status, decided=decided[conflict.pk][1], standing=taken)
    same_source = rest_on_one(versions, conflict.kind, sources_of(versions))
    if (conflict.same_source, conflict.status) != (same_source, status):
        conflict.same_source, conflict.status = same_source, status
        conflict.save(update_fields=["same_source", "status"])


def end(conflict: Conflict, *, at: datetime) -> None:
    """Let an editorial conflict lapse, for the desk and for readers."""
    conflict.members.filter(left_at__isnull=True).update(left_at=at)
    conflict.status = LAPSED
    conflict.save(update_fields=["status"])
    shown = public_side(conflict)
    if shown is not None:
        hide(shown, at=at)


def show_editorial(
    conflict: Conflict, published: Collection[Version | None], *, at: datetime
) -> None:
    """Show the question to readers when all its members are published, hide it otherwise."""
    shown = public_side(conflict)
    versions = [version for version in published if version is not None]
    if len(versions) < len(published):
        if shown is not None:
            hide(shown, at=at)
        return
    ids = frozenset(version.pk for version in versions)
    began = [version.published.lower for version in versions if version.published]
    view = View(
        conflict=conflict.pk,
        kind=conflict.kind,
        strength=conflict.strength,
        same_source=rest_on_one(ids, conflict.kind, sources_of(ids)),
        versions=ids,
        opened_at=max(conflict.opened_at, *began),
        question=conflict.question,
    )
    restate([show(shown, view, at=at)])


def public_side(conflict: Conflict) -> Shown | None:
    """The public record of an editorial conflict, if readers ever saw it."""
    shown = PublicConflict.objects.filter(conflict=conflict).first()
    if shown is None:
        return None
    rows = collect(PublicConflictMember.objects.filter(conflict=shown))
    return rows[0] if rows else Shown(shown)
