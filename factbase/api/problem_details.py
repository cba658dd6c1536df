"""The members of a problem (RFC 9457), by themselves: who writes one needs no view and no row."""

from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext as _

MEDIA_TYPE = "application/problem+json"


def problem(status: int, detail: str, *, code: str, **members: Any) -> dict[str, Any]:
    """The members of a problem. `code` names it for programs, `detail` is a sentence for people."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        "code": code,
        **members,
    }


def problem_of_status(status: int) -> dict[str, Any]:
    """The problem of an error of which only the status is known; of the cause nothing is told."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        detail = _("The server failed to answer. The failure is on record; try again later.")
        return problem(status, detail, code="server_error")
    match status:
        case HTTPStatus.NOT_FOUND:
            detail = _("There is nothing at this address that you may read.")
            return problem(status, detail, code="not_found")
        case HTTPStatus.FORBIDDEN:
            return problem(status, _("You may not do this."), code="permission_denied")
        case HTTPStatus.METHOD_NOT_ALLOWED:
            detail = _(
                "This address does not take the method. The header Allow names those it takes."
            )
            return problem(status, detail, code="method_not_allowed")
        case HTTPStatus.PRECONDITION_FAILED:
            detail = _("What is at this address is not what the request names. Read it anew.")
            return problem(status, detail, code="precondition_failed")
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            detail = _("The request has more bytes than this server reads. Send less at once.")
            return problem(status, detail, code="too_large")
        case HTTPStatus.REQUEST_URI_TOO_LONG:
            detail = _("The address is longer than this server reads. Ask for less in one request.")
            return problem(status, detail, code="uri_too_long")
        case HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE:
            detail = _("The headers of the request are longer than this server reads. Send fewer.")
            return problem(status, detail, code="headers_too_long")
    detail = _("The request is not one that this server reads.")
    return problem(status, detail, code="bad_request")
