"""The page on which a duplicate is merged into the row that stays, after a look at what follows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.actions.permission import may
from sources.admin.base import ActionAdmin, ActionForm, actor_and_time, run_action
from sources.admin.fields import Datalist
from sources.vocabulary import Role

MAX_REASON = 2_000


class MergePreview(Protocol):
    """The consequences of a merge, read before it is made."""

    @property
    def mark(self) -> str:
        """Return a digest, the same as long as the same follows; empty where that cannot change."""


@dataclass(frozen=True)
class MergeSteps:
    """How rows of one kind are merged.

    `preview` and `merge` take the row, the row `into` which it goes, `by` and `at`; `merge` takes
    besides `reason` and `seen`, the mark of the preview that was read. Both raise refusals.
    `template` shows the preview.
    """

    survivor_field: Callable[[HttpRequest], forms.Field]
    preview: Callable[..., MergePreview]
    merge: Callable[..., Any]
    template: str
    offers: Callable[[HttpRequest], Sequence[Datalist]]


class SurvivorForm(ActionForm):
    """The row that is to stay."""

    def __init__(self, *args: Any, survivor: forms.Field, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"] = survivor

    def refuse(self, refusal: Any) -> None:
        """Show every refusal of a preview at the one field."""
        super().refuse(refusal)
        if refusals := self.errors.pop("__all__", None):
            self.add_error("into", refusals.data)


class MergeForm(ActionForm):
    """Why two rows are one."""

    refused_at = {"missing": "reason", "too_long": "reason"}

    reason = forms.CharField(
        label=gettext_lazy("Why they are one and the same"),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For the desk; the history keeps it."),
    )


def merge_page(
    model_admin: ActionAdmin, request: HttpRequest, row: Any, steps: MergeSteps
) -> HttpResponse:
    """Choose the row that stays, read what follows, then merge; for editors."""
    if not may(request.user, Role.EDITOR):  # type: ignore[arg-type] # signed in
        raise PermissionDenied
    given = actor_and_time(request)
    chosen = request.POST if request.method == "POST" else request.GET
    survivor = SurvivorForm(
        chosen if "into" in chosen else None, survivor=steps.survivor_field(request)
    )
    form = MergeForm(request.POST or None)
    preview = into = None
    if survivor.is_bound and survivor.is_valid():
        into = survivor.cleaned_data["into"]
        if request.method == "POST" and form.is_valid():
            merged = run_action(
                form,
                lambda: steps.merge(
                    row,
                    into=into,
                    reason=form.cleaned_data["reason"],
                    seen=request.POST.get("seen", ""),
                    **given,
                ),
            )
            if merged is not None:
                said = _("%(row)s is merged into %(into)s.") % {"row": row, "into": into}
                messages.success(request, said)
                return redirect(model_admin.address(merged))
            row.refresh_from_db()
        preview = run_action(survivor, lambda: steps.preview(row, into=into, **given))
    return model_admin.page(
        request,
        "admin/desk/merge.html",
        title=_("Merge %(row)s") % {"row": row},
        parent={"url": model_admin.address(row), "title": str(row)},
        status=max(survivor.http_status, form.http_status),
        row=row,
        into=into,
        typed=chosen.get("into", ""),
        survivor=survivor,
        form=form,
        preview=preview,
        preview_template=steps.template,
        offers=steps.offers(request),
    )
