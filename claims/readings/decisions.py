"""Decisions on conflicts, in words: all of them for the desk, for readers as far as they see."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from claims.models import (
    Conflict,
    ConflictDecision,
    PublicConflict,
    PublicConflictMember,
    Version,
)
from claims.querysets.lineage import lineage_of
from claims.readings.wording import day_text
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

    `about` are the numbers of the claims that it was about; `standing` of those that stand, where
    it says so and the reader may know them. Who decided and the note are for the desk; empty for
    readers.
    """

    status: ConflictStatus
    decided_at: datetime
    about: frozenset[int] = frozenset()
    standing: tuple[int, ...] = ()
    difference: str = ""
    by: str = ""
    note: str = ""


def decided_on(
    conflicts: Iterable[Conflict | PublicConflict], *, is_public: bool, at: datetime
) -> dict[int, Decided]:
    """The decision in which each conflict stands, by the id of its record; none of an open one.

    Readers are told of the claims that they see alone: where none of these stands, not which do.
    For them it is the last decision about such a claim, on whichever record it was made.
    """
    rows = {
        conflict.pk: conflict
        for conflict in conflicts
        if ConflictStatus(conflict.status) in SETTLED
    }
    if not rows:
        return {}
    desk = {pk: one.conflict_id if is_public else pk for pk, one in rows.items()}  # type: ignore[union-attr] # public ones are a part of the desk's
    made = decisions_on(set(desk.values())) if is_public else _own_decisions(rows)
    about = _claims_of(decision for decisions in made.values() for decision in decisions)
    seen = _claims_seen(list(rows), at) if is_public else {}
    found = {}
    for pk, row in rows.items():
        concerning = [one for one in made[desk[pk]] if not is_public or seen[pk] & about[one.pk]]
        if not concerning or concerning[-1].status != row.status:
            continue
        decision = concerning[-1]
        found[pk] = Decided(
            status=ConflictStatus(decision.status),
            decided_at=decision.decided_at,
            about=frozenset(about[decision.pk]),
            standing=tuple(
                one for one in decision.standing_claims if not is_public or one in seen[pk]
            ),
            difference=decision.difference,
            by="" if is_public else str(decision.decided_by),
            note="" if is_public else decision.note,
        )
    return found


def decisions_on(conflicts: Collection[int]) -> dict[int, list[ConflictDecision]]:
    """The decisions on each of the desk's conflicts and on those that it comes from, in order."""
    family = lineage_of(conflicts)
    by_conflict = _own_decisions({relative for _one, relative in family})
    found: dict[int, list[ConflictDecision]] = defaultdict(list)
    for conflict, relative in family:
        found[conflict] += by_conflict[relative]
    for decisions in found.values():
        decisions.sort(key=lambda decision: (decision.decided_at, decision.pk))
    return found


def _claims_seen(conflicts: Collection[int], at: datetime) -> dict[int, set[int]]:
    """The claims that readers see in each public conflict."""
    found: dict[int, set[int]] = {conflict: set() for conflict in conflicts}
    members = PublicConflictMember.objects.open(at).filter(conflict__in=conflicts)
    for conflict, claim in members.values_list("conflict", "version__claim"):
        found[conflict].add(claim)
    return found


def decision_text(decided: Decided | None) -> str:
    """Say the decision in a sentence: "Resolved on 8 May 2025: C12 stands."."""
    if decided is None:
        return ""
    words = {"status": _(decided.status.label), "day": day_text(decided.decided_at.date())}
    why = {
        ConflictStatus.RESOLVED: _standing_text(decided.standing),
        ConflictStatus.RECONCILED: _difference_text(decided.difference),
    }.get(decided.status, _(decided.status.meaning))
    return _("%(status)s on %(day)s: %(why)s") % {**words, "why": why}


def claim_decision_text(decided: Decided | None, claim: int) -> str:
    """Say whether a claim stands after a resolution; empty where that says nothing of it.

    It says nothing of a claim that joined later: that only repeats a position.
    """
    if decided is None or decided.status != ConflictStatus.RESOLVED or not decided.standing:
        return ""
    if claim not in decided.about:
        return ""
    return _("This claim stands.") if claim in decided.standing else _("This claim does not stand.")


def _standing_text(standing: Collection[int]) -> str:
    if not standing:
        return _(ConflictStatus.RESOLVED.meaning)
    refs = ", ".join(f"C{number}" for number in standing)
    if len(standing) == 1:
        return _("%(refs)s stands, no other claim that was decided on does.") % {"refs": refs}
    return _("%(refs)s stand, no other claim that was decided on does.") % {"refs": refs}


def _difference_text(difference: str) -> str:
    if not difference:
        return _(ConflictStatus.RECONCILED.meaning)
    known = Reconciliation(difference)
    return _("all stand. %(label)s: %(meaning)s") % {
        "label": _(known.label),
        "meaning": _(known.meaning).lower(),
    }


def _own_decisions(conflicts: Collection[int]) -> dict[int, list[ConflictDecision]]:
    """The decisions on each conflict's own record, in order."""
    found: dict[int, list[ConflictDecision]] = defaultdict(list)
    rows = ConflictDecision.objects.filter(conflict__in=list(conflicts))
    for decision in rows.select_related("decided_by").order_by("decided_at", "pk"):
        found[decision.conflict_id].append(decision)
    return found


def _claims_of(decisions: Iterable[ConflictDecision]) -> dict[int, set[int]]:
    """The claims that each decision was about, by its id."""
    decisions = list(decisions)
    named = {version for decision in decisions for version in decision.versions}
    claims = dict(Version.objects.filter(pk__in=named).values_list("pk", "claim"))
    return {
        decision.pk: {claims[version] for version in decision.versions if version in claims}
        for decision in decisions
    }
