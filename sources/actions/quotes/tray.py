"""Collecting quotes in the tray of an account, for a claim to come."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from sources.actions.action import action
from sources.actions.permission import require
from sources.domain.refusals import Refusal
from sources.models import CollectedQuote, Excerpt
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

# As many quotes as the form of a claim has room for.
MAX_COLLECTED = 60


class TrayRefused(Refusal):
    """A quote that the tray does not take. `code`: tray_full."""


@action
def collect_quote(*, excerpt: Excerpt, by: "User", at: datetime) -> CollectedQuote:
    """Put a quote into the tray of the account; one that is there stays where it is.

    Raises TrayRefused where the tray is full, NotPermitted.
    """
    require(by, Role.CONTRIBUTOR)
    tray = CollectedQuote.objects.filter(collected_by=by)
    if (there := tray.filter(excerpt=excerpt).first()) is not None:
        return there
    if tray.count() >= MAX_COLLECTED:
        raise TrayRefused(
            "tray_full",
            f"Your tray holds {MAX_COLLECTED} quotes, as many as a claim takes. Enter a claim from "
            "them or take some out, then collect this one again.",
        )
    return CollectedQuote.objects.create(excerpt=excerpt, collected_at=at, collected_by=by)


@action
def discard_quotes(
    *,
    excerpts: Collection[int],
    by: "User",
    at: datetime,  # noqa: ARG001 - every action is given the time
) -> int:
    """Take quotes, by their numbers, out of the tray of the account; return how many were in it.

    The quotes themselves stay.
    """
    gone, _by_table = CollectedQuote.objects.filter(collected_by=by, excerpt__in=excerpts).delete()
    return gone
