"""Suggestions for the inputs of fact sheets while one types: citation styles and claims."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse_lazy
from django.utils.text import Truncator

from claims.factsheets.cite import style_names
from claims.models import Entity, Topic, Version
from claims.querysets.versions import is_number
from claims.readings.claims import ClaimReading, read_claims
from sources.admin.fields import Datalist
from sources.domain.search.typed import SearchRefused, read_search
from sources.readings.reader import Reader

COMMON_STYLES = ["chicago-notes-bibliography", "apa", "ieee"]
MAX_STYLES = 50
MAX_CLAIMS = 20
MAX_QUERIES = 200

# The attributes of an input that takes the name of a style.
STYLES_INPUT = {
    "list": "offer-styles",
    "autocomplete": "off",
    "data-suggest": reverse_lazy("admin:claims_factsheet_styles"),
}


def offered_styles() -> Datalist:
    """The styles that are offered before anything is typed."""
    return {"name": "offer-styles", "options": [(name, "") for name in COMMON_STYLES]}


def styles_like(typed: str) -> list[tuple[str, str]]:
    """The names of the styles that hold all words of what is being typed, common ones first."""
    words = typed[:100].lower().split()
    names = [name for name in sorted(style_names()) if all(word in name for word in words)]
    first = [name for name in COMMON_STYLES if name in names]
    found = [*first, *(name for name in names if name not in first)]
    return [(name, "") for name in found[:MAX_STYLES]]


def claims_like(typed: str, reader: Reader) -> list[tuple[str, str]]:
    """The claims of a reference, or of words in their statement: reference, who says it and what.

    The claims that were written last come first.
    """
    words = typed.strip()[:100]
    versions = Version.objects.newest()
    if words[:1] in ("C", "c") and is_number(words[1:]):
        versions = versions.filter(claim=int(words[1:]))
    elif words:
        try:
            versions = versions.found_by(read_search(words), reader.account)
        except SearchRefused:
            return []
    pks = versions.order_by("-recorded_at", "-pk").values_list("pk", flat=True)[:MAX_CLAIMS]
    return [
        (f"C{one.claim}", Truncator(f"{one.attribution}: {one.statement}").chars(120))
        for one in read_claims(list(pks), reader)
    ]


def offered_queries(reader: Any, at: Any) -> Datalist:
    """Saved queries that find claims by a topic or an entity."""
    topics = Topic.objects.order_by("name", "pk").values_list("key", "name")[:MAX_QUERIES]
    known = Entity.objects.surviving().known_to(reader, at)
    entities = known.order_by("label", "pk").values_list("key", "label")[:MAX_QUERIES]
    return {
        "name": "offer-queries",
        "options": [
            *((f"topic={key}", name) for key, name in topics),
            *((f"entity={key}", label) for key, label in entities),
        ],
    }


def claims_named(refs: Sequence[str], reader: Reader) -> dict[str, ClaimReading]:
    """The latest versions of the claims of these references, by reference; others are left out."""
    numbers = {int(ref[1:]) for ref in refs if ref[:1] == "C" and is_number(ref[1:])}
    pks = Version.objects.newest().filter(claim__in=numbers).values_list("pk", flat=True)
    return {f"C{one.claim}": one for one in read_claims(list(pks), reader)}
