"""The way from one claim that waits to the next: a queue, which travels in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.domain.review_queue import (
    BY_AGE,
    BY_NEED,
    QueueName,
    QueueOrder,
    QueueRefused,
    ReviewQueue,
    parse_queue_name,
)
from claims.readings.claims import ClaimReading
from claims.readings.review_queues import read_queue


@dataclass(frozen=True)
class QueueWay:
    """A queue that the page of a claim offers: its name in words, and the claim in it."""

    words: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class QueueBar:
    """A claim's place in a queue: `position` from 1, None of one that does not wait there.

    `next_url` leads to the next claim without a decision, empty where no other waits.
    """

    name: QueueName
    position: int | None
    count: int
    next_url: str
    ways: Sequence[QueueWay]

    @property
    def query(self) -> str:
        """The queue as a part of an address."""
        return urlencode({"queue": str(self.name)})


def asked_queue(request: HttpRequest) -> QueueName | None:
    """The queue that the address names; of what names none the person is told."""
    typed = request.GET.get("queue", "")
    if not typed:
        return None
    try:
        return parse_queue_name(typed)
    except QueueRefused as refusal:
        messages.error(request, refusal.message)
        return None


def claim_url(claim: int, name: QueueName) -> str:
    """The address of the page of a claim within a queue."""
    page = reverse("admin:claims_claim_change", args=[claim])
    return f"{page}?{urlencode({'queue': str(name)})}"


def url_after(queue: ReviewQueue, claim: int | None) -> str:
    """The address of the claim that comes after one in a queue; empty where no other waits."""
    following = queue.after(claim)
    return "" if following is None else claim_url(following, queue.name)


def queue_bar(name: QueueName, told: ClaimReading, person: Any) -> QueueBar:
    """The bar on the page of a claim that was opened within a queue."""
    queue = read_queue(name, person)
    ways = {BY_AGE: _("The oldest first"), BY_NEED: _("The most needed first")}
    for topic in told.topics:
        ways[QueueName(QueueOrder.TOPIC, topic.key)] = _("Topic: %(name)s") % {"name": topic.name}
    for piece in told.evidence:
        if piece.quote.source.is_known:
            title = {"title": piece.quote.source.title}
            words = _("In the order of the text of “%(title)s”") % title
            ways[QueueName(QueueOrder.SOURCE, piece.quote.source.key)] = words
    ways.setdefault(name, str(name))
    return QueueBar(
        name=name,
        position=queue.position(told.claim),
        count=len(queue.claims),
        next_url=url_after(queue, told.claim),
        ways=[
            QueueWay(words, claim_url(told.claim, way), way == name) for way, words in ways.items()
        ],
    )
