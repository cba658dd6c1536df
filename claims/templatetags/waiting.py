"""How much of it waits for somebody at the desk, as far as the reader may know of it."""

from typing import TYPE_CHECKING

from django import template

from claims.models import Flag
from sources.actions.permission import may
from sources.actions.withholding import requests_known_to
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

register = template.Library()


@register.simple_tag
def open_flags(reader: "User") -> int | None:
    """How many flags are open; None for who sees no flags."""
    if not reader.has_perm("claims.view_flag"):
        return None
    return Flag.objects.filter(closed_at__isnull=True).count()


@register.simple_tag
def waiting_requests(reader: "User") -> int | None:
    """How many requests to withhold wait that the reader may know of; None for who decides none."""
    if not may(reader, Role.EDITOR):
        return None
    return requests_known_to(reader).filter(decided_at__isnull=True).count()
