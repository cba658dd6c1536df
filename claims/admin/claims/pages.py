"""Claims at the desk: the list, the page of a claim, and the steps taken on it."""

from dataclasses import asdict
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.absence.runs import search_again
from claims.admin.claims.absences import AnswerForm, DismissForm, answer, dismiss, scope_of
from claims.admin.claims.bulk import work_on_claims
from claims.admin.claims.comparing import comparison_page
from claims.admin.claims.lists import PAGE_SIZE, ClaimFilterForm, filtered_versions, rows_of, tabs
from claims.admin.claims.page_context import claim_page, readable_evidence
from claims.admin.claims.queries import same_query
from claims.admin.claims.queue import asked_queue, queue_bar, url_after
from claims.admin.claims.steps import DONE, STEP_FORMS, DecisionForm, StepForm, carry_out
from claims.admin.entry import pages as entry
from claims.admin.entry.collected import add_collected
from claims.admin.entry.preview import ClaimPreview, preview_draft, previewed_before
from claims.admin.entry.suggestions import offered_entities
from claims.admin.entry.understood import understand
from claims.admin.entry.unsaved import store_view
from claims.domain.review_queue import BY_AGE
from claims.domain.workflow import DECISIONS, Step
from claims.models import Claim
from claims.readings.review_queues import read_queue
from sources.admin.base import ActionAdmin, ActionForm, actor_and_time, run_action
from sources.readings.doubts import doubts_of_excerpts
from sources.readings.reader import Reader


@admin.register(Claim)
class ClaimAdmin(ActionAdmin):
    """Entering, reading and reviewing claims."""

    def get_urls(self) -> list[URLPattern]:
        """The pages of a claim, before Django's own."""
        view = self.admin_site.admin_view
        own = [
            path("bulk/", view(self.bulk_view), name="claims_claim_bulk"),
            path("review/", view(self.review_view), name="claims_claim_review"),
            path("understood/", view(self.understood_view), name="claims_claim_understood"),
            path("unsaved/", view(self.unsaved_view), name="claims_claim_unsaved"),
            path("<int:pk>/unsaved/", view(self.unsaved_view), name="claims_claim_unsaved"),
            path(
                "add-collected/",
                view(self.add_collected_view),
                name="claims_claim_add_collected",
            ),
            path("<int:pk>/revise/", view(self.revise_view), name="claims_claim_revise"),
            path("<int:pk>/decide/", view(self.decide_view), name="claims_claim_decide"),
            path("<int:pk>/v<int:number>/", view(self.version_view), name="claims_claim_version"),
            path("<int:pk>/compare/", view(self.compare_view), name="claims_claim_compare"),
            path("<int:pk>/step/<slug:step>/", view(self.step_view), name="claims_claim_step"),
            path(
                "<int:pk>/v<int:number>/search/", view(self.search_view), name="claims_claim_search"
            ),
            path("<int:pk>/dismiss/", view(self.dismiss_view), name="claims_claim_dismiss"),
            path("<int:pk>/answer/", view(self.answer_view), name="claims_claim_answer"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list of claims; a bad filter says so and shows nothing."""
        self.require_view(request)
        at = timezone.now()
        form = ClaimFilterForm(request.GET, by=request.user)
        found = filtered_versions(form, request.user, at)
        number = page_number(request)
        first = (number - 1) * PAGE_SIZE
        rows = rows_of(found[first : first + PAGE_SIZE + 1], request.user, at)
        query = request.GET.copy()
        query.pop("page", None)
        return self.page(
            request,
            "admin/claims/list.html",
            title=str(self.opts.verbose_name_plural).capitalize(),
            form=form,
            rows=rows[:PAGE_SIZE],
            tabs=tabs(form),
            number=number,
            has_more=len(rows) > PAGE_SIZE,
            query=query.urlencode(),
            may_add=self.has_add_permission(request),
            may_open=request.user.has_perm("claims.add_conflict"),
            may_choose=self.has_change_permission(request),
            same_query=same_query(
                form.asked_query, may_freeze=request.user.has_perm("claims.add_extract")
            ),
            offers=[offered_entities(request.user)],
        )

    def bulk_view(self, request: HttpRequest) -> HttpResponse:
        """Take one step with the claims that were chosen in the list."""
        return work_on_claims(self, request)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Enter a claim."""
        return entry.enter(self, request)

    def understood_view(self, request: HttpRequest) -> JsonResponse:
        """Return the reading of the value and period that are being typed; nothing is kept."""
        self.require_add(request)
        return JsonResponse(asdict(understand(request.POST.get, request.user)))

    def unsaved_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Store the form of a new claim, or of the next version of one, while it is typed."""
        self.require_add(request)
        return store_view(request, None if pk is None else self.row(request, pk))

    def add_collected_view(self, request: HttpRequest) -> HttpResponse:
        """Go on to the next version of a claim, with the quotes of the tray at its end."""
        return add_collected(self, request)

    def revise_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write the next version of a claim."""
        return entry.revise_claim(self, request, self.row(request, pk))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """The page of a claim, by its last version."""
        return self._claim_page(request, self.row(request, object_id))

    def version_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """The page of one version of a claim."""
        return self._claim_page(request, self.row(request, pk), number)

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two versions of a claim, compared word by word."""
        claim = self.row(request, pk)
        person: Any = request.user
        shown = comparison_page(claim, request.GET, person=person, at=timezone.now())
        if shown is None:
            raise Http404
        return self.page(
            request,
            "admin/claims/compare.html",
            title=_("Versions compared"),
            parent={"url": self.address(claim), "title": claim.ref},
            **shown,
        )

    def review_view(self, request: HttpRequest) -> HttpResponse:
        """Open the first claim of a queue, by default the one that waits longest."""
        self.require_view(request)
        url = url_after(read_queue(asked_queue(request) or BY_AGE, request.user), None)
        if not url:
            messages.info(request, _("No claim waits for your decision there."))
        return redirect(url or "admin:claims_claim_changelist")

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Approve, ask for changes or reject; within a queue, go on to its next claim."""
        claim = self.row(request, pk)
        step = _step(request.POST.get("step", ""))
        if request.method != "POST" or step not in DECISIONS:
            return redirect(self.address(claim))
        version = claim.versions.latest("number")
        reader = Reader(request.user, timezone.now())
        rows = version.evidence.select_related("excerpt__source").order_by("pk")
        evidence = readable_evidence(rows, reader)
        doubts = doubts_of_excerpts([piece.excerpt_id for piece in evidence], reader)
        form = DecisionForm(request.POST, version=version, evidence=evidence, doubts=doubts)
        name = asked_queue(request)
        following = url_after(read_queue(name, request.user), claim.pk) if name else None
        return self._take(request, claim, step, form, following=following)

    def step_view(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """Submit, withdraw, publish, take off or retract.

        What a draft would newly contradict or repeat is shown once before it is submitted.
        """
        claim = self.row(request, pk)
        taken = _step(step)
        if taken not in STEP_FORMS:
            raise Http404
        if request.method != "POST":
            return redirect(self.address(claim))
        if taken is Step.SUBMIT:
            by: Any = request.user
            preview = preview_draft(claim, by=by, at=timezone.now())
            if not preview.asks <= previewed_before(request):
                return self._claim_page(request, claim, preview=preview)
        form = STEP_FORMS[taken](request.POST, auto_id=f"{taken.value}_%s")
        return self._take(request, claim, taken, form)

    def search_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Search again for what a version of the claim says is absent."""
        claim = self.row(request, pk)
        scope = scope_of(claim, number)
        if request.method == "POST":
            form = ActionForm()
            run = run_action(
                form,
                lambda: search_again(scope=scope, **actor_and_time(request), now=timezone.now),
            )
            for error in form.non_field_errors():
                messages.error(request, str(error))
            if run is not None:
                messages.success(request, _("The documents were searched."))
            elif form.http_status == 200:
                messages.success(request, _("The documents are being searched."))
        return redirect(f"{self.address(claim)}#search")

    def dismiss_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Judge a hit to be something else than what is absent."""
        claim = self.row(request, pk)
        if request.method != "POST":
            return redirect(self.address(claim))
        form = DismissForm(request.POST)
        done = None
        if form.is_valid():
            done = run_action(form, lambda: dismiss(form, claim, request))
        if done is None:
            return self._claim_page(request, claim, given=form)
        messages.success(request, _("The hit is dismissed; the outcome follows."))
        return redirect(f"{self.address(claim)}#search")

    def answer_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Judge words that come close to be something else than what is absent."""
        claim = self.row(request, pk)
        if request.method != "POST":
            return redirect(self.address(claim))
        form = AnswerForm(request.POST)
        done = None
        if form.is_valid():
            done = run_action(form, lambda: answer(form, claim, request))
        if done is None:
            return self._claim_page(request, claim, given=form)
        messages.success(request, _("The words are judged to be something else."))
        return redirect(f"{self.address(claim)}#near")

    def _take(
        self,
        request: HttpRequest,
        claim: Claim,
        step: Step,
        form: StepForm,
        *,
        following: str | None = None,
    ) -> HttpResponse:
        """Take a step, or show the page again with what was refused and all that was typed.

        Then the page of the claim is shown, or within a queue the one of the address `following`,
        which is empty where the queue ends.
        """
        form.step = step
        by: Any = request.user
        at = timezone.now()
        done = None
        if form.is_valid():
            done = run_action(form, lambda: carry_out(form, step, claim, by=by, at=at))
        if done is not None:
            messages.success(request, f"{claim.ref}: {DONE[step]}")
            if following == "":
                messages.info(request, _("No other claim waits for your decision in this queue."))
            return redirect(following or self.address(claim))
        claim.refresh_from_db()
        return self._claim_page(request, claim, given=form)

    def _claim_page(
        self,
        request: HttpRequest,
        claim: Claim,
        number: int | None = None,
        *,
        given: StepForm | None = None,
        preview: ClaimPreview | None = None,
    ) -> HttpResponse:
        person: Any = request.user
        shown = claim_page(claim, number, person=person, at=timezone.now(), given=given)
        if shown is None:
            raise Http404
        name = asked_queue(request)
        return self.page(
            request,
            "admin/claims/claim.html",
            title=claim.ref,
            status=200 if given is None else given.http_status,
            preview=preview,
            previewed=" ".join(sorted(preview.asks)) if preview else "",
            queue=queue_bar(name, shown["told"], person) if name else None,
            **shown,
        )


def page_number(request: HttpRequest) -> int:
    """The page that the address names, the first where it names none."""
    typed = request.GET.get("page", "1")
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 8
    return max(int(typed), 1) if is_number else 1


def _step(code: str) -> Step | None:
    """The step of that code, if there is one."""
    return Step(code) if code in list(Step) else None
