"""What every action has in common: it happens whole or not at all, and history names who did it."""

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import pghistory
from django.db import IntegrityError, transaction

from sources.actions.conversion import refusal_of

P = ParamSpec("P")
R = TypeVar("R")


def action(perform: Callable[P, R]) -> Callable[P, R]:
    """Run the function in one transaction; every change of a row names the account and the action.

    The account is the keyword `by`; an action that the clock performs has none. What a named
    constraint refuses, such as the second of two people at the same moment, is a Refusal too.
    """

    @functools.wraps(perform)
    def performed(*args: P.args, **kwargs: P.kwargs) -> R:
        by: Any = kwargs.get("by")
        who = {} if by is None else {"user": by.pk}
        try:
            with pghistory.context(action=perform.__name__, **who), transaction.atomic():
                return perform(*args, **kwargs)
        except IntegrityError as error:
            refusal = refusal_of(error)
            if refusal is None:
                raise
            raise refusal from error

    return performed
