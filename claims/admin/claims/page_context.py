"""The page of a claim for the desk: what it says, on what, and what may be done with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from claims.actions.claims.workflow import state_at, steps_of
from claims.admin.claims.absences import search_panel
from claims.admin.claims.evidence_panels import evidence_of, evidence_panels
from claims.admin.claims.judging import answer_text
from claims.admin.claims.rounds import comparisons, last_round
from claims.admin.claims.steps import STEP_FORMS, DecisionForm, StepForm
from claims.admin.similar import describe_similar
from claims.domain.workflow import DECISIONS, State, Step
from claims.models import Claim, Evidence, Judgement, Review, Version
from claims.readings.claims import ClaimReading
from claims.readings.decisions import claim_decision_text
from claims.readings.lines import line_of, other_basis_line, undated_line
from claims.readings.other_bases import read_with_others
from claims.readings.own_wording import own_wording_text
from claims.readings.questions import QuestionReading, read_questions
from claims.readings.similar import similar_to
from claims.vocabulary import Status
from sources.readings.doubts import DoubtReading, doubts_of_excerpts
from sources.readings.publishers import judged_publishers
from sources.readings.reader import Reader

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
class HistoryRow:
    """A version in the history of its claim, with its review and what that said of its quotes.

    `own_wording` says how much of the statement its reviewer had written.
    """

    version: Version
    badge: Badge
    review: Review | None
    answers: Sequence[str]
    own_wording: str


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
        .prefetch_related(
            Prefetch(
                "review__judgements",
                Judgement.objects.select_related("evidence__excerpt__source").order_by("evidence"),
            )
        )
        .order_by("-number")
    )


def claim_page(
    claim: Claim,
    number: int | None,
    *,
    person: "User",
    at: datetime,
    given: StepForm | None = None,
) -> dict[str, Any] | None:
    """Return the context of the page of a version, by default the last; None without one.

    `given` is the form of a refused step, with what was typed.
    """
    versions = versions_of(claim)
    latest = versions[0]
    wanted = next((row for row in versions if number in (None, row.number)), None)
    if wanted is None:
        return None
    version: Version = Version.objects.filter(pk=wanted.pk).in_position().get()
    reader = Reader(person, at)
    similar = similar_to(version, reader=person, at=at, most=MAX_SIMILAR_LISTED)
    ids = [version.pk, *(one.version.pk for one in similar)]
    (told, *alike), apart = read_with_others(ids, reader)
    evidence = evidence_of(version)
    steps = steps_of(versions, person, at) if version.pk == latest.pk else frozenset()
    doubts = doubts_of_excerpts([piece.excerpt_id for piece in evidence], reader)
    known = readable_evidence(evidence, reader)
    decide = None
    if steps & DECISIONS:
        decide = decision_form(version, known, doubts, given)
    shown = next((row for row in versions if row.is_published(at)), None)
    before = last_round(versions, version)
    return {
        "claim": claim,
        "version": version,
        "versions": [history_row(row, versions, at, reader) for row in versions],
        "latest": latest,
        "is_latest": version.pk == latest.pk,
        "shown": shown,
        "badge": badge_of(version, at),
        "line": line_of(told),
        "told": told,
        "last_round": before,
        "comparisons": comparisons(
            versions,
            told,
            shown=shown,
            read_before=None if given is None else given.read_before(version.number),
            reader=reader,
        ),
        "panels": evidence_panels(
            told.evidence,
            evidence,
            doubts=doubts,
            decide=decide,
            last_judgements={} if before is None else before.judgements,
            reader=reader,
        ),
        "judged_publishers": judged_publishers(
            (piece.quote.source.publisher for piece in told.evidence), reader
        ),
        "other_bases": [
            (other.claim, other.version_ref, other_basis_line(line_of(other)))
            for other in apart[version.pk].bases
        ],
        "undated": [
            (other.claim, other.version_ref, undated_line(line_of(other)))
            for other in apart[version.pk].undated
        ],
        "questions": [
            (question, claim_decision_text(question.conflict.decision, told.claim))
            for question in questions_of(told, reader)
        ],
        "similar": describe_similar(similar, alike),
        "flags": claim.flags.filter(closed_at__isnull=True).order_by("pk"),
        "steps": {step.name.lower() for step in steps},
        "decide": decide,
        "own_wording": own_wording_text(version, versions, person.pk) if decide else "",
        "is_readable": len(known) == len(evidence),
        "step_forms": step_forms(steps, given),
        "given": given,
        "search": search_panel(
            version,
            person,
            is_latest=version.pk == latest.pk,
            may_revise=Step.REVISE in steps,
        ),
    }


def decision_form(
    version: Version,
    evidence: Sequence[Evidence],
    doubts: Mapping[int, Sequence[DoubtReading]],
    given: StepForm | None,
) -> DecisionForm:
    """The form of a decision on a version: the refused one, unless it was about another version.

    Then the note stays, and the quotes of this version are judged anew.
    """
    if not isinstance(given, DecisionForm):
        return DecisionForm(version=version, evidence=evidence, doubts=doubts)
    if given.read_before(version.number) is None:
        return given
    return DecisionForm(
        version=version, evidence=evidence, doubts=doubts, note=given["note"].value()
    )


def review_of(version: Version) -> Review | None:
    """The decision on a version, where there is one."""
    return getattr(version, "review", None)


def history_row(
    version: Version, versions: Sequence[Version], at: datetime, reader: Reader
) -> HistoryRow:
    """A version in the history of its claim, without words on quotes that the reader may not read.

    Of answers those are told that say more than that a quote makes the claim.
    """
    review = review_of(version)
    answers = [
        answer_text(one, one.evidence.stance)
        for one in (review.judgements.all() if review else ())
        if reader.knows(one.evidence.excerpt.source)
        and (not one.makes_claim or one.credibility or one.note)
    ]
    own = own_wording_text(version, versions, review.reviewer_id) if review else ""
    return HistoryRow(version, badge_of(version, at), review, answers, own)


def readable_evidence(evidence: Iterable[Evidence], reader: Reader) -> list[Evidence]:
    """The pieces of evidence that the reader may read, and so may judge."""
    return [piece for piece in evidence if reader.knows(piece.excerpt.source)]


def step_forms(steps: frozenset[Step], given: StepForm | None) -> Mapping[str, StepForm]:
    """The forms of the possible steps by name, the refused one as it was typed."""
    return {
        step.name.lower(): given
        if given is not None and given.step is step
        else kind(auto_id=f"{step.value}_%s")
        for step, kind in STEP_FORMS.items()
        if step in steps
    }


def questions_of(told: ClaimReading, reader: Reader) -> list[QuestionReading]:
    """The conflicts that the claim is party to, and those that ended for it by a removal."""
    conflicts = [*told.conflicts, *(one.conflict for one in told.former_conflicts)]
    return read_questions(list(dict.fromkeys(one.record for one in conflicts)), reader)
