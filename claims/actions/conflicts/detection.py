"""Finding conflicts: what every action calls that changes what is compared.

The locks come first, the reading after them: of two transactions that enter both sides of a
disagreement at once, the second waits and then sees the first. This needs READ COMMITTED, where
every statement sees what was committed before it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from claims.actions.conflicts.editorial import editorial_of, update_editorial
from claims.actions.conflicts.public_records import update_public_records
from claims.actions.conflicts.staff_records import open_members_beside, update_staff_records
from claims.domain.conflicts.detection_key import lock_number
from claims.domain.conflicts.grouping import join
from claims.domain.conflicts.pairs import find
from claims.models import Claim, Conflict, ConflictMember, PublicConflict, PublicConflictMember
from claims.querysets import compared
from claims.querysets.disagreements import (
    WITHIN,
    answers,
    beside,
    contested,
    suspects,
    within_claims,
)
from claims.readings.decisions import decisions_on
from claims.vocabulary import ConflictStatus

# Everybody who locks a question shares this lock; who locks all questions has it alone.
EVERYTHING = lock_number("every question")

# More claims than these lock everything: each lock takes room in the server's memory.
MANY = 200


# Claims that wait to be compared until the work on many of them ends; None where none does.
_waiting: ContextVar[set[int] | None] = ContextVar("claims that wait to be compared", default=None)


@contextmanager
def once_for_all(*, at: datetime) -> Iterator[Counter[str]]:
    """Compare at the end, and once, what the actions inside change, instead of one by one.

    Call it inside the transaction. Everything is locked until that ends. What changed in the
    records of conflicts stands in the counter when it is over.
    """
    lock_everything()
    changes: Counter[str] = Counter()
    claims: set[int] = set()
    before = _waiting.set(claims)
    try:
        yield changes
    finally:
        _waiting.reset(before)
    changes.update(refresh(claims=claims, at=at))


def refresh(*, claims: Collection[int], at: datetime) -> Counter[str]:
    """Compare these claims anew and write down what follows for conflicts, for desk and public.

    Call it inside the transaction of the action, after its rows changed. A transaction that calls
    it more than once takes `lock_everything` first, so that no two wait for each other. Returns
    what `detect_all` returns; inside of `once_for_all` the claims wait.
    """
    if (waiting := _waiting.get()) is not None:
        waiting.update(claims)
        return Counter()
    if not claims:
        return Counter()
    open_on = lock_questions(claims, at=at)
    compared.mark(claims, at=at)
    keys = reach(contested(claims) | open_on)
    return keep(keys, claims, at=at)


def lock_questions(claims: Collection[int], *, at: datetime) -> set[str]:
    """Lock what these claims answer, answered or are on record with, until the transaction ends.

    Returns the keys of the conflicts on record. May be called again before `refresh`: it locks the
    same, as long as the claims themselves are locked.
    """
    are_many = len(claims) > MANY
    if are_many:
        lock_everything()
    else:
        share()
    asked = compared.asked_by(claims, at=at)
    open_on = set(
        ConflictMember.objects.filter(claim__in=claims, left_at__isnull=True, answers__isnull=False)
        .exclude(answers__in=WITHIN)
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
    compared.mark(None, at=at)
    return keep(None, None, at=at)


def due(at: datetime) -> set[int]:
    """The claims to refresh because a time of publication has come."""
    return compared.due(at)


def problems(*, at: datetime) -> list[str]:
    """What `verify` has to say of versions whose key or `is_compared` is not what it should be,
    and of records of conflicts that are not what comparing everything anew gives."""
    found = conflict_problems(at=at)
    for ref, key_differs, is_compared_differs in compared.misfits(at=at):
        if key_differs:
            found.append(f"{ref} has another detection key than its content gives.")
        if is_compared_differs:
            found.append(f"{ref} is compared though it should not be, or the other way round.")
    return found


def conflict_problems(*, at: datetime) -> list[str]:
    """A sentence for each record that comparing everything anew would change; nothing is changed.

    What time alone has changed is followed before: that is the work of the clock.
    """
    try:
        with transaction.atomic():
            if claims := due(at):
                refresh(claims=claims, at=at)
            before = on_record()
            detect_all(at=at)
            after = on_record()
            transaction.set_rollback(True)
    except IntegrityError as error:
        first, *_more = str(error).splitlines()
        return [f"The records of conflicts do not fit together: {first}."]
    found = [
        f"{ref} is not on record as its claims have it, for {whom}."
        for ref, whom in sorted(before.keys() | after.keys())
        if before.get((ref, whom)) != after.get((ref, whom))
    ]
    by_person = Conflict.objects.live().exclude(status=ConflictStatus.OPEN)
    made = decisions_on(by_person.values_list("pk", flat=True))
    found += [
        f"{conflict.ref} is {conflict.status}, which nobody decided."
        for conflict in by_person.order_by("pk")
        if conflict.status not in {decision.status for decision in made[conflict.pk]}
    ]
    return found


def on_record() -> dict[tuple[str, str], tuple[object, ...]]:
    """What is recorded of every conflict, by its reference and for whom: the desk, or readers."""
    found: dict[tuple[str, str], tuple[object, ...]] = {}
    desk = ConflictMember.objects.filter(left_at__isnull=True).order_by("claim", "answers")
    public = PublicConflictMember.objects.filter(left_at__isnull=True).order_by("version")
    for model, members, columns, whom in (
        (Conflict, desk, ("claim", "answers", "versions"), "the desk"),
        (PublicConflict, public, ("version",), "readers"),
    ):
        parties: dict[int, list[tuple[object, ...]]] = defaultdict(list)
        for conflict, *party in members.values_list("conflict", *columns):
            parties[conflict].append(tuple(party))
        for one in model.objects.all():
            what = (one.kind, one.strength, one.status, one.same_source, one.question)
            found[one.ref, whom] = (*what, parties[one.pk])
    return found


def lock_keys(words: Collection[str]) -> None:
    """Wait until no other transaction works on these questions; hold them until this one ends.

    The locks are taken in the order of their numbers, so that two that want the same questions
    do not wait for each other.
    """
    share()
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
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [EVERYTHING])


def share() -> None:
    """Wait until nobody has locked everything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [EVERYTHING])


def locked_claim(number: int) -> Claim:
    """The claim as it is now; nobody else changes it until this transaction ends.

    Whoever works on all questions comes first: they lock claims after, and would wait for us.
    """
    share()
    claim: Claim = Claim.objects.select_for_update(no_key=True).get(pk=number)
    return claim


def reach(keys: Collection[str]) -> set[str]:
    """These keys and all that sets on them, found or on record, may extend to."""
    known: set[str] = set()
    new = set(keys)
    while new:
        known |= new
        linked = set().union(*beside(new).values())
        new = (linked | open_members_beside(new)) - known
    return known


def keep(
    keys: Collection[str] | None, claims: Collection[int] | None, *, at: datetime
) -> Counter[str]:
    """Find what disagrees under these keys, and within these claims, and keep both records."""
    answered = answers(suspects() if keys is None else keys, at=at)
    found = join(find(answered)) + within_claims(claims, at=at)
    changes = update_staff_records(found, keys=keys, claims=claims, at=at)
    shown = join(find(answered, public=True)) + within_claims(claims, at=at, public=True)
    update_public_records(shown, keys=keys, claims=claims, at=at)
    update_editorial(claims, at=at)
    return changes
