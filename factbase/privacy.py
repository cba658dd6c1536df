"""Cache headers: no copy is kept of a page made for one account, and none is sent unasked."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# A copy may be kept, and is sent again only after the server was asked whether it still holds:
# what an editor closes is closed in proxies and browsers at once.
FOR_EVERYBODY = "no-cache"


class PrivateResponseMiddleware:
    """Marks every response to a signed-in reader `private, no-store`, all others `no-cache`.

    A view that sets Cache-Control itself is left alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response; the session is read only where the view read it as well."""
        response = self.get_response(request)
        is_private = request.session.accessed and request.user.is_authenticated
        value = "private, no-store" if is_private else FOR_EVERYBODY
        response.headers.setdefault("Cache-Control", value)
        return response
