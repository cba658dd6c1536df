"""Claims by a query in text, for whoever keeps one: as the address of the list has it."""

import difflib

from django.utils.translation import gettext as _

from claims.domain.extract_queries import query_parameters
from claims.models import Version
from claims.querysets.versions import VersionQuerySet
from claims.readings.claim_filters import CLAIM_FILTERS, asks_for_retracted
from sources.domain.refusals import Refusal, quoted
from sources.readings.filters import Filter, narrowed
from sources.readings.reader import Reader


class ParameterUnknown(Refusal):
    """A parameter of a query that is no filter, comes twice or is empty."""


def found_by_query(query: str, reader: Reader) -> VersionQuerySet:
    """The version that the reader sees of each claim that a query finds, as the list has them.

    Raises ParameterUnknown, and FiltersRefused for values that are not understood.
    """
    found = narrowed_by_query(Version.objects.visible_to(reader.account, reader.at), query, reader)
    if asks_for_retracted(query_parameters(query)):
        return found
    return found.filter(claim__retracted_at__isnull=True)


def narrowed_by_query(versions: VersionQuerySet, query: str, reader: Reader) -> VersionQuerySet:
    """Those of the versions that a query finds, retracted claims among them.

    Raises ParameterUnknown, and FiltersRefused for values that are not understood.
    """
    parameters = query_parameters(query)
    for name, values in parameters.items():
        _require_filter(name, values)
    found: VersionQuerySet = narrowed(versions, CLAIM_FILTERS, parameters, reader)
    return found


def _require_filter(name: str, values: list[str]) -> None:
    """Refuse what the list would: it narrows by nothing that is not understood."""
    words = {"name": quoted(name)}
    if name not in CLAIM_FILTERS:
        nearest = difflib.get_close_matches(name[:60].lower(), CLAIM_FILTERS, n=1, cutoff=0.0)[0]
        raise ParameterUnknown(
            "unknown_parameter",
            _("There is no filter %(name)s of claims. The nearest one is %(nearest)s.")
            % {**words, "nearest": quoted(nearest)},
        )
    if "" in values:
        raise ParameterUnknown(
            "empty_parameter",
            _("The filter %(name)s is empty. Give it a value, or leave it out.") % words,
        )
    if len(values) > 1 and not isinstance(CLAIM_FILTERS[name], Filter):
        raise ParameterUnknown(
            "repeated_parameter", _("The filter %(name)s comes twice. Give it once.") % words
        )
