"""Reads of requests to issue an edition."""

from typing import Any

from django.db import models

from claims.vocabulary.factsheets import IssueState
from sources.querysets.jobs import JobQuerySet, job_rows

# The name of the job that carries a request out.
ISSUE_JOB = "claims.issue_edition"
UNDER_WAY = (IssueState.WAITING, IssueState.MAKING)


class IssueRequestQuerySet(models.QuerySet[Any]):
    """Requests to issue an edition."""

    def under_way(self) -> "IssueRequestQuerySet":
        """Those that have not ended."""
        return self.filter(state__in=UNDER_WAY)


def jobs_of_request(request: int) -> JobQuerySet:
    """The jobs that carry a request out and wait, are being done or failed, the latest first."""
    jobs = job_rows().unfinished().filter(task_name=ISSUE_JOB, args__request=request)
    return jobs.order_by("-pk")
