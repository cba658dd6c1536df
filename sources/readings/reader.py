"""Who reads, and when: the one place that says which sources a reader may know.

Of a confidential source others get its public descriptor and nothing else: no title, words, key,
address or date, wherever it is met: as a source, as an entity that stands for it, as an asserter.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from sources.models import Source
from sources.querysets.readers import is_staff
from sources.vocabulary import Access


class Guarded(Protocol):
    """A source, or what is on record of one, by which access is decided."""

    @property
    def id(self) -> int:
        """The id of the source."""

    @property
    def access(self) -> str:
        """The code of its access."""


@dataclass(frozen=True)
class Reader:
    """One account, or the public (None), at one moment in UTC: made once for each answer."""

    account: Any
    at: datetime

    @cached_property
    def is_staff(self) -> bool:
        """Whether the desk reads. Everybody else is the public."""
        return is_staff(self.account)

    def knows(self, source: Guarded | None) -> bool:
        """Whether the reader may know a source by name, and its words; of none, always.

        It is enough for what comes by something that the reader reads. For other names it is asked
        besides that something public rests on it: by `Source.objects.readable_ids`.
        """
        if source is None or source.access == Access.PUBLIC:
            return True
        if not self.is_staff:
            return False
        return source.access == Access.STAFF or source.id in self._named

    @cached_property
    def _named(self) -> frozenset[int]:
        """The sources that name the account as a reader."""
        return frozenset(Source.objects.for_named(self.account).values_list("pk", flat=True))
