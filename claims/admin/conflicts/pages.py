"""Conflicts at the desk: the queue, the page of one, opening one by hand, deciding."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.conflicts.decisions import (
    decide_conflict,
    lapse_editorial,
    open_editorial,
)
from claims.admin.claims.pages import page_number
from claims.admin.conflicts.forms import (
    ConflictFilterForm,
    DecideForm,
    LapseForm,
    OpenForm,
    filtered_conflicts,
)
from claims.admin.conflicts.page_context import life_of, publishers_of, staff_sides
from claims.admin.entry.suggestions import offered_entities
from claims.models import Conflict
from claims.readings.lines import line_of, other_basis_line
from claims.readings.other_bases import read_bases_apart
from claims.readings.questions import QuestionReading, read_questions
from claims.readings.timeline import timeline_of
from claims.vocabulary import ConflictKind, ConflictStatus
from sources.admin.base import ActionAdmin, actor_and_time, run_action
from sources.readings.reader import Reader

PAGE_SIZE = 50


@admin.register(Conflict)
class ConflictAdmin(ActionAdmin):
    """Conflicts are found by comparing, or opened by an editor; nobody edits their members."""

    def get_urls(self) -> list[URLPattern]:
        """Opening one, before Django's own pages."""
        view = self.admin_site.admin_view
        return [
            path("open/", view(self.open_view), name="claims_conflict_open"),
            path("<int:pk>/decide/", view(self.decide_view), name="claims_conflict_decide"),
            path("<int:pk>/lapse/", view(self.lapse_view), name="claims_conflict_lapse"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The queue: what nobody decided first, contradictions before tensions, by age."""
        self.require_view(request)
        form = ConflictFilterForm(request.GET, by=request.user)
        found = filtered_conflicts(form)
        number = page_number(request)
        first = (number - 1) * PAGE_SIZE
        rows = list(found[first : first + PAGE_SIZE + 1])
        now = timezone.now()
        ids = [row.pk for row in rows[:PAGE_SIZE]]
        questions = {
            one.conflict.record: one for one in read_questions(ids, Reader(request.user, now))
        }
        query = request.GET.copy()
        query.pop("page", None)
        return self.page(
            request,
            "admin/claims/conflicts.html",
            title=str(self.opts.verbose_name_plural).capitalize(),
            form=form,
            offers=[offered_entities(request.user)],
            rows=[
                (
                    row,
                    questions[row.pk].question,
                    questions[row.pk].conflict.status_text,
                    sorted({claim.claim for claim in questions[row.pk].parties}),
                    len(questions[row.pk].sides),
                    (now - row.opened_at).days,
                )
                for row in rows[:PAGE_SIZE]
            ],
            number=number,
            has_more=len(rows) > PAGE_SIZE,
            query=query.urlencode(),
            may_add=self.has_add_permission(request),
        )

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Open a conflict by hand."""
        return self.open_view(request)

    def open_view(self, request: HttpRequest) -> HttpResponse:
        """Open a conflict between claims, chosen in the list or typed."""
        self.require_add(request)
        begins = request.method != "POST" or "begin" in request.POST
        chosen = request.POST.getlist("claim")[:PAGE_SIZE]
        form = OpenForm(None if begins else request.POST, initial={"claims": chosen})
        by: Any = request.user
        if not begins and form.is_valid():
            typed = form.cleaned_data
            conflict = run_action(
                form,
                lambda: open_editorial(
                    claims=typed["claims"],
                    question=typed["question"],
                    by=by,
                    at=timezone.now(),
                    now=timezone.now,
                ),
            )
            if conflict is not None:
                messages.success(request, _("%(ref)s is open.") % {"ref": conflict.ref})
                return redirect(self.address(conflict))
        return self.page(
            request,
            "admin/desk/form.html",
            title=_("Open a conflict"),
            status=form.http_status,
            form=form,
            button=_("Open it"),
            intro=_("For claims that cannot all stand and that no rule compares."),
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """The page of a conflict, its sides side by side."""
        conflict: Conflict = self.row(request, object_id)
        return self._conflict_page(request, conflict)

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide on a conflict."""
        self.require_change(request)
        conflict: Conflict = self.row(request, pk)
        if request.method != "POST":
            return redirect(self.address(conflict))
        question = self._question(request, conflict)
        form = DecideForm(request.POST, parties=question.parties, decision=None)
        decision = None
        if form.is_valid():
            decision = run_action(
                form,
                lambda: decide_conflict(
                    conflict=conflict, **form.decision(), **actor_and_time(request)
                ),
            )
        if decision is not None:
            messages.success(request, _("%(ref)s is decided.") % {"ref": conflict.ref})
            return redirect(self.address(conflict))
        conflict.refresh_from_db()
        return self._conflict_page(request, conflict, form=form)

    def lapse_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Close an editorial conflict that was opened by mistake."""
        self.require_change(request)
        conflict: Conflict = self.row(request, pk)
        if request.method != "POST":
            return redirect(self.address(conflict))
        form = LapseForm(request.POST)
        closed = None
        if form.is_valid():
            closed = run_action(
                form,
                lambda: lapse_editorial(
                    conflict=conflict, note=form.cleaned_data["note"], **actor_and_time(request)
                ),
            )
        if closed is not None:
            messages.success(request, _("%(ref)s is closed.") % {"ref": conflict.ref})
            return redirect(self.address(conflict))
        conflict.refresh_from_db()
        return self._conflict_page(request, conflict, lapse_form=form)

    def _question(self, request: HttpRequest, conflict: Conflict) -> QuestionReading:
        """The conflict as the account may know it now."""
        return read_questions([conflict.pk], Reader(request.user, timezone.now()))[0]

    def _conflict_page(
        self,
        request: HttpRequest,
        conflict: Conflict,
        *,
        form: DecideForm | None = None,
        lapse_form: LapseForm | None = None,
    ) -> HttpResponse:
        """The page, with the forms of a decision and of closing it for who may do so."""
        question = self._question(request, conflict)
        reader = Reader(request.user, timezone.now())
        publishers = publishers_of(question, reader)
        status = next((one.http_status for one in (form, lapse_form) if one is not None), 200)
        is_live = ConflictStatus(conflict.status).is_live
        may_decide = self.has_change_permission(request) and bool(question.members)
        if form is None and may_decide and is_live:
            last = conflict.decisions.order_by("-pk").values_list("pk", flat=True).first()
            form = DecideForm(parties=question.parties, decision=last)
        if (
            lapse_form is None
            and may_decide
            and is_live
            and conflict.kind == ConflictKind.EDITORIAL
        ):
            lapse_form = LapseForm()
        return self.page(
            request,
            "admin/claims/conflict.html",
            title=conflict.ref,
            status=status,
            form=form,
            lapse_form=lapse_form,
            conflict=conflict,
            question=question,
            sides=staff_sides(question, publishers),
            judged_publishers=publishers,
            timeline=timeline_of(question.sides),
            other_bases=[
                (other, other_basis_line(line_of(other)))
                for other in read_bases_apart(question.parties, reader)
            ],
            life=life_of(conflict),
        )
