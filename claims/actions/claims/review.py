"""A second person's decision on a version."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from claims.actions.absence.approval import search_judged, unanswered_words
from claims.actions.claims.publication import NOW, When, begin_publication, follow
from claims.actions.claims.workflow import locked_version, require_step, set_status, status_text
from claims.domain.approval import (
    DoubtJudged,
    Judged,
    require_answered,
    require_approvable,
    require_assertion,
)
from claims.domain.text_limits import clean_words
from claims.domain.workflow import RULES, Step
from claims.models import AbsenceScope, Evidence, Judgement, Review, Version
from claims.vocabulary import Decision, JudgementAnswer, Stance, Status
from sources.actions.action import (
    Clock,
    action_transaction,
    retry_outdated,
    set_history_time,
)
from sources.actions.quotes.confirming import ConfirmationGiven, save_confirmations
from sources.actions.quotes.grading import (
    Regrading,
    compute_outdated,
    latest_gradings,
    require_current_grades,
)
from sources.domain.refusals import Refusal
from sources.domain.text_fields import has_visible_words
from sources.models import Grading, TextLayer
from sources.readings.doubts import DoubtReading, doubts_on_record
from sources.readings.reader import Reader
from sources.vocabulary import Grade, Standing

if TYPE_CHECKING:
    from factbase.models import User

MAX_NOTE = 5_000

STATUS_AFTER = {
    Decision.REQUEST_CHANGES: Status.CHANGES_REQUESTED,
    Decision.REJECT: Status.REJECTED,
}


class ReviewRefused(Refusal):
    """A decision that cannot be made like this."""


class NotReadable(ReviewRefused):
    """A judgement on a quote whose source the reviewer may not read."""


@dataclass(frozen=True)
class JudgementGiven:
    """The judgement of a reviewer on one piece of evidence; credibility is 1 to 6 (Admiralty).

    `answer` is the one to the question of its stance, where that was asked; `confirmed` are the
    doubts about the quote that the reviewer settles: gaps, raised figures.
    """

    makes_claim: bool
    credibility: int | None = None
    note: str = ""
    confirmed: Sequence[ConfirmationGiven] = ()
    answer: JudgementAnswer | None = None


def decide(
    *,
    version: Version,
    decision: Decision,
    by: "User",
    at: datetime,
    content_hash: str,
    note: str = "",
    judgements: Mapping[int, JudgementGiven] | None = None,
    publish_at: When = NOW,
    decided_at: datetime | None = None,
    now: Clock | None = None,
) -> Review:
    """Approve a submitted version of another person, ask for changes, or reject it.

    `content_hash` is the hash of what was read; `judgements` are by id of the evidence, each with
    what the reviewer confirms of the quote's doubts, which is kept with an approval. An approval
    publishes now, at a time to come, or is put on hold. Quotes whose text was replaced are
    graded in the new one before anything is locked; the decision and what it publishes have the
    time that `now` gives once the claim is locked, else `at`. Raises StepRefused, ReviewRefused,
    ApprovalRefused, NotPermitted, ReadOutdated.
    """

    def attempt() -> Review:
        quotes = [piece.excerpt for piece in version.evidence.select_related("excerpt__source")]
        is_approval = decision == Decision.APPROVE
        regradings = compute_outdated(quotes) if is_approval else []
        near_words = unanswered_words(version, Reader(by, at)) if is_approval else ()
        with action_transaction("decide", by=by, at=at):
            return record_decision(
                version=version,
                decision=decision,
                by=by,
                now=now or (lambda: at),
                content_hash=content_hash,
                note=note,
                judgements=judgements or {},
                publish_at=publish_at,
                decided_at=decided_at,
                regradings=regradings,
                near_words=near_words,
            )

    return retry_outdated(attempt)


def record_decision(
    *,
    version: Version,
    decision: Decision,
    by: "User",
    now: Clock,
    content_hash: str,
    note: str,
    judgements: Mapping[int, JudgementGiven],
    publish_at: When,
    decided_at: datetime | None,
    regradings: Sequence[Regrading],
    near_words: Sequence[str] = (),
) -> Review:
    """Lock the claim, check that it may be decided, and record the decision; see `decide`.

    `regradings` are the new matches of its quotes that are outdated, `near_words` the words that
    come close to what it says is absent and wait for an answer.
    """
    step = Step(decision.value)
    version = locked_version(version)
    at = now()
    set_history_time(at)
    require_step(version, step, by=by, at=at)
    require_read(version, content_hash)
    note = clean_words(note, name="note", limit=MAX_NOTE)
    if step is not Step.APPROVE and not has_visible_words(note):
        raise ReviewRefused("note_missing", "Say in the note what is to change, or why not.")
    evidence = list(version.evidence.select_related("excerpt__source").order_by("pk"))
    require_known_evidence(version, evidence, judgements)
    is_all_read = RULES[step].reads_sources
    asked = evidence if is_all_read else [e for e in evidence if e.pk in judgements]
    require_readable(asked, Reader(by, at))
    if step is Step.APPROVE:
        require_current_grades([piece.excerpt for piece in evidence], regradings, at=at)
        has_other_ground = require_ground(version, evidence)
        gradings = latest_gradings([piece.excerpt for piece in evidence])
        judged_pieces = judged_evidence(evidence, judgements, gradings)
        require_approvable(judged_pieces, note=note, has_other_ground=has_other_ground)
        require_approvable_absence(version, judged_pieces, note=note, near_words=near_words)
        for piece in evidence:
            if piece.pk in judgements:
                save_confirmations(
                    excerpt=piece.excerpt,
                    grading=gradings.get(piece.excerpt_id),
                    given=judgements[piece.pk].confirmed,
                    by=by,
                    at=at,
                )
    review = record_review(
        Review(
            version=version,
            author=version.author,
            content_hash=content_hash,
            reviewer=by,
            decision=decision,
            note=note,
            decided_at=decided_at or at,
        ),
        [(piece, judgements[piece.pk]) for piece in evidence if piece.pk in judgements],
    )
    if step is Step.APPROVE:
        version.status = Status.APPROVED
        version.save(update_fields=["status"])
        begin_publication(version, publish_at=publish_at, at=at)
        follow({version.claim_id}, at=at)
    else:
        set_status(version, STATUS_AFTER[decision], at=at)
    return review


def record_review(review: Review, judgements: Sequence[tuple[Evidence, JudgementGiven]]) -> Review:
    """Write a review and its judgement on each piece of evidence."""
    review.save(force_insert=True)
    Judgement.objects.bulk_create(
        Judgement(
            review=review,
            evidence=piece,
            makes_claim=given.makes_claim,
            answer=given.answer or "",
            credibility=given.credibility,
            note=clean_words(given.note, name="note on a quote", limit=MAX_NOTE),
        )
        for piece, given in judgements
    )
    return review


def require_read(version: Version, content_hash: str) -> None:
    """Refuse to decide on other content than the reviewer has read."""
    if version.content_hash != content_hash:
        raise ReviewRefused("not_read", f"{version.ref} is not what you read; read it again.")


def require_known_evidence(
    version: Version, evidence: Sequence[Evidence], judgements: Collection[int]
) -> None:
    """Refuse a judgement, by id of its evidence, on what the version does not rest on."""
    if unknown := set(judgements) - {piece.pk for piece in evidence}:
        raise ReviewRefused(
            "unknown_evidence", f"{version.ref} has no evidence {min(unknown)}; read it again."
        )


def require_readable(evidence: Sequence[Evidence], reader: Reader) -> None:
    """Refuse a judgement on a quote whose source the reviewer may not read.

    The refusal names no word and no source.
    """
    if not all(reader.knows(piece.excerpt.source) for piece in evidence):
        raise NotReadable(
            "not_readable",
            "A quote of this claim is from a source that you may not read: only named persons read "
            "it, or the staff alone. One of them decides, or names you as a reader.",
        )


def require_ground(version: Version, evidence: Sequence[Evidence]) -> bool:
    """Refuse to approve what rests on nothing, or on a premise that nobody approved.

    Returns whether it rests on more than quotes: on premises, or on a search.
    """
    premises = version.premises.select_related("rests_on").order_by("pk")
    for premise in premises:
        if premise.rests_on.status != Status.APPROVED:
            raise ReviewRefused(
                "premise_not_approved",
                f"{version.ref} rests on {premise.rests_on.ref}, which is "
                f"{status_text(premise.rests_on)}; decide on that one first.",
            )
    if premises or AbsenceScope.objects.filter(version=version).exists():
        return True
    if not any(piece.stance == Stance.SUPPORTS for piece in evidence):
        raise ReviewRefused(
            "no_ground",
            f"{version.ref} rests on no quote that supports it; ask for changes.",
        )
    return False


def require_approvable_absence(
    version: Version, evidence: Sequence[Judged], *, note: str, near_words: Sequence[str]
) -> None:
    """Refuse an absence whose near misses are not judged, or whose asserter is not quoted."""
    search = search_judged(version, near_words)
    if search is None:
        return
    require_answered(search)
    require_assertion(
        is_asserted=version.asserters.exists(),
        supporting=[judged for judged in evidence if judged.supports],
        note=note,
    )


def judged_evidence(
    evidence: Sequence[Evidence],
    judgements: Mapping[int, JudgementGiven],
    gradings: Mapping[int, Grading],
) -> list[Judged]:
    """The evidence as the rule of approval sees it; `gradings` are the latest, by the quote."""
    doubts = doubts_on_record([piece.excerpt_id for piece in evidence])
    unreadable = set(TextLayer.objects.beside_unreadable_letters(gradings.values()))
    return [
        judged(
            piece,
            judgements.get(piece.pk),
            gradings.get(piece.excerpt_id),
            doubts.get(piece.excerpt_id, ()),
            unreadable,
        )
        for piece in evidence
    ]


def judged(
    piece: Evidence,
    given: JudgementGiven | None,
    grading: Grading | None,
    doubts: Sequence[DoubtReading],
    unreadable: Collection[int],
) -> Judged:
    """A piece of evidence as the rule of approval sees it."""
    grade = Grade(piece.excerpt.grade)
    confirmed = {} if given is None else {one.confirmed: one for one in given.confirmed}
    return Judged(
        quote=piece.excerpt.exact,
        grade=grade,
        has_place=grading is not None and grading.start is not None,
        makes_claim=None if given is None else given.makes_claim,
        note="" if given is None else given.note,
        supports=piece.stance == Stance.SUPPORTS,
        answer=None if given is None else given.answer,
        standing=Standing(piece.excerpt.source.standing),
        doubts=[
            doubt_judged(one, confirmed.get((one.kind.value, one.number, one.sha256)))
            for one in doubts
        ],
        is_text_readable=piece.excerpt_id not in unreadable,
    )


def doubt_judged(doubt: DoubtReading, given: ConfirmationGiven | None) -> DoubtJudged:
    """A doubt about a quote as the rule of approval sees it."""
    return DoubtJudged(
        kind=doubt.kind,
        number=doubt.number,
        words=doubt.words,
        needs_note=doubt.needs_note,
        is_settled=doubt.is_confirmed,
        is_confirmed=given is not None,
        note="" if given is None else given.note,
    )
