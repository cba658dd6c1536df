"""The search for an absence on the page of a claim: its results, and dismissing a hit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions.absence.dismissals import dismiss_hit
from claims.admin.claims.steps import StepForm
from claims.domain.absence.absence_search import TermLocation
from claims.models import AbsenceScope, Claim, Dismissal, Version
from claims.readings.absences import (
    DocumentFindings,
    SearchState,
    absence_text,
    document_findings,
    search_states_of,
)
from claims.vocabulary import AbsenceStatus, FindingOutcome, Matching
from sources.actions.permission import may
from sources.admin.base import actor_and_time
from sources.readings.reader import Reader
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

# The class of the badge of an absence; only what holds throughout looks good.
BADGES = {AbsenceStatus.HOLDS: "is-good", AbsenceStatus.CONTRADICTED: "is-bad"}
FINDING_BADGES = {FindingOutcome.ABSENT: "is-good", FindingOutcome.PRESENT: "is-bad"}


class DismissForm(StepForm):
    """Why a hit is something else than what the claim says is absent.

    `place` names the text and the place in it, as the page does; `read` is the version.
    """

    place = forms.RegexField(r"^[0-9]{1,18}(-[0-9]{1,9}){3}$", widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Why it is something else"), strip=False)


@dataclass(frozen=True)
class SearchPanel:
    """The search for what is absent as the page of a claim shows it."""

    scope: AbsenceScope
    state: SearchState
    text: str
    look: str
    label: str
    matching: str
    documents: Sequence[tuple[DocumentFindings, str]]
    may_dismiss: bool


def search_panel(version: Version, person: "User") -> SearchPanel | None:
    """The search of a version; None where it says that nothing is absent."""
    state = search_states_of([version]).get(version.pk)
    if state is None:
        return None
    scope = version.absence_scope
    found = document_findings(state, scope, reader=Reader(person, timezone.now()))
    return SearchPanel(
        scope=scope,
        state=state,
        text=absence_text(state),
        look=BADGES.get(state.outcome, "is-open"),
        label=_(state.outcome.label),
        matching=_(Matching(scope.matching).label),
        documents=[(one, FINDING_BADGES.get(one.outcome, "is-open")) for one in found],
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
        now=timezone.now,
    )


def scope_of(claim: Claim, number: int) -> AbsenceScope:
    """The absence that a version of a claim states. Raises Http404 for none."""
    scopes = AbsenceScope.objects.select_related("version")
    return get_object_or_404(scopes, version__claim=claim, version__number=number)
