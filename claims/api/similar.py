"""Claims similar to one: those that it repeats, and those to compare it with."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.claims import ClaimPartViewSet, refuse_hidden
from claims.api.conflicts import PositionShape, present_position
from claims.models import Version
from claims.readings.claims import ClaimReading, read_claims
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


class FirstPageOnly(KeysetPagination):
    """A single page: the most similar claims, and no next page."""

    parameters = ("limit",)

    def paginate_queryset(
        self,
        queryset: QuerySet[Any] | Sequence[Any],
        request: Request,
        view: APIView | None = None,
    ) -> list[Any]:
        """Return the first rows, at most `limit`. Raises ParameterRefused."""
        return list(queryset[: read_limit(request.query_params.get("limit"))])

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Return the schema of the parameter `limit`."""
        given = super().get_schema_operation_parameters(view)
        return [one for one in given if one["name"] in self.parameters]


def present_similar(similar: Similar, claim: ClaimReading, visit: Visit) -> SimilarShape:
    """Present a similar claim, with its resemblance."""
    return {
        **present_position(claim, visit),
        "claim": claim.ref,
        "url": f"{visit.root}claims/{claim.ref}/",
        "resemblance": similar.resemblance,
        "score": similar.score,
        "differs": list(similar.differs),
    }


class SimilarViewSet(ClaimPartViewSet):
    """The claims that are like one, those that it repeats first, then by how alike they are.

    Candidates share a rare word with the statement, or two that are not common, or all words, or
    say the same value of the same question; there are twenty at most and `next` is null. In
    scripts without spaces a whole clause counts as one word. The public sees published claims.
    """

    takes_known_at = False  # what is alike is looked up in the index of today
    pagination_class = FirstPageOnly
    queryset = Version.objects.none()

    @classmethod
    def shape(cls) -> Any:
        """The shape of a claim that is like one."""
        return SimilarShape

    def known_parameters(self) -> list[str]:
        """The parameters that this address takes."""
        return [*FirstPageOnly.parameters]

    def present_all(self, rows: Sequence[Any]) -> Any:
        """Present the claims, which are read for all at once."""
        claims = read_claims([one.version.pk for one in rows], self.visit.asking)
        return [
            present_similar(one, claim, self.visit) for one, claim in zip(rows, claims, strict=True)
        ]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the most similar claims, where the reader may see the claim."""
        reader, at = self.visit.reader, self.visit.at
        shown = Version.objects.visible_to(reader, at).in_position()
        version = shown.filter(claim=self.number).first()
        if version is None:
            refuse_hidden(kwargs["ref"], self.visit)
        page = self.paginate_queryset(similar_to(version, reader=reader, at=at))
        return self.get_paginated_response(self.present_all(page or []))
