"""Publishers as the desk is told of them: how far one can be relied on, who judged that and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from sources.models import Publisher, Source
from sources.readings.reader import Reader
from sources.vocabulary import Reliability

# How many sources are listed of a publisher.
MAX_SOURCES = 50


@dataclass(frozen=True, slots=True)
class PublisherReading:
    """A publisher with its judgement.

    `reliability` is in words ("B – usually reliable"), `is_judged` says whether it is a letter
    from A to E. `judged_at` and `judged_by` are of the latest judgement, also of one that took the
    letter back; None and empty where nobody ever judged.
    """

    number: int
    name: str
    reliability: str
    reason: str
    is_judged: bool
    judged_at: datetime | None
    judged_by: str


def publisher_reading(publisher: Publisher) -> PublisherReading:
    """The publisher with its judgement."""
    (told,) = _readings(Publisher.objects.filter(pk=publisher.pk))
    return told


def judged_publishers(
    names: Iterable[str | None], reader: Reader
) -> Mapping[str, PublisherReading]:
    """The publishers of these names with their judgements, by name; for the desk alone.

    `names` are those of sources as the reader is told of them, so that the publisher of one that
    the reader may not know is not among them. Two queries, however many.
    """
    asked = {name for name in names if name}
    if not reader.is_staff or not asked:
        return {}
    return {told.name: told for told in _readings(Publisher.objects.filter(name__in=asked))}


@dataclass(frozen=True, slots=True)
class PublisherMerge:
    """The consequences of merging a publisher into another one, as far as the reader may know.

    `sources` are the first of `count` that would go over, `names` those by which the survivor
    would be found besides its own.
    """

    publisher: PublisherReading
    into: PublisherReading
    sources: Sequence[Source]
    count: int
    names: Sequence[str]
    mark: str = ""


def preview_publisher_merge(
    publisher: Publisher, *, into: Publisher, reader: Reader
) -> PublisherMerge:
    """Preview a merge of a publisher into another one; nothing is changed."""
    sources = Source.objects.readable_by(reader.account, reader.at).filter(publisher=publisher)
    names = dict.fromkeys([*into.aliases, publisher.name, *publisher.aliases])
    return PublisherMerge(
        publisher_reading(publisher),
        publisher_reading(into),
        list(sources.order_by("title", "pk")[:MAX_SOURCES]),
        sources.count(),
        [name for name in names if name != into.name],
    )


def _readings(publishers: Any) -> list[PublisherReading]:
    rows = list(publishers.with_last_judgement())
    people = get_user_model().objects.in_bulk({row.last_judged_by for row in rows} - {None})
    return [
        PublisherReading(
            row.pk,
            row.name,
            _(Reliability(row.reliability).label),
            row.reliability_reason,
            row.reliability != Reliability.F,
            row.last_judged_at,
            str(people.get(row.last_judged_by, "")),
        )
        for row in rows
    ]
