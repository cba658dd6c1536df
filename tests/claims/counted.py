"""A small series of documents with a topic dictionary, counted."""

import re
from typing import Any

from claims.actions.series.dictionaries import save_dictionary
from claims.domain.series.dictionary import Dictionary, DictionaryEntry, DictionaryTerm
from claims.models import DictionaryVersion, TextWords, Topic, TopicCount
from sources.actions.captures.capture import capture
from sources.actions.sources import add_series
from sources.models import Series, Source, TextLayer
from sources.vocabulary import Role
from tests import factories as make
from tests.factories import TODAY
from tests.worker import work

YEAR = re.compile("[0-9]{4}")

TEXTS = {
    "js-2022": "The two sides speak of trade. Trade is good.",
    "js-2023": "They speak of the Arctic, of trade and of the Arctic Council.",
    "js-2024": "They speak of nothing but energy.",
}


def a_series(texts: dict[str, str] | None = None, *, key: str = "papers", **record: Any) -> Series:
    """Documents in a series that has an entity, and the property that they mention something.

    `texts` are by the documents' keys, which name the year; a document of an empty text has none.
    """
    texts = TEXTS if texts is None else texts
    sources = [
        make.source(text, key=name, issued=YEAR.findall(name)[0], **record)
        for name, text in texts.items()
    ]
    by = make.somebody(Role.CONTRIBUTOR)
    series = add_series(key=key, title=key.title(), sources=sources, by=by, at=TODAY)
    make.entity(key, kind="series", series=series)
    for source in sources:
        make.entity(f"{source.key}-document", kind="document", source=source)
    make.value_property("presence", f"{key}-mentions")
    return series


def dictionary_of(**terms: list[str]) -> Dictionary:
    """A dictionary: terms by the key of their topic; "de:Arktis" is a term of a language."""
    entries = []
    for topic, each in terms.items():
        pairs = [one.rpartition(":") for one in each]
        read = tuple(DictionaryTerm(text, language) for language, _colon, text in pairs)
        entries.append(DictionaryEntry(topic, read))
    return Dictionary(tuple(entries))


def has_dictionary(series: Series, **terms: list[str]) -> DictionaryVersion:
    """The next version of the dictionary of a series, counted; topics are made as needed."""
    for topic in terms:
        if not Topic.objects.filter(key=topic).exists():
            make.topic(topic.title())
    current = DictionaryVersion.objects.current_of(series)
    version = save_dictionary(
        series=series,
        dictionary=dictionary_of(**terms),
        note="",
        seen_number=current.number if current else 0,
        by=make.somebody(Role.EDITOR),
        at=TODAY,
    )
    work()
    return version


def has_text(source: Source, text: str) -> TextLayer:
    """Another file of a source, with its text."""
    by = make.somebody(Role.CONTRIBUTOR)
    kept = capture(source=source, data=text.encode(), file_name="more.txt", by=by, at=TODAY)
    return TextLayer.objects.get(blob=kept.blob, is_current=True)


def counts_of(version: DictionaryVersion) -> dict[str, list[int]]:
    """The counts of the topics in each document that is counted, by its key."""
    rows = TopicCount.objects.filter(dictionary=version).order_by("pk")
    found = rows.values_list("layer__blob__captures__source__key", "cells")
    return {key: [cell["count"] for cell in cells] for key, cells in found}


def totals() -> dict[str, int]:
    """How many words each document has that is counted, by its key."""
    rows = TextWords.objects.order_by("pk")
    return dict(rows.values_list("layer__blob__captures__source__key", "total"))
