"""Types that the readers of files share: the file they read and the content they return."""

from dataclasses import dataclass, field
from typing import Any

from sources.domain.refusals import Refusal
from sources.domain.text.completeness import Completeness
from sources.domain.text.spans import DoubtfulSpan, Span


@dataclass(frozen=True, slots=True)
class File:
    """A file to read: its bytes, its name as shown to people, the media type it came with.

    `language` is that of its source, a BCP 47 tag, where it is known.
    """

    data: bytes
    name: str
    media_type: str
    characters: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """The result of a reader: pages parted by form feeds, with the labels printed on them.

    `labels` is None where the text itself says what its pages are. `spans` are the apparatus that
    the file's own format names, `doubts` the places that only a person can read. `completeness`
    is None where the reader leaves nothing out.
    """

    text: str
    labels: tuple[str, ...] | None = None
    spans: tuple[Span, ...] = ()
    doubts: tuple[DoubtfulSpan, ...] = ()
    completeness: Completeness | None = None
    metadata: dict[str, Any] = field(default_factory=dict)


class Unreadable(Refusal):
    """A file without a text that its reader can extract; codes as of ExtractionRefused."""


def too_long(file: File) -> Unreadable:
    """The refusal of a text that is longer than what is kept."""
    return Unreadable(
        "too_large",
        f"The text of {file.name} is longer than {file.characters:,} characters. Split the file.",
    )
