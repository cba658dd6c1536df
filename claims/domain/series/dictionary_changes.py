"""Differences between two dictionaries of a series, topic by topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from claims.domain.series.dictionary import Dictionary, DictionaryEntry, DictionaryTerm


class EntryChangeKind(StrEnum):
    """How the entry of a topic differs from the one before."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class EntryChange:
    """The difference of one entry: its terms that are new, those that are gone, its two notes."""

    topic: str
    kind: EntryChangeKind
    added: Sequence[DictionaryTerm] = ()
    removed: Sequence[DictionaryTerm] = ()
    note_before: str = ""
    note_after: str = ""

    @property
    def is_note_changed(self) -> bool:
        """Whether the notes differ."""
        return self.note_before != self.note_after

    @property
    def is_order_alone(self) -> bool:
        """Whether nothing but the order of its terms differs."""
        return (
            self.kind == EntryChangeKind.CHANGED
            and not self.added
            and not self.removed
            and not self.is_note_changed
        )


@dataclass(frozen=True, slots=True)
class DictionaryChanges:
    """The entries that differ, in the order of the later dictionary, those removed last.

    `is_reordered`: the topics that both have stand in another order.
    """

    entries: Sequence[EntryChange]
    is_reordered: bool

    def __bool__(self) -> bool:
        return bool(self.entries) or self.is_reordered


def dictionary_changes(before: Dictionary, after: Dictionary) -> DictionaryChanges:
    """The entries that differ in the later of two dictionaries, and whether the topics moved."""
    old = {entry.topic: entry for entry in before.entries}
    new = {entry.topic: entry for entry in after.entries}
    changes = [
        *(
            _change(old.get(topic), entry)
            for topic, entry in new.items()
            if old.get(topic) != entry
        ),
        *(_change(entry, None) for topic, entry in old.items() if topic not in new),
    ]
    kept_before = [topic for topic in old if topic in new]
    kept_after = [topic for topic in new if topic in old]
    return DictionaryChanges(changes, kept_before != kept_after)


def _change(before: DictionaryEntry | None, after: DictionaryEntry | None) -> EntryChange:
    """The difference of two entries of a topic, of which one may be missing."""
    missing = DictionaryEntry("", ())
    kind = EntryChangeKind.CHANGED
    if before is None:
        kind = EntryChangeKind.ADDED
    elif after is None:
        kind = EntryChangeKind.REMOVED
    old, new = before or missing, after or missing
    return EntryChange(
        new.topic or old.topic,
        kind,
        [term for term in new.terms if term not in old.terms],
        [term for term in old.terms if term not in new.terms],
        old.note,
        new.note,
    )
