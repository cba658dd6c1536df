"""The base of every read-only viewset: check the parameters, filter, page, present."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from typing import Any, ClassVar, get_type_hints

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.http import http_date
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param
from rest_framework.viewsets import GenericViewSet

from sources.api.fields import FIELDS, chosen_words, with_fields
from sources.api.filters import ListFilters
from sources.api.ordering import ListOrder
from sources.api.pagination import KeysetPagination
from sources.api.parameters import check_parameters
from sources.api.visit import KNOWN_AT, Visit
from sources.domain.keys import KEY
from sources.readings.filters import Filter, Filters


class ReadViewSet(GenericViewSet[Any]):
    """Lists and single rows, as the reader may see them.

    A viewset says which rows there are (`rows`, chained from QuerySet methods), the function that
    presents one (`present`, whose return type is the shape in the schema), the unique column that
    pages go by (`keyset`) and, where there are some, its `filters` and other `orders`. One that
    `takes_known_at` answers from what was known at a time, with the same rows and readings.
    """

    http_method_names = ["get", "head"]
    filter_backends = [ListFilters]
    pagination_class = KeysetPagination
    lookup_field = "key"
    lookup_value_regex = KEY
    keyset: ClassVar[str] = "key"
    present: ClassVar[Callable[[Any, Visit], Mapping[str, Any]]]
    filters: ClassVar[Filters] = {}
    orders: ClassVar[Mapping[str, ListOrder]] = {}
    media_type: ClassVar[str] = "application/json"
    takes_known_at: ClassVar[bool] = False
    has_fields: ClassVar[bool] = True
    visit: Visit

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, in the past where the request asks for it; see `initial`."""
        with ExitStack() as self.time_of_answer:
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse what the address does not take, before anything is read."""
        super().initial(request, *args, **kwargs)
        own = [KNOWN_AT] if self.takes_known_at else []
        known = [*self.known_parameters(), *own]
        check_parameters(request, known, repeated=self.repeated_parameters())
        self.visit = Visit.of(request, takes_known_at=self.takes_known_at)
        self.time_of_answer.enter_context(self.visit.in_its_time())

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """Say of an answer of the past which time it is of (RFC 7089)."""
        visit = getattr(self, "visit", None)
        if visit is not None and visit.is_of_the_past:
            present = remove_query_param(request.build_absolute_uri(), KNOWN_AT)
            response["Memento-Datetime"] = http_date(int(visit.at.timestamp()))
            response["Link"] = f'<{present}>; rel="original"'
        return super().finalize_response(request, response, *args, **kwargs)

    def known_parameters(self) -> list[str]:
        """The parameters that this address takes."""
        if self.action != "list":
            return []
        ordering = ["ordering"] if self.orders else []
        fields = [FIELDS] if self.has_fields else []
        return [*self.filters, *ordering, *fields, *KeysetPagination.parameters]

    @classmethod
    def repeated_parameters(cls) -> list[str]:
        """Those that may come more than once: filters, which then must all hold, and lists."""
        fields = [FIELDS] if cls.has_fields else []
        return [*fields, *(name for name, one in cls.filters.items() if isinstance(one, Filter))]

    @classmethod
    def shape(cls) -> Any:
        """The shape of one row, for the schema of the API."""
        return get_type_hints(cls.present, include_extras=True)["return"]

    @classmethod
    @cache
    def field_names(cls) -> tuple[str, ...]:
        """The members of a row, for `fields`."""
        return tuple(get_type_hints(cls.shape()))

    def rows(self) -> QuerySet[Any]:
        """The rows that the reader may see, with all that presenting them reads."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Any]:
        """The rows, for the filters and the look-up."""
        return self.rows()

    def present_all(self, rows: Sequence[Any]) -> list[Mapping[str, Any]]:
        """A page of rows as they are sent."""
        present = type(self).present
        return [present(row, self.visit) for row in rows]


class ListViewSet(ReadViewSet):
    """A viewset with a list."""

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One page of the rows that the parameters ask for."""
        fields = chosen_words(request, FIELDS, self.field_names()) if self.has_fields else None
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(with_fields(self.present_all(page or []), fields))


class ListAndDetailViewSet(ListViewSet):
    """A viewset with a list and an address for each row."""

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One row."""
        self.filter_backends = []
        return Response(self.present_all([self.get_object()])[0])
