"""Conflicts by reference: the desk's records for the desk, the public ones for everybody else."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, TypedDict, cast

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.claims import ClaimPartViewSet
from claims.api.serializers import (
    ConflictRefShape,
    SupportShape,
    present_asserter_chain,
    present_conflict_ref,
    present_support,
)
from claims.api.values import PeriodShape, ValueShape, present_period, present_value
from claims.domain.support import Support
from claims.models import (
    Conflict,
    ConflictMember,
    PublicConflict,
    PublicConflictMember,
    Version,
)
from claims.readings.absences import SearchState, absence_text, search_states_of
from claims.readings.decisions import Decided, decisions_of
from claims.readings.positions import Position, positions
from claims.readings.reasons import reason_of
from claims.readings.support import joint_support
from claims.vocabulary import Audience, ConflictKind, ConflictStatus, Mode, Strength
from sources.api.filters import FilterSet, ReferenceFilter, WordFilter, codes, column
from sources.api.views import ListViewSet
from sources.api.visit import Visit
from sources.querysets.readers import is_staff


class PositionShape(TypedDict):
    """A compared version: who says what, and who reports it."""

    version: str
    asserter: Annotated[str, "Who says so, outermost first; empty where the desk states it."]
    mode: Mode
    statement: str
    language: str
    value: ValueShape | None
    period: PeriodShape | None
    search: Annotated[str, "Where the search for what is absent stands; else empty."]
    is_published: bool


class MemberShape(TypedDict):
    """A claim that is party to the conflict."""

    claim: str
    url: str
    joined_at: datetime
    versions: Annotated[list[PositionShape], "Those that were compared."]


class SideShape(TypedDict):
    """Claims that say the same, with the support that they have together.

    Where no value tells sides apart, each claim is one.
    """

    value: Annotated[
        str, "What is said, as it is compared; empty where no value tells sides apart."
    ]
    period: str
    claims: list[str]
    independent_support: SupportShape


class QuestionShape(ConflictRefShape):
    """The question of a conflict, and why it is one."""

    reason: Annotated[str, "Which side says what, and how hard they disagree, in a sentence."]
    question: Annotated[str, "The question of an editorial conflict; else empty."]
    opened_at: datetime
    merged_into: Annotated[str | None, "The conflict that took it up. For the desk only."]


class ConflictShape(QuestionShape):
    """A question on which claims, or the evidence of one claim, cannot all stand."""

    sides: list[SideShape]
    members: list[MemberShape]


def _with_claim(conflicts: Any, claim: int, visit: Visit) -> Any:
    return conflicts.with_claim(claim, visit.at)


class ConflictFilters(FilterSet):
    """Which conflicts to list. All that are given must hold."""

    kind = WordFilter(column("kind"), _("What the conflict is about."), choices=codes(ConflictKind))
    strength = WordFilter(
        column("strength"), _("How hard the conflict is."), choices=codes(Strength)
    )
    status = WordFilter(
        column("status"), _("Where the conflict stands."), choices=codes(ConflictStatus)
    )
    claim = ReferenceFilter(_with_claim, _("The reference of a claim that is party to it."))


class ConflictRows(ListViewSet):
    """The base of lists of conflicts."""

    queryset = Conflict.objects.none()

    @property
    def keyset(self) -> str:  # type: ignore[override]
        """The column of the K number."""
        return "-id" if is_staff(self.request.user) else "-number"

    @classmethod
    def shape(cls) -> Any:
        """The shape of a conflict."""
        return ConflictShape

    def rows(self) -> QuerySet[Any]:
        """The conflicts that the reader may know of, with their members."""
        if self.visit.is_staff:
            desk: QuerySet[Any] = Conflict.objects.with_members()
            return desk
        at = self.visit.at
        public: QuerySet[Any] = PublicConflict.objects.readable(at).with_members(at)
        return public

    def present_all(self, rows: Sequence[Any]) -> list[Mapping[str, Any]]:
        """The conflicts, with the versions of all their members read at once."""
        members = [member for conflict in rows for member in conflict.open_members]
        wanted = {number for member in members for number in member_versions(member)}
        read = Version.objects.in_position().with_evidence()
        versions = read.in_bulk(wanted) if wanted else {}
        sides = {
            conflict.pk: positions(
                conflict.kind, party_of(conflict, versions), to=self.visit.knowing
            )
            for conflict in rows
        }
        held = [side.versions for each in sides.values() for side in each]
        support = joint_support({one: one for one in held}, to=self.visit.knowing)
        search_states = search_states_of(versions.values())
        presented = {
            pk: present_position(versions[pk], search_states.get(pk), self.visit) for pk in versions
        }
        audience = Audience.STAFF if self.visit.is_staff else Audience.PUBLIC
        decided = decisions_of([row.pk for row in rows], audience, self.visit.at)
        return [
            {
                **present_conflict(conflict, versions, self.visit, decided.get(conflict.pk)),
                "members": [
                    present_member(one, presented, self.visit) for one in conflict.open_members
                ],
                "sides": [present_side(one, support[one.versions]) for one in sides[conflict.pk]],
            }
            for conflict in rows
        ]


class ConflictViewSet(ConflictRows):
    """Conflicts, the highest reference first.

    The public sees conflicts between published claims only, and each as far as they hang together.
    """

    filterset_class = ConflictFilters
    lookup_field = "ref"
    lookup_value_regex = "K[1-9][0-9]{0,17}"

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One conflict."""
        number = int(kwargs["ref"].removeprefix("K"))
        conflict = self.rows().filter(**{self.keyset.removeprefix("-"): number}).first()
        if conflict is None:
            raise Http404
        return Response(self.present_all([conflict])[0])


class ClaimConflictViewSet(ConflictRows, ClaimPartViewSet):
    """The conflicts that a claim is party to, the highest reference first."""

    def rows(self) -> QuerySet[Any]:
        """The conflicts of the claim that the address names."""
        found: Any = super().rows()
        return cast("QuerySet[Any]", found.with_claim(self.number, self.visit.at))


def present_conflict(
    conflict: Any, versions: Mapping[int, Version], visit: Visit, decided: Decided | None
) -> QuestionShape:
    """The conflict itself, from the versions that its open members compare."""
    return {
        **present_conflict_ref(conflict, visit, decided),
        "reason": reason_of(conflict, party_of(conflict, versions), to=visit.knowing),
        "question": conflict.question,
        "opened_at": conflict.opened_at,
        "merged_into": f"K{conflict.merged_into_id}"
        if visit.is_staff and conflict.merged_into_id
        else None,
    }


def present_side(side: Position, support: Support) -> SideShape:
    """A side of a conflict, with what supports all of it."""
    return {
        "value": side.value,
        "period": side.period,
        "claims": list(dict.fromkeys(version.claim.ref for version in side.versions)),
        "independent_support": present_support(support),
    }


def party_of(conflict: Any, versions: Mapping[int, Version]) -> list[Version]:
    """The versions that are party to a conflict, in the order of its members."""
    return [versions[one] for member in conflict.open_members for one in member_versions(member)]


def member_versions(member: ConflictMember | PublicConflictMember) -> list[int]:
    """The ids of the versions that a membership rests on."""
    if isinstance(member, PublicConflictMember):
        return [member.version_id]
    return list(member.versions)


def present_member(
    member: ConflictMember | PublicConflictMember,
    presented: Mapping[int, PositionShape],
    visit: Visit,
) -> MemberShape:
    """A party to the conflict, with what each of its versions says."""
    versions = [presented[pk] for pk in member_versions(member)]
    claim = versions[0]["version"].partition("/")[0]
    return {
        "claim": claim,
        "url": f"{visit.root}claims/{claim}/",
        "joined_at": member.joined_at,
        "versions": versions,
    }


def present_position(version: Version, state: SearchState | None, visit: Visit) -> PositionShape:
    """Return what one version says."""
    return {
        "version": version.ref,
        "asserter": present_asserter_chain(version, visit),
        "mode": Mode(version.mode),
        "statement": version.statement,
        "language": version.language,
        "value": present_value(version, visit),
        "period": present_period(version),
        "search": absence_text(state),
        "is_published": version.is_published(visit.at),
    }
