"""Notify the apps above of events in this one, inside the same transaction.

Sources know nothing of claims. Whoever builds on them puts callables into these lists when the
program starts; each is called with keyword arguments before the transaction ends.
"""

from collections.abc import Callable
from typing import Any

# Called with source, by and at: the standing of a source changed.
standing_changed: list[Callable[..., None]] = []

# Called with excerpt, before (Grade), was_verified, words_now (of the place found, or empty) and
# at: an excerpt has another grade now, or is verified now and was not, or the other way round.
excerpt_regraded: list[Callable[..., None]] = []

# Called with excerpts (their ids): other parts of these quotes are printed now than before.
printed_words_changed: list[Callable[..., None]] = []

# Called with layer and at: a text layer became the current one of its blob.
layer_made_current: list[Callable[..., None]] = []

# Called with source, fields (names of columns) and at: the record of a source has changed in these.
record_revised: list[Callable[..., None]] = []

# Called with sources (their ids) and at: their publisher has another name now, or is another one.
publisher_renamed: list[Callable[..., None]] = []

# Called with series and at: sources joined or left a series.
series_changed: list[Callable[..., None]] = []

# Called with excerpt (as it was, with its words), order and copies (what each of `copy_searches`
# found, by name): the words of a quote were withheld.
excerpt_withheld: list[Callable[..., None]] = []

# Called with a quote that is to be withheld, before anything is locked: where copies of its words
# are. What changed since then is for `excerpt_withheld` to look at.
copy_searches: dict[str, Callable[[Any], Any]] = {}

# Called with layers (their ids) and order: texts were withheld.
layers_withheld: list[Callable[..., None]] = []


def notify(listeners: list[Callable[..., None]], **what: object) -> None:
    """Call everyone who asked."""
    for listener in listeners:
        listener(**what)
