"""Differences between two dictionaries of a series."""

from claims.domain.series.dictionary import Dictionary, DictionaryEntry, DictionaryTerm
from claims.domain.series.dictionary_changes import EntryChangeKind, dictionary_changes


def entry(topic: str, *terms: str, note: str = "") -> DictionaryEntry:
    return DictionaryEntry(topic, tuple(map(DictionaryTerm, terms)), note)


def test_what_was_added_removed_and_changed_is_listed_by_topic() -> None:
    before = Dictionary((entry("a", "one", "two"), entry("b", "three"), entry("c", "four")))
    after = Dictionary(
        (entry("a", "two", "five", note="Why."), entry("c", "four"), entry("d", "x"))
    )

    changes = dictionary_changes(before, after)

    assert [(one.topic, one.kind) for one in changes.entries] == [
        ("a", EntryChangeKind.CHANGED),
        ("d", EntryChangeKind.ADDED),
        ("b", EntryChangeKind.REMOVED),
    ]
    first = changes.entries[0]
    assert (first.added, first.removed) == ([DictionaryTerm("five")], [DictionaryTerm("one")])
    assert (first.is_note_changed, first.note_after) == (True, "Why.")
    assert not changes.is_reordered


def test_another_order_is_a_difference() -> None:
    one, other = entry("a", "one", "two"), entry("b", "three")

    topics = dictionary_changes(Dictionary((one, other)), Dictionary((other, one)))
    terms = dictionary_changes(Dictionary((one,)), Dictionary((entry("a", "two", "one"),)))

    assert topics.is_reordered
    assert not topics.entries
    assert terms.entries[0].is_order_alone
    assert not dictionary_changes(Dictionary((one,)), Dictionary((one,)))
