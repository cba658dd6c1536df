"""Counts of waiting work for the admin's home page, as far as the reader may know of it."""

from typing import TYPE_CHECKING

from django import template
from django.db.models import Count, Min
from django.utils import timezone

from claims.models import Conflict, Flag, Version
from claims.readings.jobs import unfinished_jobs
from claims.vocabulary import ConflictStatus, Status
from sources.actions.permission import may
from sources.actions.withholding.withhold import requests_known_to
from sources.readings.reader import Reader
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

register = template.Library()


@register.simple_tag
def open_flags(reader: "User") -> int | None:
    """Count the open flags; None for who sees no flags."""
    if not reader.has_perm("claims.view_flag"):
        return None
    return Flag.objects.filter(closed_at__isnull=True).count()


@register.simple_tag
def failed_jobs(reader: "User") -> int | None:
    """Count the jobs that failed, as far as the reader may know; None for who retries none."""
    if not may(reader, Role.REVIEWER):
        return None
    return unfinished_jobs(Reader(reader, timezone.now())).filter(status="failed").count()


@register.simple_tag
def waiting_reviews(reader: "User") -> int | None:
    """Count the claims that wait for a review; None for who reviews none."""
    if not may(reader, Role.REVIEWER):
        return None
    return Version.objects.newest().with_status(Status.SUBMITTED, timezone.now()).count()


@register.simple_tag
def open_conflicts(reader: "User") -> tuple[int, int] | None:
    """Count the open conflicts and the days of the oldest; None for who sees none."""
    if not reader.has_perm("claims.view_conflict"):
        return None
    waiting = Conflict.objects.filter(status=ConflictStatus.OPEN)
    found = waiting.aggregate(number=Count("pk"), since=Min("opened_at"))
    days = (timezone.now() - found["since"]).days if found["since"] else 0
    return found["number"], days


@register.simple_tag
def waiting_requests(reader: "User") -> int | None:
    """Count the open requests to withhold that the reader may know; None for who decides none."""
    if not may(reader, Role.EDITOR):
        return None
    return requests_known_to(reader, timezone.now()).filter(decided_at__isnull=True).count()
