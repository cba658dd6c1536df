"""Factories of test data: every state is reached through the actions."""

import itertools
from datetime import UTC, date, datetime
from typing import Any

from claims.actions.absence.dismissals import answer_near_miss
from claims.actions.absence.document_search import waits_for_answer
from claims.actions.absence.runs import run_absence
from claims.actions.catalogue import add_entity, add_property, add_topic
from claims.actions.claims.entry import Tie, propose
from claims.actions.claims.publication import NOW, When
from claims.actions.claims.review import JudgementGiven, decide
from claims.domain.content import Content
from claims.models import AbsenceScope, Entity, Property, Topic, Version
from claims.vocabulary import Decision
from factbase.models import User
from sources.actions.captures.capture import capture
from sources.actions.origins import add_origin
from sources.actions.quotes.confirming import ConfirmationGiven
from sources.actions.quotes.excerpts import quote
from sources.actions.sources import add_source, open_source
from sources.actions.standing import set_standing
from sources.models import Excerpt, Publisher, Source, SourceReader
from sources.readings.doubts import doubts_on_record
from sources.vocabulary import Access, OriginKind, Role, Standing

# A day on which most tests happen; later ones add to it.
TODAY = datetime(2025, 6, 1, 12, tzinfo=UTC)

numbers = itertools.count(1)


def person(role: Role = Role.CONTRIBUTOR, *, name: str = "", is_staff: bool = True) -> User:
    """An account of a role."""
    username = name or f"{role}-{next(numbers)}"
    return User.objects.create_user(
        username, display_name=username.title(), role=role, is_staff=is_staff
    )


def somebody(role: Role) -> User:
    """The account that does what the factories do in a role."""
    return User.objects.filter(username=f"some-{role}").first() or person(role, name=f"some-{role}")


def source(text: str = "", *, key: str = "", **record: Any) -> Source:
    """A source; with a text, it has a capture of it. With `is_opened`, the public reads it."""
    is_opened = record.pop("is_opened", False)
    key = key or f"source-{next(numbers)}"
    # Who enters a source for named persons reads it, so that is nobody whom a test knows.
    is_named = record.get("access") == Access.NAMED
    by = person(name=f"author-of-{key}") if is_named else somebody(Role.CONTRIBUTOR)
    access = {
        name: record.pop(name)
        for name in ("access", "public_descriptor", "rights")
        if name in record
    }
    made = add_source(
        record={"id": key, "type": "report", "title": f"Report {key}", **record},
        by=by,
        at=TODAY,
        **access,
    )
    if text:
        capture(source=made, data=text.encode(), file_name=f"{key}.txt", by=by, at=TODAY)
    if is_opened:
        made = open_source(source=made, by=somebody(Role.EDITOR), at=TODAY)
    return made


def publisher(name: str = "") -> Publisher:
    """A publisher without sources."""
    made: Publisher = Publisher.objects.create(name=name or f"Publisher {next(numbers)}")
    return made


def copied(*, from_: Source, text: str, **record: Any) -> Source:
    """A source with this text that derives from another one."""
    made = source(text, **record)
    add_origin(
        source=made, origin=from_, kind=OriginKind.WIRE, by=somebody(Role.CONTRIBUTOR), at=TODAY
    )
    return made


def stands(source: Source, standing: Standing, reason: str = "The data were made up.") -> Source:
    """The source, of this standing since 1 May 2025."""
    return set_standing(
        source=source,
        standing=standing,
        on=date(2025, 5, 1),
        reason=reason,
        by=somebody(Role.EDITOR),
        at=TODAY,
    )


def excerpt(words: str = "", *, of: Source | None = None, text: str = "") -> Excerpt:
    """Words quoted from a source that carries them, unless `of` or `text` says otherwise."""
    words = words or f"Sentence number {next(numbers)} stands here."
    quoted_from = of or source(text or f"Before it. {words} After it.")
    return quote(source=quoted_from, exact=words, by=somebody(Role.CONTRIBUTOR), at=TODAY)


def entity(key: str = "", *, kind: str = "concept", **fields: Any) -> Entity:
    """Make an entity."""
    key = key or f"entity-{next(numbers)}"
    fields.setdefault("label", key.replace("-", " ").title())
    return add_entity(key=key, kind=kind, by=somebody(Role.CONTRIBUTOR), at=TODAY, **fields)


def number_property(key: str = "", *, unit: str = "percent", **fields: Any) -> Property:
    """A property whose values are numbers with a unit; a state unless `time` says otherwise."""
    return value_property("quantity", key, unit=unit, **fields)


def value_property(value_kind: str, key: str = "", **fields: Any) -> Property:
    """A property of a kind of value."""
    key = key or f"property-{next(numbers)}"
    fields.setdefault("label", key.replace("-", " "))
    return add_property(
        key=key, value_kind=value_kind, by=somebody(Role.CONTRIBUTOR), at=TODAY, **fields
    )


def topic(name: str = "") -> Topic:
    """A subject heading."""
    name = name or f"Topic {next(numbers)}"
    return add_topic(name=name, by=somebody(Role.CONTRIBUTOR), at=TODAY)


def submitted(
    content: Content | None = None,
    *,
    evidence: list[Tie] | None = None,
    by: User | None = None,
    at: datetime = TODAY,
    submit_it: bool = True,
    topics: list[Topic] | None = None,
    **fields: Any,
) -> Version:
    """The first version of a new claim, submitted; `fields` are those of its content."""
    fields.setdefault("statement", f"Statement number {next(numbers)}.")
    return propose(
        content=content or Content(**fields),
        evidence=[Tie(excerpt())] if evidence is None else evidence,
        by=by or somebody(Role.CONTRIBUTOR),
        at=at,
        topics=topics or [],
        submit_it=submit_it,
    )


def draft(**fields: Any) -> Version:
    """The first version of a new claim, as a draft."""
    return submitted(submit_it=False, **fields)


def confirming(*excerpts: int) -> dict[int, list[ConfirmationGiven]]:
    """The confirmation of all that is in doubt about quotes, by the id of the quote."""
    return {
        excerpt: [ConfirmationGiven(one.kind, one.number, one.sha256, "Seen.") for one in doubts]
        for excerpt, doubts in doubts_on_record(excerpts).items()
    }


def approved(
    version: Version,
    *,
    by: User | None = None,
    at: datetime = TODAY,
    publish_at: When = NOW,
    note: str = "",
) -> Version:
    """The version, approved by another person and published, unless `publish_at` says otherwise.

    What is in doubt about its quotes is confirmed, what comes close to something absent is judged
    to be something else. Without `by` it is somebody who may read them.
    """
    judged_near_misses(version, at=at)
    evidence = list(version.evidence.select_related("excerpt__source"))
    by = by or reader_of([piece.excerpt.source for piece in evidence])
    confirmed = confirming(*(piece.excerpt_id for piece in evidence))
    decide(
        version=version,
        decision=Decision.APPROVE,
        by=by,
        at=at,
        content_hash=version.content_hash,
        note=note,
        judgements={
            piece.pk: JudgementGiven(
                makes_claim=True, confirmed=confirmed.get(piece.excerpt_id, ())
            )
            for piece in evidence
        },
        publish_at=publish_at,
    )
    version.refresh_from_db()
    return version


def judged_near_misses(version: Version, *, at: datetime = TODAY, reason: str = "So.") -> None:
    """Search for what the version says is absent, and judge all that comes close: another word."""
    scope = AbsenceScope.objects.select_related("version").filter(version=version).first()
    if scope is None:
        return
    run = run_absence(scope=scope, at=at, afresh=False)
    findings = run.findings.select_related("source").order_by("pk")
    by = reader_of([finding.source for finding in findings])
    words = [
        stored["word"]
        for finding in findings
        for stored in finding.near_misses
        if waits_for_answer(stored)
    ]
    for word in dict.fromkeys(words):
        answer_near_miss(scope=scope, word=word, reason=reason, by=by, at=at)


def reader_of(sources: list[Source]) -> User:
    """An editor who may read these sources: one of their own for those of named persons."""
    named = [one for one in sources if one.access == Access.NAMED]
    if not named:
        return somebody(Role.EDITOR)
    reader = person(Role.EDITOR)
    for one in dict.fromkeys(named):
        SourceReader.objects.create(source=one, reader=reader)
    return reader


def published(*, note: str = "", **fields: Any) -> Version:
    """A new claim whose first version readers see; `note` is that of its review."""
    at = fields.get("at", TODAY)
    return approved(submitted(**fields), at=at, note=note)


def on_two_copies() -> Version:
    """A published claim on two copies of one wire, and on a confidential source of its own."""
    wire = source(title="The wire")
    paper = copied(from_=wire, text="It fell.", title="The paper", publisher="Daily")
    portal = copied(from_=wire, text="It fell.", title="The portal", publisher="Weekly")
    kept = source(
        "It fell.",
        title="The secret memo",
        publisher="The secret service",
        access=Access.STAFF,
        public_descriptor="A memo seen by the desk",
    )
    quoted = [excerpt("It fell.", of=one) for one in (paper, portal, kept)]
    return published(statement="It fell.", evidence=[Tie(one) for one in quoted])
