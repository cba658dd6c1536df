"""Decisions on conflicts, in words: all of them for the desk, for readers as far as they see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model

from claims.querysets.decisions import PUBLIC_DECISIONS, STAFF_DECISIONS, decisions_shown
from claims.readings.wording import day_text
from claims.vocabulary import Audience, ConflictStatus, Reconciliation
from sources.readings.phrases import phrase as _


@dataclass(frozen=True)
class Decided:
    """The decision in which a conflict stands.

    `about` are the numbers of the claims that it was about; `standing` of those that stand, where
    it says so and the reader may know them. `reason` says why in words for everybody; for readers
    it is empty while a claim that it can speak of is not public. Who decided and the note are for
    the desk; empty for readers.
    """

    status: ConflictStatus
    decided_at: datetime
    about: frozenset[int] = frozenset()
    standing: tuple[int, ...] = ()
    difference: str = ""
    by: str = ""
    note: str = ""
    reason: str = ""


def decisions_of(
    conflicts: Collection[int], audience: Audience, at: datetime
) -> dict[int, Decided]:
    """The decision in which each record stands, by its id; none of an open one. In one query.

    Of a conflict that is over since a party was retracted or taken off, the decision in which it
    stood at its end. Readers are told of the claims that they may read alone: where none of these
    stands, not which do. For them it is the last decision about a claim that is party for them, on
    whichever record it was made.
    """
    sql = PUBLIC_DECISIONS if audience == Audience.PUBLIC else _staff_decisions()
    return {
        record: Decided(
            status=ConflictStatus(status),
            decided_at=decided_at,
            about=frozenset(about),
            standing=tuple(standing),
            difference=difference,
            by=by,
            note=note,
            reason=reason,
        )
        for record, status, decided_at, about, standing, difference, by, note, reason in (
            decisions_shown(sql, conflicts, at=at)
        )
    }


def _staff_decisions() -> str:
    """The statement for the staff, who read the names of accounts."""
    return STAFF_DECISIONS.format(users=get_user_model()._meta.db_table)


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
