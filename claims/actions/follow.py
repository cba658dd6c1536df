"""What follows for claims when sources change: called through sources' announcements."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from claims.actions import detection
from claims.models import Flag, Version
from claims.querysets.versions import PUT_ASIDE
from claims.vocabulary import EntityKind, FlagKind, ValueKind
from sources.models import Excerpt, Series, Source
from sources.vocabulary import Grade, Standing


def follow_regrading(*, excerpt: Excerpt, before: Grade, at: datetime, **_more: Any) -> None:
    """Flag the claims that rest on a quote which is no longer verified."""
    after = Grade(excerpt.grade)
    if before.is_verified and not after.is_verified:
        cause = (
            f"The quote {excerpt.pk} of {excerpt.source.key} was {before.label.lower()} and is now "
            f"{after.label.lower()}: “{excerpt.exact}”"
        )
        raise_flags(FlagKind.QUOTE_DRIFTED, cause, Q(evidence__excerpt=excerpt), at=at)


def follow_standing(*, source: Source, at: datetime, **_more: Any) -> None:
    """Flag the claims that quote a source whose standing changed."""
    standing = Standing(source.standing).label.lower()
    cause = f"The source {source.key} is now {standing}: {source.standing_reason}"
    raise_flags(FlagKind.SOURCE_STANDING, cause, Q(evidence__excerpt__source=source), at=at)


def follow_series(*, series: Series, at: datetime, **_more: Any) -> None:
    """Compare again what is said of a series and of documents, those that left it included."""
    detection.lock_everything()
    about = Version.objects.filter(
        Q(subject__series=series) | Q(subject__kind=EntityKind.DOCUMENT),
        property__value_kind=ValueKind.PRESENCE,
        is_compared=True,
    )
    detection.refresh(claims=set(about.values_list("claim", flat=True)), at=at)


def raise_flags(kind: FlagKind, cause: str, which: Q, *, at: datetime) -> None:
    """Open a flag on each claim with such a version, unless the same one is open."""
    claims = (
        Version.objects.filter(which, claim__retracted_at__isnull=True)
        .exclude(status__in=PUT_ASIDE)
        .values_list("claim", flat=True)
    )
    open_ones = Flag.objects.filter(kind=kind, cause=cause, closed_at__isnull=True)
    flagged = set(open_ones.values_list("claim", flat=True))
    Flag.objects.bulk_create(
        Flag(claim_id=claim, kind=kind, cause=cause, opened_at=at)
        for claim in sorted(set(claims) - flagged)
    )
