"""Opening a source at the desk on which nothing published rests, and closing it again."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sources.actions.permission import may
from sources.actions.sources import close_source, open_source
from sources.admin.base import ActionAdmin, actor_and_time
from sources.domain.refusals import Refusal
from sources.models import Source
from sources.vocabulary import Role

# What is done to a source, by the last word of the address.
ACTIONS = {"open": open_source, "close": close_source}


def opening_urls(model_admin: ActionAdmin) -> list[URLPattern]:
    """The addresses of the two buttons."""
    view = model_admin.admin_site.admin_view
    return [
        path(
            f"<int:pk>/{word}/",
            view(require_POST(partial(opening_view, model_admin, word))),
            name=f"sources_source_{word}",
        )
        for word in ACTIONS
    ]


def opening_view(
    model_admin: ActionAdmin, word: str, request: HttpRequest, pk: int
) -> HttpResponse:
    """Open or close a source, and go back to its page."""
    model_admin.require_change(request)
    source: Source = model_admin.row(request, pk)
    try:
        ACTIONS[word](source=source, **actor_and_time(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        said = {
            "open": _("Everybody may read the source now."),
            "close": _("The source is public only as far as something published rests on it."),
        }
        messages.success(request, said[word])
    return redirect(model_admin.address(source))


def opening_of(source: Source, request: HttpRequest) -> dict[str, Any]:
    """Whether everybody may read the source now, and whether the account may change that."""
    public = Source.objects.readable_by(None, timezone.now())
    may_open = may(request.user, Role.EDITOR)  # type: ignore[arg-type] # signed in
    return {"is_public": public.filter(pk=source.pk).exists(), "may_open": may_open}
