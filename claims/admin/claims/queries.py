"""The query field of the list of claims: filters as the address of the API's list has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.forms import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.domain.extract_queries import canonical_query, query_pairs
from sources.domain.refusals import Refusal
from sources.readings.filters import FiltersRefused

# Parameters of an address that say how a list is sent, and nothing of what is in it.
HOW_IT_IS_SENT = frozenset({"cursor", "limit", "ordering", "fields", "include"})


@dataclass(frozen=True, slots=True)
class SameQuery:
    """Another door that takes the query of the list."""

    label: str
    url: str


def read_typed_query(typed: str) -> str:
    """Return a typed query or address of a list in its one form. Raises QueryRefused."""
    pairs = query_pairs(canonical_query(typed))
    asked = [(name, value) for name, value in pairs if name not in HOW_IT_IS_SENT]
    return canonical_query(urlencode(asked, quote_via=quote))


def query_errors(refusal: Refusal) -> ValidationError:
    """The sentences of a refused query, each with the parameter that it is about."""
    if not isinstance(refusal, FiltersRefused):
        return ValidationError(refusal.message, code=refusal.code)
    return ValidationError(
        [ValidationError(f"{name}: {one.message}", code=one.code) for name, one in refusal.refused]
    )


def same_query(query: str, *, may_freeze: bool) -> Sequence[SameQuery]:
    """The doors that take the same query."""
    doors = [
        SameQuery(_("The same in the API"), f"{reverse('api:claims-list')}?{query}"),
        SameQuery(_("The same as a CSV file"), f"{reverse('claims:export-csv')}?{query}"),
    ]
    if may_freeze:
        freeze = f"{reverse('admin:claims_extract_add')}?{urlencode({'query': query})}"
        doors.append(SameQuery(_("Freeze what the public finds by it as an extract"), freeze))
    return doors
