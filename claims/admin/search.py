"""The search on top of every page of the desk: a reference leads there, words to all that has them.

It is the search of the public page, asked for the account: drafts are found, and sources for named
persons by these alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.claims.page_context import Badge, badge_of
from claims.domain.typed_references import ReferenceKind, TypedReference, read_reference
from claims.models import Conflict, Entity, Extract, Version
from claims.readings.found import (
    MAX_RANKED,
    FoundClaim,
    FoundNames,
    found_claims,
    found_names,
    understood,
)
from claims.readings.values import NameReading
from sources.domain.search.typed import SearchRefused, TypedSearch, read_search
from sources.models import Excerpt, Source
from sources.readings.reader import Reader
from sources.readings.sources import SourceReading, source_of

PAGE_SIZE = 20

_PAGES = {
    ReferenceKind.CLAIM: "admin:claims_claim_change",
    ReferenceKind.CONFLICT: "admin:claims_conflict_change",
    ReferenceKind.EXTRACT: "admin:claims_extract_change",
    ReferenceKind.QUOTE: "admin:sources_excerpt_change",
}


@dataclass(frozen=True)
class ClaimHit:
    """A claim that was found, with the badge of its version."""

    found: FoundClaim
    badge: Badge


@dataclass(frozen=True)
class NamedHits:
    """Rows that were found by their own words, each with the id that the desk's addresses have."""

    sources: Sequence[tuple[int, SourceReading]]
    entities: Sequence[tuple[int, NameReading]]
    topics: Sequence[Any]


@require_safe
def desk_search(request: HttpRequest) -> HttpResponse:
    """Go where a typed reference leads; list by kind what has the words.

    Who reads a source (`to=reader`) goes on to the text of the only source that has them.
    """
    reader = Reader(request.user, timezone.now())
    typed = request.GET.get("q", "").strip()
    context: dict[str, Any] = {"title": _("Search"), "desk_search_typed": typed}
    if (reference := read_reference(typed)) is not None:
        if rows_with(reference, reader).exists():
            return redirect(*page_of_reference(reference))
        context["refusal"] = _("There is no %(reference)s that you may read.") % {
            "reference": typed
        }
    elif typed:
        try:
            context |= results_of(read_search(typed), _start(request), reader)
            names = context["names"]
            if request.GET.get("to") == "reader" and names and len(names.sources) == 1:
                return redirect("claims:source", names.sources[0][1].key)
        except SearchRefused as refusal:
            context["refusal"] = refusal.message
    full = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, "admin/search.html", full)


def rows_with(reference: TypedReference, reader: Reader) -> QuerySet[Any]:
    """The row that has a reference, as far as the reader may know it."""
    number = reference.number
    match reference.kind:
        case ReferenceKind.CLAIM:
            versions = Version.objects.in_history(reader.account, reader.at).filter(claim=number)
            if reference.version is None:
                return versions
            return versions.filter(number=reference.version)
        case ReferenceKind.CONFLICT:
            return Conflict.objects.filter(pk=number)
        case ReferenceKind.EXTRACT:
            return Extract.objects.filter(pk=number)
        case ReferenceKind.QUOTE:
            return Excerpt.objects.visible_to(reader.account, reader.at).filter(pk=number)


def page_of_reference(reference: TypedReference) -> tuple[Any, ...]:
    """The name of the desk's page of a reference, and what stands in its address."""
    if reference.version is not None:
        return "admin:claims_claim_version", reference.number, reference.version
    return _PAGES[reference.kind], reference.number


def results_of(search: TypedSearch, start: int, reader: Reader) -> Mapping[str, Any]:
    """A page of claims by rank, and on the first page what else has the words."""
    claims = found_claims(search, reader, start=start, size=PAGE_SIZE)
    ids = [one.claim.id for one in claims.claims]
    rows = Version.objects.filter(pk__in=ids).select_related("claim").defer("words").in_bulk()
    return {
        "understood": understood(search),
        "claims": [ClaimHit(one, badge_of(rows[one.claim.id], reader.at)) for one in claims.claims],
        "conflicts": claims.conflicts,
        "is_capped": claims.is_capped and claims.next_start is None,
        "next_start": claims.next_start,
        "names": named_hits(search, reader) if start == 0 else None,
    }


def named_hits(search: TypedSearch, reader: Reader) -> NamedHits:
    """The sources, entities and topics with the words; a source whose key was typed comes first."""
    names = found_names(search, reader)
    by_key = Source.objects.readable_by(reader.account, reader.at).filter(
        key__in={search.typed, search.typed.lower()}
    )
    keyed = [source_of(one, reader) for one in by_key.select_related("publisher")]
    sources = list({one.key: one for one in (*keyed, *names.sources)}.values())
    source_ids = _ids_of(Source.objects.filter(key__in=[one.key for one in sources]))
    entity_ids = _entity_ids(names)
    return NamedHits(
        [(source_ids[one.key], one) for one in sources],
        [(entity_ids[one.key], one) for one in names.entities if one.key],
        names.topics,
    )


def _entity_ids(names: FoundNames) -> dict[str, int]:
    return _ids_of(Entity.objects.filter(key__in=[one.key for one in names.entities if one.key]))


def _ids_of(rows: QuerySet[Any]) -> dict[str, int]:
    """The ids of rows by their keys."""
    return dict(rows.values_list("key", "pk"))


def _start(request: HttpRequest) -> int:
    """The place in the ranking that the address names, the first where it names none."""
    typed = request.GET.get("start", "0")
    is_place = typed.isascii() and typed.isdigit() and len(typed) <= len(str(MAX_RANKED))
    return int(typed) if is_place else 0
