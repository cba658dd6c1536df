"""Look up the keys that a reader names; one that is not there, or not for the reader, is refused.

Both are answered alike, and the nearest key that is named is one that the reader may know.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sources.domain.query import QueryRefused
from sources.domain.query_values import nearest_words, read_key
from sources.domain.refusals import quoted
from sources.models import Publisher, Series, Source
from sources.readings.reader import Reader

# How many keys are compared with one that is not known: of the oldest rows, and of those that
# begin alike.
MAX_COMPARED = 1_000
_BATCH = 50

# The ids that each key stands for, of the keys that the reader may know.
FindKeys = Callable[[Sequence[str], Reader], Mapping[str, Collection[int]]]


@dataclass(frozen=True)
class KnownKeys:
    """The keys of a model, as far as a reader may know them. `column` has them."""

    model: Any
    find: FindKeys
    column: str = "key"
    read: Callable[[str], str] = read_key

    def ids(self, words: Sequence[str], reader: Reader) -> list[int]:
        """Return the ids that the words stand for. Raises QueryRefused for one not known."""
        keys = [self.read(word) for word in words]
        found = self.find(keys, reader)
        for key in keys:
            if key not in found:
                raise self.unknown(key, reader)
        return sorted({pk for ids in found.values() for pk in ids})

    def unknown(self, key: str, reader: Reader) -> QueryRefused:
        """The refusal of a key, with the nearest one that the reader may know."""
        message = _("There is no %(noun)s %(key)s that you may know of.") % {
            "noun": str(self.model._meta.verbose_name),
            "key": quoted(key),
        }
        if nearest := self._nearest(key, reader):
            message += " " + _("The nearest one is %(nearest)s.") % {"nearest": quoted(nearest)}
        return QueryRefused("unknown_key", message)

    def _nearest(self, key: str, reader: Reader) -> str | None:
        keys = self.model.objects.order_by("pk").values_list(self.column, flat=True)
        alike = keys.filter(**{f"{self.column}__startswith": key[:2]})
        compared = [*keys[:MAX_COMPARED], *alike[:MAX_COMPARED]]
        for some in _batches(nearest_words(key, compared)):
            found = self.find(some, reader)
            for one in some:
                if one in found:
                    return one
        return None


def _batches(words: Sequence[str]) -> list[Sequence[str]]:
    return [words[start : start + _BATCH] for start in range(0, len(words), _BATCH)]


def _sources(keys: Sequence[str], reader: Reader) -> Mapping[str, Collection[int]]:
    known = Source.objects.readable_by(reader.account, reader.at).filter(key__in=keys)
    return {key: [pk] for key, pk in known.values_list("key", "pk")}


def _series(keys: Sequence[str], reader: Reader) -> Mapping[str, Collection[int]]:
    known = Series.objects.known_to(reader.account, reader.at).filter(key__in=keys)
    return {key: [pk] for key, pk in known.values_list("key", "pk")}


def _publishers(names: Sequence[str], reader: Reader) -> Mapping[str, Collection[int]]:
    """Those of a source that the reader may know; the public knows the names that a publisher had
    by the records that still name it so.
    """
    found = Publisher.objects.named(names)
    if not reader.is_staff and found:
        readable = Source.objects.readable_by(reader.account, reader.at)
        of_these = readable.filter(publisher__in=found.values())
        current = of_these.values_list("publisher__name", flat=True)
        former = of_these.filter(csl__publisher__in=names).values_list("csl__publisher", flat=True)
        known = {*current.distinct(), *former.distinct()}
        found = {name: one for name, one in found.items() if name in known}
    return {name: [one.pk] for name, one in found.items()}


SOURCES = KnownKeys(Source, _sources)
SERIES = KnownKeys(Series, _series)
PUBLISHERS = KnownKeys(Publisher, _publishers, column="name", read=str)
