"""The tray at the desk: collecting a quote that is there, and taking quotes out again."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sources.actions.quotes.tray import collect_quote, discard_quotes
from sources.admin.base import ActionAdmin, actor_and_time
from sources.domain.refusals import Refusal
from sources.models import CollectedQuote


def tray_urls(model_admin: ActionAdmin) -> list[URLPattern]:
    """The addresses of the tray, below those of quotes."""
    views: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
        "sources_excerpt_collect": ("<int:pk>/collect/", collect_view),
        "sources_excerpt_discard": ("<int:pk>/discard/", discard_view),
        "sources_tray_empty": ("tray/empty/", empty_view),
    }
    return [
        path(
            route,
            model_admin.admin_site.admin_view(require_POST(partial(view, model_admin))),
            name=name,
        )
        for name, (route, view) in views.items()
    ]


def collect_view(model_admin: ActionAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Put a quote that is there into the tray."""
    model_admin.require_change(request)
    excerpt = model_admin.row(request, pk)
    try:
        collect_quote(excerpt=excerpt, **actor_and_time(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(_address_before(request, model_admin.address(excerpt)))


def discard_view(model_admin: ActionAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Take a quote out of the tray; it stays among the quotes of its source."""
    model_admin.require_change(request)
    discard_quotes(excerpts=[pk], **actor_and_time(request))
    return redirect(_address_before(request, ".."))


def empty_view(model_admin: ActionAdmin, request: HttpRequest) -> HttpResponse:
    """Take all quotes out of the tray."""
    model_admin.require_change(request)
    own = CollectedQuote.objects.filter(collected_by=request.user.pk)
    discard_quotes(excerpts=list(own.values_list("excerpt", flat=True)), **actor_and_time(request))
    messages.success(request, _("The tray is empty. The quotes stay with their sources."))
    return redirect(_address_before(request, ".."))


def _address_before(request: HttpRequest, otherwise: str) -> str:
    """The page of ours on which the button was pressed, as its form says."""
    typed = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(typed, {request.get_host()}, request.is_secure())
    return typed if is_ours else otherwise
