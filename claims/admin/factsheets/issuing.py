"""Issuing from the editor: the worker is asked for an edition, and the page follows it."""

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from claims.actions.factsheets.issuing import IssueRefused
from claims.actions.factsheets.requesting import request_edition
from claims.admin.factsheets.check_panel import progress_sentence, sent_notes
from claims.models import FactSheet
from claims.readings.issue_requests import read_newest_request
from sources.admin.base import actor_and_time
from sources.domain.refusals import Refusal


def ask_for_edition(request: HttpRequest, sheet: FactSheet) -> Refusal | None:
    """Have the edition of what is saved made, with the notes that were typed; what is refused."""
    try:
        request_edition(
            sheet=sheet,
            revision=sheet.revision,
            notes=sent_notes(request),
            base_url=request.build_absolute_uri("/").rstrip("/"),
            **actor_and_time(request),
        )
    except Refusal as refused:
        return refused
    return None


def refusal_words(refused: Refusal) -> str:
    """Why nothing was issued; of missing notes how many, as each is marked at its place."""
    if not (isinstance(refused, IssueRefused) and refused.code == "notes_missing"):
        return refused.message
    missing = len(refused.findings)
    return ngettext(
        "Nothing is issued yet: a note is missing below.",
        "Nothing is issued yet: %(n)d notes are missing below.",
        missing,
    ) % {"n": missing}


def progress_json(sheet: FactSheet) -> JsonResponse:
    """How far the edition is that was asked for last, for the script of the editor."""
    progress = read_newest_request(sheet)
    if progress is None:
        return JsonResponse({"is_under_way": False, "words": "", "made": 0, "total": 0, "page": ""})
    return JsonResponse(
        {
            "is_under_way": progress.is_under_way,
            "words": progress_sentence(progress, timezone.now()),
            "made": progress.made,
            "total": progress.total,
            "page": reverse("claims:edition", args=[sheet.key, progress.edition])
            if progress.edition
            else "",
        }
    )
