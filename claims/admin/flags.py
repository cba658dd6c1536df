"""The admin of flags: the reasons to look at a claim again, closed with a note."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions.flags import close_flag
from claims.models import Flag
from sources.admin.base import ActionAdmin, ActionForm, actor_and_time, run_action
from sources.models import Excerpt


class CloseForm(ActionForm):
    """The form that closes a flag with a note."""

    refused_at: ClassVar = {"missing": "note", "too_long": "note", "unreadable": "note"}

    note = forms.CharField(
        label=gettext_lazy("Note"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "What you found, and what was done. All of the desk reads it, so leave out the words "
            "of sources that only named persons read."
        ),
    )


@admin.register(Flag)
class FlagAdmin(ActionAdmin):
    """Reasons to look at a claim again. They open by themselves; a reviewer closes them."""

    list_display = ("claim", "kind", "cause", "opened", "closed")
    list_filter = ("kind", ("closed_at", admin.EmptyFieldListFilter))
    list_select_related = ("claim",)
    ordering = ("-pk",)

    @admin.display(description=gettext_lazy("Opened at"), ordering="opened_at")
    def opened(self, flag: Flag) -> str:
        """Return the time at which it opened."""
        return moment(flag.opened_at)

    @admin.display(description=gettext_lazy("Closed at"), ordering="closed_at", empty_value="–")
    def closed(self, flag: Flag) -> str | None:
        """Return the time at which somebody closed it."""
        return None if flag.closed_at is None else moment(flag.closed_at)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Flags open by themselves."""
        return False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """The page of a flag, with the form that closes it for who may."""
        flag: Flag = self.row(request, object_id)
        if request.method == "POST":
            self.require_change(request)
        form = CloseForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            typed = form.cleaned_data
            closed = run_action(
                form, lambda: close_flag(flag=flag, **typed, **actor_and_time(request))
            )
            if closed is not None:
                messages.success(request, _("The flag is closed."))
                return redirect(self.address(flag))
            flag.refresh_from_db()
        seen = Excerpt.objects.visible_to(request.user, timezone.now())
        return self.page(
            request,
            "admin/claims/flag.html",
            title=f"{flag.claim}: {_(flag.get_kind_display())}",
            status=form.http_status,
            flag=flag,
            excerpt=seen.filter(pk=flag.excerpt_id).first(),
            form=form,
            may_close=flag.closed_at is None and self.has_change_permission(request),
        )


def moment(at: datetime) -> str:
    """A time as the pages of the desk write it."""
    return f"{at:%Y-%m-%d %H:%M} UTC"
