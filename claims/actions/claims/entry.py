"""Entering claims: a version and its evidence, in one step and one transaction."""

import json
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Max

from claims.actions.absence.runs import queue_runs
from claims.actions.claims.content_rows import read_content, stored_content, write_parts
from claims.actions.claims.premises import require_no_circle
from claims.actions.conflicts import detection
from claims.domain.content import (
    HASH_FORMAT,
    Content,
    Quoted,
    canonical_json,
    content_hash,
)
from claims.domain.text_limits import clean_words
from claims.models import AbsenceScope, Claim, ClaimTopic, Evidence, Property, Topic, Version
from claims.vocabulary import Stance, Status
from sources.actions.action import action
from sources.actions.permission import require
from sources.domain.refusals import Refusal, quoted
from sources.models import Excerpt, Source
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

MAX_NOTE = 2_000


class EntryRefused(Refusal):
    """A claim that cannot be entered, or not from the state it is in."""


class Stale(Refusal):
    """Somebody saved before you; what they changed is in the message."""


@dataclass(frozen=True)
class Tie:
    """An excerpt as evidence, with its stance.

    `own_origin` is the source on whose authority the passage rests, where it is another's.
    """

    excerpt: Excerpt
    stance: str = Stance.SUPPORTS
    own_origin: Source | None = None


@action
def propose(
    *,
    content: Content,
    evidence: Sequence[Tie],
    by: "User",
    at: datetime,
    topics: Sequence[Topic] = (),
    submit_it: bool = False,
    namespace: str = "",
    external_id: str | None = None,
) -> Version:
    """Enter a new claim with its first version, as a draft or submitted at once.

    Raises the refusals of content, values and words, EntryRefused where the external id is
    taken, NotPermitted.
    """
    require(by, Role.CONTRIBUTOR)
    namespace = clean_words(namespace, name="namespace", limit=100)
    if external_id is not None:
        external_id = clean_words(external_id, name="external id", limit=200, required=True)
    if (
        external_id is not None
        and Claim.objects.filter(namespace=namespace, external_id=external_id).exists()
    ):
        raise EntryRefused(
            "external_id_taken", f"There is a claim {external_id} in {namespace} already."
        )
    claim = Claim.objects.create(
        uuid=uuid.uuid4(),
        namespace=namespace,
        external_id=external_id,
        created_at=at,
        created_by=by,
    )
    ClaimTopic.objects.bulk_create(
        ClaimTopic(claim=claim, topic=topic) for topic in dict.fromkeys(topics)
    )
    return write_version(
        claim, number=1, content=content, evidence=evidence, by=by, at=at, submit_it=submit_it
    )


@action
def revise(
    *,
    claim: Claim,
    content: Content,
    evidence: Sequence[Tie],
    by: "User",
    at: datetime,
    seen: int,
    change_note: str = "",
    submit_it: bool = False,
) -> Version:
    """Save changed content or evidence as the next version; equal content keeps the latest.

    What was withdrawn or taken off comes back as the next version, equal or not. `seen` is the
    number of the version that was changed. Raises Stale where there is a later one, EntryRefused
    for a retracted claim, and what `propose` raises.
    """
    require(by, Role.CONTRIBUTOR)
    latest = locked_latest(claim, seen=seen)
    claim = latest.claim
    if says_the_same(latest, content, evidence) and not is_put_aside(latest):
        if submit_it and latest.status == Status.DRAFT:
            return submit(version=latest, by=by, at=at)
        return latest
    supersede(latest)
    return write_version(
        claim,
        number=latest.number + 1,
        content=content,
        evidence=evidence,
        by=by,
        at=at,
        submit_it=submit_it,
        change_note=change_note,
    )


@action
def submit(*, version: Version, by: "User", at: datetime) -> Version:
    """Ask a second person to review a draft. Raises EntryRefused for what is no draft."""
    require(by, Role.CONTRIBUTOR)
    version = locked(version)
    require_standing(version.claim)
    if version.status != Status.DRAFT:
        raise EntryRefused("no_draft", f"{version.ref} is {label(version)}, not a draft.")
    return move(version, Status.SUBMITTED, at=at)


@action
def withdraw(*, version: Version, by: "User", at: datetime) -> Version:
    """Take back an own version before anybody decided on it."""
    require(by, Role.CONTRIBUTOR)
    version = locked(version)
    require_standing(version.claim)
    if version.author_id != by.pk:
        raise EntryRefused(
            "not_the_author", f"{version.ref} was written by {version.author}; ask them."
        )
    if version.status not in (Status.DRAFT, Status.SUBMITTED):
        raise EntryRefused(
            "decided", f"{version.ref} is {label(version)}, so it can no longer be withdrawn."
        )
    return move(version, Status.WITHDRAWN, at=at)


@action
def file_under(
    *,
    claim: Claim,
    topics: Sequence[Topic],
    by: "User",
    at: datetime,  # noqa: ARG001 - history keeps the time
) -> None:
    """File a claim under these topics and no others."""
    require(by, Role.CONTRIBUTOR)
    wanted = {topic.pk for topic in topics}
    filed = set(claim.topic_ties.values_list("topic_id", flat=True))
    claim.topic_ties.filter(topic_id__in=filed - wanted).delete()
    ClaimTopic.objects.bulk_create(
        ClaimTopic(claim=claim, topic_id=topic_id) for topic_id in sorted(wanted - filed)
    )


def write_version(
    claim: Claim,
    *,
    number: int,
    content: Content,
    evidence: Sequence[Tie],
    by: "User",
    at: datetime,
    submit_it: bool,
    change_note: str = "",
) -> Version:
    """Write the next version of a claim with all that belongs to it, and compare it."""
    version = write_uncompared(
        claim,
        number=number,
        content=content,
        evidence=evidence,
        by=by,
        at=at,
        submit_it=submit_it,
        change_note=change_note,
    )
    detection.refresh(claims={claim.pk}, at=at)
    queue_runs(AbsenceScope.objects.filter(version=version).select_related("version"))
    return version


def write_uncompared(
    claim: Claim,
    *,
    number: int,
    content: Content,
    evidence: Sequence[Tie],
    by: "User",
    at: datetime,
    submit_it: bool,
    change_note: str = "",
) -> Version:
    """Write a version with all that belongs to it; nothing is looked for yet."""
    read = read_content(content)
    if read.premises:
        require_no_circle(claim, [premise for premise, _formula in read.premises])
    require_stances(evidence)
    quotes = hashed_quotes(evidence)
    excerpts = [tie.excerpt.pk for tie in evidence]
    if len(set(excerpts)) != len(excerpts):
        raise EntryRefused("quoted_twice", "The same quote stands twice; leave one of them out.")
    salt = secrets.token_hex(16)
    version = Version.objects.create(
        claim=claim,
        number=number,
        author=by,
        change_note=clean_words(change_note, name="change note", limit=MAX_NOTE),
        recorded_at=at,
        status=Status.SUBMITTED if submit_it else Status.DRAFT,
        content_hash=content_hash(read.content, quotes, salt=salt),
        hash_format=HASH_FORMAT,
        salt=salt,
        **read.columns,
    )
    require_same_property(version.property)
    write_parts(version, read)
    Evidence.objects.bulk_create(
        Evidence(
            version=version,
            excerpt=tie.excerpt,
            stance=tie.stance,
            own_origin=tie.own_origin,
        )
        for tie in evidence
    )
    return version


def locked_latest(claim: Claim, *, seen: int) -> Version:
    """The latest version of a claim, which nobody else follows until the transaction ends.

    Raises Stale where it is not the one that was seen, EntryRefused for a retracted claim.
    """
    claim = detection.locked_claim(claim.pk)
    require_standing(claim)
    latest: Version = claim.versions.select_related("author").order_by("-number")[0]
    if latest.number != seen:
        raise Stale("stale", stale_message(claim, seen, latest))
    latest.claim = claim
    return latest


def supersede(latest: Version) -> None:
    """Put a version aside that waits for a decision, since another follows it."""
    if latest.status in (Status.DRAFT, Status.SUBMITTED, Status.CHANGES_REQUESTED):
        latest.status = Status.SUPERSEDED
        latest.save(update_fields=["status"])


def require_standing(claim: Claim) -> None:
    """Refuse to go on with a claim that the desk took back."""
    if claim.is_retracted:
        raise EntryRefused("retracted", f"{claim.ref} is retracted; enter a new claim instead.")


def require_same_property(prop: Property | None) -> None:
    """Refuse a value that was read for a property which somebody has changed meanwhile.

    Nobody changes it from here on until the transaction ends. Foreign keys lock it too, but not
    before that end.
    """
    if prop is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM claims_property WHERE id = %s AND value_kind = %s AND unit = %s "
            "AND time = %s AND bases = %s::jsonb FOR KEY SHARE",
            [prop.pk, prop.value_kind, prop.unit, prop.time, json.dumps(prop.bases)],
        )
        if not cursor.rowcount:
            raise Stale("stale", f"The property {prop.key} was changed just now; read it again.")


def require_stances(evidence: Sequence[Tie]) -> None:
    """Refuse a quote that does for a claim what is not known, and one whose words are gone."""
    for tie in evidence:
        if not tie.excerpt.exact:
            raise EntryRefused(
                "withheld",
                f"The words of the quote {tie.excerpt.pk} were withheld; no new version rests on "
                "it. Leave it out.",
            )
        if tie.stance not in list(Stance):
            raise EntryRefused(
                "unknown_stance",
                f"{quoted(tie.stance)} is no stance. Use one of: {', '.join(Stance)}.",
            )


def says_the_same(version: Version, content: Content, evidence: Sequence[Tie]) -> bool:
    """Whether content and evidence are those of a version, equal but for the salt."""
    stored, quotes = stored_content(version)
    return canonical_json(stored, quotes, salt="") == canonical_json(
        read_content(content).content, hashed_quotes(evidence), salt=""
    )


def is_put_aside(version: Version) -> bool:
    """Whether a version was withdrawn or taken off: it comes back as the next one only."""
    return version.status == Status.WITHDRAWN or version.taken_off_at is not None


def hashed_quotes(evidence: Sequence[Tie]) -> list[Quoted]:
    """Evidence as it stands in the hash."""
    return [
        Quoted(
            exact=tie.excerpt.exact,
            source=tie.excerpt.source.key,
            locator=tie.excerpt.locator,
            stance=str(tie.stance),
            own_origin=tie.own_origin.key if tie.own_origin else None,
        )
        for tie in evidence
    ]


def locked(version: Version) -> Version:
    """The version as it is now, its claim locked until the transaction ends."""
    detection.locked_claim(version.claim_id)
    return Version.objects.select_related("claim", "author").get(pk=version.pk)


def move(version: Version, status: Status, *, at: datetime) -> Version:
    """Put a version into another status and compare its claim again."""
    version.status = status
    version.save(update_fields=["status"])
    detection.refresh(claims={version.claim_id}, at=at)
    return version


def label(version: Version) -> str:
    """The status of a version as it stands in a sentence."""
    return Status(version.status).label.lower()


def stale_message(claim: Claim, seen: int, latest: Version) -> str:
    """What happened since somebody opened the form."""
    if seen > latest.number:
        return f"{claim.ref} ends with v{latest.number}; there is no v{seen}. Read it again."
    count = claim.versions.aggregate(last=Max("number"))["last"] - seen
    return (
        f"{claim.ref} has {count} newer version{'s' if count != 1 else ''} than v{seen}, which you "
        f"changed: {latest.author} wrote v{latest.number}, “{latest.statement}”. "
        "Read it, then make your change on it."
    )
