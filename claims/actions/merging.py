"""Merging duplicate entities, and a preview of what that does to the conflicts on record.

The preview makes the merge and takes it back, so that it says what detection will find, whatever
the rules are. It waits for whoever works on questions, and they for it, as the merge itself does.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import pghistory
from django.db import transaction

from claims.actions.catalogue import revise_entity
from claims.actions.conflicts import detection
from claims.models import Conflict, ConflictMember, Entity
from claims.readings.questions import QuestionReading, read_questions
from sources.actions.action import action
from sources.actions.permission import require
from sources.domain.refusals import Refusal
from sources.domain.text_fields import clean_words
from sources.readings.reader import Reader
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

MAX_REASON = 2_000

# The claims of each live conflict, with its status.
LiveConflicts = dict[int, tuple[str, frozenset[int]]]


class MergeRefused(Refusal):
    """A merge that is not made. `code`: merged_already, changed_meanwhile."""


@dataclass(frozen=True)
class ConflictChanges:
    """Conflicts of the desk that a merge opens, closes or changes, by their ids.

    Changed are those that other claims are party to than before, or that are open again. `mark`
    is a digest of all that, without the numbers of those that open.
    """

    opened: Sequence[int]
    closed: Sequence[int]
    changed: Sequence[int]
    mark: str


@dataclass(frozen=True)
class ConflictsPreview:
    """The conflicts that a merge would open, close or change, as one reader is told of them.

    Those that it would close are told as they are now, the others as they would be; one that would
    open has no reference yet.
    """

    opened: Sequence[QuestionReading]
    closed: Sequence[QuestionReading]
    changed: Sequence[QuestionReading]
    mark: str


@action
def merge_entities(
    *, entity: Entity, into: Entity, reason: str, seen: str, by: "User", at: datetime
) -> Entity:
    """Merge an entity into another one: claims about both are compared, its key leads on.

    `seen` is the mark of the preview that was read; where other conflicts would open or close by
    now, nothing is merged. Raises MergeRefused, CatalogueRefused, WordsRefused, NotPermitted.
    """
    require(by, Role.EDITOR)
    because = clean_words(reason, name="reason", limit=MAX_REASON, required=True)
    detection.lock_everything()
    before = live_conflicts()
    with pghistory.context(reason=because):
        merged = _merge(entity, into, by=by, at=at)
    require_as_previewed(before, seen)
    return merged


def preview_entity_merge(
    *, entity: Entity, into: Entity, by: "User", at: datetime
) -> ConflictsPreview:
    """Preview the conflicts of merging an entity into another one; nothing is changed.

    Raises the refusals of `merge_entities`, but for that of a mark that was read.
    """
    require(by, Role.EDITOR)
    return preview_conflicts(lambda: _merge(entity, into, by=by, at=at), Reader(by, at))


def _merge(entity: Entity, into: Entity, *, by: "User", at: datetime) -> Entity:
    # Rows of their own: a preview takes back what is in the database, not what a caller has.
    rows = Entity.objects.select_related("merged_into").in_bulk([entity.pk, into.pk])
    for one in rows.values():
        if one.merged_into is not None:
            raise MergeRefused(
                "merged_already",
                f"{one} was merged into {one.merged_into} already. Go on with {one.merged_into}.",
            )
    return revise_entity(entity=rows[entity.pk], merged_into=rows[into.pk], by=by, at=at)


def preview_conflicts(change: Callable[[], object], reader: Reader) -> ConflictsPreview:
    """Make a change, read what it does to conflicts, and take it back."""
    with taken_back():
        detection.lock_everything()
        before = live_conflicts()
        change()
        changes = conflict_changes(before)
        opened = read_questions(changes.opened, reader)
        changed = read_questions(changes.changed, reader)
    closed = read_questions(changes.closed, reader)
    return ConflictsPreview(opened, closed, changed, changes.mark)


@contextmanager
def taken_back() -> Iterator[None]:
    """A transaction that ends without a trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def require_as_previewed(before: LiveConflicts, seen: str) -> None:
    """Refuse a change that does other things to conflicts than the preview with the mark said.

    Call it under `lock_everything`, after the change. Raises MergeRefused.
    """
    if conflict_changes(before).mark != seen:
        raise MergeRefused(
            "changed_meanwhile",
            "Other conflicts would open or close by now than those that you read, since claims "
            "changed meanwhile. Nothing was merged; read it again below.",
        )


def live_conflicts() -> LiveConflicts:
    """The live conflicts of the desk: by id the status, and the claims that are party."""
    members: dict[int, set[int]] = {}
    statuses = dict(Conflict.objects.live().values_list("pk", "status"))
    open_members = ConflictMember.objects.open().filter(conflict__in=Conflict.objects.live())
    for conflict, claim in open_members.values_list("conflict", "claim"):
        members.setdefault(conflict, set()).add(claim)
    return {pk: (status, frozenset(members.get(pk, ()))) for pk, status in statuses.items()}


def conflict_changes(before: LiveConflicts) -> ConflictChanges:
    """Compare the live conflicts with those before."""
    now = live_conflicts()
    opened = sorted(now.keys() - before.keys())
    closed = sorted(before.keys() - now.keys())
    changed = sorted(pk for pk in now.keys() & before.keys() if now[pk] != before[pk])
    marked = [
        sorted(sorted(now[pk][1]) for pk in opened),
        closed,
        [(pk, now[pk][0], sorted(now[pk][1])) for pk in changed],
    ]
    mark = hashlib.sha256(repr(marked).encode()).hexdigest()
    return ConflictChanges(opened, closed, changed, mark)
