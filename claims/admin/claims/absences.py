"""What is said to be absent, at the desk: the search for it, what it found, and judging a hit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions.absence.dismissals import dismiss_hit
from claims.admin.claims.steps import StepForm
from claims.domain.absence.absence_search import TermLocation
from claims.models import AbsenceScope, Claim, Dismissal, Version
from claims.readings.absences import (
    DocumentFound,
    Stand,
    absence_text,
    documents_of,
    stands_of,
)
from claims.vocabulary import AbsenceStatus, FindingOutcome, Matching
from sources.actions.permission import may
from sources.admin.base import actor_and_time
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

# How the standing of an absence looks on a badge; only what holds throughout looks good.
LOOKS = {AbsenceStatus.HOLDS: "is-good", AbsenceStatus.CONTRADICTED: "is-bad"}
FOUND_LOOKS = {FindingOutcome.ABSENT: "is-good", FindingOutcome.PRESENT: "is-bad"}


class DismissForm(StepForm):
    """Why a hit is something else than what the claim says is absent.

    `place` names the text and the place in it, as the page does; `read` is the version.
    """

    place = forms.RegexField(r"^[0-9]{1,18}(-[0-9]{1,9}){3}$", widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Why it is something else"), strip=False)


@dataclass(frozen=True)
class Search:
    """What the page of a claim shows of the search for what is absent."""

    scope: AbsenceScope
    stand: Stand
    said: str
    look: str
    label: str
    matching: str
    documents: Sequence[tuple[DocumentFound, str]]
    may_dismiss: bool


def search_of(version: Version, person: "User") -> Search | None:
    """The search of a version; None where it says that nothing is absent."""
    stand = stands_of([version]).get(version.pk)
    if stand is None:
        return None
    scope = version.absence_scope
    found = documents_of(stand, scope, reader=person)
    return Search(
        scope=scope,
        stand=stand,
        said=absence_text(stand),
        look=LOOKS.get(stand.outcome, "is-open"),
        label=_(stand.outcome.label),
        matching=_(Matching(scope.matching).label),
        documents=[(one, FOUND_LOOKS.get(one.outcome, "is-open")) for one in found],
        may_dismiss=may(person, Role.REVIEWER),
    )


def dismiss(form: DismissForm, claim: Claim, request: HttpRequest) -> Dismissal:
    """Dismiss the hit that a form names, of the version that was read."""
    layer, start, end, term = map(int, form.cleaned_data["place"].split("-"))
    return dismiss_hit(
        scope=scope_of(claim, form.cleaned_data["read"]),
        layer=layer,
        place=TermLocation(start, end, term),
        reason=form.cleaned_data["reason"],
        **actor_and_time(request),
    )


def scope_of(claim: Claim, number: int) -> AbsenceScope:
    """What a version of a claim says is absent, and from where. Raises Http404 for none."""
    scopes = AbsenceScope.objects.select_related("version")
    return get_object_or_404(scopes, version__claim=claim, version__number=number)
