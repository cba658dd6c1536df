"""Claims in the API, and lists below a claim: versions, reviews."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NoReturn

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.gone import TakenOff
from claims.api.reviews import present_review
from claims.api.serializers import (
    ClaimShape,
    VersionShape,
    present_claim,
    present_other_basis,
    present_version,
)
from claims.models import Claim, Review, Version
from claims.readings.claim_filters import CLAIM_FILTERS, asks_for_retracted
from claims.readings.claims import ClaimReading, read_claims
from claims.readings.other_bases import HeldApart, read_claim_with_others, read_with_others
from sources.api.fields import chosen_words
from sources.api.ordering import ListOrder
from sources.api.pagination import KeysetPagination
from sources.api.views import ListViewSet, ReadViewSet
from sources.api.visit import Visit
from sources.querysets.readers import is_staff

REFERENCE = "C[1-9][0-9]{0,17}"
VERSION_NUMBER = "[1-9][0-9]{0,8}"
ORDERS = {
    "reference": ListOrder(help_text=_("By reference, as they were entered.")),
    "recorded": ListOrder(
        "recorded_at", _("When the version was recorded."), read=datetime.fromisoformat
    ),
    "published": ListOrder(
        "published__startswith",
        _("When the version was published."),
        is_nullable=True,
        read=datetime.fromisoformat,
    ),
    "period": ListOrder(
        "period_days__startswith",
        _("The first day of the period; without one, a claim has no period or no beginning of it."),
        is_nullable=True,
        read=date.fromisoformat,
    ),
}


INCLUDE = "include"
# So many retracted claims in a page's rows cost no second statement.
SPARE_ROWS = 9


class ClaimPages(KeysetPagination):
    """Pages of claims, which say whether retracted ones were left out.

    These are read with the others: mostly one statement gives the page and says it.
    """

    left_out = False
    lists_retracted = False

    def paginate_queryset(
        self,
        queryset: QuerySet[Any] | Sequence[Any],
        request: Request,
        view: APIView | None = None,
    ) -> list[Any]:
        """The page that the request asks for, retracted claims where `status` names them."""
        self.lists_retracted = asks_for_retracted(dict(request.query_params.lists()))
        return super().paginate_queryset(queryset, request, view)

    def taken(
        self,
        queryset: QuerySet[Any],
        first_rows: Callable[[Any, int], list[Any]],
        most: int,
        *,
        is_first: bool,
    ) -> list[Any]:
        """The rows of a page and one more, without the retracted ones if they are left out."""
        if self.lists_retracted:
            return first_rows(queryset, most)
        rows = first_rows(queryset, most + SPARE_ROWS)
        page = [row for row in rows if row.claim__retracted_at is None]
        are_all = len(rows) < most + SPARE_ROWS
        self.left_out = len(page) < len(rows)
        if not self.left_out and not (is_first and are_all):
            self.left_out = without_retracted(queryset)[1].exists()
        if len(page) < most and not are_all:
            page = first_rows(without_retracted(queryset)[0], most)
        return page[:most]

    def get_paginated_response(self, data: Any) -> Response:
        """The page, and whether retracted claims were left out."""
        response = super().get_paginated_response(data)
        response.data["retracted_left_out"] = self.left_out
        return response

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The shape of a page, for the schema of the API."""
        page = super().get_paginated_response_schema(schema)
        page["required"].append("retracted_left_out")
        page["properties"]["retracted_left_out"] = {
            "type": "boolean",
            "description": _(
                "Whether retracted claims fit the filters and were left out, as `status` does not "
                "name them: `status=published,retracted` lists both."
            ),
        }
        return page

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The parameters of a page, for the schema of the API."""
        include = {
            "name": INCLUDE,
            "in": "query",
            "required": False,
            "description": _("What each claim has besides. `versions`: its history."),
            "schema": {"type": "string", "enum": list(INCLUDED)},
        }
        return [*super().get_schema_operation_parameters(view), include]


class ClaimViewSet(ListViewSet):
    """Claims, the highest reference first.

    The public sees what is published, the desk the latest version of each claim. The order does
    not depend on the filters, search included. Retracted claims are in the list only where `status`
    names them; `retracted_left_out` says whether some were left out.
    """

    takes_known_at = True
    filters = CLAIM_FILTERS
    orders = ORDERS
    pagination_class = ClaimPages
    queryset = Version.objects.none()
    keyset = "-claim_id"
    lookup_field = "ref"
    lookup_value_regex = REFERENCE
    included: Sequence[str] = ()

    def rows(self) -> QuerySet[Any]:
        """The version of each claim that the reader sees: ids, and when the claim was retracted."""
        reader, at = self.visit.reader, self.visit.at
        shown: QuerySet[Any] = Version.objects.visible_to(reader, at)
        return shown.values_list("pk", "claim_id", "claim__retracted_at", named=True)

    def known_parameters(self) -> list[str]:
        """The parameters that this address takes."""
        known = super().known_parameters()
        return [*known, INCLUDE] if self.action == "list" else known

    @classmethod
    def repeated_parameters(cls) -> list[str]:
        """Those that may come more than once."""
        return [*super().repeated_parameters(), INCLUDE]

    @classmethod
    def shape(cls) -> Any:
        """The shape of a claim."""
        return ClaimShape

    def present_all(self, rows: Sequence[Any]) -> list[Mapping[str, Any]]:
        """Present the claims, which are read for all at once."""
        claims = read_claims([row.pk for row in rows], self.visit.asking)
        numbers = [claim.claim for claim in claims]
        besides = {name: INCLUDED[name](numbers, self.visit) for name in self.included}
        return [
            {
                **present_claim(claim, self.visit),
                **{name: of_claims.get(claim.claim, []) for name, of_claims in besides.items()},
            }
            for claim in claims
        ]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One page, each claim with what is asked for besides."""
        self.included = chosen_words(request, INCLUDE, INCLUDED) or []
        return super().list(request, *args, **kwargs)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One claim, in the version that the reader sees."""
        found = read_claim_with_others(claim_number(kwargs["ref"]), self.visit.asking)
        if found is None:
            refuse_hidden(kwargs["ref"], self.visit)
        return Response(present_whole_claim(*found, self.visit))


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
        return [*present_versions(rows, self.visit)]


def listed(found: Any, parameters: QueryDict) -> tuple[Any, Any]:
    """Part what a list has of what fits its filters, and the retracted claims that it leaves out.

    These are left out unless `status` names them.
    """
    if asks_for_retracted(dict(parameters.lists())):
        return found, found.none()
    return without_retracted(found)


def without_retracted(found: Any) -> tuple[Any, Any]:
    """Part claims that stand from retracted ones."""
    return (
        found.filter(claim__retracted_at__isnull=True),
        found.filter(claim__retracted_at__isnull=False),
    )


def present_versions(versions: Sequence[Version], visit: Visit) -> list[VersionShape]:
    """Present versions; their notices are read for all at once."""
    claims = read_claims([version.pk for version in versions], visit.asking)
    notices = {claim.id: claim.notices for claim in claims}
    return [present_version(version, notices[version.pk], visit) for version in versions]


def histories(claims: Sequence[int], visit: Visit) -> dict[int, list[VersionShape]]:
    """The versions of claims, the latest first, as far as the reader sees them."""
    found = Version.objects.in_history(visit.reader, visit.at).filter(claim__in=claims)
    versions = list(found.select_related("claim", "author").order_by("claim", "-number"))
    listed: dict[int, list[VersionShape]] = {}
    for version, shape in zip(versions, present_versions(versions, visit), strict=True):
        listed.setdefault(version.claim_id, []).append(shape)
    return listed


# What a list of claims can have of each besides.
INCLUDED: dict[str, Callable[[Sequence[int], Visit], Mapping[int, Sequence[Any]]]] = {
    "versions": histories,
}


class WholeVersionViewSet(ReadViewSet):
    """One version of a claim with its whole content and evidence, as it was approved or written.

    The public reads those that are or were published while the claim is, and none that an editor
    took off. What is told beside the content (conflicts, standing of sources, notices) is as it is
    at the time of reading.
    """

    takes_known_at = True
    queryset = Version.objects.none()
    lookup_field = "number"
    lookup_value_regex = VERSION_NUMBER

    @classmethod
    def shape(cls) -> Any:
        """The shape of a claim in one version."""
        return ClaimShape

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The version; 410 for one that was taken off. Raises Http404."""
        visit, ref, number = self.visit, kwargs["ref"], int(kwargs["number"])
        versions = Version.objects.filter(claim=claim_number(ref))
        if not versions.visible_to(visit.reader, visit.at).exists():
            refuse_hidden(ref, visit)
        asked = versions.filter(number=number).in_history(visit.reader, visit.at)
        version = asked.values_list("pk", "taken_off_at").first()
        if version is None:
            raise Http404
        pk, taken_off_at = version
        if taken_off_at is not None and not visit.is_staff:
            raise TakenOff(f"{ref}/v{number}")
        (claim,), apart = read_with_others([pk], visit.asking)
        return Response(present_whole_claim(claim, apart[claim.id], visit))


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


def present_whole_claim(
    claim: ClaimReading, apart: HeldApart[ClaimReading], visit: Visit
) -> Mapping[str, Any]:
    """The claim at an address of its own: with those that are no conflict with it, and why."""
    return {
        **present_claim(claim, visit),
        "on_another_basis": [present_other_basis(one, visit) for one in apart.bases],
        "without_a_period": [present_other_basis(one, visit) for one in apart.undated],
    }


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
