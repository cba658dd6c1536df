"""The search for an absence on the page of a claim: its results, and judging what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions.absence.dismissals import answer_near_miss, dismiss_hit
from claims.admin.claims.steps import StepForm
from claims.domain.absence.absence_search import TermLocation
from claims.models import AbsenceScope, Claim, Dismissal, Finding, Version
from claims.readings.absences import (
    DocumentFindings,
    SearchState,
    absence_text,
    document_findings,
    search_states_of,
)
from claims.readings.near_misses import NearMissReading, near_misses_for
from claims.readings.offered_names import NotOffered, offered_names
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


class AnswerForm(StepForm):
    """Why words that come close are something else than what the claim says is absent.

    `word` is their key; `read` is the version.
    """

    word = forms.RegexField(r"^[0-9a-f]{16}$", widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Why it is something else"), strip=False)


@dataclass(frozen=True)
class SearchPanel:
    """The search for what is absent as the page of a claim shows it.

    `revise` is the address of the form that takes other terms, empty where the person may not
    write the next version.
    """

    scope: AbsenceScope
    state: SearchState
    text: str
    look: str
    label: str
    matching: str
    documents: Sequence[tuple[DocumentFindings, str]]
    near: NearMissReading
    longer_names: Sequence[NotOffered]
    may_dismiss: bool
    may_answer: bool
    revise: str


def search_panel(
    version: Version, person: "User", *, is_latest: bool, may_revise: bool
) -> SearchPanel | None:
    """The search of a version; None where it says that nothing is absent.

    `is_latest` says that no version came after it, `may_revise` that the person may write the next.
    """
    state = search_states_of([version]).get(version.pk)
    if state is None:
        return None
    scope = version.absence_scope
    reader = Reader(person, timezone.now())
    found = document_findings(state, scope, reader=reader)
    findings = Finding.objects.filter(run=state.run).select_related("source").order_by("pk")
    return SearchPanel(
        scope=scope,
        state=state,
        text=absence_text(state),
        look=BADGES.get(state.outcome, "is-open"),
        label=_(state.outcome.label),
        matching=_(Matching(scope.matching).label),
        documents=[(one, FINDING_BADGES.get(one.outcome, "is-open")) for one in found],
        near=near_misses_for(list(findings), scope, reader=reader),
        longer_names=offered_names(
            place
            for one in found
            for text in one.texts
            for place in text.places
            if place.dismissal is None
        ),
        may_dismiss=may(person, Role.REVIEWER),
        may_answer=may(person, Role.REVIEWER) and is_latest,
        revise=reverse("admin:claims_claim_revise", args=[version.claim_id]) if may_revise else "",
    )


def answer(form: AnswerForm, claim: Claim, request: HttpRequest) -> list[Dismissal]:
    """Judge the words that a form names to be something else, of the version that was read."""
    return answer_near_miss(
        scope=scope_of(claim, form.cleaned_data["read"]),
        word=form.cleaned_data["word"],
        reason=form.cleaned_data["reason"],
        **actor_and_time(request),
        now=timezone.now,
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
