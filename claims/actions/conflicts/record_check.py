"""Checking the records of conflicts against what comparing all claims gives; nothing is written.

The plans of `staff_records`, `public_records` and `editorial` say what they would change. Whatever
that is, is wrong on record. No lock is taken: call it in a transaction that reads one snapshot.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from claims.actions.conflicts.editorial import (
    LAPSED,
    claim_states,
    editorial_of,
    plan_staff_side,
    public_sides_of,
)
from claims.actions.conflicts.public_records import (
    PublicRecord,
    PublicView,
    desk_records,
    load_public,
    plan_known,
    plan_statuses,
    views_of,
)
from claims.actions.conflicts.staff_records import load_records, plan_staff_changes
from claims.domain.conflicts.grouping import FoundSet, join
from claims.domain.conflicts.pairs import find_edges
from claims.models import (
    Conflict,
    ConflictMember,
    PublicConflict,
    PublicConflictMember,
    Version,
)
from claims.querysets import compared
from claims.querysets.decisions import decisions_on
from claims.querysets.disagreements import candidate_keys, compared_rows, conflicts_within_claims
from claims.vocabulary import ConflictStatus

STAFF = "the desk"
READERS = "readers"


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
    found += sorted({*staff_problems(due, at=at), *public_problems(due, at=at)})
    found += sorted(editorial_problems(due, at=at))
    found += undecided()
    return found


def staff_problems(due: Collection[int], *, at: datetime) -> Iterator[str]:
    """The staff's records that do not say what comparing all claims gives."""
    found = join(find_edges(compared_rows(candidate_keys(), at=at))) + conflicts_within_claims(
        None, at=at
    )
    plan = plan_staff_changes(found, load_records(None, None), at=at)
    yield from missing((one for _conflict, one in plan.opened), STAFF, due)
    changes = plan.changes
    rows = [*changes.moved, *changes.joining]
    wrong = {conflict.pk for conflict in changes.altered}
    wrong |= {row.conflict_id for row in rows}
    left = ConflictMember.objects.filter(pk__in=changes.leaving)
    wrong |= set(left.values_list("conflict", flat=True))
    passed_over = {row.conflict_id for row in rows if row.claim_id in due}
    yield from wrong_staff_records(wrong - passed_over, due)


def public_problems(due: Collection[int], *, at: datetime) -> Iterator[str]:
    """The public records that do not say what comparing all published claims gives."""
    answered = compared_rows(candidate_keys(), at=at)
    found = join(find_edges(answered, public=True)) + conflicts_within_claims(
        None, at=at, public=True
    )
    behind = desk_records(found)
    yield from missing((one for one in found if min(one.members) not in behind), READERS, due)
    on_record = [one for one in found if min(one.members) in behind]
    known = load_public(None, None)
    views, ended = views_of(on_record, known, at=at)
    yield from wrong_views(views, ended, due, at=at)


def editorial_problems(due: Collection[int], *, at: datetime) -> Iterator[str]:
    """The editorial conflicts that do not say what their members say now."""
    conflicts = editorial_of(None)
    members: dict[int, list[ConflictMember]] = {one.pk: [] for one in conflicts}
    for row in ConflictMember.objects.open().filter(conflict__in=conflicts).order_by("claim"):
        members[row.conflict_id].append(row)
    states = claim_states({row.claim_id for rows in members.values() for row in rows}, at=at)
    wrong = {one.pk for one in conflicts if len(members[one.pk]) < 2}
    for number, rows in members.items():
        for row in rows:
            state = states[row.claim_id]
            if state.is_retracted or (state.compared and [*state.compared] != row.versions):
                wrong.add(number)
    wrong |= {conflict.pk for conflict in plan_staff_side(conflicts, members)}
    yield from wrong_staff_records(wrong, due)
    views, hidden = public_sides_of(
        conflicts,
        {number: [states[row.claim_id] for row in rows] for number, rows in members.items()},
    )
    yield from wrong_views(views, [(one, LAPSED) for one in hidden], due, at=at)


def undecided() -> list[str]:
    """The conflicts with a status that only a decision gives, and no such decision."""
    by_person = Conflict.objects.live().exclude(status=ConflictStatus.OPEN)
    made = decisions_on(by_person.values_list("pk", flat=True))
    return [
        f"{conflict.ref} is {conflict.status}, which nobody decided."
        for conflict in by_person.order_by("pk")
        if conflict.status not in {decision.status for decision in made[conflict.pk]}
    ]


def wrong_views(
    views: Iterable[tuple[PublicRecord | None, PublicView]],
    ended: Iterable[tuple[PublicRecord, ConflictStatus]],
    due: Collection[int],
    *,
    at: datetime,
) -> Iterator[str]:
    """The public records that are not as these views, or that should have ended and have not."""
    views = list(views)
    known = [(record, view) for record, view in views if record is not None]
    changes = plan_known(known, ended, at=at)
    wrong = {conflict.pk for conflict in changes.altered}
    wrong |= {row.conflict_id for row in changes.joining}
    left = PublicConflictMember.objects.filter(pk__in=changes.leaving)
    wrong |= set(left.values_list("conflict", flat=True))
    unchanged = [record.conflict for record, _view in known if record.conflict.pk not in wrong]
    wrong |= {conflict.pk for conflict in plan_statuses(unchanged)}
    joining = {row.version_id for row in changes.joining}
    joining |= {version for record, view in views if record is None for version in view.versions}
    due_versions = set(
        Version.objects.filter(pk__in=joining, claim__in=due).values_list("pk", flat=True)
    )
    of_due = PublicConflictMember.objects.filter(version__claim__in=due)
    passed_over = set(of_due.values_list("conflict", flat=True))
    passed_over |= {row.conflict_id for row in changes.joining if row.version_id in due_versions}
    for conflict in PublicConflict.objects.filter(pk__in=wrong - passed_over).order_by("pk"):
        yield sentence(conflict.ref, READERS)
    hidden = [view for record, view in views if record is None]
    for view in hidden:
        if due_versions.isdisjoint(view.versions):
            yield sentence(f"K{view.conflict}", READERS)


def wrong_staff_records(wrong: Collection[int], due: Collection[int]) -> Iterator[str]:
    """A sentence for each of these conflicts that no claim of the clock's is party to."""
    of_due = ConflictMember.objects.filter(claim__in=due).values("conflict")
    for conflict in Conflict.objects.filter(pk__in=wrong).exclude(pk__in=of_due).order_by("pk"):
        yield sentence(conflict.ref, STAFF)


def missing(found: Iterable[FoundSet], whom: str, due: Collection[int]) -> Iterator[str]:
    """A sentence for each set of claims that should be on record and is not."""
    for one in found:
        claims = {claim for claim, _key in one.members}
        if claims.isdisjoint(due):
            refs = ", ".join(f"C{claim}" for claim in sorted(claims))
            yield f"No conflict is on record of {refs}, for {whom}."


def sentence(ref: str, whom: str) -> str:
    """The sentence about a record that is wrong for somebody."""
    return f"{ref} is not on record as its claims have it, for {whom}."
