"""Pages of lists by key: each starts behind the last row of the one before.

No page is counted or skipped to, so the hundredth costs what the first one does, and a row that
joins or leaves between two requests makes no other come twice or go missing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from sources.api.fields import fields_described
from sources.api.ordering import ListOrder, orders_described, read_cursor, read_order, write_cursor
from sources.api.parameters import ParameterRefused
from sources.domain.refusals import quoted

DEFAULT_LIMIT = 50
MAX_LIMIT = 100
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


class KeysetPagination(BasePagination):
    """Pages over the one unique column that the view names as its `keyset`, `-` for descending.

    Where the view has other `orders`, one can be asked for. A cursor is the place of the last row
    of a page, wrapped so that nobody builds on its form: the value of the order's column, if there
    is one, and of the keyset. It holds no more than the row itself shows, so it is checked but not
    signed.
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
        orders: Mapping[str, ListOrder] = getattr(view, "orders", {})
        key = keyset.removeprefix("-")
        order, descending = read_order(request.query_params.get("ordering"), orders, keyset)
        limit = read_limit(request.query_params.get("limit"))
        after = None
        if cursor := request.query_params.get("cursor"):
            is_text = queryset.model._meta.get_field(key).get_internal_type() == "SlugField"
            after = read_cursor(cursor, is_text=is_text, order=order)

        def first_rows(rows: Any, most: int) -> list[Any]:
            return order.rows(rows, key, after, most, descending=descending)

        page = self.taken(queryset, first_rows, limit + 1, is_first=after is None)
        if len(page) > limit:
            page.pop()
            cursor = write_cursor(getattr(page[-1], key), order.place(page[-1]))
            self.next_url = replace_query_param(request.build_absolute_uri(), "cursor", cursor)
        return page

    def taken(
        self,
        queryset: QuerySet[Any],
        first_rows: Callable[[Any, int], list[Any]],
        most: int,
        *,
        is_first: bool,
    ) -> list[Any]:
        """The rows of a page and one more; `first_rows` reads so many from where it starts."""
        return first_rows(queryset, most)

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
        orders: Mapping[str, ListOrder] = getattr(view, "orders", {})
        ordering = {
            "name": "ordering",
            "in": "query",
            "required": False,
            "description": orders_described(orders),
            "schema": {
                "type": "string",
                "enum": [f"{sign}{name}" for name in orders for sign in ("", "-")],
            },
        }
        return [
            *([ordering] if orders else []),
            *([fields_described(view.field_names())] if getattr(view, "has_fields", False) else []),
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
