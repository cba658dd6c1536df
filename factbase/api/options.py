"""OPTIONS: which methods an address takes, and of the API how it is asked, as JSON."""

from collections.abc import Callable, Iterator
from functools import cache
from http import HTTPStatus
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from drf_spectacular.generators import EndpointEnumerator, SchemaGenerator
from rest_framework.views import APIView

# The members of a parameter of the schema that are of use to whoever asks the address itself.
_DESCRIBED = ("name", "in", "required", "description", "style", "explode", "schema")


class OptionsMiddleware:
    """Answers OPTIONS on every address, and 405 to other methods that are not taken.

    It needs no account, reads no row and says nothing of what is at an address: that of a draft
    is answered as that of a reference nobody gave. A method that an address of the API does not
    take is refused before its parameters are looked at.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response; OPTIONS is among the methods that a 405 names."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        response.headers["Allow"] = with_options(response.get("Allow", ""))
        is_asked = request.method == "OPTIONS"
        return allow_only(response.headers["Allow"]) if is_asked else response

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Answer in place of a view of the API, where it is not asked for what it does."""
        if not issubclass(getattr(view, "cls", object), APIView):
            return None
        allowed = methods_of(view)
        if request.method == "OPTIONS":
            return describe(request, view, allowed)
        return None if request.method in allowed else HttpResponseNotAllowed(allowed)


def with_options(allowed: str) -> str:
    """The methods of an Allow header, with OPTIONS among them."""
    methods = [name for name in allowed.split(", ") if name and name != "OPTIONS"]
    return ", ".join([*methods, "OPTIONS"])


def allow_only(allowed: str) -> HttpResponse:
    """The answer to OPTIONS on an address of which nothing more is to be said."""
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": allowed})


def describe(request: HttpRequest, view: Any, allowed: list[str]) -> HttpResponse:
    """The answer to OPTIONS on an address of the API."""
    match = request.resolver_match
    operations = _operations().get(match.route if match else "", {})
    body = {
        "description": next(
            (one["description"] for one in operations.values() if "description" in one),
            " ".join((view.cls.__doc__ or "").split("\n")[0].split()),
        ),
        "methods": {method.upper(): _of_use(one) for method, one in operations.items()},
        "schema": request.build_absolute_uri(reverse("api:schema")),
    }
    return HttpResponse(
        orjson.dumps(body),
        content_type="application/json",
        headers={"Allow": with_options(", ".join(allowed))},
    )


def methods_of(view: Any) -> list[str]:
    """The methods that a view of the API takes, but for OPTIONS."""
    names = getattr(view, "initkwargs", {}).get("http_method_names", view.cls.http_method_names)
    taken = getattr(view, "actions", None) or {name for name in names if hasattr(view.cls, name)}
    return [
        name.upper()
        for name in names
        if name != "options" and (name in taken or (name == "head" and "get" in taken))
    ]


def _of_use(operation: dict[str, Any]) -> dict[str, Any]:
    """An operation of the schema for who asks its address: parameters and media types."""
    answers = (
        media_type
        for status, answer in operation["responses"].items()
        if status.startswith("2")
        for media_type in answer.get("content", {})
    )
    return {
        "summary": operation.get("summary", ""),
        "parameters": [
            {name: one[name] for name in _DESCRIBED if name in one}
            for one in operation.get("parameters", [])
        ],
        "takes": list(operation.get("requestBody", {}).get("content", {})),
        "answers": list(dict.fromkeys(answers)),
    }


@cache
def _operations() -> dict[str, dict[str, Any]]:
    """The operations of the schema by the route of their address and their method."""
    paths = SchemaGenerator().get_schema(public=True)["paths"]  # type: ignore[no-untyped-call]  # has no types
    return {route: paths[path] for path, route in _routes() if path in paths}


def _routes() -> Iterator[tuple[str, str]]:
    """Each path of the schema with the route of a match, which has no ^ in it."""
    for path, route, _method, _view in EndpointEnumerator().get_api_endpoints():  # type: ignore[no-untyped-call]  # has no types
        yield path, route.replace("/^", "/")
