"""The OpenAPI 3.1 schema of the API, generated from its views."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent, get_doc
from drf_spectacular.utils import OpenApiParameter

from claims.api.claims import IsStaff
from factbase.api.problem_details import MEDIA_TYPE
from factbase.api.shapes import row_schema, schema_of
from sources.api.views import ReadViewSet
from sources.api.visit import KNOWN_AT

PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for people."},
        "code": {"type": "string", "description": "A word for programs."},
        "errors": {
            "type": "array",
            "description": "What is wrong with each parameter.",
            "items": {
                "type": "object",
                "properties": {
                    "parameter": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
PROBLEMS = (400, 401, 403, 404, 405, 406, 410, 412, 414, 429, 431, 500, 503)
# Text without a NUL; what is not UTF-8 is no text in JSON either.
TEXT = r"^[^\u0000]+$"
# Of parameters that count something, wherever they are.
BOUNDS = {"number": {"minimum": 1, "maximum": 999_999_999}}
PROBLEMS_OF_SENDING = (413, 415, 422)
REFERENCES = {
    "key": ("key", "The key, which never changes."),
    "ref": ("reference", "The reference, such as C17, K5 or X12."),
    "id": ("number", "The number."),
    "number": ("number", "The number of the version or edition, from 1."),
}

_KNOWN_AT = OpenApiParameter(
    KNOWN_AT,
    str,
    description=(
        "Answer what the reader saw then: the end (UTC) of a day, month, quarter or year, or a "
        "time with its zone, as in 2025-05-12T16:30Z. What is still to come is refused."
    ),
)


def _problem(registry: ComponentRegistry) -> dict[str, Any]:
    component = ResolvedComponent("Problem", ResolvedComponent.SCHEMA, PROBLEM, object="Problem")  # type: ignore[no-untyped-call]  # has no types
    registry.register_on_missing(component)
    return dict(component.ref)


class Schema(AutoSchema):
    """Takes the shape of a response from the return type of the function that presents it."""

    def _is_list_view(self, serializer: Any = None) -> bool:
        return getattr(self.view, "action", None) == "list"

    def get_operation_id(self) -> str:
        """The name of an operation; a dot in an address is none in it."""
        return super().get_operation_id().replace(".", "_")

    def get_auth(self) -> list[dict[str, Any]]:
        """Who may ask: everybody reads, but for what is the desk's alone; the desk writes."""
        signed_in = [scheme for scheme in super().get_auth() if scheme]
        is_desk = any(isinstance(one, IsStaff) for one in self.view.get_permissions())
        return signed_in if is_desk or self.method != "GET" else [{}, *signed_in]

    def _get_parameters(self) -> list[dict[str, Any]]:
        """The parameters with the bounds that hold for all: an empty one is refused everywhere."""
        return [_bounded(one) for one in super()._get_parameters()]

    def get_response_serializers(self) -> Any:
        """The shape of one row, or what the view declares."""
        if not isinstance(self.view, ReadViewSet):
            return super().get_response_serializers()
        if self.view.action == "create":
            made = schema_of(getattr(self.view, "made"), self.registry)  # noqa: B009 # not on all
            return {(status, "application/json"): made for status in (200, 201)}
        schema = row_schema if self._is_list_view() and self.view.has_fields else schema_of
        return {(200, self.view.media_type): schema(self.view.shape(), self.registry)}

    def get_override_parameters(self) -> list[Any]:
        """The time of the past that many addresses answer for."""
        declared: list[Any] = super().get_override_parameters()
        is_taken = isinstance(self.view, ReadViewSet) and self.view.takes_known_at
        return [*declared, _KNOWN_AT] if is_taken else declared

    def get_request_serializer(self) -> Any:
        """The shape of what is sent, by its media type, where a view says what it takes."""
        if sent := getattr(self.view, "sent", None):
            return {getattr(self.view, "sent_as", "multipart/form-data"): sent}
        return super().get_request_serializer()

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        """Add the problems that every address can answer with."""
        bodies = super()._get_response_bodies(direction)
        for status in (*PROBLEMS, *(PROBLEMS_OF_SENDING if self.method == "POST" else ())):
            bodies[str(status)] = {
                "description": HTTPStatus(status).phrase,
                "content": {MEDIA_TYPE: {"schema": _problem(self.registry)}},
            }
        return bodies

    def get_description(self) -> str:  # type: ignore[override]  # as in AutoSchema
        """Return the viewset's docstring, for its list and its rows alike."""
        return get_doc(type(self.view))

    def get_summary(self) -> str | None:
        """Return the docstring's first line for a list; for a row, the parameter that names it."""
        if isinstance(self.view, ReadViewSet) and self.view.action == "retrieve":
            return f"One of them, by {REFERENCES[self.view.lookup_field][0]}."
        if isinstance(self.view, ReadViewSet) and self.view.action == "create":
            return get_doc(getattr(self.view, "create")).split("\n")[0]  # noqa: B009 # not on all
        return self.get_description().split("\n")[0]

    def _resolve_path_parameters(self, variables: list[str]) -> list[dict[str, Any]]:
        pattern = getattr(self.view, "lookup_value_regex", ".+")
        return [
            {
                "name": name,
                "in": "path",
                "required": True,
                "description": REFERENCES[name][1],
                "schema": {"type": "string", "pattern": f"^{pattern}$"},
            }
            for name in variables
        ]


def _bounded(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = dict(parameter["schema"])
    if parameter["in"] == "query":
        schema = _without_nul(schema)
    return {**parameter, "schema": {**schema, **BOUNDS.get(parameter["name"], {})}}


def _without_nul(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter, its texts not empty and without a NUL, those of a list too."""
    if schema.get("type") == "array":
        return {**schema, "items": _without_nul(schema["items"])}
    if schema.get("type") != "string" or "enum" in schema:
        return schema
    return {"minLength": 1, **({} if "pattern" in schema else {"pattern": TEXT}), **schema}


def version_one(endpoints: list[Any], request: HttpRequest | None = None) -> list[Any]:  # noqa: ARG001
    """Keep the endpoints under /api/v1/."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]
