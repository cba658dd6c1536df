"""The readers, staff or public, and the sources that they may know by name."""

from dataclasses import dataclass
from typing import Any

from sources.vocabulary import Access


def is_staff(reader: Any) -> bool:
    """Whether the reader is one of the desk. Everybody else is the public, nobody (None) too."""
    return bool(getattr(reader, "is_authenticated", False) and getattr(reader, "is_staff", False))


@dataclass
class Knowing:
    """The sources that a reader may know: made once for all that one request shows.

    Of a confidential source others get its public descriptor and nothing else. `named` are the
    sources that the reader is a named person of, once they were asked for.
    """

    reader: Any
    named: frozenset[int] | None = None

    def knows(self, source: Any) -> bool:
        """Whether the reader may know the source by name, and its words."""
        if source.access == Access.PUBLIC:
            return True
        if not is_staff(self.reader):
            return False
        if source.access == Access.STAFF:
            return True
        if self.named is None:
            self.named = frozenset(type(source).objects.for_named(self.reader).in_bulk())
        return source.pk in self.named
