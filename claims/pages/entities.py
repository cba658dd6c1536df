"""Entities: the countries, people, documents and things that published claims are about."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.models import Entity
from claims.pages.parameters import Page, page_of, refusals_as_pages
from claims.pages.presenters import lines_of, public_versions, reader_at
from claims.querysets.entities import EntityQuerySet
from claims.vocabulary import EntityKind

PER_PAGE = 200


@require_safe
@refusals_as_pages
def entities(request: HttpRequest) -> HttpResponse:
    """The entities that readers may know of, by kind and name."""
    named = Entity.objects.surviving().only("pk", "key", "label", "kind")
    page = page_of_public(named, request, at=timezone.now())
    kinds: dict[EntityKind, list[Any]] = {}
    for one in sorted(page.rows, key=lambda row: (row.label.casefold(), row.pk)):
        kinds.setdefault(EntityKind(one.kind), []).append(one)
    context = {
        "kinds": [(kind, kinds[kind]) for kind in EntityKind if kind in kinds],
        "next_after": page.next_after,
    }
    return render(request, "claims/entities.html", context)


@require_safe
@refusals_as_pages
def entity(request: HttpRequest, key: str) -> HttpResponse:
    """The claims about an entity, or that it makes; one that was merged leads to the other."""
    now = timezone.now()
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


def page_of_public(entities: EntityQuerySet, request: HttpRequest, *, at: datetime) -> Page:
    """The entities after the place that the address names that the public may know of.

    They are looked up among as many as a page has, among more only where some are not public.
    """
    found: list[Any] = []
    rows, size = entities, PER_PAGE + 1
    page = page_of(rows, request, key="pk", size=size)
    while True:
        known = Entity.objects.public_ids([row.pk for row in page.rows], at)
        found += [row for row in page.rows if row.pk in known]
        if len(found) > PER_PAGE:
            return Page(found[:PER_PAGE], found[PER_PAGE - 1].pk)
        if page.next_after is None:
            return Page(found)
        size *= 2
        rows = entities.filter(pk__lt=page.next_after)
        page = page_of(rows, request, key="pk", size=size)
