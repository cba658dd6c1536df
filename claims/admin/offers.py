"""What inputs of claims offer while one types."""

from typing import Any

from claims.models import Entity
from sources.admin.fields import Offer, offer


def offered_entities(reader: Any) -> Offer:
    """The entities that the account may know, but for those merged into another."""
    return offer("offer-entities", Entity.objects.surviving().known_to(reader), "label")
