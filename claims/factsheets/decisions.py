"""What was decided on conflicts, in words: all of it for the desk, for readers what they see."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from claims.factsheets.wording import day_text
from claims.models import Conflict, ConflictDecision, PublicConflict, PublicConflictMember
from claims.vocabulary import ConflictStatus, Reconciliation

# The statuses that say what a person decided.
SETTLED = (
    ConflictStatus.CONFIRMED,
    ConflictStatus.RESOLVED,
    ConflictStatus.RECONCILED,
    ConflictStatus.IRREDUCIBLE,
)


@dataclass(frozen=True)
class Decided:
    """The decision in which a conflict stands.

    `standing` are the numbers of the claims that stand, where it says so and the reader may know
    them. Who decided and the note are for the desk; empty for readers.
    """

    status: ConflictStatus
    decided_at: datetime
    standing: tuple[int, ...] = ()
    difference: str = ""
    by: str = ""
    note: str = ""


def decided_on(
    conflicts: Iterable[Conflict | PublicConflict], *, is_public: bool, at: datetime
) -> dict[int, Decided]:
    """The decision in which each conflict stands, by the id of its record; none of an open one.

    Readers are told of the claims that they see alone: where none of these stands, not which do.
    """
    rows = {conflict.pk: conflict for conflict in conflicts}
    settled = [pk for pk, one in rows.items() if ConflictStatus(one.status) in SETTLED]
    if not settled:
        return {}
    desk = {pk: one.conflict_id if is_public else pk for pk, one in rows.items()}  # type: ignore[union-attr] # public ones are a part of the desk's
    last = _last_decisions({desk[pk] for pk in settled})
    seen = _claims_seen(settled, at) if is_public else {}
    found = {}
    for pk in settled:
        decision = last.get(desk[pk])
        if decision is None or decision.status != rows[pk].status:
            continue
        standing = decision.standing_claims
        found[pk] = Decided(
            status=ConflictStatus(decision.status),
            decided_at=decision.decided_at,
            standing=tuple(one for one in standing if not is_public or one in seen[pk]),
            difference=decision.difference,
            by="" if is_public else str(decision.decided_by),
            note="" if is_public else decision.note,
        )
    return found


def _claims_seen(conflicts: Collection[int], at: datetime) -> dict[int, set[int]]:
    """The claims that readers see in each public conflict."""
    found: dict[int, set[int]] = {conflict: set() for conflict in conflicts}
    members = PublicConflictMember.objects.open(at).filter(conflict__in=conflicts)
    for conflict, claim in members.values_list("conflict", "version__claim"):
        found[conflict].add(claim)
    return found


def decision_text(decided: Decided | None) -> str:
    """What was decided, in a sentence: "Resolved on 8 May 2025: C12 stands."."""
    if decided is None:
        return ""
    words = {"status": _(decided.status.label), "day": day_text(decided.decided_at.date())}
    why = {
        ConflictStatus.RESOLVED: _standing_text(decided.standing),
        ConflictStatus.RECONCILED: _difference_text(decided.difference),
    }.get(decided.status, _(decided.status.meaning))
    return _("%(status)s on %(day)s: %(why)s") % {**words, "why": why}


def stands_text(decided: Decided | None, claim: int) -> str:
    """What a resolution means for one claim; empty where it says nothing of it."""
    if decided is None or decided.status != ConflictStatus.RESOLVED or not decided.standing:
        return ""
    return _("This claim stands.") if claim in decided.standing else _("This claim does not stand.")


def _standing_text(standing: Collection[int]) -> str:
    if not standing:
        return _(ConflictStatus.RESOLVED.meaning)
    refs = ", ".join(f"C{number}" for number in standing)
    if len(standing) == 1:
        return _("%(refs)s stands, the others do not.") % {"refs": refs}
    return _("%(refs)s stand, the others do not.") % {"refs": refs}


def _difference_text(difference: str) -> str:
    if not difference:
        return _(ConflictStatus.RECONCILED.meaning)
    known = Reconciliation(difference)
    return _("all stand. %(label)s: %(meaning)s") % {
        "label": _(known.label),
        "meaning": _(known.meaning).lower(),
    }


def _last_decisions(conflicts: Collection[int]) -> dict[int, ConflictDecision]:
    """The last decision on each of the desk's conflicts."""
    rows = (
        ConflictDecision.objects.filter(conflict__in=list(conflicts))
        .select_related("decided_by")
        .order_by("conflict_id", "-pk")
        .distinct("conflict_id")
    )
    return {decision.conflict_id: decision for decision in rows}
