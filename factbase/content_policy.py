"""The header Content-Security-Policy, built once for all that need no policy of their own."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse, HttpResponseBase


class ContentPolicyMiddleware(CSPMiddleware):
    """Sends the policy of the settings; django-csp builds it anew for each response, twice.

    Responses of views with one of django-csp's decorators, and pages with a nonce, get the policy
    that django-csp builds for them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self.policy = build_policy()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add the header, where the view has not set it."""
        is_marked = any(name.startswith("_csp_") for name in vars(response))
        if is_marked or hasattr(request, "_csp_nonce"):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.policy)
        return response
