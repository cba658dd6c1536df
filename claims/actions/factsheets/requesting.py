"""Requests to issue an edition: asked for at a door, carried out by the worker.

A request is a row, and its job a row of the same transaction. The edition and the end of the
request are of one transaction too, so that a job that is done twice issues one edition.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from claims.actions.factsheets.issuing import IssueRefused, issue_edition, require_notes
from claims.actions.factsheets.keeping import content_of, require_revision
from claims.factsheets.checking import check_content
from claims.factsheets.cite import StyleUnknown
from claims.factsheets.render import RenderFailed
from claims.factsheets.render_slots import BACKGROUND_WAIT
from claims.models import Edition, FactSheet, IssueRequest
from claims.querysets.issue_requests import ISSUE_JOB, jobs_of_request
from claims.vocabulary.factsheets import IssueState
from sources.actions.action import Clock, ReadOutdated, action_transaction
from sources.actions.permission import require
from sources.domain.refusals import Refusal
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

# The name of the job's lock: the editions of a fact sheet are made one after the other.
LOCK = "issue-{sheet}"
# So many findings are named in the error of a request.
MAX_NAMED = 5


class IssueRequestRefused(Refusal):
    """A request that cannot be made now. `code`: under_way."""


def request_edition(
    *,
    sheet: FactSheet,
    revision: int,
    notes: Mapping[str, str],
    by: "User",
    at: datetime,
    base_url: str,
) -> IssueRequest:
    """Have the worker issue the next edition of a fact sheet, as it is in this revision.

    `notes` are as `issue_edition` takes them; `base_url` is where readers find the pages, without a
    slash at its end. What the check finds is refused here already. Raises IssueRefused,
    SheetOutdated, IssueRequestRefused where one is under way, NotPermitted.
    """
    require(by, Role.EDITOR)
    sheet.refresh_from_db()
    require_revision(sheet, revision)
    kept = require_notes(check_content(content_of(sheet), by, at), notes)
    with action_transaction("request_edition", by=by, at=at):
        locked = FactSheet.objects.select_for_update().get(pk=sheet.pk)
        require_revision(locked, revision)
        _require_none_under_way(locked)
        request = IssueRequest.objects.create(
            fact_sheet=locked,
            revision=revision,
            notes={one["key"]: one["note"] for one in kept},
            base_url=base_url,
            requested_at=at,
            requested_by=by,
        )
        lock = LOCK.format(sheet=locked.pk)
        app.configure_task(ISSUE_JOB, lock=lock).defer(request=request.pk)
    return request


def carry_out_request(*, request: int, clock: Clock) -> None:
    """Issue the edition that was asked for, and write down how far it is after each file.

    A request that has ended is left as it is. One that is refused ends with the reason. Raises
    ReadOutdated, after which it can be carried out later.
    """
    asked = IssueRequest.objects.select_related("fact_sheet", "requested_by").get(pk=request)
    if asked.state in (IssueState.ISSUED, IssueState.FAILED):
        return
    try:
        issue_edition(
            sheet=asked.fact_sheet,
            notes=asked.notes,
            by=asked.requested_by,
            clock=clock,
            base_url=asked.base_url,
            revision=asked.revision,
            wait=BACKGROUND_WAIT,
            on_file=lambda made, total: _record_progress(asked, made, total),
            on_issue=lambda edition: _end_as_issued(asked, edition),
        )
    except ReadOutdated:
        raise
    except (Refusal, RenderFailed, StyleUnknown) as refused:
        with action_transaction("fail_request", by=asked.requested_by):
            end_as_failed(asked, error_words(refused))


def _record_progress(asked: IssueRequest, made: int, total: int) -> None:
    """Write down, for whoever looks on, how many files are made."""
    IssueRequest.objects.filter(pk=asked.pk).update(state=IssueState.MAKING, made=made, total=total)


def _end_as_issued(asked: IssueRequest, edition: Edition) -> None:
    """End a request in the transaction of its edition, which has the notes from now on.

    Raises ReadOutdated where words in the notes were withheld meanwhile.
    """
    locked = IssueRequest.objects.select_for_update().get(pk=asked.pk)
    if locked.notes != asked.notes:
        raise ReadOutdated(
            "claims_changing", "Words in the notes were withheld. Nothing was issued; try again."
        )
    locked.state, locked.edition, locked.notes = IssueState.ISSUED, edition, {}
    locked.save()


def end_as_failed(asked: IssueRequest, error: str) -> None:
    """End a request of which nothing was issued."""
    locked = IssueRequest.objects.select_for_update().get(pk=asked.pk)
    locked.state, locked.error = IssueState.FAILED, error
    locked.save()


def error_words(refused: Refusal | RenderFailed | StyleUnknown) -> str:
    """The reason of a refusal as it is kept: of findings their places and kinds, never words."""
    if not isinstance(refused, IssueRefused):
        return str(refused)
    named = [f"{one.place}: {_(one.code.label)}" for one in refused.findings[:MAX_NAMED]]
    words = {"findings": "; ".join(named)}
    return _("What the check finds has changed: %(findings)s. Check the fact sheet anew.") % words


def _require_none_under_way(sheet: FactSheet) -> None:
    """Refuse a second request while one is under way; end one whose job was lost or has failed."""
    for asked in sheet.issue_requests.under_way().select_related("requested_by"):
        if jobs_of_request(asked.pk).exclude(status="failed").exists():
            raise IssueRequestRefused(
                "under_way",
                f"{asked.requested_by} asked for an edition of this fact sheet at "
                f"{asked.requested_at:%Y-%m-%d %H:%M} UTC, and it is being made. Wait for it.",
            )
        end_as_failed(asked, _("The job broke off; the log of the worker says why."))
