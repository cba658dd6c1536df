"""Topics: lists of what is published about something."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims.models import ClaimTopic, Topic
from claims.pages.parameters import page_of, refusals_as_pages
from claims.pages.past import moment_of, takes_known_at
from claims.pages.presenters import lines_of, public_versions, reader_at


@require_safe
@takes_known_at()
def topics(request: HttpRequest) -> HttpResponse:
    """The topics of published claims, by name."""
    return render(request, "claims/topics.html", {"topics": published_topics(moment_of(request))})


@require_safe
@takes_known_at()
@refusals_as_pages
def topic(request: HttpRequest, key: str) -> HttpResponse:
    """The published claims filed under a topic, the latest first."""
    now = moment_of(request)
    known = Topic.objects.known_to(None, now).order_by("name", "pk")
    found = get_object_or_404(known, key=key)
    page = page_of(public_versions(now).under_topic(key), request, key="claim_id")
    near = list(known.filter(Q(parent=found) | Q(pk=found.parent_id)))
    return render(
        request,
        "claims/topic.html",
        {
            "topic": found,
            "above": [other for other in near if other.pk == found.parent_id],
            "below": [other for other in near if other.pk != found.parent_id],
            "lines": lines_of(page.rows, reader_at(now)),
            "next_after": page.next_after,
        },
    )


def published_topics(at: datetime) -> QuerySet[Any]:
    """The topics under which something is published at that time, by name."""
    ties = ClaimTopic.objects.filter(topic=OuterRef("pk"), claim__versions__published__contains=at)
    return Topic.objects.filter(Exists(ties)).order_by("name", "pk")
