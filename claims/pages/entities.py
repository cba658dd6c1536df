"""Entities: the countries, people, documents and things that published claims are about."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from claims.models import Entity
from claims.pages.parameters import page_of, refusals_as_pages
from claims.pages.past import moment_of, takes_known_at
from claims.pages.presenters import lines_of, public_versions, reader_at
from claims.vocabulary import EntityKind

PER_PAGE = 200


@require_safe
@takes_known_at()
@refusals_as_pages
def entities(request: HttpRequest) -> HttpResponse:
    """The entities that readers may know of, by kind and name."""
    known = Entity.objects.known_to(None, moment_of(request)).surviving()
    page = page_of(known.only("pk", "key", "label", "kind"), request, key="pk", size=PER_PAGE)
    kinds: dict[EntityKind, list[Any]] = {}
    for one in sorted(page.rows, key=lambda row: (row.label.casefold(), row.pk)):
        kinds.setdefault(EntityKind(one.kind), []).append(one)
    context = {
        "kinds": [(kind, kinds[kind]) for kind in EntityKind if kind in kinds],
        "next_after": page.next_after,
    }
    return render(request, "claims/entities.html", context)


@require_safe
@takes_known_at()
@refusals_as_pages
def entity(request: HttpRequest, key: str) -> HttpResponse:
    """The claims about an entity, or that it makes; one that was merged leads to the other."""
    now = moment_of(request)
    named = Entity.objects.select_related("source", "series")
    found = get_object_or_404(named, key=key)
    near = {one.pk: one for one in named.filter(pk__in=[found.part_of_id, found.merged_into_id])}
    known = Entity.objects.public_ids([found.pk, *near], now)
    if found.pk not in known:
        raise Http404
    near = {pk: one for pk, one in near.items() if pk in known}
    if survivor := near.get(found.merged_into_id):
        return redirect("claims:entity", survivor.key)
    page = page_of(public_versions(now).about(found.key), request, key="claim_id")
    return render(
        request,
        "claims/entity.html",
        {
            "entity": found,
            "kind": EntityKind(found.kind),
            "part_of": near.get(found.part_of_id),
            "lines": lines_of(page.rows, reader_at(now)),
            "next_after": page.next_after,
        },
    )
