"""What follows for claims when sources change: called through sources' announcements."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from claims.actions import detection
from claims.models import Flag, Version
from claims.vocabulary import EntityKind, FlagKind, Status, ValueKind
from sources.models import Excerpt, Series, Source
from sources.vocabulary import Access, Grade, Standing


def follow_regrading(*, excerpt: Excerpt, before: Grade, at: datetime, **_more: Any) -> None:
    """Flag the claims that rest on a quote which is no longer verified."""
    after = Grade(excerpt.grade)
    if before.is_verified and not after.is_verified:
        words = "" if excerpt.source.access == Access.NAMED else f": “{excerpt.exact}”"
        cause = (
            f"The quote {excerpt.pk} of {named(excerpt.source)} was {before.label.lower()} and is "
            f"now {after.label.lower()}{words}"
        )
        raise_flags(FlagKind.QUOTE_DRIFTED, cause, Q(evidence__excerpt=excerpt), at=at)


def follow_standing(*, source: Source, at: datetime, **_more: Any) -> None:
    """Flag the claims that quote a source whose standing changed."""
    standing = Standing(source.standing).label.lower()
    reason = "" if source.access == Access.NAMED else f": {source.standing_reason}"
    cause = f"The source {named(source)} is now {standing}{reason}"
    raise_flags(FlagKind.SOURCE_STANDING, cause, Q(evidence__excerpt__source=source), at=at)


def named(source: Source) -> str:
    """How a flag, which all of the desk reads, names a source."""
    return source.public_descriptor if source.access == Access.NAMED else source.key


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
    """Open a flag on each claim where such a version is read, waits or is being written.

    A claim on which the same flag is open gets no second one.
    """
    in_use = Q(is_compared=True) | Q(status__in=[Status.DRAFT, Status.CHANGES_REQUESTED])
    claims = Version.objects.filter(which, in_use, claim__retracted_at__isnull=True).values_list(
        "claim", flat=True
    )
    open_ones = Flag.objects.filter(kind=kind, cause=cause, closed_at__isnull=True)
    flagged = set(open_ones.values_list("claim", flat=True))
    Flag.objects.bulk_create(
        Flag(claim_id=claim, kind=kind, cause=cause, opened_at=at)
        for claim in sorted(set(claims) - flagged)
    )
