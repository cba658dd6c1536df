"""References that are typed into a search instead of words, as they are printed."""

import re
from dataclasses import dataclass
from enum import Enum

_REFERENCE = re.compile(
    r"C(?P<claim>[1-9][0-9]{0,17})(?:/v(?P<version>[1-9][0-9]{0,8}))?"
    r"|K(?P<conflict>[1-9][0-9]{0,17})"
    r"|X(?P<extract>[1-9][0-9]{0,17})"
    r"|q/(?P<quote>[1-9][0-9]{0,17})",
    re.IGNORECASE,
)


class ReferenceKind(Enum):
    """The kinds of rows that have references of their own; `q148` alone is an id of Wikidata."""

    CLAIM = "claim"
    CONFLICT = "conflict"
    EXTRACT = "extract"
    QUOTE = "quote"


@dataclass(frozen=True)
class TypedReference:
    """A reference: C17, C17/v2 with its `version`, K5, X12 or q/7."""

    kind: ReferenceKind
    number: int
    version: int | None = None


def read_reference(typed: str) -> TypedReference | None:
    """The reference that was typed, in capitals or small letters; None of anything else."""
    match = _REFERENCE.fullmatch(typed.strip())
    if match is None:
        return None
    kind = next(kind for kind in ReferenceKind if match[kind.value])
    version = int(match["version"]) if match["version"] else None
    return TypedReference(kind, int(match[kind.value]), version)
