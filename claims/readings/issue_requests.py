"""How far an edition is that the desk asked for: the request, its job, and why it failed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from claims.models import FactSheet, IssueRequest
from claims.querysets.issue_requests import UNDER_WAY, jobs_of_request
from claims.readings.jobs import error_sentence, latest_failures
from claims.vocabulary.factsheets import IssueState


@dataclass(frozen=True)
class IssueProgress:
    """A request to issue an edition as the desk follows it.

    `made` of `total` files are made, both 0 before the first. `edition` is the number of what was
    issued, None before. `error` is a sentence, empty where nothing broke off; of one that is tried
    again it says why the last try did. `notes` are those given, by the keys of findings, until the
    edition has them.
    """

    id: int
    state: IssueState
    made: int
    total: int
    requested_by: str
    requested_at: datetime
    edition: int | None
    error: str
    notes: dict[str, str]

    @property
    def is_under_way(self) -> bool:
        """Whether it is worth looking again."""
        return self.state in UNDER_WAY

    @property
    def sentence(self) -> str:
        """How far it is, in a sentence."""
        match self.state:
            case IssueState.ISSUED:
                return _("Edition %(number)d is issued.") % {"number": self.edition}
            case IssueState.FAILED:
                return _("Nothing was issued. %(why)s") % {"why": self.error}
            case IssueState.MAKING if self.total:
                words = {"made": self.made, "total": self.total}
                return _("Made %(made)d of %(total)d files.") % words
        if self.error:
            return _("It broke off and is tried again. %(why)s") % {"why": self.error}
        return _("It waits for the worker.")


def read_newest_request(sheet: FactSheet) -> IssueProgress | None:
    """The request for an edition of a fact sheet that was made last; None where none was."""
    rows = IssueRequest.objects.filter(fact_sheet=sheet).order_by("-pk")
    row = rows.select_related("requested_by", "edition").first()
    return None if row is None else _progress(row)


def _progress(row: IssueRequest) -> IssueProgress:
    job = jobs_of_request(row.pk).first()
    if job is None:
        # Its end and that of the job may have come since the row was read.
        row.refresh_from_db()
    state, error = IssueState(row.state), row.error
    if state in UNDER_WAY:
        state, error = _of_job(job, state)
    return IssueProgress(
        id=row.pk,
        state=state,
        made=row.made,
        total=row.total,
        requested_by=str(row.requested_by),
        requested_at=row.requested_at,
        edition=row.edition.number if row.edition else None,
        error=error,
        notes=row.notes,
    )


def _of_job(job: Any, state: IssueState) -> tuple[IssueState, str]:
    """The state of a request that has not ended, and why the last try of its job broke off."""
    if job is None:
        return IssueState.FAILED, _("The job was lost. Ask for the edition again.")
    error = error_sentence(latest_failures([job]).get(job.pk), is_broken_off=job.attempts > 0)
    if job.status == "failed":
        return IssueState.FAILED, error
    return (IssueState.WAITING if job.status == "todo" else state), error
