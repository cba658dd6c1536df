"""Records as a file of a bibliography has them: read or refused, and what of them is not taken."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A field of the file, and its value as written, that the record has nothing or less of."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A record of a file: `item` in CSL-JSON, as far as it could be read.

    `line` is the line of the file that it begins in, from 1; 0 where the format has no lines.
    `refusal` says in a sentence why the record cannot be read; it is empty where it can.
    """

    item: Any
    line: int = 0
    not_taken: tuple[NotTaken, ...] = ()
    refusal: str = ""

    def as_json(self) -> dict[str, Any]:
        """The record in values of JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The record that `as_json` wrote."""
        not_taken = tuple(NotTaken(**each) for each in value["not_taken"])
        return cls(value["item"], value["line"], not_taken, value["refusal"])
