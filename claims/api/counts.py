"""Counts of claims in the API: how many a list has, by one value (facets) or two (groups)."""

import csv
import difflib
import io
from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any, ClassVar, NamedTuple, TypedDict, cast

from django.http import QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.claims import ClaimViewSet, listed
from claims.querysets.facets import DIMENSIONS
from claims.readings.counts import (
    MAX_FACETS,
    MAX_GROUPS,
    MAX_VALUES,
    NAMES,
    Bucket,
    CountsReading,
    read_counts,
)
from sources.api.fields import listed_words
from sources.api.parameters import ParameterRefused
from sources.domain.refusals import quoted

NULL_KEY = "The key or word that filters take; null of claims for which you know no value."


class ClaimCountShape(TypedDict):
    """How many claims there are."""

    count: int
    retracted_left_out: Annotated[
        int, "Retracted claims that would be among them; ask for them with `status`."
    ]


class CountedValueShape(TypedDict):
    """A value by which claims are counted."""

    key: Annotated[str | None, NULL_KEY]
    label: str


class FacetValueShape(CountedValueShape):
    """A value, and how many claims have it."""

    count: int


class OthersShape(TypedDict):
    """The values that are not listed, because too few claims have them."""

    values: Annotated[int, "How many further values, or pairs of them, there are."]
    count: Annotated[int, "How many claims have one of them."]


class FacetShape(TypedDict):
    """The numbers of claims by the values of one thing."""

    facet: str
    label: str
    count: Annotated[int, "How many claims were counted: by all filters but the facet's own."]
    overlapping: Annotated[
        bool, "Whether a claim can count in several values: their sum is then above `count`."
    ]
    values: Annotated[list[FacetValueShape], "The most frequent first; without a known one, last."]
    others: OthersShape


class FacetsShape(ClaimCountShape):
    """How many claims there are, by the values of what was asked for."""

    facets: list[FacetShape]


class GroupingShape(TypedDict):
    """One of the things that claims are grouped by."""

    name: str
    label: str


class GroupShape(TypedDict):
    """The claims of one value of each thing that claims are grouped by."""

    values: Annotated[list[CountedValueShape], "In the order of `group_by`."]
    count: int


class GroupsShape(ClaimCountShape):
    """A table of the numbers of claims by one thing, or by two at a time."""

    group_by: list[GroupingShape]
    overlapping: Annotated[
        bool, "Whether a claim can count in several groups: their sum is then above `count`."
    ]
    groups: Annotated[list[GroupShape], "Those with most claims first; empty ones are left out."]
    others: OthersShape


def _names_parameter(name: str, description: str, *, most: int) -> OpenApiParameter:
    """A parameter of some names, with commas between, for the schema of the API."""
    names = {"type": "string", "enum": list(NAMES)}
    shape = {
        "type": "array",
        "items": names,
        "minItems": 1,
        "maxItems": most,
        "uniqueItems": True,
    }
    return OpenApiParameter(
        name, shape, required=True, description=description, style="form", explode=False
    )


class _Asked(NamedTuple):
    """The parameters of a request, for the filters."""

    query_params: QueryDict


class ClaimCountViewSet(ClaimViewSet):
    """How many claims there are: of all, or for any filters of the list of claims."""

    # The parameters besides the filters of the list, with their descriptions.
    own_parameters: ClassVar[Mapping[str, str]] = {}
    counts_shape: ClassVar[Any] = ClaimCountShape

    def known_parameters(self) -> list[str]:
        """The filters of the list, and what is asked for here besides."""
        return [*self.filters, *self.own_parameters]

    @classmethod
    def repeated_parameters(cls) -> list[str]:
        """Those that may come more than once."""
        return [*super().repeated_parameters(), *cls.own_parameters]

    @classmethod
    def shape(cls) -> Any:
        """The shape of the answer."""
        return cls.counts_shape

    def narrowed(self, *, without: Collection[str] = ()) -> Any:
        """The versions that the list would give, as if the parameters `without` were not there."""
        return self._listed(without)[0]

    def counted(self) -> ClaimCountShape:
        """How many claims the list would give."""
        found, left_out = self._listed()
        return {"count": found.count(), "retracted_left_out": left_out.count()}

    def _listed(self, without: Collection[str] = ()) -> tuple[Any, Any]:
        """The versions of the list, and the retracted ones that it leaves out."""
        sent = self.request.query_params.copy()
        for name in without:
            sent.pop(name, None)
        rows: Any = self.rows()
        for backend in self.filter_backends:
            rows = backend().filter_queryset(cast("Request", _Asked(sent)), rows, self)
        # Counted by status, the retracted ones are one of the values to choose from.
        return (rows, rows.none()) if "status" in without else listed(rows, sent)

    @extend_schema(operation_id="claims_count", summary="How many claims there are.", filters=True)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The number."""
        return Response(self.counted())


class FacetsViewSet(ClaimCountViewSet):
    """How many claims there are by the values of up to five facets.

    For any filters of the list of claims; a facet's own filter is left out when it is counted, so
    that the other values to choose from are seen with their numbers.
    """

    own_parameters = {"facet": f"What to count by, at most {MAX_FACETS}: {', '.join(NAMES)}."}
    counts_shape = FacetsShape

    @extend_schema(
        operation_id="claims_facets",
        summary="How many claims there are by their values.",
        filters=True,
        parameters=[_names_parameter("facet", own_parameters["facet"], most=MAX_FACETS)],
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The numbers by facet."""
        names = read_names(listed_words(request, "facet"), "facet", most=MAX_FACETS)
        facets = [
            present_facet(
                read_counts(
                    self.narrowed(without=DIMENSIONS[name].filters),
                    [name],
                    self.visit.asking,
                    most=MAX_VALUES,
                )
            )
            for name in names
        ]
        return Response({**self.counted(), "facets": facets})


class GroupsViewSet(ClaimCountViewSet):
    """A table of the numbers of claims by one thing, or by two at a time.

    For any filters of the list of claims. Claims for which no value is known are a group of their
    own.
    """

    own_parameters = {"group_by": f"What to group by, one or two: {', '.join(NAMES)}."}
    counts_shape = GroupsShape

    def reading(self) -> CountsReading:
        """The counts that are asked for."""
        names = read_names(listed_words(self.request, "group_by"), "group_by", most=2)
        return read_counts(self.narrowed(), names, self.visit.asking, most=MAX_GROUPS)

    @extend_schema(
        operation_id="claims_groups",
        summary="The numbers of claims by one or two of their values.",
        filters=True,
        parameters=[_names_parameter("group_by", own_parameters["group_by"], most=2)],
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The table."""
        return Response({**self.counted(), **present_groups(self.reading())})


class TableRenderer(BaseRenderer):
    """Renders rows as CSV (RFC 4180, UTF-8): for programs, with values as they are."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Return the rows of a table, the names of the columns first."""
        written = io.StringIO()
        csv.writer(written).writerows(data)
        return written.getvalue().encode()


class GroupsFileViewSet(GroupsViewSet):
    """The table of the numbers of claims as CSV."""

    media_type = "text/csv"

    @classmethod
    def shape(cls) -> Any:
        """The shape of the file."""
        return str

    @extend_schema(
        operation_id="claims_groups_csv",
        summary="The numbers of claims by one or two of their values, as CSV.",
        filters=True,
        parameters=[_names_parameter("group_by", GroupsViewSet.own_parameters["group_by"], most=2)],
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The table. Raises ParameterRefused for one that is not whole."""
        found = self.reading()
        if found.other_buckets:
            raise ParameterRefused(
                "too_many_groups",
                "group_by",
                _(
                    "There are %(groups)d groups, and a file has at most %(most)d. Filter the "
                    "claims, or group by something with fewer values."
                )
                % {"groups": len(found.buckets) + found.other_buckets, "most": MAX_GROUPS},
            )
        request.accepted_renderer = TableRenderer()
        request.accepted_media_type = TableRenderer.media_type
        return Response(
            table_of_groups(found),
            headers={"Content-Disposition": 'attachment; filename="claims.groups.csv"'},
        )


def read_names(written: str | None, parameter: str, *, most: int) -> list[str]:
    """Return what to count by: names with commas between. Raises ParameterRefused."""
    names = [] if written is None else [name.strip() for name in written.split(",")]
    if not 1 <= len(names) <= most:
        raise ParameterRefused(
            "wrong_number",
            parameter,
            _(
                "Give %(parameter)s from one to %(most)d names, with commas between. Known are: "
                "%(known)s."
            )
            % {"parameter": quoted(parameter), "most": most, "known": ", ".join(NAMES)},
        )
    for place, name in enumerate(names):
        if name not in NAMES:
            nearest = difflib.get_close_matches(name[:60].lower(), NAMES, n=1, cutoff=0.0)[0]
            raise ParameterRefused(
                "invalid_choice",
                parameter,
                _(
                    "Claims are not counted by %(name)s. The nearest one is %(nearest)s. Known "
                    "are: %(known)s."
                )
                % {"name": quoted(name), "nearest": quoted(nearest), "known": ", ".join(NAMES)},
            )
        if name in names[:place]:
            raise ParameterRefused(
                "repeated",
                parameter,
                _("%(name)s comes twice. Name it once.") % {"name": quoted(name)},
            )
    return names


def present_facet(found: CountsReading) -> FacetShape:
    """Present the counts by one thing."""
    return {
        "facet": found.names[0],
        "label": found.labels[0],
        "count": found.claims,
        "overlapping": found.is_overlapping,
        "values": [
            {**value, "count": bucket.claims}
            for bucket in found.buckets
            for value in _present_values(bucket)
        ],
        "others": _present_others(found),
    }


def present_groups(found: CountsReading) -> Mapping[str, Any]:
    """Present the counts by one or two things, but for the number of claims."""
    return {
        "group_by": [
            {"name": name, "label": label}
            for name, label in zip(found.names, found.labels, strict=True)
        ],
        "overlapping": found.is_overlapping,
        "groups": [
            {"values": _present_values(bucket), "count": bucket.claims} for bucket in found.buckets
        ],
        "others": _present_others(found),
    }


def table_of_groups(found: CountsReading) -> list[list[str | int]]:
    """The rows of a table of groups: key and label of each value, and the number of claims.

    The key is empty where no value is known.
    """
    heads = [head for name in found.names for head in (name, f"{name}_label")]
    rows: list[list[str | int]] = [[*heads, "claims"]]
    for bucket in found.buckets:
        cells = [cell for value in bucket.values for cell in (value.key or "", value.label)]
        rows.append([*cells, bucket.claims])
    return rows


def _present_values(bucket: Bucket) -> Sequence[CountedValueShape]:
    return [{"key": value.key, "label": value.label} for value in bucket.values]


def _present_others(found: CountsReading) -> OthersShape:
    return {"values": found.other_buckets, "count": found.other_claims}
