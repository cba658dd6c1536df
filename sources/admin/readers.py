"""Who reads a source that only named persons read: the list of them, and naming another."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.actions.readers import name_reader, remove_reader
from sources.admin.base import ActionAdmin, ActionForm, actor_and_time, run_action
from sources.domain.refusals import Refusal
from sources.models import Source
from sources.vocabulary import Access


class AccountField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in stubs alone
    """An account, by the name that the staff knows."""

    def label_from_instance(self, obj: Any) -> str:
        """The name that readers see, and the name to sign in with."""
        return f"{obj} ({obj.username})"


class ReaderForm(ActionForm):
    """A person who is to read the source too."""

    refused_at = {"no_account": "reader"}

    reader = AccountField(
        label=gettext_lazy("Name a reader"),
        queryset=get_user_model()._default_manager.none(),
        empty_label=None,
    )

    def __init__(self, *args: Any, source: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = get_user_model()._default_manager.filter(is_active=True, is_staff=True)
        named = source.reader_ties.values("reader")
        field: Any = self.fields["reader"]
        field.queryset = accounts.exclude(pk__in=named).order_by("display_name", "username")


def reader_urls(model_admin: ActionAdmin) -> list[URLPattern]:
    """The page of the readers, and the address that takes one back."""
    view = model_admin.admin_site.admin_view

    def readers(request: HttpRequest, pk: int) -> HttpResponse:
        return readers_view(model_admin, request, pk)

    def remove(request: HttpRequest, pk: int, account: int) -> HttpResponse:
        return remove_reader_view(model_admin, request, pk, account)

    return [
        path("<int:pk>/readers/", view(readers), name="sources_source_readers"),
        path(
            "<int:pk>/readers/<int:account>/",
            view(remove),
            name="sources_source_remove_reader",
        ),
    ]


def readers_view(model_admin: ActionAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show who reads the source, and name one more."""
    source: Source = model_admin.row(request, pk)
    form = ReaderForm(request.POST or None, source=source)
    if request.method == "POST":
        model_admin.require_change(request)
        if form.is_valid():
            reader = form.cleaned_data["reader"]
            tie = run_action(
                form, lambda: name_reader(source=source, reader=reader, **actor_and_time(request))
            )
            if tie is not None:
                messages.success(request, _("%(name)s reads the source now.") % {"name": reader})
                return redirect("admin:sources_source_readers", source.pk)
    return model_admin.page(
        request,
        "admin/sources/readers.html",
        title=_("Readers"),
        parent={"url": model_admin.address(source), "title": source.title},
        status=form.http_status,
        source=source,
        is_named=source.access == Access.NAMED,
        readers=source.reader_ties.select_related("reader").order_by("reader__display_name", "pk"),
        form=form,
        may_change=model_admin.has_change_permission(request),
    )


def remove_reader_view(
    model_admin: ActionAdmin, request: HttpRequest, pk: int, account: int
) -> HttpResponse:
    """Take a reader back, and go back to the list; who took themselves back, to the sources."""
    model_admin.require_change(request)
    source: Source = model_admin.row(request, pk)
    if request.method != "POST":
        return redirect("admin:sources_source_readers", source.pk)
    tie = get_object_or_404(source.reader_ties.select_related("reader"), reader=account)
    try:
        remove_reader(source=source, reader=tie.reader, **actor_and_time(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("admin:sources_source_readers", source.pk)
    messages.success(request, _("%(name)s reads the source no more.") % {"name": tie.reader})
    if account == request.user.pk:
        return redirect("admin:sources_source_changelist")
    return redirect("admin:sources_source_readers", source.pk)
