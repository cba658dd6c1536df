"""Extracts at the desk: freezing the claims of a query, and withdrawing an extract."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions.extracts.freezing import MAX_TITLE, freeze_extract
from claims.actions.extracts.taking_back import MAX_EXTRACT_REASON, withdraw_extract
from claims.admin.claims.pages import page_number
from claims.domain.extract_queries import MAX_QUERY
from claims.models import Extract, ExtractWithdrawal
from claims.readings.extracts import read_extract, read_extracts
from sources.actions.permission import may
from sources.admin.base import ActionAdmin, ActionForm, actor_and_time, run_action
from sources.readings.reader import Reader
from sources.vocabulary import Role

PER_PAGE = 50


class FreezeForm(ActionForm):
    """The title and the query of an extract to be frozen."""

    refused_at = {
        "missing": "title",
        "too_long": "title",
        "no_claims": "query",
        "too_many_claims": "query",
        "not_a_query": "query",
        "query_too_long": "query",
        "unknown_parameter": "query",
    }

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=MAX_TITLE,
        help_text=gettext_lazy("Everybody reads it, and it never changes."),
    )
    query = forms.CharField(
        label=gettext_lazy("Query"),
        required=False,
        max_length=MAX_QUERY,
        help_text=gettext_lazy(
            "As the address of a list of claims has it after the question mark, such as "
            "topic=trade&status=published; the address itself will do. Without it, all claims."
        ),
    )


class WithdrawForm(ActionForm):
    """Why an extract is taken back."""

    refused_at = {"missing": "reason", "confidential_name": "reason"}

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=MAX_EXTRACT_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Readers see it on the page of the extract."),
    )


@admin.register(Extract)
class ExtractAdmin(ActionAdmin):
    """The list of extracts with the form that freezes one, and the page that withdraws one."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whether the account may freeze one."""
        return may(request.user, Role.EDITOR)  # type: ignore[arg-type] # who is not staff is not let in

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the account may withdraw one; nothing else of it changes."""
        return self.has_add_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The extracts, the latest first."""
        self.require_view(request)
        number = page_number(request)
        start = (number - 1) * PER_PAGE
        ids = Extract.objects.order_by("-pk").values_list("pk", flat=True)
        found = list(ids[start : start + PER_PAGE + 1])
        shown = Extract.objects.filter(pk__in=found[:PER_PAGE])
        return self.page(
            request,
            "admin/claims/extracts/list.html",
            title=_("Extracts"),
            extracts=read_extracts(shown, Reader(None, timezone.now())),
            number=number,
            has_more=len(found) > PER_PAGE,
            may_add=self.has_add_permission(request),
        )

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Freeze the claims of a query."""
        self.require_add(request)
        form = FreezeForm(request.POST or None, initial={"query": request.GET.get("query", "")})
        if request.method == "POST" and form.is_valid():
            site = f"{request.scheme}://{request.get_host()}"
            made = run_action(
                form,
                lambda: freeze_extract(
                    title=form.cleaned_data["title"],
                    query=form.cleaned_data["query"],
                    by=request.user,  # type: ignore[arg-type] # who is not staff is not let in
                    clock=timezone.now,
                    base_url=site,
                ),
            )
            if made is not None:
                messages.success(request, _("%(ref)s is frozen.") % {"ref": made.ref})
                return redirect(self.address(made))
        return self.page(
            request,
            "admin/claims/extracts/freeze.html",
            title=_("Freeze an extract"),
            status=form.http_status,
            form=form,
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """The state of an extract, who made it, and the form that withdraws it."""
        row = self.row(request, object_id)
        form = WithdrawForm(request.POST or None)
        if request.method == "POST":
            self.require_change(request)
            if form.is_valid() and self._withdrawn(form, row, request):
                messages.success(request, _("%(ref)s is withdrawn.") % {"ref": row.ref})
                return redirect(self.address(row))
        return self.page(
            request,
            "admin/claims/extracts/extract.html",
            title=row.ref,
            status=form.http_status,
            form=form,
            extract=read_extract(row.pk, Reader(None, timezone.now())),
            made_by=row.made_by,
            may_withdraw=self.has_change_permission(request),
        )

    def _withdrawn(self, form: WithdrawForm, row: Extract, request: HttpRequest) -> bool:
        """Withdraw an extract. Return whether that was done."""
        reason = form.cleaned_data["reason"]

        def perform() -> ExtractWithdrawal:
            return withdraw_extract(extract=row, reason=reason, **actor_and_time(request))

        return run_action(form, perform) is not None
