"""The queues of claims that wait for one person's decision."""

from typing import Any

from claims.domain.review_queue import QueueName, QueueOrder, ReviewQueue
from claims.models import Version
from claims.querysets.needs import needs_of


def read_queue(name: QueueName, person: Any) -> ReviewQueue:
    """The queue of that name with what the person may decide; three statements at most."""
    waiting = Version.objects.to_decide(person)
    match name.order:
        case QueueOrder.TOPIC:
            waiting = waiting.under_topic(name.key).by_age()
        case QueueOrder.SOURCE:
            waiting = waiting.by_place_in(name.key)
        case _:
            waiting = waiting.by_age()
    claims = list(waiting.values_list("claim_id", flat=True))
    if name.order is QueueOrder.NEEDED:
        needs = needs_of(claims)
        claims.sort(key=lambda claim: -needs.get(claim, 0))  # among equals the order of age stays
    return ReviewQueue(name, claims)
