"""Random histories of two claims about one thing, with a plain model of what happened.

The model keeps lists of what was said when, and answers from them what a reader saw at a time. It
knows nothing of tables, versions' ranges or history events.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from claims.actions.catalogue import revise_entity, revise_topic
from claims.actions.claims.entry import Tie, file_under, revise, submit, withdraw
from claims.actions.claims.publication import (
    HOLD,
    NOW,
    follow_publications,
    publish,
    retract,
    take_off,
)
from claims.actions.claims.review import decide
from claims.actions.conflicts.decisions import decide_conflict
from claims.domain.content import Content
from claims.models import Conflict, Version
from claims.vocabulary import ConflictStatus, Decision, Status
from sources.actions.sources import revise_source
from sources.actions.standing import set_standing
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.vocabulary import Access, Role, Standing
from tests import factories as make

VALUES = ("-9%", "3%", "12%")
PROPERTY = "change-in-histories"
ABANDONED = (Status.WITHDRAWN, Status.SUPERSEDED)
# After every history: what is public "today" is so then.
TODAY = datetime.max.replace(tzinfo=make.TODAY.tzinfo)


@dataclass
class Said:
    """Something that was so since a time, until the next such thing was."""

    values: list[tuple[datetime, Any]] = field(default_factory=list)

    def at(self, time: datetime) -> Any:
        """The last that was said by then; None before anything was."""
        return next((value for since, value in reversed(self.values) if since <= time), None)

    def say(self, value: Any, since: datetime) -> None:
        self.values.append((since, value))


@dataclass
class ModelVersion:
    """A version: its words, where it stood in review, and when readers saw it."""

    number: int
    statement: str
    value: str
    row: Version
    status: Said = field(default_factory=Said)
    times: Said = field(default_factory=Said)
    is_off: Said = field(default_factory=Said)

    def is_published(self, at: datetime, *, known: datetime | None = None) -> bool:
        """Whether readers saw it at a time, by what is known of it at another one."""
        begins, ends = self.times.at(known or at) or (None, None)
        return begins is not None and begins <= at and (ends is None or at < ends)


@dataclass
class ModelClaim:
    """A claim over all its versions."""

    ref: str
    versions: list[ModelVersion] = field(default_factory=list)
    retracted_at: datetime | None = None
    topics: Said = field(default_factory=Said)

    @property
    def last(self) -> ModelVersion:
        return self.versions[-1]

    def is_retracted(self, at: datetime) -> bool:
        return self.retracted_at is not None and self.retracted_at <= at

    def published(self, at: datetime) -> ModelVersion | None:
        return next((one for one in self.versions if one.is_published(at)), None)

    def seen_by_public(self, at: datetime) -> ModelVersion | None:
        """The version published then; none that was ever taken off, or of a claim that is gone."""
        open_ones = [one for one in self.versions if not one.is_off.at(TODAY)]
        if not any(one.is_published(TODAY) for one in open_ones):
            return None
        return next((one for one in open_ones if one.is_published(at, known=TODAY)), None)

    def seen_by_desk(self, at: datetime) -> ModelVersion | None:
        """The last version of then that was not put aside; else the last."""
        there = [one for one in self.versions if one.status.at(at) is not None]
        worked_on = [one for one in there if one.status.at(at) not in ABANDONED]
        return next(reversed(worked_on or there), None)

    def compared(self, at: datetime) -> set[str]:
        """The values that the desk compares: as published, and of the version that waits."""
        if self.is_retracted(at):
            return set()
        shown = self.published(at)
        begun = [
            one.number
            for one in self.versions
            if (one.times.at(at) or (None,))[0] is not None and one.times.at(at)[0] <= at
        ]
        waiting = [
            one
            for one in self.versions
            if one.number > max(begun, default=0)
            and (
                one.status.at(at) == Status.SUBMITTED
                or (one.status.at(at) == Status.APPROVED and not one.is_off.at(at))
            )
        ]
        return {one.value for one in [shown, *waiting[-1:]] if one is not None}


@dataclass(frozen=True)
class Seen:
    """A claim as a reader is told of it."""

    version: int
    status: str
    statement: str
    label: str
    topics: frozenset[str]
    source: str
    is_withheld: bool
    is_source_retracted: bool
    is_in_conflict: bool


class History:
    """Two claims on one question, their source, entity and topic, and what happens to them.

    One history begins after another has ended, as the clock never goes back.
    """

    def __init__(self, random: Random, *, since: datetime) -> None:
        number = next(make.numbers)
        self.random = random
        self.now = since
        self.entity = make.entity(f"thing-{number}", label=f"Thing {number}")
        self.topic = make.topic(f"Matter {number}")
        self.source = make.source(
            f"It changed, says number {number}.", key=f"paper-{number}", title=f"Paper {number}"
        )
        self.excerpt = make.excerpt(f"It changed, says number {number}.", of=self.source)
        self.label, self.topic_name, self.title, self.standing = Said(), Said(), Said(), Said()
        self.label.say(self.entity.label, make.TODAY)
        self.topic_name.say(self.topic.name, make.TODAY)
        self.title.say(self.source.title, make.TODAY)
        self.standing.say(Standing.CURRENT, make.TODAY)
        self.is_confidential = self.is_withheld = False
        self.scheduled: datetime | None = None
        self.claims: list[ModelClaim] = []
        self.times = [self.now]

    def run(self, steps: int) -> None:
        """Let so many things happen, minutes or hours apart."""
        for _step in range(steps):
            self.now += timedelta(minutes=self.random.choice([1, 50, 300]))
            if self.scheduled is not None and self.scheduled <= self.now:
                follow_publications(at=self.scheduled)
                self.scheduled = None
            self.random.choice(self.possible())()
            self.times.append(self.now)
        if self.scheduled is not None:
            self.now = self.scheduled
            follow_publications(at=self.now)
            self.times.append(self.now)

    def possible(self) -> list[Callable[[], None]]:
        """The things that can happen now."""
        if len(self.claims) < 2:
            return [self.propose]
        found: list[Callable[[], None]] = [self.rename, self.set_standing, self.retitle]
        for claim in self.claims:
            found += [self.bound(step, claim) for step in self.steps_of(claim)]
        if self.is_in_conflict(self.now, is_staff=True):
            found += [self.confirm_conflict]
        if self.random.random() < 0.1:
            found += [self.make_confidential, self.withhold]
        return found

    def bound(self, step: Callable[[ModelClaim], None], claim: ModelClaim) -> Callable[[], None]:
        return lambda: step(claim)

    def steps_of(self, claim: ModelClaim) -> list[Callable[[ModelClaim], None]]:
        steps: list[Callable[[ModelClaim], None]] = [self.file]
        if claim.retracted_at is not None or self.scheduled is not None:
            return steps
        status, last = claim.last.status.at(self.now), claim.last
        steps += [self.revise, self.revise]
        if status == Status.DRAFT:
            steps += [self.submit, self.withdraw]
        if status == Status.SUBMITTED and not self.is_withheld:
            steps += [self.approve] * 4 + [self.schedule, self.hold, self.reject]
        if (
            status == Status.APPROVED
            and last.times.at(self.now) is None
            and not last.is_off.at(self.now)
        ):
            steps += [self.publish] * 2
        if claim.published(self.now) is not None and self.random.random() < 0.2:
            steps += [self.take_off, self.retract]
        return steps

    def propose(self) -> None:
        version = make.submitted(
            evidence=[Tie(self.excerpt)], at=self.now, submit_it=self.coin(), **self.words()
        )
        claim = ModelClaim(f"C{version.claim_id}")
        self.claims.append(claim)
        claim.topics.say(frozenset(), self.now)
        self.add(claim, version)

    def revise(self, claim: ModelClaim) -> None:
        if claim.last.status.at(self.now) in (
            Status.DRAFT,
            Status.SUBMITTED,
            Status.CHANGES_REQUESTED,
        ):
            claim.last.status.say(Status.SUPERSEDED, self.now)
        version = revise(
            claim=claim.last.row.claim,
            content=Content(**self.words()),
            evidence=[Tie(self.excerpt)],
            by=make.somebody(Role.CONTRIBUTOR),
            at=self.now,
            seen=claim.last.number,
            submit_it=self.coin(),
        )
        self.add(claim, version)

    def add(self, claim: ModelClaim, version: Version) -> None:
        made = ModelVersion(version.number, version.statement, version.value, version)
        made.status.say(version.status, self.now)
        claim.versions.append(made)

    def words(self) -> dict[str, Any]:
        return {
            "statement": f"Statement {next(make.numbers)}.",
            "subject": self.entity.key,
            "property": PROPERTY,
            "value": self.random.choice(VALUES),
            "period": "2025-05",
        }

    def submit(self, claim: ModelClaim) -> None:
        submit(version=claim.last.row, by=make.somebody(Role.CONTRIBUTOR), at=self.now)
        claim.last.status.say(Status.SUBMITTED, self.now)

    def withdraw(self, claim: ModelClaim) -> None:
        withdraw(version=claim.last.row, by=make.somebody(Role.CONTRIBUTOR), at=self.now)
        claim.last.status.say(Status.WITHDRAWN, self.now)

    def approve(self, claim: ModelClaim) -> None:
        make.approved(claim.last.row, at=self.now, publish_at=NOW, note="Read.")
        claim.last.status.say(Status.APPROVED, self.now)
        self.begin(claim, self.now)

    def schedule(self, claim: ModelClaim) -> None:
        self.scheduled = self.now + timedelta(minutes=70)
        make.approved(claim.last.row, at=self.now, publish_at=self.scheduled, note="Read.")
        claim.last.status.say(Status.APPROVED, self.now)
        self.begin(claim, self.scheduled)

    def hold(self, claim: ModelClaim) -> None:
        make.approved(claim.last.row, at=self.now, publish_at=HOLD, note="Read.")
        claim.last.status.say(Status.APPROVED, self.now)

    def publish(self, claim: ModelClaim) -> None:
        publish(version=claim.last.row, by=make.somebody(Role.EDITOR), at=self.now)
        self.begin(claim, self.now)

    def begin(self, claim: ModelClaim, begins: datetime) -> None:
        before = claim.published(self.now)
        if before is not None:
            before.times.say((before.times.at(self.now)[0], begins), self.now)
        claim.last.times.say((begins, None), self.now)

    def reject(self, claim: ModelClaim) -> None:
        version = claim.last.row
        decision = self.random.choice([Decision.REJECT, Decision.REQUEST_CHANGES])
        decide(
            version=version,
            decision=decision,
            by=make.somebody(Role.EDITOR),
            at=self.now,
            content_hash=version.content_hash,
            note="Not like this.",
        )
        version.refresh_from_db()
        claim.last.status.say(
            Status.REJECTED if decision is Decision.REJECT else Status.CHANGES_REQUESTED, self.now
        )

    def take_off(self, claim: ModelClaim) -> None:
        shown = claim.published(self.now)
        assert shown is not None
        take_off(
            claim=shown.row.claim,
            reason="It names a person.",
            by=make.somebody(Role.EDITOR),
            at=self.now,
        )
        shown.times.say((shown.times.at(self.now)[0], self.now), self.now)
        for one in claim.versions[: shown.number]:
            if one.times.at(self.now) is not None:
                one.is_off.say(True, self.now)

    def retract(self, claim: ModelClaim) -> None:
        retract(
            claim=claim.last.row.claim,
            reason="It was another month.",
            by=make.somebody(Role.EDITOR),
            at=self.now,
        )
        claim.retracted_at = self.now

    def file(self, claim: ModelClaim) -> None:
        topics = [self.topic] if self.coin() else []
        by = make.somebody(Role.CONTRIBUTOR)
        file_under(claim=claim.last.row.claim, topics=topics, by=by, at=self.now)
        claim.topics.say(frozenset(one.key for one in topics), self.now)

    def rename(self) -> None:
        label, name = f"Thing {next(make.numbers)}", f"Matter {next(make.numbers)}"
        by = make.somebody(Role.EDITOR)
        revise_entity(entity=self.entity, by=by, at=self.now, label=label)
        revise_topic(topic=self.topic, by=by, at=self.now, name=name)
        self.label.say(label, self.now)
        self.topic_name.say(name, self.now)

    def retitle(self) -> None:
        title = f"Paper {next(make.numbers)}"
        record = {**self.source.csl, "title": title}
        by = make.somebody(Role.EDITOR)
        revise_source(source=self.source, record=record, by=by, at=self.now)
        self.title.say(title, self.now)

    def set_standing(self) -> None:
        standing = self.random.choice([Standing.RETRACTED, Standing.CURRENT])
        if standing == self.standing.at(self.now):
            return
        set_standing(
            source=self.source,
            standing=standing,
            on=date(2025, 5, 1),
            reason="The data were made up.",
            by=make.somebody(Role.EDITOR),
            at=self.now,
        )
        self.source.refresh_from_db()
        self.standing.say(standing, self.now)

    def confirm_conflict(self) -> None:
        claims = [claim.last.row.claim_id for claim in self.claims]
        found = Conflict.objects.live().filter(members__claim__in=claims).distinct().get()
        versions = {pk for one in found.members.filter(left_at=None) for pk in one.versions}
        last = found.decisions.order_by("-pk").first()
        decide_conflict(
            conflict=found,
            status=ConflictStatus.CONFIRMED,
            note="So it is.",
            by=make.somebody(Role.EDITOR),
            at=self.now,
            seen_versions=versions,
            seen_decision=None if last is None else last.pk,
        )

    def make_confidential(self) -> None:
        revise_source(
            source=self.source,
            record=self.source.csl,
            by=make.somebody(Role.EDITOR),
            at=self.now,
            access=Access.STAFF,
            public_descriptor="A paper seen by the desk",
        )
        self.is_confidential = True

    def withhold(self) -> None:
        if self.is_withheld:
            return
        asking, other = make.person(Role.ADMINISTRATOR), make.person(Role.ADMINISTRATOR)
        asked = ask_to_withhold(
            targets=[self.excerpt], reason="A court order.", by=asking, at=self.now
        )
        carry_out(request=asked[0], by=other, at=self.now)
        self.is_withheld = True

    def coin(self) -> bool:
        return self.random.random() < 0.5

    def seen(self, at: datetime, *, is_staff: bool) -> dict[str, Seen]:
        """The claims that a reader is told of at a time, by reference."""
        found = {}
        for claim in self.claims:
            version = claim.seen_by_desk(at) if is_staff else claim.seen_by_public(at)
            if version is None:
                continue
            shown = claim.published(at) if is_staff else version
            status = "published" if shown is version else version.status.at(at)
            found[claim.ref] = Seen(
                version=version.number,
                status="retracted" if claim.is_retracted(at) else status,
                statement=version.statement,
                label=self.label.at(at),
                topics=claim.topics.at(at),
                source=self.title.at(at)
                if is_staff or not self.is_confidential
                else "A paper seen by the desk",
                is_withheld=self.is_withheld,
                is_source_retracted=self.standing.at(at) == Standing.RETRACTED,
                is_in_conflict=self.is_in_conflict(at, is_staff=is_staff),
            )
        return found

    def is_in_conflict(self, at: datetime, *, is_staff: bool) -> bool:
        """Whether the two claims cannot both stand, by what the reader knows of them."""
        if is_staff:
            one, other = (claim.compared(at) for claim in self.claims)
            return any(mine != theirs for mine in one for theirs in other)
        shown = [
            None if claim.is_retracted(at) else claim.seen_by_public(at) for claim in self.claims
        ]
        values = {version.value for version in shown if version is not None}
        return None not in shown and len(values) == len(shown)
