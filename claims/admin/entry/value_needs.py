"""The needs of a property, in words: what its value is, in which units, and of which time."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.domain.values.period_needed import needs_period
from claims.domain.values.units import units_read_in
from claims.models import Property
from claims.vocabulary import PropertyTime, ValueKind

_MAX_UNITS = 8

_OF_A_UNIT = gettext_lazy(
    "The value of “%(name)s” is a number in %(unit)s: 9.1 %(unit)s, nearly 9, 5 to 7, at most 20. "
    "A number alone is in %(unit)s."
)
_OF_A_KIND: Mapping[ValueKind, Any] = {
    ValueKind.QUANTITY: gettext_lazy(
        "The value of “%(name)s” is a number without a unit: 9.1, nearly 9, a third."
    ),
    ValueKind.COUNT: gettext_lazy(
        "The value of “%(name)s” is a whole number: 11, at least one, 20–25."
    ),
    ValueKind.DATE: gettext_lazy(
        "The value of “%(name)s” is a date in words: 7 May 2025, May 2025, 7–10 May 2025, mid-2025."
    ),
    ValueKind.TRUTH: gettext_lazy("The value of “%(name)s” is true or false, or yes or no."),
    ValueKind.PRESENCE: gettext_lazy(
        "The value of “%(name)s” is present or absent; of what is absent, say below which terms "
        "are not there."
    ),
    ValueKind.ENTITY: gettext_lazy("The value of “%(name)s” is an entity, by key or name."),
    ValueKind.TEXT: gettext_lazy("The value of “%(name)s” is words, as short as they can be."),
}


def value_needs(prop: Property) -> list[str]:
    """Say what a claim of this property gives as its value and its period, a sentence each."""
    kind, time = ValueKind(prop.value_kind), PropertyTime(prop.time)
    value = _OF_A_UNIT if prop.unit else _OF_A_KIND[kind]
    sentences = [str(value) % {"name": prop.label, "unit": prop.unit}]
    if units := units_read_in(prop.unit)[1 : _MAX_UNITS + 1]:
        sentences.append(_("Read and converted besides: %(units)s.") % {"units": ", ".join(units)})
    if not needs_period(kind, time):
        sentences.append(_("It needs no period."))
    elif time is PropertyTime.OVER:
        sentences.append(_("It adds up over a period: say of which one the value is."))
    else:
        sentences.append(_("Say in the period when it held."))
    if prop.bases:
        bases = ", ".join(prop.bases)
        sentences.append(_("Its basis is one of these, or not said: %(bases)s.") % {"bases": bases})
    return sentences
