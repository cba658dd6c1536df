"""Conflicts by reference: the desk's records for the desk, the public ones for everybody else."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, TypedDict

from django.db.models import QuerySet
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.claims import ClaimPartViewSet
from claims.api.serializers import (
    ConflictRefShape,
    NoticeShape,
    SupportShape,
    asserter_chain,
    present_conflict_ref,
    present_notice,
    present_support,
)
from claims.api.values import PeriodShape, ValueShape, present_period, present_value
from claims.models import Conflict, PublicConflict
from claims.readings.claims import ClaimReading
from claims.readings.list_filters import CONFLICT_FILTERS, is_with_claim
from claims.readings.questions import (
    FormerReading,
    MemberReading,
    QuestionReading,
    read_questions,
)
from claims.readings.sides import SideReading
from claims.vocabulary import Mode
from sources.api.views import ListViewSet
from sources.api.visit import Visit
from sources.querysets.readers import is_staff


class PositionShape(TypedDict):
    """A compared version: who says what, and who reports it."""

    version: str
    attribution: Annotated[str, "Who says so, to be told before the statement."]
    asserter: Annotated[str, "Who says so, outermost first; empty where the desk states it."]
    mode: Mode
    statement: str
    language: str
    notices: Annotated[list[NoticeShape], "What to know before relying on it."]
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


class FormerShape(TypedDict):
    """A claim that was party until it, or another party, was retracted or taken off.

    Of one whose content is no longer public, `versions` is empty for the public.
    """

    claim: str
    is_retracted: bool
    is_taken_off: bool
    versions: Annotated[list[PositionShape], "Those that were compared last."]


class SideShape(TypedDict):
    """Claims that say the same, with the support that they have together.

    Where no value tells sides apart, each claim is one; between quotes of one claim, those for it
    and those against it are; where something said to be absent was found, the documents are one.
    """

    value: Annotated[str, "What is said, as it is compared; empty where nothing tells sides apart."]
    period: str
    claims: list[str]
    independent_support: SupportShape


class QuestionShape(ConflictRefShape):
    """The question of a conflict, and why it is one."""

    reason: Annotated[str, "Which side says what, and how hard they disagree, in a sentence."]
    question: Annotated[str, "The question in a few words; of an editorial conflict, a person's."]
    opened_at: datetime
    merged_into: Annotated[str | None, "The conflict that took it up. For the desk only."]


class ConflictShape(QuestionShape):
    """A question on which claims, or the evidence of one claim, cannot all stand."""

    sides: list[SideShape]
    members: list[MemberShape]
    former: Annotated[
        list[FormerShape], "Parties that left as one of them was retracted or taken off."
    ]


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
            desk: QuerySet[Any] = Conflict.objects.all()
            return desk
        public: QuerySet[Any] = PublicConflict.objects.readable(self.visit.at)
        return public

    def present_all(self, rows: Sequence[Any]) -> list[Mapping[str, Any]]:
        """Present the conflicts, which are read for all at once."""
        questions = read_questions([row.pk for row in rows], self.visit.asking)
        return [present_question(question, self.visit) for question in questions]


class ConflictViewSet(ConflictRows):
    """Conflicts, the highest reference first.

    The public sees conflicts between published claims only, and each as far as they hang together.
    """

    takes_known_at = True
    filters = CONFLICT_FILTERS
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
    """The conflicts that a claim is party to, the highest reference first.

    Those, too, that ended when a party was retracted or taken off.
    """

    def rows(self) -> QuerySet[Any]:
        """The conflicts of the claim that the address names."""
        return super().rows().filter(is_with_claim(self.number, self.visit.asking))


def present_question(question: QuestionReading, visit: Visit) -> ConflictShape:
    """Present a conflict with its sides and members."""
    merged_into = question.merged_into
    return {
        **present_conflict_ref(question.conflict, visit),
        "reason": question.reason,
        "question": question.question,
        "opened_at": question.conflict.opened_at,
        "merged_into": None if merged_into is None else f"K{merged_into}",
        "sides": [present_side(side) for side in question.sides],
        "members": [present_member(member, visit) for member in question.members],
        "former": [present_former(member, visit) for member in question.former],
    }


def present_side(side: SideReading) -> SideShape:
    """Present a side of a conflict, with what supports all of it."""
    return {
        "value": side.value,
        "period": side.period,
        "claims": list(dict.fromkeys(claim.ref for claim in side.claims)),
        "independent_support": present_support(side.support),
    }


def present_member(member: MemberReading, visit: Visit) -> MemberShape:
    """Present a party to the conflict, with what each of its versions says."""
    return {
        "claim": f"C{member.claim}",
        "url": f"{visit.root}claims/C{member.claim}/",
        "joined_at": member.joined_at,
        "versions": [present_position(claim, visit) for claim in member.versions],
    }


def present_former(former: FormerReading, visit: Visit) -> FormerShape:
    """Present a claim that was party, as far as the reader may read what it said."""
    return {
        "claim": f"C{former.claim}",
        "is_retracted": former.is_retracted,
        "is_taken_off": former.is_taken_off,
        "versions": [present_position(claim, visit) for claim in former.versions],
    }


def present_position(claim: ClaimReading, visit: Visit) -> PositionShape:
    """Return what one version says."""
    return {
        "version": claim.version_ref,
        "attribution": claim.attribution,
        "asserter": asserter_chain(claim),
        "mode": claim.mode,
        "statement": claim.statement,
        "language": claim.language,
        "notices": [present_notice(notice) for notice in claim.notices],
        "value": present_value(claim.value, visit),
        "period": present_period(claim.period),
        "search": "" if claim.search is None else claim.search.sentence,
        "is_published": claim.is_published,
    }
