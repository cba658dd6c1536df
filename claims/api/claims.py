"""Claims in the API, and lists below a claim: versions, reviews."""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from django.db.models import Exists, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.gone import TakenOff
from claims.api.reviews import present_review
from claims.api.serializers import (
    ClaimShape,
    VersionShape,
    present_claim,
    present_other_basis,
    present_version,
)
from claims.models import Claim, Entity, Review, Version
from claims.readings.claims import read_claims
from claims.readings.other_bases import read_claim_with_others
from claims.vocabulary import Status
from sources.api.filters import (
    FilterSet,
    KeyFilter,
    PeriodFilter,
    TruthFilter,
    WordFilter,
    WordsFilter,
    codes,
)
from sources.api.views import ListViewSet
from sources.api.visit import Visit
from sources.models import Source
from sources.querysets.readers import is_staff

REFERENCE = "C[1-9][0-9]{0,17}"
STATUSES: list[tuple[str, Any]] = [
    ("published", _("Published")),
    ("retracted", _("Retracted")),
    *codes(Status),
]


def _about(versions: Any, key: str, visit: Visit) -> Any:
    known = Entity.objects.known_to(visit.reader, visit.at).filter(key=key)
    return versions.about(key).filter(Exists(known))


def _citing(versions: Any, key: str, visit: Visit) -> Any:
    known = Source.objects.readable_by(visit.reader, visit.at).filter(key=key)
    return versions.citing(key).filter(Exists(known))


def _with_status(versions: Any, status: str, visit: Visit) -> Any:
    return versions.with_status(status, visit.at)


def _disputed(versions: Any, is_disputed: object, visit: Visit) -> Any:
    if is_disputed:
        return versions.disputed(visit.reader, visit.at)
    disputed = Version.objects.disputed(visit.reader, visit.at)
    return versions.exclude(pk__in=disputed.values("pk"))


class ClaimFilters(FilterSet):
    """The filters of claims. All that are given must hold, of the version that the reader sees."""

    q = WordsFilter(
        "matching",
        _(
            "Words of the statement or of the source's wording of the value; all must be there. "
            '"quoted phrase", or, -not are understood; case and diacritics make no difference.'
        ),
    )
    status = WordFilter(
        _with_status,
        _(
            "Where the claim stands. The public sees published and retracted claims only: for it, "
            "the words of review list what is published, or nothing."
        ),
        choices=STATUSES,
    )
    topic = KeyFilter("under_topic", _("The key of a topic that the claim is filed under."))
    entity = KeyFilter(_about, _("The key of an entity: the subject, the value or an asserter."))
    property = KeyFilter("of_property", _("The key of the property."))
    source = KeyFilter(_citing, _("The key of a source that is quoted."))
    period = PeriodFilter(
        "overlapping",
        _(
            "A day, month, year or interval in words (H1 2025, since 2013) or in EDTF (2025-05, "
            "2024/2025, 2025/..): claims whose "
            "period has a day in common with it. Claims without a period are not among them."
        ),
    )
    disputed = TruthFilter(
        _disputed, _("Whether the claim is in a conflict: open, confirmed or irreducible.")
    )


class ClaimViewSet(ListViewSet):
    """Claims, the highest reference first.

    The public sees what is published, the desk the latest version of each claim. The order does
    not depend on the filters, search included.
    """

    takes_known_at = True
    filterset_class = ClaimFilters
    queryset = Version.objects.none()
    keyset = "-claim_id"
    lookup_field = "ref"
    lookup_value_regex = REFERENCE

    def rows(self) -> QuerySet[Any]:
        """The version of each claim that the reader sees: its id, and the claim's."""
        reader, at = self.visit.reader, self.visit.at
        shown: QuerySet[Any] = Version.objects.visible_to(reader, at)
        return shown.values_list("pk", "claim_id", named=True)

    @classmethod
    def shape(cls) -> Any:
        """The shape of a claim."""
        return ClaimShape

    def present_all(self, rows: Sequence[Any]) -> list[Mapping[str, Any]]:
        """Present the claims, which are read for all at once."""
        claims = read_claims([row.pk for row in rows], self.visit.asking)
        return [present_claim(claim, self.visit) for claim in claims]

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One claim, in the version that the reader sees."""
        found = read_claim_with_others(claim_number(kwargs["ref"]), self.visit.asking)
        if found is None:
            refuse_hidden(kwargs["ref"], self.visit)
        claim, apart = found
        body = {
            **present_claim(claim, self.visit),
            "on_another_basis": [present_other_basis(one, self.visit) for one in apart.bases],
            "without_a_period": [present_other_basis(one, self.visit) for one in apart.undated],
        }
        return Response(body)


class ClaimPartViewSet(ListViewSet):
    """A list below one claim."""

    takes_known_at = True

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One page, where the reader may see the claim."""
        response = super().list(request, *args, **kwargs)
        if not response.data["results"]:
            self.refuse_unseen(kwargs["ref"])
        return response

    def refuse_unseen(self, ref: str) -> None:
        """Refuse a claim that the reader does not see, as against one with an empty list."""
        visit, number = self.visit, claim_number(ref)
        if not Version.objects.visible_to(visit.reader, visit.at).filter(claim=number).exists():
            refuse_hidden(ref, visit)

    @property
    def number(self) -> int:
        """The claim that the address names."""
        return claim_number(self.kwargs["ref"])


class VersionViewSet(ClaimPartViewSet):
    """The versions of a claim, the latest first.

    The public sees those that are or were published; one that an editor took off the public
    pages is a line that says so, and while no version is published there is no list.
    """

    queryset = Version.objects.none()
    keyset = "-number"

    def rows(self) -> QuerySet[Any]:
        """The claim's versions, as far as the reader sees them."""
        found: QuerySet[Any] = Version.objects.in_history(self.visit.reader, self.visit.at)
        return found.filter(claim=self.number).select_related("claim", "author")

    @classmethod
    def shape(cls) -> Any:
        """The shape of a version."""
        return VersionShape

    def present_all(self, rows: Sequence[Any]) -> list[Mapping[str, Any]]:
        """Present the versions; their notices are read for all at once."""
        claims = read_claims([version.pk for version in rows], self.visit.asking)
        notices = {claim.id: claim.notices for claim in claims}
        return [present_version(version, notices[version.pk], self.visit) for version in rows]


class IsStaff(BasePermission):
    """Allows accounts of staff."""

    message = _("Reviews are for the desk. Sign in with an account of it.")

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the account is of staff; refused before any row is looked up."""
        if not is_staff(request.user):
            raise PermissionDenied(self.message)
        return True


class ReviewViewSet(ClaimPartViewSet):
    """The decisions on the versions of a claim, the latest first. For the desk only."""

    present = present_review
    queryset = Review.objects.none()
    keyset = "-id"
    permission_classes = [IsStaff]

    def rows(self) -> QuerySet[Any]:
        """The reviews of all versions of the claim."""
        return (
            Review.objects.filter(version__claim=self.number)
            .select_related("version", "reviewer")
            .prefetch_related("judgements__evidence__excerpt__source")
        )

    def refuse_unseen(self, ref: str) -> None:
        """Refuse a reference without a claim: staff sees every claim."""
        if not Claim.objects.filter(pk=claim_number(ref)).exists():
            raise Http404


def claim_number(ref: str) -> int:
    """Return the number of a reference that matched REFERENCE: C17 is 17."""
    return int(ref.removeprefix("C"))


def refuse_hidden(ref: str, visit: Visit) -> NoReturn:
    """Answer 410 for a claim that the public once saw, else 404.

    Raises TakenOff or Http404.
    """
    if Version.objects.begun(visit.at).filter(claim=claim_number(ref)).exists():
        raise TakenOff(ref)
    raise Http404
