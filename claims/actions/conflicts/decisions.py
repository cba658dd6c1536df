"""Actions on conflicts: open one that no rule can find, decide on one, let one lapse."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import pghistory

from claims.actions.conflicts.audiences import PUBLIC
from claims.actions.conflicts.detection import lock_keys
from claims.actions.conflicts.editorial import ClaimState, claim_states, lapse, plan_editorial
from claims.actions.conflicts.records import Sources, update_public_statuses
from claims.domain.text_limits import clean_words
from claims.models import Claim, Conflict, ConflictDecision, ConflictMember
from claims.querysets import compared
from claims.querysets.positions import rest_on_one, sources_of
from claims.vocabulary import ConflictKind, ConflictStatus, Reconciliation, Strength
from sources.actions.action import (
    Clock,
    ReadOutdated,
    action,
    action_transaction,
    retry_outdated,
    set_history_time,
)
from sources.actions.permission import require
from sources.domain.refusals import Refusal
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

MAX_QUESTION = 500
MAX_NOTE = 5_000
MAX_REASON = 1_000

# Decisions that say why: somebody will ask.
REASONED = (ConflictStatus.RESOLVED, ConflictStatus.RECONCILED, ConflictStatus.IRREDUCIBLE)


class ConflictRefused(Refusal):
    """A conflict that cannot be opened, decided or laid down like this."""


class ConflictChanged(Refusal):
    """The conflict has other members or versions than those that were read, or is decided since."""


def open_editorial(
    *,
    claims: Sequence[Claim],
    question: str,
    by: "User",
    at: datetime,
    now: Clock | None = None,
) -> Conflict:
    """Put claims side by side that no rule can compare, asking in a sentence what is at issue.

    The claims and their quotes are read before anything is locked. The conflict has the time that
    `now` gives under the locks, else `at`. Raises ConflictRefused for fewer than two claims, for
    one that is retracted or has nothing submitted or published, WordsRefused for an empty question,
    ReadOutdated where the claims change during every attempt, NotPermitted.
    """
    require(by, Role.EDITOR)
    question = clean_words(question, name="question", limit=MAX_QUESTION, required=True)
    numbers = sorted({claim.pk for claim in claims})
    if len(numbers) < 2:
        raise ConflictRefused(
            "one_claim", "A conflict is between two claims at least; name another one."
        )

    clock = now or (lambda: at)

    def attempt() -> Conflict:
        states = claim_states(numbers, at=clock())
        require_comparable(states)
        versions = {pk for state in states.values() for pk in (*state.compared, state.published)}
        sources = sources_of({pk for pk in versions if pk is not None})
        with action_transaction("open_editorial", by=by, at=at):
            return store_editorial(question, states, sources, by=by, now=clock)

    return retry_outdated(attempt)


def require_comparable(states: Mapping[int, ClaimState]) -> None:
    """Refuse claims that are retracted, or of which nothing is compared."""
    for number, state in states.items():
        if state.is_retracted:
            raise ConflictRefused(
                "retracted", f"C{number} is retracted and disagrees with nothing any more."
            )
        if not state.compared:
            raise ConflictRefused(
                "not_compared", f"C{number} is neither submitted nor published; submit it first."
            )


def store_editorial(
    question: str,
    states: Mapping[int, ClaimState],
    sources: Sources,
    *,
    by: "User",
    now: Clock,
) -> Conflict:
    """Store an editorial conflict between claims in these states.

    `sources` are those of their versions. Only the claims' own questions are locked: who compares
    one of them waits, and then finds the conflict. Raises ReadOutdated where the states changed.
    """
    lock_keys({f"within C{number}" for number in states})
    at = now()
    set_history_time(at)
    if claim_states(states, at=at) != states:
        raise ReadOutdated("claims_changing", "The claims change at this moment; try it again.")
    versions = {version for state in states.values() for version in state.compared}
    conflict = Conflict.objects.create(
        kind=ConflictKind.EDITORIAL,
        strength=Strength.TENSION,
        same_source=rest_on_one(versions, ConflictKind.EDITORIAL, sources),
        question=question,
        opened_at=at,
        opened_by=by,
    )
    ConflictMember.objects.bulk_create(
        ConflictMember(conflict=conflict, claim_id=number, versions=[*state.compared], joined_at=at)
        for number, state in states.items()
    )
    plan_editorial(PUBLIC, [conflict], at=at, sources=sources).write(at)
    return conflict


@action
def lapse_editorial(*, conflict: Conflict, by: "User", at: datetime, note: str) -> Conflict:
    """Lay an editorial conflict down; history keeps who did it and the note.

    Detection opens and closes all others by itself. Raises ConflictRefused, NotPermitted.
    """
    require(by, Role.EDITOR)
    note = clean_words(note, name="note", limit=MAX_NOTE, required=True)
    conflict = locked(conflict, at=at)
    if conflict.kind != ConflictKind.EDITORIAL:
        raise ConflictRefused(
            "not_editorial",
            f"{conflict.ref} was found by comparing values; it lapses when its claims agree.",
        )
    with pghistory.context(note=note):
        lapse(conflict, at=at)
    return conflict


@action
def decide_conflict(
    *,
    conflict: Conflict,
    status: ConflictStatus,
    note: str,
    by: "User",
    at: datetime,
    seen_versions: Collection[int],
    seen_decision: int | None,
    standing_claims: Collection[int] = (),
    difference: str = "",
    reason: str = "",
) -> ConflictDecision:
    """Decide on a live conflict, bound to what was read.

    The note is for the staff; `reason` says why in words that everybody reads, or nothing.

    `seen_versions` are the ids of the versions of all members as shown, `seen_decision` the id of
    the last decision, None where there was none; `standing_claims` the ids of the claims that
    stand where it is resolved, `difference` what they differ in where it is reconciled. Raises
    ConflictChanged when the members are others now or somebody decided since, ConflictRefused,
    NotPermitted.
    """
    require(by, Role.EDITOR)
    status = decidable(status)
    note = clean_words(note, name="note", limit=MAX_NOTE, required=status in REASONED)
    reason = clean_words(reason, name="reason", limit=MAX_REASON)
    conflict = locked(conflict, at=at)
    members = list(conflict.members.filter(left_at__isnull=True))
    versions = {version for member in members for version in member.versions}
    if versions != set(seen_versions):
        raise ConflictChanged(
            "stale", f"{conflict.ref} changed since you read it; read it again, then decide."
        )
    require_unchanged(conflict, seen_decision)
    require_prevailing(status, standing_claims, {member.claim_id for member in members})
    require_difference(status, difference)
    decision = ConflictDecision.objects.create(
        conflict=conflict,
        status=status,
        decided_by=by,
        decided_at=at,
        note=note,
        reason=reason,
        difference=difference,
        versions=sorted(versions),
        standing_claims=sorted(set(standing_claims)),
    )
    conflict.status = status
    conflict.save(update_fields=["status"])
    update_public_statuses(conflict)
    return decision


def decidable(status: str) -> ConflictStatus:
    """The status, where a person may decide it: any but lapsed and merged."""
    known = [word for word in ConflictStatus if word.is_live]
    if status not in known:
        raise ConflictRefused(
            "no_decision",
            f"Nobody decides that a conflict is {status}. Use one of: {', '.join(known)}.",
        )
    return ConflictStatus(status)


def require_prevailing(
    status: ConflictStatus, standing: Collection[int], members: Collection[int]
) -> None:
    """Refuse a resolution that does not say which members stand, or a list where none belongs."""
    if status != ConflictStatus.RESOLVED:
        if standing:
            raise ConflictRefused(
                "standing_claims", "Only a resolution names the claims that stand; leave them out."
            )
        return
    if unknown := set(standing) - set(members):
        raise ConflictRefused(
            "standing_claims", f"C{min(unknown)} is not party to this conflict; leave it out."
        )
    if not standing:
        raise ConflictRefused("standing_claims", "Say which claims stand.")
    if set(standing) == set(members):
        raise ConflictRefused(
            "standing_claims",
            "Where all claims stand, the conflict is reconciled: say what they differ in.",
        )


def require_unchanged(conflict: Conflict, seen: int | None) -> None:
    """Refuse a decision on what somebody else decided on meanwhile, and say who."""
    last = conflict.decisions.select_related("decided_by").order_by("-pk").first()
    if last is not None and last.pk != seen:
        raise ConflictChanged(
            "decided",
            f"{last.decided_by} decided on {conflict.ref} at {last.decided_at:%Y-%m-%d %H:%M} UTC, "
            f"after you opened it: {ConflictStatus(last.status).label.lower()}. "
            "Read that decision, then decide.",
        )


def require_difference(status: ConflictStatus, difference: str) -> None:
    """Refuse to reconcile without saying what the claims differ in, or to say it elsewhere."""
    if status != ConflictStatus.RECONCILED:
        if difference:
            raise ConflictRefused(
                "difference",
                "Only where all claims stand is said what they differ in; leave it out.",
            )
    elif difference not in list(Reconciliation):
        raise ConflictRefused(
            "difference", f"Say what the claims differ in: {', '.join(Reconciliation)}."
        )


def locked(conflict: Conflict, *, at: datetime) -> Conflict:
    """The conflict as it is now, its questions locked until the transaction ends.

    Raises ConflictRefused for one that is no longer live.
    """
    members = list(conflict.members.filter(left_at__isnull=True))
    claims = {member.claim_id for member in members}
    words = {member.answers for member in members if member.answers}
    own = {f"within C{claim}" for claim in claims}
    lock_keys(words | own | {conflict.ref} | compared.asked_by(claims, at=at).locks)
    conflict = Conflict.objects.get(pk=conflict.pk)
    if not ConflictStatus(conflict.status).is_live:
        raise ConflictRefused(
            "not_live", f"{conflict.ref} is {conflict.status}; there is nothing to decide any more."
        )
    return conflict
