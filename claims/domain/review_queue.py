"""Queues of claims that wait for a decision: their names in addresses, and the way through one."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sources.domain.keys import is_key
from sources.domain.refusals import Refusal, quoted


class QueueOrder(StrEnum):
    """The orders in which claims that wait are offered to a reviewer."""

    # What was written first comes first.
    AGE = "age"
    # Of one topic, by age.
    TOPIC = "topic"
    # Of one source, in the order of its text.
    SOURCE = "source"
    # What the most fact sheets name and the most claims rest on comes first.
    NEEDED = "needed"

    @property
    def has_key(self) -> bool:
        """Whether such a queue is of one topic or one source."""
        return self in (QueueOrder.TOPIC, QueueOrder.SOURCE)


class QueueRefused(Refusal):
    """An address that names no queue."""


@dataclass(frozen=True)
class QueueName:
    """A queue as addresses name it: age, needed, topic:KEY or source:KEY."""

    order: QueueOrder
    key: str = ""

    def __str__(self) -> str:
        return f"{self.order}:{self.key}" if self.key else str(self.order)


BY_AGE = QueueName(QueueOrder.AGE)
BY_NEED = QueueName(QueueOrder.NEEDED)


def parse_queue_name(typed: str) -> QueueName:
    """Read the name of a queue. Raises QueueRefused."""
    order, colon, key = typed.partition(":")
    if order in list(QueueOrder):
        named = QueueName(QueueOrder(order), key)
        if is_key(key) if named.order.has_key else not colon:
            return named
    raise QueueRefused(
        "no_queue",
        f"{quoted(typed)} is no queue of claims; ask for age, needed, topic:KEY or source:KEY.",
    )


@dataclass(frozen=True)
class ReviewQueue:
    """The claims that wait for one person, in order, each once."""

    name: QueueName
    claims: Sequence[int]

    def position(self, claim: int) -> int | None:
        """The place of a claim in the queue, from 1; None where it does not wait in it."""
        return self.claims.index(claim) + 1 if claim in self.claims else None

    def after(self, claim: int | None) -> int | None:
        """The claim that comes after one; after the last, and after one that does not wait, the
        first. None where no other claim waits."""
        at = (self.position(claim) or 0) if claim is not None else 0
        others = [*self.claims[at:], *self.claims[:at]]
        return next((other for other in others if other != claim), None)
