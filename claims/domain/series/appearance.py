"""Where a topic is new in a series, and where it disappears."""

from collections.abc import Sequence
from enum import StrEnum


class TopicPresence(StrEnum):
    """How a document stands to a topic, as far as that was searched for."""

    PRESENT = "present"
    ABSENT = "absent"
    UNSEARCHED = "unsearched"  # it has no text, or only a part of one
    UNKNOWN = "unknown"  # its text is not counted yet


def first_appearance(documents: Sequence[TopicPresence]) -> int | None:
    """The number of the document in which a topic is new: the first that has it, after at least one
    that was searched and has it not. None where there is none, or nobody knows it yet.

    Documents that were not searched are passed over.
    """
    is_absent_before = False
    for number, presence in enumerate(documents):
        match presence:
            case TopicPresence.UNKNOWN:
                return None
            case TopicPresence.ABSENT:
                is_absent_before = True
            case TopicPresence.PRESENT:
                return number if is_absent_before else None
    return None


def last_appearance(documents: Sequence[TopicPresence]) -> int | None:
    """The number of the last document that has a topic, before at least one that has it not."""
    number = first_appearance(documents[::-1])
    return None if number is None else len(documents) - 1 - number
