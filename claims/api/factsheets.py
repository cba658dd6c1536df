"""Fact sheets made on request: claims of a topic, of an entity or from a list, with citations."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException, PermissionDenied
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.factsheets.assemble import SheetRefused, assemble
from claims.factsheets.cite import StyleUnknown
from claims.factsheets.formats import DEFAULT_LAYOUT, FORMATS, LAYOUTS, Layout, names
from claims.factsheets.render import RenderFailed, render
from claims.factsheets.render_slots import RETRY_AFTER
from claims.factsheets.sheet import Sheet
from sources.api.parameters import ParameterRefused, check_parameters
from sources.api.visit import Visit
from sources.domain.refusals import quoted

DEFAULT_STYLE = "chicago-notes-bibliography"
MAX_LIST = 5_000
PARAMETERS = {
    "topic": "The key of a topic. Give exactly one of topic, entity and claims.",
    "entity": "The key of an entity: subject, value or asserter of the claims.",
    "claims": "References in the order of reading, with commas between: C1,C2.",
    "style": f"The name of a CSL style; without it {DEFAULT_STYLE}.",
    "as": "The format of the file; without it, html. Bibliographies list the sources alone.",
    "layout": f"How much is on the sheet, where formats have layouts; without it {DEFAULT_LAYOUT}.",
    "include_submitted": "For the desk: also what is not published yet, marked.",
}
# Which parameter a refusal is about, by its code.
PARAMETER_OF = {
    "unknown_topic": "topic",
    "unknown_entity": "entity",
    "unknown_reference": "claims",
    "unknown_claim": "claims",
}


class SheetUnavailable(APIException):
    """The sheet could not be made, for a reason that lies with the server or with its size."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self, failure: RenderFailed) -> None:
        super().__init__(str(failure), failure.code)
        # Seconds, which become the header Retry-After.
        self.wait = RETRY_AFTER if failure.code == "busy" else None


class AsParameterSays(DefaultContentNegotiation):
    """The parameter `as` chooses the form, so that a plain link can; `Accept` is not looked at."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """The renderer of problems; the sheet is sent as it is."""
        return renderers[0], renderers[0].media_type


def _parameter(name: str, description: str) -> OpenApiParameter:
    choices: dict[str, list[str]] = {
        "as": names(),
        "layout": [*LAYOUTS],
        "include_submitted": ["true", "false"],
    }
    return OpenApiParameter(name, OpenApiTypes.STR, description=description, enum=choices.get(name))


class FactSheetView(APIView):
    """Claims with their asserters, conflicts and quotes, cited in a style.

    Published claims, whoever asks; signed in, the desk can include submitted ones, marked.
    """

    http_method_names = ["get", "head"]
    content_negotiation_class = AsParameterSays
    throttle_scope = "factsheets"

    @extend_schema(
        operation_id="factsheets_retrieve",
        parameters=[_parameter(name, description) for name, description in PARAMETERS.items()],
        responses={
            (200, one.media_type): OpenApiTypes.STR if one.is_text else OpenApiTypes.BINARY
            for one in FORMATS.values()
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """The sheet as a file that stands alone."""
        check_parameters(request, PARAMETERS)
        visit, asked = Visit.of(request), request.query_params
        form = _one_of("as", asked.get("as", "html"), names())
        layout: Any = _one_of("layout", asked.get("layout", DEFAULT_LAYOUT), list(LAYOUTS))
        include = _one_of(
            "include_submitted", asked.get("include_submitted", "false"), ["true", "false"]
        )
        if include == "true" and not visit.is_staff:
            raise PermissionDenied(
                _("What is not published is for the desk: sign in, or leave submitted claims out.")
            )
        try:
            sheet = assemble(
                topic=asked.get("topic"),
                entity=asked.get("entity"),
                claims=_references(asked.get("claims", "")),
                include_submitted=include == "true",
                reader=visit.reader,
                at=visit.at,
                base_url=request.build_absolute_uri("/").rstrip("/"),
            )
        except SheetRefused as refused:
            if refused.code not in PARAMETER_OF:
                raise
            name = PARAMETER_OF[refused.code]
            raise ParameterRefused(refused.code, name, refused.message) from refused
        style = asked.get("style", DEFAULT_STYLE)
        return _file(
            _rendered(sheet, style=style, form=form, layout=layout),
            media_type=FORMATS[form].content_type,
            name=FORMATS[form].file_name(sheet.title, layout),
        )


def _one_of(name: str, value: str, known: list[str]) -> str:
    """The value, where it is one of those known. Raises ParameterRefused."""
    if value not in known:
        raise ParameterRefused(
            "invalid_choice",
            name,
            _("%(value)s is none of the known words. Known are: %(known)s.")
            % {"value": quoted(value), "known": ", ".join(known)},
        )
    return value


def _references(written: str) -> list[str]:
    """The references of a list with commas. Raises ParameterRefused for one beyond all measure."""
    if len(written) > MAX_LIST:
        raise ParameterRefused(
            "too_long",
            "claims",
            _("The list of claims has %(length)d characters. At most %(most)d are read.")
            % {"length": len(written), "most": MAX_LIST},
        )
    return written.split(",") if written else []


def _rendered(sheet: Sheet, *, style: str, form: str, layout: Layout) -> bytes:
    """The file. Raises ParameterRefused and SheetUnavailable."""
    try:
        return render(sheet, style=style, to=form, layout=layout)
    except StyleUnknown as refused:
        raise ParameterRefused("unknown_style", "style", str(refused)) from refused
    except RenderFailed as failure:
        raise SheetUnavailable(failure) from failure


def _file(content: bytes, *, media_type: str, name: str) -> HttpResponse:
    """The file, shown by the browser where it can, and named for who saves it."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"  # it says when it was made
    return response
