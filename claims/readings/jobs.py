"""Background jobs as the desk reads of them: what each is about, how it stands, why it failed.

Jobs about sources that the reader may not know are left out altogether.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django.models import ProcrastinateWorker

from claims.models import AbsenceScope, IssueRequest
from claims.querysets.issue_requests import ISSUE_JOB
from claims.querysets.text_counts import SERIES_JOB, TEXT_JOB
from sources.models import Capture, JobFailure, Source
from sources.querysets.jobs import STALLED_AFTER, JobQuerySet, job_rows
from sources.readings.reader import Reader
from sources.vocabulary import JobFault

# What a job does, by the name of its task.
LABELS = {
    "sources.grade_source_again": gettext_lazy("Look for the quotes of a source in its text"),
    "sources.draw_text": gettext_lazy("Draw the text from a file"),
    "sources.draw_outdated_texts": gettext_lazy("Find texts that are to be drawn anew"),
    "sources.draw_missing_texts": gettext_lazy("Find files whose text was never drawn"),
    "claims.run_absence": gettext_lazy("Search for what a claim says is absent"),
    ISSUE_JOB: gettext_lazy("Issue an edition of a fact sheet"),
    SERIES_JOB: gettext_lazy("Find texts of a series that are to be counted"),
    TEXT_JOB: gettext_lazy("Count the words and topics of a text"),
    "claims.count_missing": gettext_lazy("Find texts that were never counted"),
    "claims.purge_unsaved": gettext_lazy("Forget forms that were left unsaved long ago"),
    "claims.tasks.follow_due_publications": gettext_lazy(
        "Compare claims whose time of publication has come"
    ),
}


@dataclass(frozen=True)
class JobSubject:
    """The subject of a job with its id and name: a `source`, `capture`, `claim` or fact `sheet`."""

    kind: str
    id: int
    name: str


@dataclass(frozen=True)
class JobReading:
    """A job for one reader.

    `tries` counts those that began, the one under way included. `next_at` is when it is tried
    again, where that is still to come. `error` says in a sentence why the last try broke off,
    empty where none did; `error_name` is what to look for in the log.
    """

    id: int
    label: str
    subject: JobSubject | None
    is_failed: bool
    state: str
    queued_at: datetime | None
    tries: int
    next_at: datetime | None
    error: str
    error_name: str
    failed_at: datetime | None


@dataclass(frozen=True)
class WorkerReading:
    """Whether a worker is there to do jobs, and when one was heard of last."""

    is_there: bool
    seen_at: datetime | None


def unfinished_jobs(reader: Reader) -> JobQuerySet:
    """The jobs that wait, are being done or failed, of which the reader may know."""
    return job_rows().unfinished().known_to(reader.account, reader.at, sources=Source)


def read_jobs(reader: Reader, *, first: int, limit: int) -> list[JobReading]:
    """A page of jobs, the failed ones first, in a constant number of statements."""
    found = unfinished_jobs(reader).with_history().gravest_first()
    rows = list(found[first : first + limit])
    subjects = subjects_of(rows)
    failures = latest_failures(rows)
    return [
        job_reading(row, subjects.get(row.pk), failures.get(row.pk), at=reader.at) for row in rows
    ]


def job_reading(
    row: Any, subject: JobSubject | None, failure: JobFailure | None, *, at: datetime
) -> JobReading:
    """The reading of a row that was read with its history."""
    waits_until = row.scheduled_at if row.status == "todo" and row.scheduled_at else None
    is_later = waits_until is not None and waits_until > at
    return JobReading(
        id=row.pk,
        label=str(LABELS.get(row.task_name, row.task_name)),
        subject=subject,
        is_failed=row.status == "failed",
        state=job_state(row.status, is_later=is_later),
        queued_at=row.queued_at,
        tries=row.tries,
        next_at=waits_until if is_later else None,
        error=error_sentence(failure, is_broken_off=row.attempts > 0),
        error_name=failure.error if failure else "",
        failed_at=failure.failed_at if failure else None,
    )


def job_state(status: str, *, is_later: bool) -> str:
    """How a job stands, in words."""
    if status == "failed":
        return _("Failed")
    if status == "doing":
        return _("Being done")
    return _("Is tried again") if is_later else _("Waits")


def error_sentence(failure: JobFailure | None, *, is_broken_off: bool) -> str:
    """Why the last try broke off; empty where none did."""
    if failure is not None:
        return _(JobFault(failure.fault).meaning)
    if is_broken_off:
        return _("It broke off while the database was away, so that the reason is not on record.")
    return ""


def subjects_of(rows: Sequence[Any]) -> dict[int, JobSubject]:
    """Return what these jobs are about, by their ids; none is named for jobs of the clock."""
    given = {
        name: {row.pk: row.args[name] for row in rows if name in row.args}
        for name in ("source", "capture", "scope", "request")
    }
    sources = Source.objects.filter(pk__in=set(given["source"].values())).only("title").in_bulk()
    captures = Capture.objects.filter(pk__in=set(given["capture"].values())).select_related(
        "source", "blob"
    )
    files = captures.in_bulk()
    scopes = AbsenceScope.objects.filter(pk__in=set(given["scope"].values()))
    claims = scopes.select_related("version__claim").in_bulk()
    found = {}
    for job, pk in given["source"].items():
        if pk in sources:
            found[job] = JobSubject("source", pk, sources[pk].title)
    for job, pk in given["capture"].items():
        if pk in files:
            name = _("%(file)s of %(source)s") % {
                "file": files[pk],
                "source": files[pk].source.title,
            }
            found[job] = JobSubject("capture", pk, name)
    for job, pk in given["scope"].items():
        if pk in claims:
            version = claims[pk].version
            found[job] = JobSubject("claim", version.claim_id, version.ref)
    requests = IssueRequest.objects.filter(pk__in=set(given["request"].values()))
    asked = requests.select_related("fact_sheet").in_bulk()
    for job, pk in given["request"].items():
        if pk in asked:
            sheet = asked[pk].fact_sheet
            found[job] = JobSubject("sheet", sheet.pk, sheet.title)
    return found


def latest_failures(rows: Sequence[Any]) -> dict[int, JobFailure]:
    """The last try of each of these jobs that broke off, by the jobs' ids."""
    failures = JobFailure.objects.filter(job__in=[row.pk for row in rows])
    latest = failures.order_by("job", "-pk").distinct("job")
    return {failure.job: failure for failure in latest}


def read_worker(at: datetime) -> WorkerReading:
    """Whether a worker is there at that time."""
    seen_at = ProcrastinateWorker.objects.aggregate(at=Max("last_heartbeat"))["at"]
    return WorkerReading(seen_at is not None and at - seen_at <= STALLED_AFTER, seen_at)
