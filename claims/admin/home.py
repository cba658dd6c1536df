"""The first page of the desk: the person's own work, then what waits for all."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.claims.page_context import badge_of
from claims.readings.my_desk import read_my_desk
from sources.readings.reader import Reader


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Django's first page with the account's own work on top."""
    at = timezone.now()
    desk = read_my_desk(Reader(request.user, at))
    context: dict[str, Any] = {
        "title": _("My desk"),
        "desk": desk,
        "recent": [
            (work, badge_of(work.version, at), work.later and badge_of(work.later, at))
            for work in desk.recent
        ],
        "oldest_conflicts": [
            (question, (at - question.conflict.opened_at).days) for question in desk.conflicts
        ],
    }
    return admin.site.index(request, context)
