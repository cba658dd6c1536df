"""The words before and after a quote, which choose among the places where it stands.

They never hide a place: where they fit none, all are left. They are compared exactly, and folded
only where they fit no place exactly.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from sources.domain.text.folding import Folded

Location = tuple[int, int]
_Fit = Callable[[str, int, str], bool]
_LEAST_ALIKE = 0.6  # of the words beside a place, below which they are others


@dataclass(frozen=True, slots=True)
class Context:
    """The words before (`prefix`) and after (`suffix`) a quote, in NFC; empty where not given."""

    prefix: str = ""
    suffix: str = ""

    @property
    def is_given(self) -> bool:
        """Whether there is anything to choose by."""
        return bool(self.prefix or self.suffix)

    def fitting(
        self, places: Sequence[Location], text: str, *, folds: bool = True
    ) -> Iterator[list[Location]]:
        """The places before and after which all of the given words stand: exactly, then folded.

        Without folding where there are too many places for it (`folds`).
        """
        for before, after in _WAYS if folds else _WAYS[:1]:
            yield [
                (start, end)
                for start, end in places
                if before(text, start, self.prefix) and after(text, end, self.suffix)
            ]

    def closest(self, places: Sequence[Location], text: str) -> list[Location]:
        """The places where the words on one side stand; all places where no words fit."""
        for before, after in _WAYS:
            found = [
                (start, end)
                for start, end in places
                if (self.prefix and before(text, start, self.prefix))
                or (self.suffix and after(text, end, self.suffix))
            ]
            if found:
                return found
        return list(places)

    def likeness(self, text: str, start: int, end: int) -> float:
        """How alike the words beside a place are to those given: 0 for others, up to 1."""
        alike = []
        if self.prefix:
            alike.append(_alike(self.prefix, text[max(0, start - len(self.prefix)) : start]))
        if self.suffix:
            alike.append(_alike(self.suffix, text[end : end + len(self.suffix)]))
        return sum(alike) / len(alike) if alike else 0.0


def _alike(given: str, there: str) -> float:
    likeness = fuzz.ratio(" ".join(given.split()), " ".join(there.split())) / 100
    return likeness if likeness >= _LEAST_ALIKE else 0.0


def _ends_with(text: str, position: int, prefix: str) -> bool:
    return text.endswith(prefix, 0, position)


def _begins_with(text: str, position: int, suffix: str) -> bool:
    return text.startswith(suffix, position)


def _ends_like(text: str, position: int, prefix: str) -> bool:
    before = text[max(0, position - 2 * len(prefix) - 8) : position]
    return Folded(before.rstrip()).text.endswith(Folded(prefix.strip()).text)


def _begins_like(text: str, position: int, suffix: str) -> bool:
    after = text[position : position + 2 * len(suffix) + 8]
    return Folded(after.lstrip()).text.startswith(Folded(suffix.strip()).text)


_WAYS: tuple[tuple[_Fit, _Fit], ...] = ((_ends_with, _begins_with), (_ends_like, _begins_like))
