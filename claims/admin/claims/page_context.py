"""The page of a claim for the desk: what it says, on what, and what may be done with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from claims.actions.claims.workflow import state_at, steps_of
from claims.admin.claims.absences import search_panel
from claims.admin.claims.steps import STEP_FORMS, DecisionForm, StepForm
from claims.admin.similar import describe_similar
from claims.domain.workflow import DECISIONS, State, Step
from claims.factsheets.rows import version_context
from claims.models import Claim, Conflict, Evidence, Review, Version
from claims.readings.claims import read_claims
from claims.readings.decisions import claim_decision_text, decision_text, decisions_of
from claims.readings.other_bases import other_basis_text
from claims.readings.positions import question_of, staff_parties
from claims.readings.questions import removal_texts
from claims.readings.similar import similar_to
from claims.readings.support import shared_texts, support_text
from claims.readings.wording import asserter_text, date_text, entity_text, value_text
from claims.vocabulary import Audience, Status
from sources.querysets.readers import Knowing
from sources.readings.reader import Reader
from sources.readings.standing import StandingReading, standing_of

if TYPE_CHECKING:
    from factbase.models import User

# So many claims that are like one are shown beside it.
MAX_SIMILAR_LISTED = 4

# What a version's state is called on badges, and how it looks.
LOOKS = {
    State.DRAFT: "",
    State.SUBMITTED: "is-open",
    State.CHANGES_REQUESTED: "is-open",
    State.ON_HOLD: "is-open",
    State.SCHEDULED: "is-open",
    State.PUBLISHED: "is-good",
    State.TAKEN_OFF: "is-bad",
    State.REJECTED: "is-bad",
    State.WITHDRAWN: "",
    State.RETRACTED: "is-bad",
}


@dataclass(frozen=True)
class Badge:
    """A state in words, with the class that colours it."""

    words: str
    look: str = ""


@dataclass(frozen=True)
class Piece:
    """A piece of evidence as this reader may see it, with the fields that judge it."""

    evidence: Evidence
    is_named: bool
    standing: StandingReading | None
    judging: Sequence[forms.BoundField]


def state_text(state: State) -> str:
    """Return the name of a state."""
    own = {
        State.ON_HOLD: _("Approved, on hold"),
        State.SCHEDULED: _("Approved, to be published"),
        State.PUBLISHED: _("Published"),
        State.TAKEN_OFF: _("Taken off"),
        State.RETRACTED: _("Retracted"),
    }
    return own.get(state) or _(Status(state.value).label)


def badge_of(version: Version, at: datetime) -> Badge:
    """The badge of any version of a claim; one that was replaced says so."""
    state = state_at(version, at)
    if version.status == Status.SUPERSEDED or state is None:
        return Badge(_(Status.SUPERSEDED.label))
    if state is State.TAKEN_OFF and version.taken_off_at is None:
        return Badge(_("Was published"))
    return Badge(state_text(state), LOOKS[state])


def versions_of(claim: Claim) -> list[Version]:
    """All versions with authors and reviews, the latest first."""
    return list(
        claim.versions.select_related("author", "claim", "taken_off_by", "review__reviewer")
        .prefetch_related("review__judgements")
        .order_by("-number")
    )


def claim_page(
    claim: Claim, number: int | None, *, person: "User", at: datetime, given: StepForm | None = None
) -> dict[str, Any] | None:
    """Return the context of the page of a version, by default the last; None without one.

    `given` is the form of a refused step, with what was typed.
    """
    versions = versions_of(claim)
    latest = versions[0]
    wanted = next((row for row in versions if number in (None, row.number)), None)
    if wanted is None:
        return None
    version: Version = Version.objects.filter(pk=wanted.pk).in_full(person, at).get()
    evidence = list(version.evidence.all())
    steps = steps_of(versions, person, at) if version.pk == latest.pk else frozenset()
    context = version_context(
        [version], reader=person, at=at, is_public=False, with_conflicts=False
    )
    decide = None
    if steps & DECISIONS:
        is_given = isinstance(given, DecisionForm)
        decide = given if is_given else DecisionForm(version=version, evidence=evidence)
    return {
        "claim": claim,
        "version": version,
        "versions": [(row, badge_of(row, at), review_of(row)) for row in versions],
        "latest": latest,
        "is_latest": version.pk == latest.pk,
        "shown": next((row for row in versions if row.is_published(at)), None),
        "badge": badge_of(version, at),
        "asserter": asserter_text(version.asserters.all(), to=context.to),
        "subject": entity_text(version.subject, to=context.to),
        "value": value_text(version, to=context.to),
        "period": date_text(version.period),
        "asserted_on": date_text(version.asserted_on),
        "pieces": [
            Piece(
                piece,
                piece.excerpt.source_id in context.named,
                standing_of(
                    piece.excerpt.source, is_known=piece.excerpt.source_id in context.named
                ),
                decide.judging(piece) if isinstance(decide, DecisionForm) else (),
            )
            for piece in evidence
        ],
        "other_bases": [
            (other.claim_id, other.ref, other_basis_text(other, to=context.to))
            for other in context.on_another_basis.get(version.pk, ())
        ],
        "support": support_text(context.support[version.pk]),
        "shared": shared_texts(context.support[version.pk]),
        "conflicts": conflicts_of(version, person, at),
        "is_disputed": Version.objects.filter(pk=version.pk).disputed(person, at).exists(),
        "similar": describe_similar(
            similar_to(version, reader=person, at=at, most=MAX_SIMILAR_LISTED), context.to
        ),
        "flags": claim.flags.filter(closed_at__isnull=True).order_by("pk"),
        "steps": {step.name.lower() for step in steps},
        "decide": decide,
        "step_forms": step_forms(steps, given),
        "given": given,
        "search": search_panel(version, person),
        "premises": [
            (premise, premise.rests_on.is_published(at)) for premise in version.premises.all()
        ],
    }


def review_of(version: Version) -> Review | None:
    """The decision on a version, where there is one."""
    return getattr(version, "review", None)


def step_forms(steps: frozenset[Step], given: StepForm | None) -> Mapping[str, StepForm]:
    """The forms of the possible steps by name, the refused one as it was typed."""
    return {
        step.name.lower(): given
        if given is not None and given.step is step
        else kind(auto_id=f"{step.value}_%s")
        for step, kind in STEP_FORMS.items()
        if step in steps
    }


def conflicts_of(
    version: Version, person: "User", at: datetime
) -> list[tuple[Conflict, str, str, str, list[str]]]:
    """The conflicts that the claim is party to, or was until a party was retracted or taken off.

    Each with its question, what was decided on it, what that means for the claim, and whom it lost.
    """
    open_ones = version.claim.open_memberships  # type: ignore[attr-defined] # by `in_full`
    conflicts = {row.conflict_id: row.conflict for row in open_ones}
    (reading,) = read_claims([version.pk], Reader(person, at))
    left = {one.conflict.record for one in reading.former_conflicts} - conflicts.keys()
    conflicts |= Conflict.objects.in_bulk(left)
    if not conflicts:
        return []
    to = Knowing(person)
    parties = staff_parties(list(conflicts), person, at)
    decided = decisions_of(conflicts, Audience.STAFF, at)
    return [
        (
            conflict,
            question_of(conflict, parties.versions.get(pk, ()), to=to),
            decision_text(decided.get(pk)),
            claim_decision_text(decided.get(pk), version.claim_id),
            removal_texts(parties.former.get(pk, ())),
        )
        for pk, conflict in conflicts.items()
    ]
