"""The records of conflicts of each audience: what they read and write, where the two differ.

Both go through the one algorithm in `records`. The staff's are of all that is compared, and a
decided one that opened again stays open. The public's are computed from published versions alone
(decision 3) but for two things that a reader cannot tell from them: the number that the staff's
record has, and which decisions were made on it.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.db import connection
from django.db.models import Model, Q

from claims.domain.conflicts.disagreement import Compared
from claims.domain.conflicts.grouping import FoundSet, Member, Placed, Record, join
from claims.domain.conflicts.pairs import find_edges
from claims.models import Conflict, ConflictMember, PublicConflict, PublicConflictMember
from claims.querysets.decisions import DecisionMade, decisions_on, last_decisions
from claims.querysets.disagreements import KINDS_WITHIN_A_CLAIM, conflicts_within_claims
from claims.querysets.positions import claims_and_keys
from claims.vocabulary import Audience, ConflictKind, ConflictStatus

# A decision on a conflict, with the status that it leaves unless a new position is taken.
Standing = tuple[ConflictStatus, DecisionMade | None]


@dataclass
class OnRecord:
    """A conflict on record, with its memberships by the member that each stands for today.

    The key of a question changes when a subject is merged into another; the versions say which it
    is now. `left_at` are the times at which memberships ended, `former` whose they were.
    """

    conflict: Any
    open: dict[Member, list[Any]] = field(default_factory=dict)
    former: set[Member] = field(default_factory=set)
    left_at: list[datetime] = field(default_factory=list)

    def add(self, member: Member, row: Any) -> None:
        """Add a membership."""
        if row.left_at is None:
            self.open.setdefault(member, []).append(row)
        else:
            self.former.add(member)
            self.left_at.append(row.left_at)

    @property
    def is_lapsed(self) -> bool:
        """Whether it has lapsed, and may come back."""
        return bool(self.conflict.status == ConflictStatus.LAPSED)

    @property
    def record(self) -> Record:
        """The record as it is matched with found sets."""
        return Record(
            number=self.conflict.number,
            opened_at=self.conflict.opened_at,
            is_lapsed=self.is_lapsed,
            members={
                member: min(row.joined_at for row in rows) for member, rows in self.open.items()
            },
            former=frozenset(self.former),
        )

    @property
    def as_found(self) -> Placed:
        """The set that is on record, as if it was found."""
        members = {
            member: frozenset(version for row in rows for version in row.versions)
            for member, rows in self.open.items()
        }
        kind, strength = self.conflict.kind, self.conflict.strength
        return Placed(FoundSet(members, kind, strength), self.conflict.number)


class Records(ABC):
    """The records of conflicts of one audience.

    `columns` are those of a conflict that change, `claim` is the way from a membership to its
    claim, `staff_record` from a conflict to the staff's number of it.
    """

    audience: ClassVar[Audience]
    conflicts: ClassVar[type[Model]]
    members: ClassVar[type[Model]]
    columns: ClassVar[tuple[str, ...]]
    claim: ClassVar[str]
    staff_record: ClassVar[str]

    def found(
        self, answered: Collection[Compared], claims: Collection[int] | None, *, at: datetime
    ) -> list[FoundSet]:
        """The sets of disagreements among these versions, and within these claims (None: all)."""
        public = self.audience == Audience.PUBLIC
        return join(find_edges(answered, public=public)) + conflicts_within_claims(
            claims, at=at, public=public
        )

    def load(
        self, keys: Collection[str] | None, claims: Collection[int] | None
    ) -> dict[int, OnRecord]:
        """The live and lapsed records that ever had a member on these keys, or these claims' own.

        None is all. They come by their numbers. Editorial ones are a person's, and not among them.
        """
        rows = self._rows().exclude(conflict__kind=ConflictKind.EDITORIAL)
        rows = rows.exclude(conflict__status=ConflictStatus.MERGED)
        if keys is not None and claims is not None:
            own = Q(conflict__kind__in=KINDS_WITHIN_A_CLAIM)
            of_claims = Q(**{f"{self.claim}__in": claims})
            touched = rows.filter((~own & self.on_keys(keys)) | (own & of_claims))
            rows = rows.filter(conflict__in=touched.values("conflict"))
        return self._by_number(rows)

    def load_parts(self, conflicts: Collection[Conflict]) -> dict[int, OnRecord]:
        """The records of these conflicts of the staff's, by their numbers."""
        numbers = [conflict.pk for conflict in conflicts]
        of_these = {f"conflict__{self.staff_record}__in": numbers}
        return self._by_number(self._rows().filter(**of_these))

    def ids_with_claims(self, claims: Collection[int]) -> set[int]:
        """The ids of the records that one of these claims is or was party to."""
        rows = self._rows().filter(**{f"{self.claim}__in": claims})
        return set(rows.values_list("conflict", flat=True))

    def _rows(self) -> Any:
        return self.members._default_manager.all()

    def _by_number(self, rows: Any) -> dict[int, OnRecord]:
        """The records that these memberships belong to, with these memberships."""
        found: dict[int, OnRecord] = {}
        memberships = list(rows.select_related("conflict").order_by("pk"))
        named = claims_and_keys({row.versions[0] for row in memberships})
        for row in memberships:
            claim, key = named[row.versions[0]]
            if row.conflict.kind in KINDS_WITHIN_A_CLAIM:
                key = row.conflict.kind
            elif row.conflict.kind == ConflictKind.EDITORIAL:
                key = editorial_answer(getattr(row.conflict, self.staff_record))
            one = found.setdefault(row.conflict.number, OnRecord(row.conflict))
            one.add((claim, key or ""), row)
        return found

    @abstractmethod
    def on_keys(self, keys: Collection[str]) -> Q:
        """Memberships that answer one of these keys."""

    @abstractmethod
    def staff_conflicts(self, placed: Sequence[Placed]) -> list[Conflict | None]:
        """The staff's conflict that each set is part of, where it matters."""

    @abstractmethod
    def own_columns(
        self, placed: Placed, one: OnRecord | None, staff: Conflict | None, *, at: datetime
    ) -> dict[str, Any]:
        """The columns of the record of a set that only this audience has, or fills like this."""

    @abstractmethod
    def decided(
        self,
        placed: Sequence[Placed],
        known: Mapping[int, OnRecord],
        staff: Sequence[Conflict | None],
    ) -> list[Standing]:
        """The status of each set before its positions are looked at."""

    @abstractmethod
    def new_member(self, conflict: Any, member: Member, versions: frozenset[int]) -> Any:
        """A membership that begins, not yet saved."""

    @abstractmethod
    def goes_on(self, row: Any, versions: frozenset[int]) -> bool:
        """Whether a membership goes on where its member has these versions now."""

    def move(self, row: Any, member: Member, versions: frozenset[int]) -> bool:
        """Note what a membership that goes on compares now; says whether that is another thing."""
        return False

    def save_new(self, conflicts: Sequence[Any]) -> None:
        """Save new conflicts."""
        self.conflicts._default_manager.bulk_create(conflicts, batch_size=1000)


class StaffRecords(Records):
    """`Conflict` and `ConflictMember`: a member is a claim, which moves from version to version."""

    audience = Audience.STAFF
    conflicts = Conflict
    members = ConflictMember
    columns = ("kind", "strength", "status", "same_source", "merged_into")
    claim = "claim"
    staff_record = "pk"

    def on_keys(self, keys: Collection[str]) -> Q:
        """By the key that they had when they were last compared."""
        return Q(answers__in=keys)

    def staff_conflicts(self, placed: Sequence[Placed]) -> list[Conflict | None]:
        """None: they are these."""
        return [None for _one in placed]

    def own_columns(
        self,
        placed: Placed,
        one: OnRecord | None,
        staff: Conflict | None,
        *,
        at: datetime,
    ) -> dict[str, Any]:
        """When a new one opened, and from what it broke off."""
        return {} if one else {"opened_at": at, "split_from_id": placed.split_from}

    def decided(
        self,
        placed: Sequence[Placed],
        known: Mapping[int, OnRecord],
        staff: Sequence[Conflict | None],
    ) -> list[Standing]:
        """As it stood, by the last decision on the record; what came back or met is open."""
        last = last_decisions([one.record for one in placed if one.record is not None])
        return [
            (ConflictStatus.OPEN, None)
            if one.record is None or one.reopened or one.absorbed
            else (ConflictStatus(known[one.record].conflict.status), last.get(one.record))
            for one in placed
        ]

    def new_member(
        self, conflict: Conflict, member: Member, versions: frozenset[int]
    ) -> ConflictMember:
        """A claim that joins, with all of its versions that disagree with somebody."""
        return ConflictMember(
            conflict=conflict,
            claim_id=member[0],
            answers=None if conflict.kind == ConflictKind.EDITORIAL else member[1],
            versions=sorted(versions),
        )

    def goes_on(self, row: ConflictMember, versions: frozenset[int]) -> bool:
        """Always: it moves with its claim."""
        return True

    def move(self, row: ConflictMember, member: Member, versions: frozenset[int]) -> bool:
        """Let the membership be about these versions, under the key that they have now."""
        answers = None if row.conflict.kind == ConflictKind.EDITORIAL else member[1]
        if (row.answers, row.versions) == (answers, sorted(versions)):
            return False
        row.answers, row.versions = answers, sorted(versions)
        return True


class PublicRecords(Records):
    """`PublicConflict` and `PublicConflictMember`: a member is the version that readers see."""

    audience = Audience.PUBLIC
    conflicts = PublicConflict
    members = PublicConflictMember
    columns = ("conflict", "kind", "strength", "status", "same_source", "question", "opened_at")
    claim = "version__claim"
    staff_record = "conflict_id"

    def on_keys(self, keys: Collection[str]) -> Q:
        """By the key that the version has now."""
        return Q(version__detection_key__in=keys)

    def staff_conflicts(self, placed: Sequence[Placed]) -> list[Conflict | None]:
        """The conflict that the least member is party to for the staff."""
        claims = {claim for one in placed for claim, _answers in one.found.members}
        rows = ConflictMember.objects.open().filter(claim__in=claims).select_related("conflict")
        behind: dict[Member, Conflict] = {
            (row.claim_id, row.answers or editorial_answer(row.conflict_id)): row.conflict
            for row in rows
        }
        return [behind.get(min(one.found.members)) for one in placed]

    def own_columns(
        self, placed: Placed, one: OnRecord | None, staff: Conflict | None, *, at: datetime
    ) -> dict[str, Any]:
        """Its number for the staff, a person's question, and since when readers see both sides.

        What lapsed and came back opened not before it lapsed.
        """
        opened_at = placed.found.since or at
        if one is not None:
            opened_at = max([opened_at, *one.left_at]) if one.is_lapsed else one.conflict.opened_at
        return {
            "conflict_id": staff and staff.pk,
            "question": staff.question if staff else "",
            "opened_at": opened_at,
        }

    def decided(
        self,
        placed: Sequence[Placed],
        known: Mapping[int, OnRecord],
        staff: Sequence[Conflict | None],
    ) -> list[Standing]:
        """By the last decision about one of its claims, on whichever record of the family.

        What lapsed and came back is open until it is decided on again.
        """
        made = decisions_on({conflict.pk for conflict in staff if conflict})
        named = {version for each in made.values() for one in each for version in one.versions}
        claims = {version: claim for version, (claim, _key) in claims_and_keys(named).items()}
        found: list[Standing] = []
        for one, conflict in zip(placed, staff, strict=True):
            back_at = reopened_at(known[one.record]) if one.record is not None else None
            own = {claim for claim, _answers in one.found.members}
            about = [
                decision
                for decision in made.get(conflict.pk if conflict else 0, ())
                if (back_at is None or decision.decided_at >= back_at)
                and not own.isdisjoint(claims[version] for version in decision.versions)
            ]
            last = about[-1] if about else None
            found.append((ConflictStatus(last.status) if last else ConflictStatus.OPEN, last))
        return found

    def new_member(
        self,
        conflict: PublicConflict,
        member: Member,
        versions: frozenset[int],
    ) -> PublicConflictMember:
        """The one version of a claim that readers see."""
        (version,) = versions
        return PublicConflictMember(conflict=conflict, version_id=version)

    def goes_on(self, row: PublicConflictMember, versions: frozenset[int]) -> bool:
        """While readers see this version."""
        return row.version_id in versions

    def save_new(self, conflicts: Sequence[PublicConflict]) -> None:
        """Give new ones their numbers, and save them.

        It is the staff's, unless another part has it: then the next that no conflict has.
        """
        behind = [conflict.conflict_id for conflict in conflicts]
        taken = set(
            PublicConflict.objects.filter(number__in=behind).values_list("number", flat=True)
        )
        further = []
        for conflict in conflicts:
            conflict.number = conflict.conflict_id
            if conflict.number in taken:
                further.append(conflict)
            taken.add(conflict.number)
        for conflict, number in zip(further, next_numbers(len(further)), strict=True):
            conflict.number = number
        super().save_new(conflicts)


def editorial_answer(conflict: int) -> str:
    """Return what stands in place of a key for a member of an editorial conflict."""
    return f"K{conflict}"


def reopened_at(one: OnRecord) -> datetime | None:
    """When the record lapsed before it opened last; decisions before that count no more."""
    if one.is_lapsed:
        return max(one.left_at, default=None)
    return max((left for left in one.left_at if left <= one.conflict.opened_at), default=None)


def next_numbers(count: int) -> list[int]:
    """The next numbers that no conflict has."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('claims_conflict', 'id'))"
            " FROM generate_series(1, %s)",
            [count],
        )
        return [number for (number,) in cursor.fetchall()]


STAFF = StaffRecords()
PUBLIC = PublicRecords()
