"""Withholdings at the desk: an administrator asks, a second person carries out or declines."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sources.actions.copies import Copy, copies_of
from sources.actions.permission import may
from sources.actions.withholding import (
    MAX_REASON,
    TARGETS,
    Target,
    ask_to_withhold,
    carry_out,
    decline,
    is_withheld,
    sources_of,
    target_of,
)
from sources.admin.desk import DeskAdmin, DeskForm, attempt, who
from sources.models import Capture, Excerpt, Source, TextLayer, WithholdingRequest
from sources.vocabulary import Role


class AskForm(DeskForm):
    """Why something is to be withheld, and what else with it."""

    refused_at: ClassVar = {"missing": "reason", "too_long": "reason"}

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "The order, the law or the person's wish, with its date. Editors and administrators "
            "read it; readers see only that something was withheld, and on which day. Do not "
            "repeat the words here."
        ),
    )
    also = forms.MultipleChoiceField(
        label=gettext_lazy("Withhold as well"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, target: Target, by: Any, **kwargs: Any) -> None:
        self.target = target
        self.offered = {name_of(row): row for row in offers(target, by)}
        is_ticked = [name for name, row in self.offered.items() if holds_words_of(row, target)]
        super().__init__(*args, initial={"also": is_ticked}, **kwargs)
        also = self.fields["also"]
        if isinstance(also, forms.MultipleChoiceField):
            also.choices = [(name, label_of(row)) for name, row in self.offered.items()]
        if not self.offered:
            del self.fields["also"]

    def targets(self) -> list[Target]:
        """All that is asked for."""
        return [self.target, *(self.offered[name] for name in self.cleaned_data.get("also", []))]


def offers(target: Target, by: Any) -> Iterator[Target]:
    """What else has the words, or was quoted from them, of sources that the account may read."""
    readable = Source.objects.readable_by(by)
    sources = sources_of(target).filter(pk__in=readable.values("pk"))
    captures = Capture.objects.filter(source__in=sources.values("pk")).select_related("blob")
    excerpts = Excerpt.objects.filter(source__in=sources.values("pk")).exclude(exact="")
    if isinstance(target, TextLayer):
        captures = captures.filter(blob=target.blob_id)
    if not isinstance(target, Excerpt):
        excerpts = excerpts.filter(gradings__layer__blob=target.blob_id).distinct()
    if not isinstance(target, Capture):
        yield from (row for row in captures.order_by("pk") if not is_withheld(row))
    yield from excerpts.exclude(pk=target.pk if isinstance(target, Excerpt) else None).order_by(
        "pk"
    )


def holds_words_of(row: Target, target: Target) -> bool:
    """Whether a row that is offered surely has the words of the target: it is ticked."""
    if isinstance(row, Excerpt):
        return isinstance(target, Excerpt) and target.exact in row.exact
    return isinstance(row, Capture)


def name_of(row: Target) -> str:
    """A row as the form sends it."""
    return f"{row._meta.db_table}:{row.pk}"


def label_of(row: Target) -> str:
    """A row as people know it."""
    if isinstance(row, Excerpt):
        words = Truncator(row.exact).chars(80)
        return _("The quote “%(words)s”") % {"words": words}
    if isinstance(row, Capture):
        return _("The captured file %(name)s of %(day)s, with all texts drawn from it") % {
            "name": str(row),
            "day": f"{row.captured_at:%Y-%m-%d}",
        }
    return _("The text drawn by %(name)s") % {"name": str(row)}


def told(target: Target, by: Any) -> str:
    """What a withholding of the target does, and what it leaves."""
    if isinstance(target, Excerpt):
        return _(
            "The words of the quote, its context and its translation go for good. They stand in "
            "the text of the source too: leave the files below ticked, or whoever reads the text "
            "still finds them. Statements are the desk's own words and stay; claims that rest on "
            "the quote are flagged."
        )
    readable = Source.objects.readable_by(by)
    count = sources_of(target).filter(pk__in=readable.values("pk")).count()
    shared = ngettext(
        "One source that you may read has these bytes.",
        "%(count)s sources have these bytes that you may read.",
        count,
    ) % {"count": count}
    shared += " " + _("All captures of these bytes are emptied, whichever source they are of.")
    if isinstance(target, Capture):
        what = _(
            "The bytes, every text drawn from them, the file name, the addresses and the answer "
            "of the server go for good. Quotes stay unless you tick them, and are no longer "
            "located."
        )
    else:
        what = _(
            "Every text drawn from them goes for good, with what it says of itself. The bytes "
            "still hold the words: leave the file ticked. Quotes stay unless you tick them."
        )
    return f"{shared} {what}"


@admin.register(WithholdingRequest)
class WithholdingRequestAdmin(DeskAdmin):
    """What is to be withheld and what was, by whom, when and why; for editors and above."""

    list_display = ("what", "requested_by", "requested_at", "decided_by", "decided_at", "outcome")
    list_filter = ("is_carried_out",)
    list_select_related = ("requested_by", "decided_by")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[WithholdingRequest]":
        """Those about sources that the account may read."""
        readable = Source.objects.readable_by(request.user).values("pk")
        captures = Capture.objects.filter(source__in=readable)
        known: list[tuple[type[Model], Any]] = [
            (Excerpt, Excerpt.objects.filter(source__in=readable)),
            (Capture, captures),
            (TextLayer, TextLayer.objects.filter(blob__in=captures.values("blob"))),
        ]
        which = Q()
        for model, rows in known:
            which |= Q(table_name=model._meta.db_table, row_id__in=rows.values("pk"))
        return WithholdingRequest.objects.filter(which)

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
        """The kind and number of the row."""
        return f"{TARGETS[request.table_name]._meta.verbose_name} {request.row_id}"

    @admin.display(description=gettext_lazy("Outcome"))
    def outcome(self, request: WithholdingRequest) -> str:
        """How it was decided."""
        return outcome_of(request)

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
            asked = attempt(
                form,
                lambda: ask_to_withhold(
                    targets=form.targets(), reason=form.cleaned_data["reason"], **who(request)
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
            intro=told(target, request.user),
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
        return self._request_page(request, self.row(request, object_id), DeskForm())

    def decide_view(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """Carry out what is asked for, or decline it."""
        self.require_change(request)
        asked: WithholdingRequest = self.row(request, pk)
        form = DeskForm(request.POST)
        if request.method == "POST" and form.is_valid():
            left = attempt(form, lambda: self._decide(asked, step, request))
            if left is not None:
                self._say(request, step, left)
                return redirect(self._list())
        return self._request_page(request, asked, form)

    def _decide(self, asked: WithholdingRequest, step: str, request: HttpRequest) -> list[Copy]:
        if step == "carry-out":
            return carry_out(request=asked, **who(request))
        decline(request=asked, **who(request))
        return []

    def _say(self, request: HttpRequest, step: str, left: list[Copy]) -> None:
        """What was done, and where the words stand still."""
        done = _("It is withheld.") if step == "carry-out" else _("It is declined.")
        messages.success(request, done)
        if left:
            where = ", ".join(f"{copy.table}.{copy.column} ({copy.count})" for copy in left)
            messages.warning(request, _("The words still stand in: %(where)s") % {"where": where})

    def _request_page(
        self, request: HttpRequest, asked: WithholdingRequest, form: DeskForm
    ) -> HttpResponse:
        target = target_of(asked)
        readable = Source.objects.readable_by(request.user)
        waits = asked.decided_at is None
        is_quote = waits and isinstance(target, Excerpt)
        return self.page(
            request,
            "admin/sources/withholding.html",
            title=_("Withhold: %(what)s") % {"what": self.what(asked)},
            status=form.http_status,
            form=form,
            asked=asked,
            outcome=outcome_of(asked),
            waits=waits,
            may_decide=waits and asked.requested_by_id != request.user.pk,
            told=told(target, request.user) if waits else "",
            words="" if is_withheld(target) else label_of(target),
            sources=sources_of(target).filter(pk__in=readable.values("pk")).order_by("key"),
            copies=copies_of(target.exact) if is_quote and isinstance(target, Excerpt) else [],
        )

    def _target(self, request: HttpRequest, table: str, pk: int) -> Target:
        """The row that is to be withheld, of a source that the account may read."""
        model = TARGETS.get(table)
        row: Target | None = model._default_manager.filter(pk=pk).first() if model else None
        readable = Source.objects.readable_by(request.user)
        if row is None or not sources_of(row).filter(pk__in=readable.values("pk")).exists():
            raise Http404
        return row

    def _list(self) -> str:
        return reverse("admin:sources_withholdingrequest_changelist")


def is_role(request: HttpRequest, role: Role) -> bool:
    """Whether the account has the role or a higher one."""
    return request.user.is_authenticated and may(request.user, role)


def outcome_of(asked: WithholdingRequest) -> str:
    """How a request was decided, in words."""
    if asked.is_carried_out is None:
        return _("Waits for a second person")
    return _("Carried out") if asked.is_carried_out else _("Declined")
