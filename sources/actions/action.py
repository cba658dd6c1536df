"""The transaction of an action: it happens whole or not at all, and history names who did it."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

import pghistory
from django.db import IntegrityError, transaction

from sources.actions.conversion import refusal_of
from sources.domain.refusals import Refusal

P = ParamSpec("P")
R = TypeVar("R")

# Tells the time. An action that waits or searches before its locks asks it once it has them: what
# others did meanwhile must not lie ahead of it.
Clock = Callable[[], datetime]

# How often an action reads and computes anew because what it read changed before its lock.
MAX_ATTEMPTS = 4


def action(perform: Callable[P, R]) -> Callable[P, R]:
    """Run the function in one transaction; every change of a row names the account and the action.

    The account is the keyword `by`; an action that the clock performs has none. The time is the
    keyword `at`. What a named constraint refuses, such as the second of two people at the same
    moment, is a Refusal too.
    """

    @functools.wraps(perform)
    def performed(*args: P.args, **kwargs: P.kwargs) -> R:
        at: Any = kwargs.get("at")
        with action_transaction(perform.__name__, by=kwargs.get("by"), at=at):
            return perform(*args, **kwargs)

    return performed


@contextmanager
def action_transaction(name: str, *, by: Any = None, at: datetime | None = None) -> Iterator[None]:
    """Open the transaction of an action that computes before it; see `action`.

    The history of what it changes has the time `at` beside that of the database, so that what was
    known when is told by the same clock as `recorded_at` and its like.
    """
    known: dict[str, Any] = {} if by is None else {"user": by.pk}
    if at is not None:
        known["at"] = at.isoformat()
    try:
        with pghistory.context(action=name, **known), transaction.atomic():
            yield
    except IntegrityError as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error


def set_history_time(at: datetime) -> None:
    """Give what the action changes from here on another time: one that it took under its locks."""
    pghistory.context(at=at.isoformat())


class ReadOutdated(Refusal):
    """Data that was read before a lock and has changed under it.

    `code`: text_changed, documents_changing, claims_changing.
    """

    def __init__(
        self,
        code: str = "text_changed",
        message: str = "The text of a source changed while quotes were searched for in it. Nothing "
        "was changed; try again.",
    ) -> None:
        super().__init__(code, message)


def retry_outdated(attempt: Callable[[], R]) -> R:
    """Run an attempt that reads, computes, then locks, checks and writes in a transaction.

    An attempt that raises ReadOutdated is made again; the last of MAX_ATTEMPTS raises it.
    """
    for _attempt in range(MAX_ATTEMPTS - 1):
        try:
            return attempt()
        except ReadOutdated:
            continue
    return attempt()
