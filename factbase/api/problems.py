"""Errors of the API as problem details (RFC 9457), whichever layer they come from.

Refusals of rules and actions, wrong parameters and what REST framework raises go through `handle`;
the error pages of Django itself (an unknown address, a wrong host, an unexpected failure) are
replaced by `ProblemMiddleware`.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from claims.actions.claims.entry import Stale
from factbase.api.files import AskedForFile
from factbase.api.problem_details import MEDIA_TYPE, problem, problem_of_status
from sources.actions.captures.archives import RecordsRefused
from sources.actions.captures.capture import CaptureRefused
from sources.actions.permission import NotPermitted
from sources.api.parameters import ParameterRefused
from sources.domain.refusals import Refusal
from sources.fetching.refusals import FetchRefused
from sources.fetching.warc import ArchiveRefused

PREFIX = "/api/"


def handle(error: Exception, context: Mapping[str, Any]) -> HttpResponseBase | None:  # noqa: ARG001
    """Turn an expected exception of a view into a response: REST framework's exception handler.

    Others are left to Django, which logs them; the middleware then answers with a 500.
    """
    if isinstance(error, AskedForFile):
        return HttpResponseRedirect(error.address, preserve_request=True)
    body = _body(error)
    if body is None:
        return None
    set_rollback()
    headers = {}
    if isinstance(error, exceptions.APIException):
        if wait := getattr(error, "wait", None):
            headers["Retry-After"] = str(int(wait) + 1)
        if challenge := getattr(error, "auth_header", None):
            headers["WWW-Authenticate"] = challenge
    return Response(body, status=body["status"], headers=headers, content_type=MEDIA_TYPE)


def _body(error: Exception) -> dict[str, Any] | None:
    """Return the problem of an expected exception, None for any other."""
    match error:
        case ParameterRefused():
            return _refused_parameters([(error.parameter, error.code, error.message)])
        case Refusal():
            return problem(_status(error), error.message, code=error.code)
        case exceptions.ValidationError() if isinstance(error.detail, dict):
            return _refused_parameters(_errors(error.detail))
        case exceptions.Throttled():
            wait = int(getattr(error, "wait", None) or 0) + 1
            detail = _("Too many requests. Try again in %(seconds)d seconds.") % {"seconds": wait}
            return problem(HTTPStatus.TOO_MANY_REQUESTS, detail, code="throttled")
        case exceptions.NotFound() | Http404():
            return problem_of_status(HTTPStatus.NOT_FOUND)
        case exceptions.APIException():
            return problem(error.status_code, _sentence(error.detail), code=_code(error))
        case PermissionDenied():
            return problem_of_status(HTTPStatus.FORBIDDEN)
        case RequestDataTooBig():
            return problem_of_status(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        case SuspiciousOperation():
            return problem_of_status(HTTPStatus.BAD_REQUEST)
    return None


def _status(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal."""
    match refusal:
        case NotPermitted():
            return HTTPStatus.FORBIDDEN
        case Stale():
            return HTTPStatus.PRECONDITION_FAILED
        case CaptureRefused(code="too_large"):
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        case FetchRefused() | ArchiveRefused() | RecordsRefused():
            return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.BAD_REQUEST


def _errors(detail: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The parameters that a filter refused: name, code, sentence."""
    return [
        (name, getattr(message, "code", None) or "invalid", str(message))
        for name, messages in detail.items()
        for message in messages
    ]


def _refused_parameters(errors: list[tuple[str, str, str]]) -> dict[str, Any]:
    """A 400 that names each parameter with what is wrong with it."""
    refused = [{"parameter": name, "code": code, "detail": text} for name, code, text in errors]
    return problem(HTTPStatus.BAD_REQUEST, errors[0][2], code=errors[0][1], errors=refused)


def _sentence(detail: Any) -> str:
    return str(detail[0]) if isinstance(detail, list) and detail else str(detail)


def _code(error: exceptions.APIException) -> str:
    codes = error.get_codes()
    return codes if isinstance(codes, str) else error.default_code


class ProblemMiddleware:
    """Replaces Django's error pages by problem details for addresses of the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response; an error page of the API becomes a problem."""
        response = self.get_response(request)
        if response.status_code < HTTPStatus.BAD_REQUEST or not request.path.startswith(PREFIX):
            return response
        is_problem = response.get("Content-Type", "").startswith(MEDIA_TYPE)
        is_for_developers = (
            settings.DEBUG and response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
        )
        if is_problem or is_for_developers:
            return response
        body = orjson.dumps(problem_of_status(response.status_code))
        made = HttpResponse(body, status=response.status_code)
        made.headers = response.headers  # among them the security headers and Allow
        made.headers["Content-Type"] = MEDIA_TYPE
        made.headers.pop("Content-Length", None)
        return made
