"""From the tray of the account to a claim that exists."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Claim
from sources.admin.base import ActionAdmin
from sources.domain.refusals import quoted


def add_collected(admin: ActionAdmin, request: HttpRequest) -> HttpResponse:
    """The way from the tray to the form of the claim that is named: C17, or 17."""
    admin.require_change(request)
    typed = request.GET.get("claim", "")[:20].strip()
    ref = f"C{typed.upper().removeprefix('C')}"
    claim = Claim.objects.by_ref(ref).first()
    if claim is None:
        unknown = _("There is no claim %(typed)s. Your quotes are still in the tray.")
        messages.error(request, unknown % {"typed": quoted(typed)})
        return redirect(reverse("admin:claims_claim_changelist"))
    return redirect(f"{reverse('admin:claims_claim_revise', args=[claim.pk])}?from=tray")
