"""The tray of the account that reads a page of the desk."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils import timezone

from claims.models import Version
from sources.models import CollectedQuote
from sources.querysets.readers import is_staff

register = template.Library()

# How many of the account's own claims are offered to add the quotes to.
OFFERED_CLAIMS = 8


@dataclass(frozen=True)
class Tray:
    """The quotes that an account collected, and the claims that it wrote last."""

    quotes: tuple[CollectedQuote, ...] = ()
    own_claims: tuple[Version, ...] = ()


@register.simple_tag
def tray_of(account: Any) -> Tray:
    """Return the tray of the account; an empty one for who is not of the desk."""
    if not is_staff(account):
        return Tray()
    quotes = tuple(CollectedQuote.objects.of(account))
    if not quotes:
        return Tray()
    newest = Version.objects.visible_to(account, timezone.now()).filter(author=account)
    own = newest.filter(claim__retracted_at__isnull=True).order_by("-pk")
    return Tray(quotes, tuple(own.only("claim", "number", "statement")[:OFFERED_CLAIMS]))
