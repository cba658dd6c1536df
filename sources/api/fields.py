"""Choose which members the rows of an answer have: `fields=ref,statement`."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.request import Request

from sources.api.parameters import ParameterRefused
from sources.domain.query import QueryRefused, read_clause
from sources.domain.query_values import read_code
from sources.domain.refusals import Refusal

FIELDS = "fields"

Row = Mapping[str, Any]


def chosen_words(request: Request, name: str, known: Collection[str]) -> list[str] | None:
    """The words of a parameter that lists some of those known; None where it is not given.

    Raises ParameterRefused, which names the nearest one.
    """
    written = listed_words(request, name)
    if written is None:
        return None
    try:
        clause = read_clause(written)
        if clause.is_negated or clause.or_none:
            raise QueryRefused("invalid", _("Name those that you want, parted by commas."))
        return [read_code(word, known) for word in clause.words]
    except Refusal as refusal:
        raise ParameterRefused(refusal.code, name, refusal.message) from refusal


def listed_words(request: Request, name: str) -> str | None:
    """A parameter that lists words, as it is written with commas; None where it is not given.

    Many clients repeat the parameter for each word, whatever the schema says: that is the same.
    """
    return ",".join(request.query_params.getlist(name)) or None


def fields_described(known: Collection[str]) -> dict[str, Any]:
    """The parameter `fields` of a list whose rows have these members, for the schema of the API."""
    return {
        "name": FIELDS,
        "in": "query",
        "required": False,
        "description": _(
            "Only these members of each row, parted by commas: the rows then lack all others, even "
            "those that a whole row always has. Without it, rows are whole."
        ),
        "style": "form",
        "explode": False,
        "schema": {
            "type": "array",
            "items": {"type": "string", "enum": list(known)},
            "minItems": 1,
        },
    }


def with_fields(rows: Sequence[Row], names: Collection[str] | None) -> list[Row]:
    """The rows with these members alone, in the order of the whole row."""
    if names is None:
        return list(rows)
    return [{name: value for name, value in row.items() if name in names} for row in rows]
