"""Entering a claim from a cell of a matrix: its subject, its property and words to quote."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from claims.models import Entity, Property, Version
from claims.vocabulary import ValueKind
from sources.domain.grading.sentence_span import sentence_span
from sources.domain.text.pages import page_containing
from sources.domain.text.segments import Location
from sources.models import TextLayer
from sources.readings.page_labels import PageLabels, page_labels_of
from sources.readings.reader import Reader
from sources.readings.redacted_text import redacted_text, visible_context

# What stands for words that are withheld or hidden.
_BLOCK = "\u2588"


@dataclass(frozen=True)
class CellEntry:
    """The subject and the property of a claim about a cell, by key; empty where there is none.

    The subject is the entity that stands for the document; the property is that of the latest claim
    with the topic as its aspect, else the first presence property.
    """

    subject: str
    property: str


@dataclass(frozen=True)
class QuotableWords:
    """Words of a place as a quote is made of them.

    `exact` is the sentence of the place, or the words alone where it is not told or some of it is
    hidden; `prefix` and `suffix` are what stands before and after. `page` is the index of the page,
    `locator` its name in a citation; None and empty where the text has no pages.
    """

    exact: str
    prefix: str
    suffix: str
    page: int | None
    locator: str


def entry_of_cell(source: str, topic: str, reader: Reader) -> CellEntry:
    """Subject and property of a claim about a document, by the key of its source, and a topic."""
    subjects = document_subjects([source], reader)
    return CellEntry(subjects.get(source, ""), presence_property(topic))


def document_subjects(sources: Collection[str], reader: Reader) -> dict[str, str]:
    """The keys of the entities that stand for documents, by the keys of their sources: one query.

    Documents that no entity stands for are left out.
    """
    entities = Entity.objects.surviving().known_to(reader.account, reader.at)
    return dict(entities.filter(source__key__in=sources).values_list("source__key", "key"))


def presence_property(topic: str) -> str:
    """The key of the property of the latest claim with this topic as its aspect, else of the first
    presence property; empty where there is none."""
    used = Version.objects.filter(aspect__key=topic, property__value_kind=ValueKind.PRESENCE)
    latest = used.order_by("-pk").values_list("property__key", flat=True).first()
    if latest is None:
        known = Property.objects.filter(value_kind=ValueKind.PRESENCE).order_by("pk")
        latest = known.values_list("key", flat=True).first()
    return str(latest or "")


def quotable_words(
    source: int, layer: TextLayer, places: Iterable[Location]
) -> dict[Location, QuotableWords]:
    """The words to quote at places of a text that no hidden or withheld words are in."""
    text = redacted_text(layer, with_hidden=False)
    return quotable_places(text, layer, page_labels_of(source, layer), places)


def quotable_places(
    text: str, layer: TextLayer, labels: PageLabels, places: Iterable[Location]
) -> dict[Location, QuotableWords]:
    """The words to quote at places of a layer, whose `text` has blocks for hidden and withheld
    words."""
    found = {}
    for start, end in places:
        begun, ended = sentence_span(text, start, end)
        if _BLOCK in text[begun:ended]:
            begun, ended = start, end
        if _BLOCK in text[begun:ended]:
            continue
        prefix, suffix = visible_context(text, layer.doubts, begun, ended)
        page = page_containing(labels.pages, begun)
        found[start, end] = QuotableWords(
            exact=text[begun:ended],
            prefix=prefix,
            suffix=suffix,
            page=None if page is None else page.index,
            locator=labels.cited(page),
        )
    return found
