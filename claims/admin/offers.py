"""What inputs of claims offer while one types."""

from typing import Any

from django.utils import timezone

from claims.models import Entity
from sources.admin.fields import Offer, offer


def offered_entities(reader: Any) -> Offer:
    """The entities that the account may know, but for those merged into another."""
    known = Entity.objects.surviving().known_to(reader, timezone.now())
    return offer("offer-entities", known, "label")
