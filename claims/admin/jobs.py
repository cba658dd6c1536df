"""Background jobs at the desk: those that wait or failed, and having one tried again."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.admin.claims.pages import page_number
from claims.readings.jobs import JobSubject, read_jobs, read_worker
from sources.actions.jobs import try_again
from sources.actions.permission import may
from sources.admin.base import ActionAdmin, ActionForm, actor_and_time, run_action
from sources.models import JobFailure
from sources.readings.reader import Reader
from sources.vocabulary import Role

PAGE_SIZE = 50
PAGES = {
    "source": "admin:sources_source_change",
    "capture": "admin:sources_capture_change",
    "claim": "admin:claims_claim_change",
    "sheet": "admin:claims_factsheet_change",
}


@admin.register(JobFailure)
class JobAdmin(ActionAdmin):
    """The page of jobs; each has its last failure beside it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Jobs are queued by what people do."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the account may have a job tried again."""
        return may(request.user, Role.REVIEWER)  # type: ignore[arg-type] # who is not staff is not let in

    def get_urls(self) -> list[URLPattern]:
        """Trying again, before Django's own pages."""
        view = self.admin_site.admin_view
        again = path(
            "<int:pk>/again/", view(require_POST(self.again_view)), name="sources_job_again"
        )
        return [again, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The jobs that wait or failed, the failed ones first."""
        self.require_view(request)
        return self._jobs_page(request, ActionForm())

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """A failure has no page of its own."""
        raise Http404

    def again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Have a job tried again."""
        self.require_change(request)
        form = ActionForm(request.POST)
        form.is_valid()

        def perform() -> bool:
            try_again(job=pk, **actor_and_time(request))
            return True

        if run_action(form, perform):
            messages.success(request, _("The job is tried again."))
            return redirect(reverse("admin:sources_jobfailure_changelist"))
        return self._jobs_page(request, form)

    def _jobs_page(self, request: HttpRequest, form: ActionForm) -> HttpResponse:
        """The page, with what was refused."""
        at = timezone.now()
        number = page_number(request)
        jobs = read_jobs(
            Reader(request.user, at), first=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE + 1
        )
        return self.page(
            request,
            "admin/claims/jobs.html",
            title=str(self.opts.verbose_name_plural).capitalize(),
            status=form.http_status,
            form=form,
            rows=[(job, address_of(job.subject)) for job in jobs[:PAGE_SIZE]],
            worker=read_worker(at),
            may_retry=self.has_change_permission(request),
            number=number,
            has_more=len(jobs) > PAGE_SIZE,
        )


def address_of(subject: JobSubject | None) -> str:
    """The page of the desk of what a job is about; empty where it is about nothing by itself."""
    return "" if subject is None else reverse(PAGES[subject.kind], args=[subject.id])
