"""Withholdings at the desk: an administrator asks, a second person carries out or declines."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.actions.permission import may
from sources.actions.withholding.find_copies import Copy, find_copies
from sources.actions.withholding.withhold import (
    TARGETS,
    Target,
    ask_to_withhold,
    carry_out,
    decline,
    is_withheld,
    requests_known_to,
    sources_of,
    target_of,
)
from sources.admin.base import ActionAdmin, ActionForm, actor_and_time, run_action
from sources.admin.withholding.form import AskForm
from sources.admin.withholding.wording import copy_location, explanation, label_of, labels_of
from sources.models import Excerpt, Source, WithholdingRequest
from sources.vocabulary import Role


class AskedList(ChangeList):
    """The list of requests, with what each is about as far as the account may know it."""

    def get_results(self, request: HttpRequest) -> None:
        """The requests of a page, each with its label."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        labels = labels_of(self.result_list, request.user)
        for asked in self.result_list:
            asked.label = labels[asked.pk]


@admin.register(WithholdingRequest)
class WithholdingRequestAdmin(ActionAdmin):
    """Requests to withhold, open and decided: by whom, when and why; for editors and above."""

    list_display = ("what", "requested_by", "requested_at", "decided_by", "decided_at", "outcome")
    list_filter = ("is_carried_out",)
    list_select_related = ("requested_by", "decided_by")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[WithholdingRequest]":
        """Those about sources that the account may read."""
        return requests_known_to(request.user, timezone.now())

    def has_add_permission(self, request: HttpRequest) -> bool:
        """It is asked for on the page of what is to be withheld."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reasons can be confidential: those who may be the second person read them."""
        return is_role(request, Role.EDITOR)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may decide."""
        return is_role(request, Role.EDITOR)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the desk lists it."""
        return is_role(request, Role.CONTRIBUTOR)

    @admin.display(description=gettext_lazy("What"))
    def what(self, request: WithholdingRequest) -> str:
        """The source and the first words or the file name, read for all rows of a page at once."""
        label: str = request.label  # type: ignore[attr-defined] # given by AskedList
        return label

    @admin.display(description=gettext_lazy("Outcome"))
    def outcome(self, request: WithholdingRequest) -> str:
        """How it was decided."""
        return outcome_of(request)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list that says what each request is about."""
        return AskedList

    def get_urls(self) -> list[URLPattern]:
        """Asking and deciding, before Django's own pages."""
        view = self.admin_site.admin_view
        decide = view(self.decide_view)
        return [
            path("ask/<slug:table>/<int:row>/", view(self.ask_view), name="sources_withhold"),
            *(
                path(
                    f"<int:pk>/{step}/", decide, {"step": step}, name=f"sources_withholding_{name}"
                )
                for step, name in (("carry-out", "carry_out"), ("decline", "decline"))
            ),
            *super().get_urls(),
        ]

    def ask_view(self, request: HttpRequest, table: str, row: int) -> HttpResponse:
        """Ask that something be withheld."""
        if not is_role(request, Role.ADMINISTRATOR):
            raise PermissionDenied
        target = self._target(request, table, row)
        form = AskForm(request.POST or None, target=target, by=request.user)
        if request.method == "POST" and form.is_valid():
            asked = run_action(
                form,
                lambda: ask_to_withhold(
                    targets=form.targets(),
                    reason=form.cleaned_data["reason"],
                    **actor_and_time(request),
                ),
            )
            if asked is not None:
                messages.success(request, _("A second person carries it out or declines."))
                return redirect(self._list())
        return self.page(
            request,
            "admin/desk/form.html",
            title=_("Withhold: %(what)s") % {"what": label_of(target)},
            status=form.http_status,
            form=form,
            intro=explanation(target, request.user),
            button=_("Ask a second person"),
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """The page of a request."""
        return self._request_page(request, self.row(request, object_id), ActionForm())

    def decide_view(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """Carry out what is asked for, or decline it."""
        self.require_change(request)
        asked: WithholdingRequest = self.row(request, pk)
        form = ActionForm(request.POST)
        if request.method == "POST" and form.is_valid():
            left = run_action(form, lambda: self._decide(asked, step, request))
            if left is not None:
                self._say(request, step, left)
                return redirect(self._list())
        return self._request_page(request, asked, form)

    def _decide(self, asked: WithholdingRequest, step: str, request: HttpRequest) -> list[Copy]:
        if step == "carry-out":
            return carry_out(request=asked, **actor_and_time(request))
        decline(request=asked, **actor_and_time(request))
        return []

    def _say(self, request: HttpRequest, step: str, left: list[Copy]) -> None:
        """Report the step, and where the words remain."""
        done = _("It is withheld.") if step == "carry-out" else _("It is declined.")
        messages.success(request, done)
        if left:
            where = "; ".join(copy_location(copy) for copy in left)
            messages.warning(request, _("The words still stand in: %(where)s") % {"where": where})

    def _request_page(
        self, request: HttpRequest, asked: WithholdingRequest, form: ActionForm
    ) -> HttpResponse:
        target = target_of(asked)
        readable = Source.objects.readable_by(request.user, timezone.now())
        waits = asked.decided_at is None
        copies = find_copies(target.exact) if waits and isinstance(target, Excerpt) else []
        return self.page(
            request,
            "admin/sources/withholding.html",
            title=_("Withhold: %(what)s") % {"what": label_of(target)},
            status=form.http_status,
            form=form,
            asked=asked,
            outcome=outcome_of(asked),
            waits=waits,
            may_decide=waits and asked.requested_by_id != request.user.pk,
            explanation=explanation(target, request.user) if waits else "",
            words="" if is_withheld(target) else label_of(target),
            sources=sources_of(target).filter(pk__in=readable.values("pk")).order_by("key"),
            places=[copy_location(copy) for copy in copies],
        )

    def _target(self, request: HttpRequest, table: str, pk: int) -> Target:
        """The row that is to be withheld, of a source that the account may read."""
        model = TARGETS.get(table)
        row: Target | None = model._default_manager.filter(pk=pk).first() if model else None
        readable = Source.objects.readable_by(request.user, timezone.now())
        if row is None or not sources_of(row).filter(pk__in=readable.values("pk")).exists():
            raise Http404
        return row

    def _list(self) -> str:
        return reverse("admin:sources_withholdingrequest_changelist")


def is_role(request: HttpRequest, role: Role) -> bool:
    """Whether the account has the role or a higher one."""
    return request.user.is_authenticated and may(request.user, role)


def outcome_of(asked: WithholdingRequest) -> str:
    """Describe how a request was decided."""
    if asked.is_carried_out is None:
        return _("Waits for a second person")
    return _("Carried out") if asked.is_carried_out else _("Declined")
