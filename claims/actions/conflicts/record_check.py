"""Checking the records of conflicts against what comparing all claims gives; nothing is written.

The plans that detection writes say what they would change: whatever that is, is wrong on record. No
lock is taken: call it in a transaction that reads one snapshot.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

from claims.actions.conflicts.audiences import PUBLIC, STAFF
from claims.actions.conflicts.editorial import editorial_of, plan_editorial
from claims.actions.conflicts.records import Changes, plan_found
from claims.models import Conflict
from claims.querysets import compared
from claims.querysets.decisions import decisions_on
from claims.querysets.disagreements import candidate_keys, compared_rows
from claims.vocabulary import Audience, ConflictStatus

NAMES = {Audience.STAFF: "the desk", Audience.PUBLIC: "readers"}


def record_problems(*, at: datetime) -> list[str]:
    """A sentence for each version or record of a conflict that is not what it should be."""
    found = conflict_problems(at=at)
    for ref, key_differs, is_compared_differs in compared.mismatches(at=at):
        if key_differs:
            found.append(f"{ref} has another detection key than its content gives.")
        if is_compared_differs:
            found.append(f"{ref} is compared though it should not be, or the other way round.")
    return found


def conflict_problems(*, at: datetime) -> list[str]:
    """A sentence for each record of a conflict that comparing all claims would change.

    What time alone has changed is the work of the clock: records that claims are party to whose
    publication began or ended since they were compared (`compared.due`) are passed over.
    """
    due = compared.due(at)
    ended = (ConflictStatus.LAPSED, ConflictStatus.MERGED)
    found = [
        f"The records of conflicts do not fit together: {conflict.ref} is {conflict.status}, and "
        "has members that have not left."
        for conflict in Conflict.objects.filter(
            status__in=ended, members__left_at__isnull=True
        ).distinct()
    ]
    answered = compared_rows(candidate_keys(), at=at)
    asked = editorial_of(None)
    wrong: set[str] = set()
    for records in (STAFF, PUBLIC):
        wrong.update(problems_of(plan_found(records, answered, None, None, at=at), due))
        wrong.update(problems_of(plan_editorial(records, asked, at=at), due))
    return [*found, *sorted(wrong), *undecided()]


def problems_of(changes: Changes, due: Collection[int]) -> Iterator[str]:
    """A sentence for each record that is to change, and for each that is not there.

    Those that a claim of the clock's is, was or is to be party to are passed over.
    """
    whom = NAMES[changes.records.audience]
    rows = (*changes.leaving, *changes.moved, *changes.joining)
    wrong = {row.conflict for row in rows if row.conflict.pk} | set(changes.altered)
    passed_over = changes.records.ids_with_claims(due)
    for conflict in wrong:
        if conflict.pk not in passed_over and changes.claims.get(conflict.pk, set()).isdisjoint(
            due
        ):
            yield f"{conflict.ref} is not on record as its claims have it, for {whom}."
    for _conflict, found in changes.opened:
        claims = sorted({claim for claim, _answers in found.members})
        if not set(claims).isdisjoint(due):
            continue
        refs = ", ".join(f"C{claim}" for claim in claims)
        yield f"No conflict is on record of {refs}, for {whom}."


def undecided() -> list[str]:
    """The conflicts with a status that only a decision gives, and no such decision."""
    by_person = Conflict.objects.live().exclude(status=ConflictStatus.OPEN)
    made = decisions_on(by_person.values_list("pk", flat=True))
    return [
        f"{conflict.ref} is {conflict.status}, which nobody decided."
        for conflict in by_person.order_by("pk")
        if conflict.status not in {decision.status for decision in made[conflict.pk]}
    ]
