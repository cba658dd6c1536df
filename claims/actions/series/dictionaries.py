"""Saving the topic dictionary of a series: each save is a version, and none replaces one unseen."""

from datetime import datetime
from typing import TYPE_CHECKING

from claims.actions.series.counting import queue_counts
from claims.domain.series.dictionary import Dictionary
from claims.domain.series.dictionary_validation import validate_dictionary
from claims.domain.text_limits import clean_words
from claims.models import DictionaryVersion, Topic
from sources.actions.action import action
from sources.actions.permission import require
from sources.domain.refusals import Refusal
from sources.models import Series
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

MAX_CHANGE_NOTE = 2_000


class DictionaryOutdated(Refusal):
    """A dictionary that somebody else saved since it was read; `current` is the newest version."""

    def __init__(self, message: str, current: DictionaryVersion | None) -> None:
        super().__init__("dictionary_outdated", message)
        self.current = current


@action
def save_dictionary(
    *,
    series: Series,
    dictionary: Dictionary,
    note: str,
    seen_number: int,
    by: "User",
    at: datetime,
) -> DictionaryVersion:
    """Save a dictionary that was read as version `seen_number` (0: there was none) as the next.

    `note` says what changed, for the desk. What equals the newest version makes no other: that one
    is returned. The texts of the series are counted by a new one in the background. Raises
    DictionaryOutdated where somebody saved since, naming who and when, DictionaryRefused,
    WordsRefused, NotPermitted.
    """
    require(by, Role.EDITOR)
    note = clean_words(note, name="note", limit=MAX_CHANGE_NOTE)
    known = frozenset(Topic.objects.values_list("key", flat=True))
    dictionary = validate_dictionary(dictionary, known)
    # One at a time: the first version has no row of its own that could be locked.
    Series.objects.select_for_update(no_key=True).get(pk=series.pk)
    current = DictionaryVersion.objects.current_of(series)
    _require_current(current, seen_number, series)
    if current is not None and current.sha256 == dictionary.sha256:
        return current
    saved = DictionaryVersion.objects.create(
        series=series,
        number=seen_number + 1,
        entries=dictionary.as_json(),
        sha256=dictionary.sha256,
        note=note,
        made_at=at,
        made_by=by,
    )
    queue_counts(series)
    return saved


def _require_current(current: DictionaryVersion | None, seen_number: int, series: Series) -> None:
    """Refuse what was read as another version than the newest. Raises DictionaryOutdated."""
    newest = current.number if current else 0
    if seen_number == newest:
        return
    if current is None or seen_number > newest:
        raise DictionaryOutdated(
            f"The dictionary of {series.key} has no version {seen_number}: its newest is "
            f"{newest or 'none yet'}. Nothing was saved; open it anew.",
            current,
        )
    raise DictionaryOutdated(
        f"{current.made_by} saved version {newest} of the dictionary of {series.key} at "
        f"{current.made_at:%Y-%m-%d %H:%M} UTC, after you opened it. Nothing of yours was saved.",
        current,
    )
