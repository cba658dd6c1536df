"""When readers see a version: publishing, taking off, retracting."""

from collections.abc import Collection
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from psycopg.types.range import Range as PgRange

from claims.actions.claims.premises import follow_premises
from claims.actions.claims.workflow import locked_last_version, locked_version, require_step
from claims.actions.conflicts import detection
from claims.domain.text_limits import clean_words
from claims.domain.workflow import Step
from claims.models import Claim, Version
from sources.actions.action import action
from sources.domain.refusals import Refusal

if TYPE_CHECKING:
    from factbase.models import User

MAX_REASON = 2_000


class Publish(Enum):
    """When an approval publishes, where it is no time to come."""

    NOW = "now"
    HOLD = "hold"


NOW, HOLD = Publish.NOW, Publish.HOLD
When = Publish | datetime


class PublicationRefused(Refusal):
    """A publication that cannot be made like this. `code`: past, replaced."""


@action
def publish(*, version: Version, by: "User", at: datetime, publish_at: When = NOW) -> Version:
    """Publish an approved version that is on hold, now or at a time to come.

    Raises StepRefused, and PublicationRefused for a time that is past or a version that a later
    one has replaced.
    """
    version = locked_version(version)
    require_step(version, Step.PUBLISH, by=by, at=at)
    later = version.claim.versions.filter(number__gt=version.number, published__isnull=False)
    if later.exists():
        raise PublicationRefused(
            "replaced", f"A later version than {version.ref} was published; write the next one."
        )
    begin_publication(version, publish_at=publish_at, at=at)
    follow({version.claim_id}, at=at)
    return version


@action
def take_off(*, claim: Claim, reason: str, by: "User", at: datetime) -> Version:
    """Take what is published, or has a time to be, off the public pages at once.

    It comes back only as the next version, with its own approval; what readers saw of it before,
    earlier versions included, does not come back. Raises StepRefused.
    """
    latest = locked_last_version(claim)
    claim = latest.claim
    require_step(latest, Step.TAKE_OFF, by=by, at=at)
    reason = clean_words(reason, name="reason", limit=MAX_REASON, required=True)
    coming = list(claim.versions.filter(published__startswith__gt=at).order_by("number"))
    shown = claim.versions.published(at).first()
    for version in coming:
        version.published = None
        mark_taken_off(version, reason, by=by, at=at)
    if shown is None:
        follow({claim.pk}, at=at)
        return coming[-1]
    begins = shown.published.lower
    shown.published = PgRange(begins, at, "[)") if begins < at else None
    mark_taken_off(shown, reason, by=by, at=at)
    for before in claim.versions.begun(at).filter(taken_off_at__isnull=True):
        mark_taken_off(before, reason, by=by, at=at)
    follow({claim.pk}, at=at)
    return shown


def mark_taken_off(version: Version, reason: str, *, by: "User", at: datetime) -> None:
    """Write down that a version was taken off."""
    version.taken_off_at, version.taken_off_by, version.taken_off_reason = at, by, reason
    version.save(update_fields=["published", "taken_off_at", "taken_off_by", "taken_off_reason"])


@action
def retract(*, claim: Claim, reason: str, by: "User", at: datetime) -> Claim:
    """Take a claim back for good: it stays readable, marked, with the reason.

    A version whose time has not come is never shown; the one that readers see stays. Raises
    StepRefused for a claim that is retracted already.
    """
    latest = locked_last_version(claim)
    claim = latest.claim
    require_step(latest, Step.RETRACT, by=by, at=at)
    claim.retracted_at = at
    claim.retracted_by = by
    claim.retracted_reason = clean_words(reason, name="reason", limit=MAX_REASON, required=True)
    claim.save(update_fields=["retracted_at", "retracted_by", "retracted_reason"])
    for coming in claim.versions.filter(published__startswith__gt=at):
        coming.published = None
        coming.save(update_fields=["published"])
    shown = claim.versions.published(at).first()
    if shown is not None and shown.published.upper is not None:
        shown.published = PgRange(shown.published.lower, None, "[)")
        shown.save(update_fields=["published"])
    follow({claim.pk}, at=at)
    return claim


@action
def follow_publications(*, at: datetime) -> int:
    """Compare again the claims whose time of publication has come; says how many there were."""
    claims = detection.claims_due(at)
    if claims:
        follow(claims, at=at)
    return len(claims)


def follow(claims: Collection[int], *, at: datetime) -> None:
    """Compare claims again of which readers see other versions, and flag what rests on them."""
    detection.refresh(claims=claims, at=at)
    follow_premises(claims=claims, at=at)


def begin_publication(version: Version, *, publish_at: When, at: datetime) -> None:
    """Give a version its range of publication and close the range of the one before.

    On hold there is none. Raises PublicationRefused for a time that is past.
    """
    if publish_at is HOLD:
        return
    begins = publish_at if isinstance(publish_at, datetime) else at
    if begins < at:
        raise PublicationRefused(
            "past", f"{begins:%Y-%m-%d %H:%M} is past; publish now or at a time to come."
        )
    others = version.claim.versions.exclude(pk=version.pk).filter(published__isnull=False)
    for other in others.filter(published__endswith__isnull=True) | others.filter(
        published__endswith__gt=begins
    ):
        lower = other.published.lower
        other.published = PgRange(lower, begins, "[)") if lower < begins else None
        other.save(update_fields=["published"])
    version.published = PgRange(begins, None, "[)")
    version.save(update_fields=["published"])
