"""Refuses addresses of pages whose query is no text, before a view or the database reads it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from factbase.api.problems import PREFIX
from factbase.errors import bad_request
from sources.api.parameters import ParameterRefused, refuse_broken_text


class ReadableQueryMiddleware:
    """Answers a query string with a NUL, or that is not UTF-8, with the page for bad requests.

    PostgreSQL takes no NUL, and Django's filters of lists hand on whatever an address says. The API
    refuses such queries itself and names the parameter.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response; for a query that is no text, the page for bad requests."""
        if not request.path.startswith(PREFIX):
            try:
                refuse_broken_text(request.META.get("QUERY_STRING", ""))
            except ParameterRefused as refusal:
                return bad_request(request, refusal)
        return self.get_response(request)
