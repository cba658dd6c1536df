"""The fields of a new claim that an address fills in, for who comes from elsewhere.

A quote, the tray of the account, another claim or a matrix leads there.

Nothing is saved by an address: whatever it names is shown in the form and read when that is sent.
"""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from claims.admin.entry.another import followed_version, initial_of_another, rows_of_another
from claims.admin.entry.quotes import collected_rows
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
    """The first rows of the quotes: those of the tray or of another claim, a quote, or a source."""
    if is_from_tray(request):
        return collected_rows(request.user)
    if (version := followed_version(request)) is not None:
        return rows_of_another(version, request.user, only=_typed(request, "excerpt"))
    for name in _EVIDENCE:
        if typed := _typed(request, name):
            return [{name: typed}]
    return []


def is_from_tray(request: HttpRequest) -> bool:
    """Whether the address asks for the quotes that the account collected."""
    return _typed(request, "from") == "tray"


def initial_in_address(request: HttpRequest) -> dict[str, Any]:
    """The initial values of the form's own fields."""
    version = followed_version(request)
    initial = {} if version is None else initial_of_another(version, request.user)
    initial |= {name: typed for name in ASSERTION if (typed := _typed(request, name))}
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
