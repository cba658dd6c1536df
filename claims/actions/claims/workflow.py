"""Steps of a claim through review, by the one table of the workflow: lock, check, move on."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from claims.actions.conflicts import detection
from claims.domain.workflow import (
    DECISIONS,
    ON_SUGGESTIONS,
    RULES,
    Authorship,
    Obstacle,
    State,
    Step,
    allowed,
    is_suggestion,
    obstacle_to,
    state_of,
)
from claims.models import Claim, Version
from claims.querysets.derived_columns import update_newest
from claims.vocabulary import Status
from sources.actions.permission import may, require
from sources.domain.refusals import Refusal
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User


class StepRefused(Refusal):
    """A step that the state of a version, or who wrote it, does not allow.

    `code`: no_draft, decided, not_submitted, not_on_hold, taken_off, not_published, retracted;
    own_version, not_the_author.
    """


def require_step(version: Version, step: Step, *, by: "User", at: datetime) -> None:
    """Refuse a step that the workflow does not let the person take with a version now.

    The claim is locked by the caller; its last version is meant where the step is about the whole
    claim. Raises StepRefused, and NotPermitted for a role that is too low or an account that is no
    longer active.
    """
    rule = RULES[step]
    obstacle = obstacle_to(
        step,
        state_at(version, at),
        Role(by.role),
        is_author=version.author_id == by.pk,
        wrote_previous=(
            step in ON_SUGGESTIONS and not may(by, rule.role) and wrote_previous(version, by)
        ),
        is_published=rule.only_published and is_or_will_be_published(version.claim, at),
    )
    if obstacle is Obstacle.ROLE or (obstacle is None and not by.is_active):
        require(by, rule.role)
    if obstacle is not None:
        raise StepRefused(*_refusal(version, step, obstacle))


def steps_of(versions: Sequence[Version], person: "User", at: datetime) -> frozenset[Step]:
    """Return the steps that a person may take with a claim of these versions, the latest first."""
    latest = versions[0]
    before = next((row for row in versions if row.number == latest.number - 1), None)
    state = state_at(latest, at)
    if state is None:
        return frozenset()
    return allowed(
        state,
        Role(person.role),
        is_author=latest.author_id == person.pk,
        wrote_previous=before is not None and _is_suggested_to(person, before, latest),
        is_published=any(_is_or_will_be_published(row, at) for row in versions),
    )


def state_at(version: Version, at: datetime) -> State | None:
    """Return the state of a version at a time; None of one that another took the place of before
    anybody decided, which is never the last one."""
    if version.status == Status.SUPERSEDED and not version.claim.is_retracted:
        return None
    published = version.published
    return state_of(
        Status(version.status),
        at=at,
        begins=published.lower if published else None,
        ends=published.upper if published else None,
        is_taken_off=version.taken_off_at is not None,
        is_retracted=version.claim.is_retracted,
    )


def wrote_previous(version: Version, by: "User") -> bool:
    """Whether a version is a wording that a reviewer suggests for one that this person wrote."""
    before = version.claim.versions.filter(number=version.number - 1).first()
    return before is not None and _is_suggested_to(by, before, version)


def is_or_will_be_published(claim: Claim, at: datetime) -> bool:
    """Whether readers see a version of a claim, or one has its time to come."""
    never_ends = Q(published__isnull=False, published__endswith__isnull=True)
    return claim.versions.filter(never_ends | Q(published__endswith__gt=at)).exists()


def locked_version(version: Version) -> Version:
    """Return the version as it is now, its claim locked until the transaction ends."""
    detection.locked_claim(version.claim_id)
    return Version.objects.select_related("claim", "author").get(pk=version.pk)


def locked_last_version(claim: Claim) -> Version:
    """Return the last version of a claim, which is locked until the transaction ends: nobody
    follows it until then."""
    return last_version(detection.locked_claim(claim.pk))


def last_version(claim: Claim) -> Version:
    """Return the last version of a claim with its author, to be read from the same claim."""
    version: Version = claim.versions.select_related("author").order_by("-number")[0]
    version.claim = claim
    return version


def set_status(version: Version, status: Status, *, at: datetime) -> Version:
    """Put a version into another status and compare its claim again."""
    version.status = status
    version.save(update_fields=["status"])
    update_newest(version.claim_id)
    detection.refresh(claims={version.claim_id}, at=at)
    return version


def status_text(version: Version) -> str:
    """Return the status of a version as it is written within a sentence."""
    return Status(version.status).label.lower()


def _is_suggested_to(person: "User", before: Version, version: Version) -> bool:
    """Whether a version suggests a wording for the one before it, which the person wrote."""
    return before.author_id == person.pk and is_suggestion(
        Status(before.status), Role(version.author.role)
    )


def _is_or_will_be_published(version: Version, at: datetime) -> bool:
    """Whether readers see a version, or will."""
    published = version.published
    return published is not None and (published.upper is None or published.upper > at)


def _refusal(version: Version, step: Step, obstacle: Obstacle) -> tuple[str, str]:
    """Return code and sentence of the refusal of a step that something stands in the way of."""
    match obstacle:
        case Obstacle.AUTHORSHIP if RULES[step].who is Authorship.AUTHOR:
            return "not_the_author", f"{version.ref} was written by {version.author}; ask them."
        case Obstacle.AUTHORSHIP:
            message = f"You wrote {version.ref} yourself; another person decides on it."
            return "own_version", message
        case Obstacle.RETRACTED:
            return "retracted", _RETRACTED[step].format(claim=version.claim.ref)
        case Obstacle.NOT_PUBLISHED:
            return "not_published", f"{version.claim.ref} is not published."
        case _ if step is Step.PUBLISH and version.taken_off_at is not None:
            message = f"{version.ref} was taken off; it comes back as the next version only."
            return "taken_off", message
        case _:
            code, message = _IN_ANOTHER_STATE[step]
            return code, message.format(ref=version.ref, status=status_text(version))


# The sentences about a claim that was retracted, by step.
_RETRACTED = {
    **dict.fromkeys(
        (Step.REVISE, Step.SUBMIT, Step.WITHDRAW),
        "{claim} is retracted; enter a new claim instead.",
    ),
    **dict.fromkeys(DECISIONS, "{claim} is retracted; nothing is decided."),
    Step.PUBLISH: "{claim} is retracted.",
    Step.RETRACT: "{claim} is retracted already.",
}

# Code and sentence about a version that is in another state than a step takes it from.
_IN_ANOTHER_STATE = {
    Step.SUBMIT: ("no_draft", "{ref} is {status}, not a draft."),
    Step.WITHDRAW: ("decided", "{ref} is {status}, so it can no longer be withdrawn."),
    **dict.fromkeys(
        DECISIONS, ("not_submitted", "{ref} is {status}; only what is submitted is decided.")
    ),
    Step.PUBLISH: ("not_on_hold", "{ref} is {status}, not approved and on hold."),
}
