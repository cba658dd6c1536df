"""Filters of lists in the API: each parameter of a request narrows what the list has.

What they are and how they are read stands in the readings, where the desk and saved queries of fact
sheets use them too; here is how a request is answered, and how the schema describes them.
"""

from typing import Any

from django.db.models import QuerySet
from rest_framework.exceptions import ErrorDetail
from rest_framework.exceptions import ValidationError as ParametersRefused
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView

from sources.readings.filters import Filter, Filters, FiltersRefused, narrowed


class ListFilters(BaseFilterBackend):
    """Narrows a list by the filters that its view names; wrong ones are refused by name."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> Any:
        """Return the rows for which all parameters hold. Raises ParametersRefused.

        `view` names its filters and has the `visit`.
        """
        filters: Filters = getattr(view, "filters")  # noqa: B009  # not every APIView has them
        parameters = dict(request.query_params.lists())
        visit = getattr(view, "visit")  # noqa: B009  # as above
        try:
            return narrowed(queryset, filters, parameters, visit.asking)
        except FiltersRefused as refusal:
            raise ParametersRefused(_details(refusal)) from refusal

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The filters of the list, for the schema of the API."""
        return [_described(name, one) for name, one in view.filters.items()]


def _described(name: str, one: Any) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "minLength": 1}
    description = str(one.help_text)
    if isinstance(one, Filter):
        if one.words:
            description += f" One of: {', '.join(f'`{word}`' for word in one.words)}."
        if one.none is not None:
            description += " `none`: has none."
        schema = {"type": "array", "items": schema}
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
    }


def _details(refusal: FiltersRefused) -> dict[str, list[ErrorDetail]]:
    """The sentences that say what is wrong with each parameter, with their codes."""
    details: dict[str, list[ErrorDetail]] = {}
    for name, wrong in refusal.refused:
        details.setdefault(name, []).append(ErrorDetail(wrong.message, wrong.code))
    return details
