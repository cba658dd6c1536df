"""Pages of lists by key: each starts behind the last row of the one before.

No page is counted or skipped to, so the hundredth costs what the first one does, and a row that
joins or leaves between two requests makes no other come twice or go missing.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from sources.api.parameters import ParameterRefused
from sources.domain.keys import is_key
from sources.domain.refusals import quoted

DEFAULT_LIMIT = 50
MAX_LIMIT = 100
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


class KeysetPagination(BasePagination):
    """Pages over the one unique column that the view names as its `keyset`, `-` for descending.

    A cursor is the value of that column in the last row of a page, wrapped so that nobody builds
    on its form. It holds no more than the row itself shows, so it is checked but not signed.
    """

    parameters: tuple[str, ...] = ("cursor", "limit")
    next_url: str | None = None

    def paginate_queryset(
        self,
        queryset: QuerySet[Any] | Sequence[Any],
        request: Request,
        view: APIView | None = None,
    ) -> list[Any]:
        """The rows of the page that the request asks for. Raises ParameterRefused."""
        if not isinstance(queryset, QuerySet):
            raise TypeError("A list that is no query has no key to page by.")
        keyset: str = getattr(view, "keyset")  # noqa: B009  # not every APIView has one
        column, is_descending = keyset.removeprefix("-"), keyset.startswith("-")
        limit = read_limit(request.query_params.get("limit"))
        if cursor := request.query_params.get("cursor"):
            is_text = queryset.model._meta.get_field(column).get_internal_type() == "SlugField"
            after = read_cursor(cursor, is_text=is_text)
            lookup = "lt" if is_descending else "gt"
            queryset = queryset.filter(**{f"{column}__{lookup}": after})
        page = list(queryset.order_by(keyset)[: limit + 1])
        if len(page) > limit:
            page.pop()
            cursor = write_cursor(getattr(page[-1], column))
            self.next_url = replace_query_param(request.build_absolute_uri(), "cursor", cursor)
        return page

    def get_paginated_response(self, data: Any) -> Response:
        """The page with the address of the next one, null on the last."""
        return Response({"results": data, "next": self.next_url})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The shape of a page, for the schema of the API."""
        return {
            "type": "object",
            "required": ["results", "next"],
            "additionalProperties": False,
            "properties": {
                "results": schema,
                "next": {
                    "type": ["string", "null"],
                    "format": "uri",
                    "description": _("The address of the next page; null on the last one."),
                },
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The parameters of a page, for the schema of the API."""
        return [
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "description": _("Where the page starts: taken from `next`, never made up."),
                "schema": {"type": "string"},
            },
            {
                "name": "limit",
                "in": "query",
                "required": False,
                "description": _("How many rows a page has at most."),
                "schema": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": MAX_LIMIT,
                    "default": DEFAULT_LIMIT,
                },
            },
        ]


def read_limit(written: str | None) -> int:
    """Return how many rows a page has at most. Raises ParameterRefused."""
    if written is None:
        return DEFAULT_LIMIT
    if not _NUMBER.fullmatch(written) or int(written) > MAX_LIMIT:
        raise ParameterRefused(
            "limit",
            "limit",
            _("The limit %(value)s is not read. Write a whole number from 1 to %(most)d.")
            % {"value": quoted(written), "most": MAX_LIMIT},
        )
    return int(written)


def write_cursor(value: int | str) -> str:
    """The place behind a row, as an opaque word."""
    return base64.urlsafe_b64encode(str(value).encode()).decode().rstrip("=")


def read_cursor(written: str, *, is_text: bool) -> int | str:
    """The value behind which a page starts: a key, or a number from 1.

    Only what `write_cursor` writes is read. Raises ParameterRefused.
    """
    try:
        padded = written + "=" * (-len(written) % 4)
        value = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        value = ""
    is_place = is_key(value) if is_text else _NUMBER.fullmatch(value)
    if not is_place or write_cursor(value) != written:
        raise ParameterRefused(
            "cursor",
            "cursor",
            _("The cursor %(value)s is none of this list. Follow `next`, or leave it out.")
            % {"value": quoted(written)},
        )
    return value if is_text else int(value)
