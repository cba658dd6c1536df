"""Limits of the API for pages that do the same work: one count for both doors."""

from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import ScopedRateThrottle


def seconds_to_wait(request: HttpRequest, scope: str) -> int:
    """Count a request of a page in the limit of that scope of the API, by address or account.

    0 where it may be answered; else the seconds after which the next one may, and it is not
    counted.
    """
    asked: Any = Request(request)
    asked.user = request.user
    throttle: Any = ScopedRateThrottle()
    if throttle.allow_request(asked, SimpleNamespace(throttle_scope=scope)):
        return 0
    return int(throttle.wait() or 0) + 1
