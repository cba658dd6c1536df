"""Sources as a bibliography, in a format that reference managers read."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from sources.actions.bibliography import export_bibliography
from sources.api.filters import ListFilters
from sources.api.parameters import ParameterRefused, check_parameters
from sources.api.visit import Visit
from sources.domain.bibliography.formats import FileRefused, Format
from sources.domain.refusals import quoted
from sources.models import Source
from sources.readings.filters import Filter
from sources.readings.source_filters import SOURCE_FILTERS

REPEATED = [name for name, one in SOURCE_FILTERS.items() if isinstance(one, Filter)]

# A bibliography in CSL-JSON, for the schema of the API.
RECORDS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "properties": {"id": {"type": "string"}, "type": {"type": "string"}},
    },
}


class BibliographyUnavailable(APIException):
    """The file could not be made, for a reason that lies with the server or with its size."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_code = "bibliography_unavailable"


class AsParameterSays(DefaultContentNegotiation):
    """The parameter `as` chooses the format, so that a plain link can, whatever is accepted."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """The renderer of problems; the file is sent as it is."""
        return renderers[0], renderers[0].media_type


class BibliographyView(APIView):
    """Sources as CSL-JSON, BibTeX, BibLaTeX or RIS, ordered by key.

    The same sources as in the list, narrowed by the same parameters, in one file of at most 5,000.
    Confidential sources are left out for readers who may not know them.
    """

    http_method_names = ["get", "head"]
    content_negotiation_class = AsParameterSays
    # BibTeX is made by another program, as fact sheets are.
    throttle_scope = "factsheets"
    filters = SOURCE_FILTERS
    visit: Visit

    @extend_schema(
        operation_id="bibliography_retrieve",
        parameters=[
            OpenApiParameter(
                "as",
                OpenApiTypes.STR,
                description="The format; without it, csl-json.",
                enum=[form.value for form in Format],
            ),
            *(
                OpenApiParameter(
                    name, OpenApiTypes.STR, many=name in REPEATED, description=str(one.help_text)
                )
                for name, one in SOURCE_FILTERS.items()
            ),
        ],
        responses={
            (200, form.media_type): RECORDS if form == Format.CSL_JSON else OpenApiTypes.STR
            for form in Format
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """The file."""
        check_parameters(request, ["as", *SOURCE_FILTERS], repeated=REPEATED)
        self.visit = Visit.of(request)
        form = _format(request.query_params.get("as", Format.CSL_JSON.value))
        chosen = Source.objects.readable_by(request.user, self.visit.at)
        sources = ListFilters().filter_queryset(request, chosen, self)
        try:
            made = export_bibliography(
                sources=sources, form=form, reader=request.user, at=self.visit.at
            )
        except FileRefused as refused:
            raise BibliographyUnavailable(refused.message, refused.code) from refused
        response = HttpResponse(made.text, content_type=f"{form.media_type}; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="sources.{form.ending}"'
        return response


def _format(written: str) -> Format:
    """The format of that name. Raises ParameterRefused."""
    try:
        return Format(written)
    except ValueError as error:
        raise ParameterRefused(
            "invalid_choice",
            "as",
            _("%(value)s is none of the known words. Known are: %(known)s.")
            % {"value": quoted(written), "known": ", ".join(form.value for form in Format)},
        ) from error
