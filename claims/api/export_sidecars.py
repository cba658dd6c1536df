"""Descriptions of exports, which are kept nowhere: the hash of each file, and a data package."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal, TypedDict

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.exports import ClaimExportViewSet, export_turn
from claims.exports.formats import FORMATS, ExportFormat
from claims.exports.packages import (
    PACKAGE_NAME,
    ExportOrder,
    data_package,
    linked_resource,
    require_few,
    sidecar_of,
)


class SidecarShape(TypedDict):
    """A file of claims as somebody who has it can check it."""

    file: str
    rows: int
    bytes: int
    sha256: str
    at: Annotated[datetime, "The moment of which the rows are."]
    query: Annotated[str, "The filters as they were asked for."]
    audience: Annotated[Literal["public", "staff"], "Whose file it is."]
    columns_version: int


class ClaimSidecarViewSet(ClaimExportViewSet):
    """The rows, bytes and SHA-256 of a file of claims, for any filters of the list of claims.

    The file is made for it and thrown away: who wants both has it made twice, and asks for both
    with the same `known_at`, so that nothing is published in between. Of more than 100,000 claims
    it is refused.
    """

    form: ClassVar[ExportFormat] = FORMATS["csv"]

    @classmethod
    def shape(cls) -> Any:
        """The shape of a sidecar."""
        return SidecarShape

    @extend_schema(filters=True)
    def sidecar(self, request: Request) -> Response:
        """The sidecar of the file in a format."""
        versions, visit = self.versions(), self.visit
        require_few(versions, self.form)
        order = ExportOrder(
            self.form,
            request.META.get("QUERY_STRING", ""),
            visit.at,
            visit.site,
            is_staff=visit.is_staff,
            is_of_the_past=visit.is_of_the_past,
        )
        with closing(export_turn()):
            return Response(sidecar_of(order, self.batches(versions)).as_json())


class ClaimPackageViewSet(ClaimExportViewSet):
    """A Frictionless data package of claims: the addresses of files, and the types of columns.

    For any filters of the list of claims. The hash of each file is in its sidecar.
    """

    @classmethod
    def shape(cls) -> Any:
        """Any JSON: https://datapackage.org/profiles/2.0/datapackage.json says which."""
        return dict[str, Any]

    @extend_schema(filters=True)
    def package(self, request: Request) -> Response:
        """The data package."""
        query = request.META.get("QUERY_STRING", "")
        resources = [
            linked_resource(form, f"{self.visit.root}export/{form.file_name}", query)
            for form in FORMATS.values()
        ]
        return Response(data_package(settings.INSTALLATION_NAME, self.visit.at, resources))


# Each description by the name of its file.
DESCRIPTIONS: dict[str, Callable[..., Any]] = {
    **{
        f"{form.file_name}.json": ClaimSidecarViewSet.as_view({"get": "sidecar"}, form=form)
        for form in FORMATS.values()
    },
    PACKAGE_NAME: ClaimPackageViewSet.as_view({"get": "package"}),
}
