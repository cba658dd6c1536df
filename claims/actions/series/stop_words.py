"""Saving which words are left out of the most used words of a series."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from claims.domain.series.stop_words import clean_stop_words
from claims.models import StopWords
from sources.actions.action import action
from sources.actions.permission import require
from sources.domain.refusals import Refusal
from sources.models import Series
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User


class StopWordsOutdated(Refusal):
    """Stop words of a series that somebody else saved since they were read."""


@action
def save_stop_words(
    *,
    series: Series,
    added: Collection[str],
    shown: Collection[str],
    seen_at: datetime | None,
    by: "User",
    at: datetime,
) -> StopWords:
    """Save the words that are left out beside those of each language, and those shown all the same.

    `seen_at` is when the lists that were changed had been saved; None where there were none. Both
    lists are stored folded and sorted; what is stored already is not saved again. Raises
    StopWordsOutdated, naming who saved since, StopWordsRefused, NotPermitted.
    """
    require(by, Role.EDITOR)
    choice = clean_stop_words(added, shown)
    # One at a time: the first has no row of its own that could be locked.
    Series.objects.select_for_update(no_key=True).get(pk=series.pk)
    current = StopWords.objects.select_related("saved_by").filter(series=series).first()
    if current is not None and current.saved_at != seen_at:
        raise StopWordsOutdated(
            "stop_words_outdated",
            f"{current.saved_by} saved the stop words of {series.key} at "
            f"{current.saved_at:%Y-%m-%d %H:%M} UTC, after you opened them. Nothing of yours was "
            "saved; look at what is there now and save again.",
        )
    lists = {"added": sorted(choice.added), "shown": sorted(choice.shown)}
    if current is None:
        return StopWords.objects.create(series=series, **lists, saved_at=at, saved_by=by)
    if (current.added, current.shown) != (lists["added"], lists["shown"]):
        current.added, current.shown = lists["added"], lists["shown"]
        current.saved_at, current.saved_by = at, by
        current.save()
    return current
