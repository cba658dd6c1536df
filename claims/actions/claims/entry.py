"""Entering claims: a version and its evidence, in one step and one transaction."""

import json
import secrets
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Max

from claims.actions.absence.queue import queue_runs
from claims.actions.claims.content_rows import (
    counts_by_value,
    read_content,
    stored_content,
    write_parts,
)
from claims.actions.claims.premises import lock_premises, require_no_circle
from claims.actions.claims.workflow import (
    locked_last_version,
    locked_version,
    require_step,
    set_status,
)
from claims.actions.conflicts import detection
from claims.actions.search_words import index_claim, index_versions
from claims.domain.content import (
    HASH_FORMAT,
    Content,
    Quoted,
    canonical_json,
    content_hash,
)
from claims.domain.text_limits import clean_words
from claims.domain.workflow import Step
from claims.models import AbsenceScope, Claim, ClaimTopic, Evidence, Property, Topic, Version
from claims.vocabulary import Stance, Status
from sources.actions.action import action
from sources.actions.permission import require
from sources.actions.sources import lock_sources
from sources.domain.refusals import Refusal, quoted
from sources.models import Excerpt, Source
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

MAX_NOTE = 2_000


class EntryRefused(Refusal):
    """A claim that cannot be entered as it is."""


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


@contextmanager
def quoting(sources: Iterable[Source], *, claim: Claim | None = None) -> Iterator[None]:
    """Open a transaction in which quotes of these sources are saved, and then a claim on them.

    A quote locks its source, and all else that writes claims locks sources last: so what the claim
    will lock, the revised `claim` or none, comes first here. Otherwise an import or a decision that
    waits for the source would be waited for.
    """
    with transaction.atomic():
        if claim is None:
            detection.share_global_lock()
        else:
            detection.locked_claim(claim.pk)
        lock_sources(sources)
        yield


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
    number of the version that was changed. Raises Stale where there is a later one, StepRefused
    for a retracted claim, and what `propose` raises.
    """
    latest = locked_last_version(claim)
    claim = latest.claim
    require_step(latest, Step.REVISE, by=by, at=at)
    require_seen(latest, seen)
    if says_the_same(latest, content, evidence) and not comes_back_as_next(latest):
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
    """Ask a second person to review a draft. Raises StepRefused for what is no draft."""
    version = locked_version(version)
    require_step(version, Step.SUBMIT, by=by, at=at)
    return set_status(version, Status.SUBMITTED, at=at)


@action
def withdraw(*, version: Version, by: "User", at: datetime) -> Version:
    """Take back an own version before anybody decided on it. Raises StepRefused."""
    version = locked_version(version)
    require_step(version, Step.WITHDRAW, by=by, at=at)
    return set_status(version, Status.WITHDRAWN, at=at)


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
    filed = filed_under(claim)
    change_ties(claim, add=wanted - filed, remove=filed - wanted)


@action
def change_topics(
    *,
    claim: Claim,
    by: "User",
    at: datetime,  # noqa: ARG001 - history keeps the time
    add: Sequence[Topic] = (),
    remove: Sequence[Topic] = (),
) -> bool:
    """File a claim under more topics, or under fewer; returns whether that changed anything.

    Topics that are not named stay, also those that somebody else adds at the same moment.
    """
    require(by, Role.CONTRIBUTOR)
    filed = filed_under(claim)
    new, gone = {topic.pk for topic in add} - filed, {topic.pk for topic in remove} & filed
    change_ties(claim, add=new, remove=gone)
    return bool(new or gone)


def filed_under(claim: Claim) -> set[int]:
    """The ids of the topics that a claim is filed under."""
    return set(claim.topic_ties.values_list("topic_id", flat=True))


def change_ties(claim: Claim, *, add: Collection[int], remove: Collection[int]) -> None:
    """Tie a claim to topics and untie it from others, by their ids; its words are found by them."""
    claim.topic_ties.filter(topic_id__in=remove).delete()
    ClaimTopic.objects.bulk_create(
        ClaimTopic(claim=claim, topic_id=topic_id) for topic_id in sorted(add)
    )
    if add or remove:
        index_claim(claim.pk)


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
    read = read_content(content)
    if read.premises:
        lock_premises()
        require_no_circle(claim, [premise for premise, _formula in read.premises])
    require_stances(evidence)
    quotes = hashed_quotes(evidence)
    excerpts = [tie.excerpt.pk for tie in evidence]
    if len(set(excerpts)) != len(excerpts):
        raise EntryRefused("quoted_twice", "The same quote stands twice; leave one of them out.")
    salt = secrets.token_hex(16)
    claim.versions.filter(is_newest=True).update(is_newest=False)
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
        is_newest=True,
        counts_by_value=counts_by_value(read, [tie.stance for tie in evidence]),
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
    index_versions([version.pk])
    detection.refresh(claims={claim.pk}, at=at)
    queue_runs(AbsenceScope.objects.filter(version=version).select_related("version"))
    return version


def require_seen(latest: Version, seen: int) -> None:
    """Refuse a change that was made on another version than the last one. Raises Stale."""
    if latest.number != seen:
        raise Stale("stale", stale_message(latest.claim, seen, latest))


def supersede(latest: Version) -> None:
    """Close a version on which nobody has decided for good, since another follows it."""
    if latest.status in (Status.DRAFT, Status.SUBMITTED, Status.CHANGES_REQUESTED):
        latest.status = Status.SUPERSEDED
        latest.save(update_fields=["status"])


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


def comes_back_as_next(version: Version) -> bool:
    """Whether a version was withdrawn or taken off, so that even equal content is the next one."""
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


def stale_message(claim: Claim, seen: int, latest: Version) -> str:
    """Describe the versions that were saved since somebody opened the form."""
    if seen > latest.number:
        return f"{claim.ref} ends with v{latest.number}; there is no v{seen}. Read it again."
    count = claim.versions.aggregate(last=Max("number"))["last"] - seen
    return (
        f"{claim.ref} has {count} newer version{'s' if count != 1 else ''} than v{seen}, which you "
        f"changed: {latest.author} wrote v{latest.number}, “{latest.statement}”. "
        "Read it, then make your change on it."
    )
