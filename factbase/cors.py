"""Pages of other sites that read the API in a browser (CORS): off unless FACTBASE_CORS=1.

What it means is in docs/decisions/0040-other-sites-in-a-browser.md.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from factbase.api.problems import PREFIX

# Any site, and so never with credentials: browsers refuse the two together.
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, ETag, Last-Modified, Link, Retry-After",
}
# The answer to the question that a browser asks before a request with a header of its own.
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class CorsMiddleware:
    """Lets pages of every site read what the API says to everybody, and nothing else.

    An answer to a request with a cookie has no such header, so that no browser hands it on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.CORS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response; to everybody, with the headers by which others may read it."""
        response = self.get_response(request)
        if not request.path.startswith(PREFIX) or request.META.get("HTTP_COOKIE"):
            return response
        added = HEADERS if request.method in ("GET", "HEAD", "OPTIONS") else {}
        if request.method == "OPTIONS":
            added = {**HEADERS, **PREFLIGHT}
        for name, value in added.items():
            response.headers[name] = value
        return response
