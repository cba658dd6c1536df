"""One person's own work at the desk: what waits for them, and what became of what they wrote.

A claim is somebody's own who wrote any version of it, whoever typed the last one. Whether a person
may decide hangs on the role, on who wrote the version, and on the sources quoted.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Window
from django.utils.translation import gettext_lazy as _

from claims.models import Conflict, Flag, Review, UnsavedEntry, Version
from claims.querysets.conflicts import ConflictQuerySet
from claims.querysets.versions import VersionQuerySet
from claims.readings.claims import ClaimReading, read_claims
from claims.readings.questions import QuestionReading, read_questions
from claims.vocabulary import ConflictStatus, Status
from sources.readings.reader import Reader

# Of each part the first rows are read; the list behind it has all of them.
MAX_ROWS = 5
MAX_RECENT = 8


class DeskPart(StrEnum):
    """The parts of a person's own work, in the order in which they are worth doing."""

    SENT_BACK = "sent-back"
    SUGGESTED = "suggested"
    WAITING = "waiting"
    DRAFTS = "drafts"
    FLAGGED = "flagged"
    # All claims of one's own in any state: a list, and no work.
    OWN = "own"


DESK_LABELS = {
    DeskPart.SENT_BACK: _("Sent back to me"),
    DeskPart.SUGGESTED: _("Suggested to me"),
    DeskPart.WAITING: _("Waiting for me"),
    DeskPart.DRAFTS: _("My drafts"),
    DeskPart.FLAGGED: _("My claims with flags"),
    DeskPart.OWN: _("My own"),
}


@dataclass(frozen=True)
class DeskRow:
    """A claim in a part of the desk, and for how many days it is there.

    `version` is with its author, `review` the decision on it, `causes` are those of its open flags.
    """

    version: Version
    told: ClaimReading
    days: int
    review: Review | None
    causes: Sequence[str]


@dataclass(frozen=True)
class DeskList:
    """The oldest claims of a part, and how many there are in all."""

    part: DeskPart
    label: str
    count: int
    rows: Sequence[DeskRow]


@dataclass(frozen=True)
class RecentWork:
    """The last version that the person wrote of a claim, and what became of it.

    `later` is the newest version of the claim, where it came after.
    """

    version: Version
    told: ClaimReading
    review: Review | None
    later: Version | None


@dataclass(frozen=True)
class UnsavedWork:
    """A form of a claim that the person left without saving: for them alone.

    `claim` is the id of the claim whose next version it is to be, None for a new one.
    """

    form: UUID
    claim: int | None
    statement: str
    days: int


@dataclass(frozen=True)
class MyDesk:
    """One person's work; of the open conflicts of their claims the oldest, and how many."""

    unsaved: Sequence[UnsavedWork]
    lists: Sequence[DeskList]
    conflicts: Sequence[QuestionReading]
    conflict_count: int
    recent: Sequence[RecentWork]

    @property
    def is_clear(self) -> bool:
        """Whether nothing waits for the person."""
        return not (self.unsaved or self.lists or self.conflicts)


@dataclass(frozen=True)
class _First:
    """The first ids of a list, each with the time since when it is there, and the whole count."""

    since: Mapping[int, datetime]
    count: int


def read_my_desk(reader: Reader) -> MyDesk:
    """The desk of the account that reads, in a constant number of queries."""
    parts = [part for part in DeskPart if part is not DeskPart.OWN]
    firsts = {part: _first_of(versions_on_desk(part, reader)) for part in parts}
    listed = {pk for first in firsts.values() for pk in first.since}
    latest = list(_latest_own(reader.account).values_list("pk", flat=True)[:MAX_RECENT])
    versions = _with_people(Version.objects.filter(pk__in={*listed, *latest})).in_bulk()
    causes = _causes_of({one.claim_id for one in versions.values()})
    told = {one.id: one for one in read_claims(list(versions), reader)}
    conflicts = _first_of(open_conflicts_on_desk(reader))

    def row(part: DeskPart, pk: int, since: datetime) -> DeskRow:
        version = versions[pk]
        flags = causes.get(version.claim_id, ()) if part is DeskPart.FLAGGED else ()
        return DeskRow(version, told[pk], (reader.at - since).days, _review_of(version), flags)

    return MyDesk(
        unsaved=_read_unsaved(reader),
        lists=[
            DeskList(
                part,
                str(DESK_LABELS[part]),
                first.count,
                [row(part, pk, since) for pk, since in first.since.items()],
            )
            for part, first in firsts.items()
            if first.count
        ],
        conflicts=read_questions(list(conflicts.since), reader),
        conflict_count=conflicts.count,
        recent=_read_recent([versions[pk] for pk in latest], told),
    )


def versions_on_desk(part: DeskPart, reader: Reader) -> VersionQuerySet:
    """The newest versions of the claims in a part, with `since`, the oldest first."""
    account, at = reader.account, reader.at
    newest = Version.objects.newest()
    since: Any = F("recorded_at")
    match part:
        case DeskPart.SENT_BACK:
            found = newest.with_status(Status.CHANGES_REQUESTED, at).of_claims_by(account)
            since = F("review__decided_at")
        case DeskPart.SUGGESTED:
            found = newest.with_status(Status.SUBMITTED, at).suggested_to(account)
        case DeskPart.WAITING:
            suggested = newest.with_status(Status.SUBMITTED, at).suggested_to(account)
            found = Version.objects.to_decide(account).exclude(pk__in=suggested.values("pk"))
        case DeskPart.DRAFTS:
            found = newest.with_status(Status.DRAFT, at).of_claims_by(account)
        case DeskPart.FLAGGED:
            found = newest.of_claims_by(account).flagged()
            flags = Flag.objects.filter(claim=OuterRef("claim"), closed_at__isnull=True)
            since = Subquery(flags.order_by("opened_at").values("opened_at")[:1])
        case DeskPart.OWN:
            found = newest.of_claims_by(account)
    return found.annotate(since=since).order_by("since", "pk")


def open_conflicts_on_desk(reader: Reader) -> ConflictQuerySet:
    """The open conflicts of the account's claims with `since`, the oldest first."""
    found: ConflictQuerySet = Conflict.objects.of_claims_by(reader.account)
    opened = found.filter(status=ConflictStatus.OPEN).annotate(since=F("opened_at"))
    return opened.order_by("since", "pk")


def _latest_own(account: Any) -> VersionQuerySet:
    """The last version that the account wrote of each claim, the latest first."""
    after = Version.objects.filter(
        claim=OuterRef("claim"), author=account, number__gt=OuterRef("number")
    )
    found: VersionQuerySet = Version.objects.filter(~Exists(after), author=account)
    return found.order_by("-recorded_at", "-pk")


def _with_people(versions: VersionQuerySet) -> VersionQuerySet:
    """With the claim, the author and the decision."""
    return versions.select_related("claim", "author", "review__reviewer").defer("words")


def _first_of(rows: QuerySet[Any]) -> _First:
    """The first of rows with `since`, and their count, in one query."""
    counted = rows.annotate(count=Window(Count("pk"))).values_list("pk", "since", "count")
    found = list(counted[:MAX_ROWS])
    return _First({pk: since for pk, since, _count in found}, found[0][2] if found else 0)


def _causes_of(claims: Collection[int]) -> Mapping[int, Sequence[str]]:
    """The causes of the open flags of these claims."""
    causes: dict[int, list[str]] = defaultdict(list)
    flags = Flag.objects.filter(claim__in=claims, closed_at__isnull=True).order_by("pk")
    for claim, cause in flags.values_list("claim", "cause"):
        causes[claim].append(cause)
    return causes


def _read_recent(
    versions: Sequence[Version], told: Mapping[int, ClaimReading]
) -> Sequence[RecentWork]:
    """The versions with what became of each."""
    claims = [one.claim_id for one in versions]
    newest = _with_people(Version.objects.newest().filter(claim__in=claims))
    by_claim = {one.claim_id: one for one in newest}

    def later(version: Version) -> Version | None:
        last = by_claim[version.claim_id]
        return last if last.number > version.number else None

    return [RecentWork(one, told[one.pk], _review_of(one), later(one)) for one in versions]


def _read_unsaved(reader: Reader) -> Sequence[UnsavedWork]:
    """The forms that the account left longest ago and can go on with."""
    rows = UnsavedEntry.objects.waiting_for(reader.account, reader.at).order_by("saved_at", "pk")
    return [
        UnsavedWork(
            row.form,
            row.claim_id,
            next(iter(row.fields.get("statement", ())), ""),
            (reader.at - row.saved_at).days,
        )
        for row in rows[:MAX_ROWS]
    ]


def _review_of(version: Version) -> Review | None:
    """The decision on a version, where there is one."""
    return getattr(version, "review", None)
