"""The fields of a new claim that an address fills in, for who comes from a quote or a matrix.

Nothing is saved by an address: whatever it names is shown in the form and read when that is sent.
"""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from claims.admin.term_lines import line_of_term
from claims.models import DictionaryVersion
from sources.models import Series

# The quote or the source of the first row.
_EVIDENCE = ("excerpt", "source")
# What is said of what, in keys; the aspect is a topic under which the claim is filed, too.
ASSERTION = ("subject", "property", "aspect", "value")
# The terms of the aspect in a version of a dictionary ("quad/3"), absent from a document by key.
_DICTIONARY, _DOCUMENT = "dictionary", "absent_from"

_MOST = 100  # as much of a parameter as is read


def rows_in_address(request: HttpRequest) -> list[dict[str, Any]]:
    """The first row of the quotes, where the address names a quote or a source."""
    for name in _EVIDENCE:
        if typed := _typed(request, name):
            return [{name: typed}]
    return []


def initial_in_address(request: HttpRequest) -> dict[str, Any]:
    """The initial values of the form's own fields."""
    initial: dict[str, Any] = {
        name: typed for name in ASSERTION if (typed := _typed(request, name))
    }
    if "aspect" in initial:
        initial["topics"] = [initial["aspect"]]
    if document := _typed(request, _DOCUMENT):
        initial["absence_sources"] = [document]
    if terms := _terms(request, initial.get("aspect", "")):
        initial["absence_terms"] = terms
    return initial


def _typed(request: HttpRequest, name: str) -> str:
    """The value of a parameter of the address, as far as it is read."""
    return str(request.GET.get(name, ""))[:_MOST].strip()


def _terms(request: HttpRequest, topic: str) -> list[str]:
    """The terms of a topic in the version of a dictionary that the address names, as lines."""
    key, _slash, number = _typed(request, _DICTIONARY).rpartition("/")
    if not topic or not (number.isascii() and number.isdigit() and len(number) < 10):
        return []
    known = Series.objects.known_to(request.user, timezone.now()).filter(key=key)
    version = DictionaryVersion.objects.filter(series__in=known, number=int(number)).first()
    if version is None:
        return []
    return [
        line_of_term(term.text, term.language)
        for entry in version.dictionary.entries
        if entry.topic == topic
        for term in entry.terms
    ]
