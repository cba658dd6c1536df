"""Base classes of the admin: pages show, ask, and hand the form's data to one action."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.actions.permission import NotPermitted
from sources.admin.histories import history_page
from sources.domain.refusals import Refusal
from sources.readings.record_histories import RecordHistory

R = TypeVar("R")


class ActionAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # the class takes no parameter at run time
    """Pages of one table, open by role. Rows are written by actions alone, never deleted here."""

    actions: Any = None
    # The fields whose changes the history of a row shows, in order; without any there is no page.
    history_fields: ClassVar[Sequence[str]] = ()
    # Those of them of which it says only that they changed.
    history_secrets: ClassVar[Sequence[str]] = ()
    # The one that names what an account may not know: in such states no other words are shown.
    history_guard: ClassVar[str] = ""
    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted at the desk."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Refuse Django's own way of writing: it goes round the actions."""
        raise PermissionDenied

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list of rows, named for what it lists."""
        title = str(self.opts.verbose_name_plural)
        shown = {"title": title[:1].upper() + title[1:], **(extra_context or {})}
        return super().changelist_view(request, shown)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history of a row, as the database keeps it, and the row as on a day.

        Rows that it names are those that their own pages show to the account. Raises Http404 for
        rows without `history_fields`: there is no log of Django's.
        """
        row = self.row(request, object_id)
        if not self.history_fields:
            raise Http404
        history = RecordHistory(
            row,
            self.history_fields,
            visible=lambda model: self._shown_rows(request, model),
            secrets=self.history_secrets,
            guard=self.history_guard,
        )
        return self.page(
            request,
            "admin/desk/history.html",
            title=_("History"),
            parent={"url": self.address(row), "title": str(row)},
            **history_page(history, request.GET),
        )

    def require_add(self, request: HttpRequest) -> None:
        """Raise PermissionDenied where the account may not add such rows."""
        if not self.has_add_permission(request):
            raise PermissionDenied

    def require_view(self, request: HttpRequest) -> None:
        """Raise PermissionDenied where the account may not see such rows."""
        if not self.has_view_permission(request):
            raise PermissionDenied

    def require_change(self, request: HttpRequest) -> None:
        """Raise PermissionDenied where the account may not change such rows."""
        if not self.has_change_permission(request):
            raise PermissionDenied

    def row(self, request: HttpRequest, object_id: object) -> Any:
        """The row of that id among those that the account may see. Raises Http404."""
        self.require_view(request)
        row = self.get_queryset(request).filter(pk=_number(object_id)).first()
        if row is None:
            raise Http404
        return row

    def page(
        self, request: HttpRequest, template: str, *, title: str, status: int = 200, **context: Any
    ) -> TemplateResponse:
        """A page of the desk."""
        full = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "list_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"),
            **context,
        }
        return TemplateResponse(request, template, full, status=status)

    def history_address(self, row: Model) -> str:
        """Return the address of the history of a row; empty where there is none."""
        if not self.history_fields:
            return ""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
        return reverse(name, args=[row.pk])

    def _shown_rows(self, request: HttpRequest, model: type[Model]) -> Any:
        """The rows of a model that the account sees at the desk; of one without pages, all."""
        if not self.admin_site.is_registered(model):
            return model._default_manager.all()
        return self.admin_site.get_model_admin(model).get_queryset(request)

    def address(self, row: Model) -> str:
        """Return the address of the page of a row."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[row.pk])


class FormAdmin(ActionAdmin):
    """Pages of rows that are entered and revised on one form, which one action or two save."""

    # The template of links above the form of a row, which has the context variable `row`.
    tools: ClassVar[str] = ""

    def form_for(self, request: HttpRequest, row: Any) -> Any:
        """Return the ActionForm of a row, bound to what was sent; of a new one where it is None."""
        raise NotImplementedError

    def save_row(self, form: Any, row: Any, **given: Any) -> Any:
        """Save a valid form by its action, `given` who asks and when. Raises its refusals."""
        raise NotImplementedError

    def title_of(self, row: Any) -> str:
        """Return the title of the form's page; a new row is None."""
        if row is None:
            return _("Enter: %(noun)s") % {"noun": self.opts.verbose_name}
        return str(row)

    def intro_of(self, row: Any) -> str:
        """Return the line above the form."""
        return ""

    def saved_message(self, row: Any) -> str:
        """Return the sentence that says that a row is saved."""
        return _("%(name)s is saved.") % {"name": row}

    def offers(self, request: HttpRequest) -> list[Any]:
        """Return the lists that the inputs of the form offer."""
        return []

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Enter a row."""
        self.require_add(request)
        return self._form_page(request, None)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """Revise a row; who may not change it reads its columns."""
        row = self.row(request, object_id)
        if request.method == "POST":
            self.require_change(request)
        if not self.has_change_permission(request):
            return self.page(
                request,
                "admin/desk/row.html",
                title=str(row),
                facts=facts_of(row),
                history_url=self.history_address(row),
            )
        return self._form_page(request, row)

    def _form_page(self, request: HttpRequest, row: Any) -> HttpResponse:
        """Save what was sent, or show the form with everything that was typed."""
        form = self.form_for(request, row)
        if request.method == "POST" and form.is_valid():
            given = actor_and_time(request)
            saved: Any = run_action(form, lambda: self.save_row(form, row, **given))
            if saved is not None:
                messages.success(request, self.saved_message(saved))
                return redirect(self.address(saved))
            if row is not None:
                row.refresh_from_db()
        return self.page(
            request,
            "admin/desk/form.html",
            title=self.title_of(row),
            status=form.http_status,
            form=form,
            row=row,
            tools="" if row is None else self.tools,
            history_url="" if row is None else self.history_address(row),
            intro="" if row is None else self.intro_of(row),
            button=_("Save"),
            offers=self.offers(request),
        )


def actor_and_time(request: HttpRequest) -> dict[str, Any]:
    """Return who asks, and when, as the arguments `by` and `at` of an action."""
    return {"by": request.user, "at": timezone.now()}


def facts_of(row: Model) -> list[tuple[Any, Any]]:
    """The columns of a row with their names, for a page that only shows it."""
    facts = []
    for field in row._meta.concrete_fields:
        if field.editable and not field.primary_key:
            shown = getattr(row, f"get_{field.name}_display", None)
            facts.append((field.verbose_name, shown() if shown else getattr(row, field.name)))
    return facts


def _number(object_id: object) -> int:
    """A primary key from an address; raises Http404 for what cannot be one."""
    if not re.fullmatch(r"[1-9][0-9]{0,17}", str(object_id)):
        raise Http404
    return int(str(object_id))


class ActionForm(forms.Form):
    """A form whose refusals stand at the field that they are about.

    `refused_at` names the field of a refusal's code; a refusal of another code stands on top.
    """

    required_css_class = "required"
    refused_at: ClassVar[Mapping[str, str]] = {}

    # The HTTP status of the page that shows the form again.
    http_status = 200

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal where it belongs."""
        if isinstance(refusal, NotPermitted):
            self.http_status = 403
        field = self.refused_at.get(refusal.code)
        self.add_error(field if field in self.fields else None, refusal.message)


def run_action(form: ActionForm, perform: Callable[[], R]) -> R | None:
    """Run the action and return its result; a refusal goes to the form, and None is returned."""
    try:
        return perform()
    except Refusal as refusal:
        form.refuse(refusal)
        return None
