"""What a claim would bring: it is written as if submitted, looked at, and undone."""

import secrets
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from claims.actions.claims.entry import require_seen, supersede, write_uncompared
from claims.actions.claims.workflow import locked_last_version, require_step
from claims.actions.conflicts import detection
from claims.domain.conflicts.grouping import FoundSet
from claims.domain.content import Content
from claims.domain.workflow import Step
from claims.models import Claim, Version
from sources.actions.permission import require
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

# Nobody waits longer for a claim that somebody else is saving, nor for the whole.
PATIENCE = "SET LOCAL lock_timeout = '1s'; SET LOCAL statement_timeout = '5s'"
# Claims that are only foreseen have numbers below zero, down to here, so that none is used up.
LOWEST = -(2**62)


@dataclass(frozen=True)
class AsIf:
    """A version as if it were submitted, and the sets of disagreeing claims that it is in."""

    version: Version
    found: Sequence[FoundSet]


@contextmanager
def as_if_submitted(
    *,
    content: Content,
    by: "User",
    at: datetime,
    claim: Claim | None = None,
    seen: int = 0,
) -> Iterator[AsIf]:
    """A new claim, or the next version of one, to be looked at within; then nothing of it is there.

    It is what detection would find and record, of the claim's other compared version too. It is
    written without its quotes, so that none gets a number: that quotes support and refute the
    claim is for the caller to see. No question is locked, and on a claim that somebody is saving
    it waits no longer than PATIENCE says; then Django's OperationalError is raised. Raises the
    refusals of entering and revising.
    """
    require(by, Role.CONTRIBUTOR)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(PATIENCE)
        if claim is None:
            claim, number = _numberless(by, at), 1
        else:
            latest = locked_last_version(claim)
            require_step(latest, Step.REVISE, by=by, at=at)
            require_seen(latest, seen)
            supersede(latest)
            number = seen + 1
        version = write_uncompared(
            claim, number=number, content=content, evidence=[], by=by, at=at, submit_it=True
        )
        yield AsIf(version, detection.foretell(claim=claim.pk, at=at))
        transaction.set_rollback(True)


def _numberless(by: "User", at: datetime) -> Claim:
    """A claim to be undone, which takes no number from those to come."""
    return Claim.objects.create(
        pk=LOWEST + secrets.randbelow(-LOWEST),
        uuid=uuid.uuid4(),
        created_at=at,
        created_by=by,
    )
