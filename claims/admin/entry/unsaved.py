"""The form of a claim as typed, stored while it is being typed and opened again.

A script posts the fields every few seconds, on leaving, and before the form is sent
(`claims/static/claims/unsaved.js`); whoever comes back goes on where they were, or throws it away.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from claims.actions.claims.unsaved import (
    UnsavedEntryRefused,
    discard_unsaved_entry,
    store_unsaved_entry,
)
from claims.models import Claim, UnsavedEntry
from sources.admin.base import actor_and_time

# The hidden field that names the form as it was opened, and the parameter that opens it again.
UNSAVED = "unsaved"
# The button that forgets what was typed.
THROW_AWAY = "throw-away"
# The field of a request that is no part of what was typed.
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field

_MAX_SHOWN = 80  # letters of a statement
_MAX_OFFERED = 5


@dataclass(frozen=True)
class UnsavedForm:
    """A form that the account typed and did not save, as the page offers it again."""

    form: uuid.UUID
    saved_at: datetime
    statement: str


def store_view(request: HttpRequest, claim: Claim | None) -> HttpResponse:
    """Store the fields that were posted, or throw away what is stored of that form.

    A script that stores is answered with nothing, or with the reason against it.
    """
    form = _form_id(request.POST.get(UNSAVED, ""))
    if THROW_AWAY in request.POST:
        discard_posted(request)
        messages.info(request, _("What you had typed is thrown away."))
    if form is None or THROW_AWAY in request.POST:
        address = "admin:claims_claim_add" if claim is None else "admin:claims_claim_revise"
        return redirect(address, *([] if claim is None else [claim.pk]))
    typed = {name: values for name, values in request.POST.lists() if name != _TOKEN}
    try:
        store_unsaved_entry(form=form, claim=claim, fields=typed, **actor_and_time(request))
    except UnsavedEntryRefused as refusal:
        return JsonResponse({"refused": refusal.message}, status=413)
    return HttpResponse(status=204)


def discard_posted(request: HttpRequest) -> None:
    """Forget the form that was posted: it is saved as a version, or thrown away."""
    if (form := _form_id(request.POST.get(UNSAVED, ""))) is not None:
        discard_unsaved_entry(form=form, **actor_and_time(request))


def unsaved_forms(request: HttpRequest, claim: Claim | None) -> list[UnsavedForm]:
    """The latest forms of this claim, or of new claims, that the account can go on with.

    The one that the address opens is not among them.
    """
    waiting = UnsavedEntry.objects.waiting_for(request.user, timezone.now()).filter(claim=claim)
    others = waiting.exclude(form=_form_id(request.GET.get(UNSAVED, "")))
    rows = others.order_by("-saved_at", "-pk")[:_MAX_OFFERED]
    return [_as_offered(row) for row in rows]


def reopened(request: HttpRequest, claim: Claim | None) -> QueryDict | None:
    """The fields of the form that the address opens again; None where it opens a fresh one.

    A message says how old they are, or that the account has no such form any more.
    """
    if request.method != "GET" or UNSAVED not in request.GET:
        return None
    waiting = UnsavedEntry.objects.waiting_for(request.user, timezone.now()).filter(claim=claim)
    row = waiting.filter(form=_form_id(request.GET[UNSAVED])).first()
    if row is None:
        messages.info(request, _("What you had typed there is saved or thrown away by now."))
        return None
    said = _("This is what you had typed at %(at)s UTC. Nothing of it is saved as a claim yet.")
    messages.info(request, said % {"at": f"{row.saved_at:%Y-%m-%d %H:%M}"})
    typed = QueryDict(mutable=True)
    for name, values in row.fields.items():
        typed.setlist(name, values)
    return typed


def _as_offered(row: UnsavedEntry) -> UnsavedForm:
    """A row in the words by which it is known again."""
    typed: Sequence[Any] = row.fields.get("statement", [""])
    return UnsavedForm(row.form, row.saved_at, Truncator(typed[-1]).chars(_MAX_SHOWN))


def _form_id(typed: str) -> uuid.UUID | None:
    """The id of a form, None for what is none."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None
