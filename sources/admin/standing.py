"""The standing and the origins of a source at the desk, with the history of both."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.actions.origins import remove_origin
from sources.actions.permission import may
from sources.actions.standing import MAX_REASON, set_standing
from sources.admin.base import ActionAdmin, ActionForm, actor_and_time, run_action
from sources.admin.fields import LinesField
from sources.admin.histories import origins_of, source_name, standings_of
from sources.models import Source
from sources.querysets.origins import chains_of
from sources.readings.reader import Reader
from sources.readings.standing import standing_of
from sources.vocabulary import OriginKind, Role, Standing


class StandingForm(ActionForm):
    """The current standing of a source."""

    refused_at: ClassVar = {
        "in_the_future": "on",
        "missing": "reason",
        "too_long": "reason",
        "passages": "passages",
        "too_many_passages": "passages",
        "empty": "passages",
        "nul": "passages",
        "surrogate": "passages",
    }

    standing = forms.ChoiceField(
        label=gettext_lazy("It is"),
        choices=lambda: [(word.value, f"{_(word.label)} – {_(word.meaning)}") for word in Standing],
    )
    on = forms.DateField(
        label=gettext_lazy("Since"), widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("What the publisher says, and where. Readers see it."),
    )
    passages = LinesField(
        label=gettext_lazy("Passages that a correction is about"),
        required=False,
        rows=4,
        help_text=gettext_lazy(
            "Words of the source as it is kept here, one passage a line. Only claims on quotes "
            "that touch them are flagged, and those of which that cannot be told. Without any, "
            "all claims that quote the source are."
        ),
    )


class RemoveOriginForm(ActionForm):
    """The reason why an origin is taken back."""

    refused_at: ClassVar = {"missing": "reason", "too_long": "reason"}

    origin = forms.ModelChoiceField(queryset=Source.objects.none(), widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Why it is wrong"))

    def __init__(self, *args: Any, source: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        origins = self.fields["origin"]
        if isinstance(origins, forms.ModelChoiceField):
            origins.queryset = source.origins.all()


def standing_urls(model_admin: ActionAdmin) -> list[URLPattern]:
    """The pages of a source's standing and origins."""

    def page(view: Callable[..., HttpResponse]) -> Any:
        return model_admin.admin_site.admin_view(partial(view, model_admin))

    return [
        path("<int:pk>/standing/", page(standing_view), name="sources_source_standing"),
        path("<int:pk>/origin/remove/", page(remove_view), name="sources_source_remove_origin"),
    ]


def standing_view(model_admin: ActionAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Say where a source stands, and see where it stood."""
    source: Source = model_admin.row(request, pk)
    passages = [passage for passage in source.standing_passages if passage]
    initial = {"on": timezone.now().date(), "passages": passages}
    form = StandingForm(request.POST or None, initial={**initial, "standing": source.standing})
    if request.method == "POST":
        model_admin.require_change(request)
        if form.is_valid():
            typed = {**form.cleaned_data, "standing": Standing(form.cleaned_data["standing"])}
            is_set = run_action(
                form, lambda: set_standing(source=source, **typed, **actor_and_time(request))
            )
            if is_set is not None:
                messages.success(request, _("The standing is kept; claims were flagged by it."))
                return redirect("admin:sources_source_standing", source.pk)
    return standing_page(model_admin, request, source, form, None)


def remove_view(model_admin: ActionAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an origin that is wrong."""
    model_admin.require_change(request)
    source: Source = model_admin.row(request, pk)
    form = RemoveOriginForm(request.POST or None, source=source)
    if request.method == "POST" and form.is_valid():
        gone = run_action(
            form,
            lambda: (
                remove_origin(source=source, **form.cleaned_data, **actor_and_time(request)),
                True,
            ),
        )
        if gone is not None:
            messages.success(request, _("The origin is taken back; the history keeps it."))
            return redirect("admin:sources_source_standing", source.pk)
    return standing_page(model_admin, request, source, StandingForm(), form)


def standing_page(
    model_admin: ActionAdmin,
    request: HttpRequest,
    source: Source,
    form: StandingForm,
    refused: RemoveOriginForm | None,
) -> HttpResponse:
    """The page of both."""
    to = Reader(request.user, timezone.now())
    chains = [
        [(_(OriginKind(link.kind).label), source_name(link.source, to)) for link in chain]
        for chain in chains_of(source)
    ]
    ties = source.origin_ties.select_related("origin").order_by("pk")
    return model_admin.page(
        request,
        "admin/sources/standing.html",
        title=_("Standing and origins"),
        parent={"url": model_admin.address(source), "title": source.title},
        status=max(form.http_status, refused.http_status if refused else 200),
        source=source,
        standing=standing_of(source),
        form=form,
        refused=refused,
        may_set=may(request.user, Role.EDITOR),  # type: ignore[arg-type] # signed in
        may_change=model_admin.has_change_permission(request),
        standings=standings_of(source),
        chains=chains,
        ties=[
            (
                tie,
                source_name(tie.origin, to),
                RemoveOriginForm(
                    source=source, auto_id=f"tie{tie.pk}_%s", initial={"origin": tie.origin_id}
                ),
            )
            for tie in ties
        ],
        history=origins_of(source, to),
    )
