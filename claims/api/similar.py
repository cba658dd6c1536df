"""Which claims are like one: what it repeats, and what a person should compare it with."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.claims import OfClaim, refuse_hidden
from claims.api.conflicts import PositionShape, present_position
from claims.models import Version
from claims.readings.absences import Stand, stands_of
from claims.readings.similar import Similar, similar_to
from claims.vocabulary import Difference, Resemblance
from sources.api.pagination import KeysetPagination, read_limit
from sources.api.visit import Visit


class SimilarShape(PositionShape):
    """A claim that is like another, in the version that is most alike."""

    claim: Annotated[str, "The reference of the claim."]
    url: str
    resemblance: Annotated[
        Resemblance,
        "`repeats` where the same asserter says the same words, or the same value of the same "
        "subject, property, aspect, basis and period; else `alike`.",
    ]
    score: Annotated[
        int,
        "How alike the statements are, 0 to 100. 100 are the same words in the same order; each "
        "difference in numbers or negations takes a tenth away.",
    ]
    differs: Annotated[list[Difference], "In what the two differ, of what weighs."]


class BestFirst(KeysetPagination):
    """One page, of what is most alike; what is less so stands on no page."""

    parameters = ("limit",)

    def paginate_queryset(
        self,
        queryset: QuerySet[Any] | Sequence[Any],
        request: Request,
        view: APIView | None = None,
    ) -> list[Any]:
        """The first of the rows. Raises ParameterRefused."""
        return list(queryset[: read_limit(request.query_params.get("limit"))])

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """How many are wanted at most."""
        given = super().get_schema_operation_parameters(view)
        return [one for one in given if one["name"] in self.parameters]


def present_similar(similar: Similar, stand: Stand | None, visit: Visit) -> SimilarShape:
    """A claim with what it is to the one that is asked about, and where its absence stands."""
    claim = f"C{similar.version.claim_id}"
    return {
        **present_position(similar.version, stand, visit),
        "claim": claim,
        "url": f"{visit.root}claims/{claim}/",
        "resemblance": similar.resemblance,
        "score": similar.score,
        "differs": list(similar.differs),
    }


class SimilarViewSet(OfClaim):
    """The claims that are like one, those that it repeats first, then by how alike they are.

    Candidates share a rare word with the statement, or two that are not common, or all words, or
    say the same value of the same question; there are twenty at most and `next` is null. In
    scripts without spaces a whole clause counts as one word. The public sees published claims.
    """

    pagination_class = BestFirst
    queryset = Version.objects.none()

    @classmethod
    def shape(cls) -> Any:
        """The shape of a claim that is like one."""
        return SimilarShape

    def known_parameters(self) -> list[str]:
        """The parameters that this address takes."""
        return [*BestFirst.parameters]

    def present_all(self, rows: Sequence[Any]) -> Any:
        """The claims, with where those that say that something is absent stand."""
        stands = stands_of([one.version for one in rows])
        return [present_similar(one, stands.get(one.version.pk), self.visit) for one in rows]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What is most alike, where the reader may see the claim."""
        reader, at = self.visit.reader, self.visit.at
        shown = Version.objects.visible_to(reader, at).in_position()
        version = shown.filter(claim=self.number).first()
        if version is None:
            refuse_hidden(kwargs["ref"], self.visit)
        page = self.paginate_queryset(similar_to(version, reader=reader, at=at))
        return self.get_paginated_response(self.present_all(page or []))
