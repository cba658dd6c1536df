"""Finding conflicts: what every action calls that changes what is compared.

The locks come first, the reading after them: of two transactions that enter both sides of a
disagreement at once, the second waits and then sees the first. This needs READ COMMITTED, where
every statement sees what was committed before it.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import connection, transaction

from claims.actions.conflicts.audiences import PUBLIC, STAFF
from claims.actions.conflicts.editorial import editorial_of, update_editorial
from claims.actions.conflicts.records import plan_found
from claims.domain.conflicts.detection_key import lock_number
from claims.models import Claim, ConflictMember
from claims.querysets import compared
from claims.querysets.disagreements import (
    KINDS_WITHIN_A_CLAIM,
    candidate_keys,
    candidate_keys_of,
    compared_rows,
    neighbouring_keys,
)
from sources.actions.action import Clock

# Everybody who locks a question shares this lock; who locks all questions has it alone.
GLOBAL_LOCK = lock_number("every question")

# More claims than these lock everything: each lock takes room in the server's memory.
MAX_LOCKED_CLAIMS = 200


# Claims that wait to be compared until the work on many of them ends; None where none does.
_waiting: ContextVar[set[int] | None] = ContextVar("claims that wait to be compared", default=None)


@contextmanager
def detect_at_the_end(*, now: Clock) -> Iterator[Counter[str]]:
    """Compare at the end, and once, what the actions inside change, instead of one by one.

    Call it inside the transaction. Everything is locked until that ends. What changed in the
    records of conflicts stands in the counter when it is over; they are compared at that time.
    """
    lock_everything()
    changes: Counter[str] = Counter()
    claims: set[int] = set()
    before = _waiting.set(claims)
    try:
        yield changes
    finally:
        _waiting.reset(before)
    changes.update(refresh(claims=claims, at=now()))


def refresh(*, claims: Collection[int], at: datetime) -> Counter[str]:
    """Compare these claims anew and write down what follows for conflicts, for desk and public.

    Call it inside the transaction of the action, after its rows changed. A transaction that calls
    it more than once takes `lock_everything` first, so that no two wait for each other. Returns
    what `detect_all` returns; inside of `detect_at_the_end` the claims wait.
    """
    if (waiting := _waiting.get()) is not None:
        waiting.update(claims)
        return Counter()
    if not claims:
        return Counter()
    open_on = lock_questions(claims, at=at)
    compared.update_comparison_columns(claims, at=at)
    keys = connected_keys(candidate_keys_of(claims) | open_on)
    return update_records(keys, claims, at=at)


def lock_questions(claims: Collection[int], *, at: datetime) -> set[str]:
    """Lock what these claims answer, answered or are on record with, until the transaction ends.

    Returns the keys of the conflicts on record. May be called again before `refresh`: it locks the
    same, as long as the claims themselves are locked.
    """
    are_many = len(claims) > MAX_LOCKED_CLAIMS
    if are_many:
        lock_everything()
    else:
        share_global_lock()
    asked = compared.asked_by(claims, at=at)
    open_on = set(
        ConflictMember.objects.filter(claim__in=claims, left_at__isnull=True, answers__isnull=False)
        .exclude(answers__in=KINDS_WITHIN_A_CLAIM)
        .values_list("answers", flat=True)
    )
    own = {f"within C{claim}" for claim in claims}
    editorial = {conflict.ref for conflict in editorial_of(claims)}
    if not are_many:
        lock_keys(asked.locks | open_on | own | editorial)
    return open_on


@transaction.atomic
def detect_all(*, at: datetime) -> Counter[str]:
    """Compare everything anew; gives what one at a time gives, whatever the order.

    Returns how many of the desk's records opened, reopened, merged, split, lapsed and changed.
    """
    lock_everything()
    compared.update_comparison_columns(None, at=at)
    return update_records(None, None, at=at)


def claims_due(at: datetime) -> set[int]:
    """The claims to refresh because a time of publication has come."""
    return compared.due(at)


def lock_keys(words: Collection[str]) -> None:
    """Wait until no other transaction works on these questions; hold them until this one ends.

    The locks are taken in the order of their numbers, so that two that want the same questions
    do not wait for each other.
    """
    share_global_lock()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(number) FROM unnest(%s::bigint[]) AS number",
            [sorted({lock_number(word) for word in words})],
        )


def lock_everything() -> None:
    """Wait until nobody else works on any question, and let nobody until this transaction ends.

    For changes of what questions mean (merged entities, series) and for work on many claims.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GLOBAL_LOCK])


def share_global_lock() -> None:
    """Wait until nobody has locked everything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [GLOBAL_LOCK])


def locked_claim(number: int) -> Claim:
    """The claim as it is now; nobody else changes it until this transaction ends.

    Whoever works on all questions comes first: they lock claims after, and would wait for us.
    """
    share_global_lock()
    claim: Claim = Claim.objects.select_for_update(no_key=True).get(pk=number)
    return claim


def connected_keys(keys: Collection[str]) -> set[str]:
    """These keys and all that sets on them, found or on record, may extend to."""
    known: set[str] = set()
    new = set(keys)
    while new:
        known |= new
        linked = set().union(*neighbouring_keys(new).values())
        new = (linked | keys_of_same_conflicts(new)) - known
    return known


def keys_of_same_conflicts(keys: Collection[str]) -> set[str]:
    """The keys of all members of the live conflicts with a member on one of these keys."""
    open_rows = ConflictMember.objects.open().filter(answers__isnull=False)
    conflicts = open_rows.filter(answers__in=keys).values("conflict")
    others = open_rows.filter(conflict__in=conflicts).exclude(answers__in=KINDS_WITHIN_A_CLAIM)
    return set(others.values_list("answers", flat=True))


def update_records(
    keys: Collection[str] | None, claims: Collection[int] | None, *, at: datetime
) -> Counter[str]:
    """Find what disagrees under these keys, and within these claims, for staff and public.

    The public's records carry the staff's numbers, and are written after them.
    """
    answered = compared_rows(candidate_keys() if keys is None else keys, at=at)
    changes = plan_found(STAFF, answered, keys, claims, at=at).write(at)
    plan_found(PUBLIC, answered, keys, claims, at=at).write(at)
    update_editorial(claims, at=at)
    return changes
