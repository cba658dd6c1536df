"""A second person's decision: who may take it, on what, and what it needs to have seen."""

import pytest
from django.utils import timezone

from claims.actions.claims.entry import Tie, revise, withdraw
from claims.actions.claims.review import JudgementGiven, ReviewRefused, decide
from claims.actions.claims.workflow import StepRefused
from claims.domain.approval import ApprovalRefused
from claims.domain.content import Content
from claims.models import Review, Version
from claims.vocabulary import Decision, Stance, Status
from factbase.models import User
from sources.actions.captures.capture import capture
from sources.actions.permission import NotPermitted
from sources.actions.quotes.excerpts import choose_place
from sources.domain.refusals import Refusal
from sources.models import Excerpt, SourceReader
from sources.vocabulary import Access, Role, Standing
from tests import factories as make

pytestmark = pytest.mark.django_db


def decided(
    version: Version,
    by: User,
    decision: Decision = Decision.APPROVE,
    *,
    note: str = "Read.",
    judgement: JudgementGiven | None = None,
    content_hash: str = "",
) -> Review:
    given = judgement or JudgementGiven(makes_claim=True)
    return decide(
        version=version,
        decision=decision,
        by=by,
        at=make.TODAY,
        content_hash=content_hash or version.content_hash,
        note=note,
        judgements={piece.pk: given for piece in version.evidence.all()},
    )


def suggested(version: Version, by: User) -> Version:
    """The next version, with another wording, submitted by that person."""
    return revise(
        claim=version.claim,
        content=Content("A better wording."),
        evidence=[Tie(piece.excerpt) for piece in version.evidence.all()],
        by=by,
        at=make.TODAY,
        seen=version.number,
        submit_it=True,
    )


def test_a_review_names_who_decided_on_whose_words_and_when() -> None:
    version, reviewer = make.submitted(), make.person(Role.REVIEWER)

    review = decided(
        version, reviewer, judgement=JudgementGiven(makes_claim=True, credibility=2, note=" Yes. ")
    )

    assert (review.author_id, review.reviewer_id) == (version.author_id, reviewer.pk)
    assert review.content_hash == version.content_hash
    assert review.decided_at == make.TODAY
    judgement = review.judgements.get()
    assert (judgement.makes_claim, judgement.credibility, judgement.note) == (True, 2, "Yes.")


def test_a_decision_that_was_taken_before_keeps_its_time() -> None:
    version = make.submitted()
    earlier = make.TODAY.replace(year=2024)

    review = decide(
        version=version,
        decision=Decision.APPROVE,
        by=make.person(Role.REVIEWER),
        at=make.TODAY,
        content_hash=version.content_hash,
        judgements={piece.pk: JudgementGiven(makes_claim=True) for piece in version.evidence.all()},
        decided_at=earlier,
    )

    version.refresh_from_db()
    assert review.decided_at == earlier
    assert version.published.lower == make.TODAY


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("decision", Decision)
def test_nobody_decides_on_what_they_wrote(role: Role, decision: Decision) -> None:
    author = make.person(role)
    version = make.submitted(by=author)

    with pytest.raises(StepRefused, match="another person"):
        decided(version, author, decision)


@pytest.mark.parametrize(
    ("decision", "is_allowed"),
    [(Decision.APPROVE, True), (Decision.REJECT, True), (Decision.REQUEST_CHANGES, False)],
)
def test_the_author_before_decides_on_a_suggested_wording(
    decision: Decision, is_allowed: bool
) -> None:
    author, reviewer = make.person(), make.person(Role.REVIEWER)
    version = suggested(make.submitted(by=author), reviewer)

    if is_allowed:
        assert decided(version, author, decision).reviewer == author
    else:
        with pytest.raises(NotPermitted):
            decided(version, author, decision)


def test_another_contributor_does_not_decide_on_a_suggested_wording() -> None:
    version = suggested(make.submitted(by=make.person()), make.person(Role.REVIEWER))

    with pytest.raises(NotPermitted):
        decided(version, make.person())


def test_the_author_before_does_not_decide_on_what_a_contributor_made_of_it() -> None:
    author = make.person()
    version = suggested(make.submitted(by=author), make.person())

    with pytest.raises(NotPermitted):
        decided(version, author)


def test_only_the_one_version_after_is_the_author_s_to_decide() -> None:
    author, reviewer = make.person(), make.person(Role.REVIEWER)
    first = suggested(make.submitted(by=author), reviewer)
    second = revise(
        claim=first.claim,
        content=Content("A third wording."),
        evidence=[Tie(piece.excerpt) for piece in first.evidence.all()],
        by=reviewer,
        at=make.TODAY,
        seen=2,
        submit_it=True,
    )

    with pytest.raises(NotPermitted):
        decided(second, author)


def test_what_was_not_read_is_not_approved() -> None:
    version = make.submitted()

    with pytest.raises(ReviewRefused, match="read it again"):
        decided(version, make.person(Role.REVIEWER), content_hash="0" * 64)


@pytest.mark.parametrize("decision", [Decision.REJECT, Decision.REQUEST_CHANGES])
def test_a_decision_against_a_version_says_why(decision: Decision) -> None:
    with pytest.raises(ReviewRefused, match="note"):
        decided(make.submitted(), make.person(Role.REVIEWER), decision, note=" ")


def test_a_second_decision_on_a_version_is_refused() -> None:
    version = make.submitted()
    decided(version, make.person(Role.REVIEWER))

    with pytest.raises(StepRefused, match="approved; only what is submitted"):
        decided(version, make.person(Role.REVIEWER), Decision.REJECT)


def test_what_was_withdrawn_meanwhile_is_not_decided() -> None:
    version = make.submitted()
    withdraw(version=version, by=version.author, at=make.TODAY)

    with pytest.raises(StepRefused, match="withdrawn; only what is submitted"):
        decided(version, make.person(Role.REVIEWER))


def test_a_judgement_on_other_evidence_is_refused() -> None:
    version, other = make.submitted(), make.submitted().evidence.get()

    with pytest.raises(ReviewRefused, match=f"no evidence {other.pk}"):
        decide(
            version=version,
            decision=Decision.APPROVE,
            by=make.person(Role.REVIEWER),
            at=make.TODAY,
            content_hash=version.content_hash,
            judgements={other.pk: JudgementGiven(makes_claim=True)},
        )


@pytest.mark.parametrize("decision", Decision)
def test_a_quote_is_judged_by_who_may_read_it_alone(decision: Decision) -> None:
    letter = make.source("He resigned.", access=Access.NAMED, public_descriptor="a letter")
    version = make.submitted(evidence=[Tie(make.excerpt("He resigned.", of=letter))])
    outside, named = make.person(Role.EDITOR), make.person(Role.REVIEWER)
    SourceReader.objects.create(source=letter, reader=named)

    with pytest.raises(ReviewRefused, match="only named persons read") as refused:
        decided(version, outside, decision)

    assert refused.value.code == "not_readable"
    assert "resigned" not in refused.value.message
    assert letter.title not in refused.value.message
    assert decided(version, named, decision).reviewer == named


def test_a_claim_on_a_letter_is_sent_back_by_who_may_not_read_it_without_a_judgement() -> None:
    letter = make.source("He resigned.", access=Access.NAMED, public_descriptor="a letter")
    version = make.submitted(evidence=[Tie(make.excerpt("He resigned.", of=letter))])

    review = decide(
        version=version,
        decision=Decision.REQUEST_CHANGES,
        by=make.person(Role.REVIEWER),
        at=make.TODAY,
        content_hash=version.content_hash,
        note="The statement names no day.",
    )

    assert review.decision == Decision.REQUEST_CHANGES


def test_nothing_is_approved_that_rests_on_nothing() -> None:
    with pytest.raises(ReviewRefused, match="rests on no quote that supports it"):
        decided(make.submitted(evidence=[]), make.person(Role.REVIEWER))


def test_context_alone_is_no_ground() -> None:
    version = make.submitted(evidence=[Tie(make.excerpt(), stance=Stance.CONTEXT)])

    with pytest.raises(ReviewRefused, match="rests on no quote that supports it"):
        decided(version, make.person(Role.REVIEWER))


def unlocated() -> Excerpt:
    return make.excerpt("No text says this.", of=make.source())


def missing() -> Excerpt:
    return make.excerpt("The text does not say this.", of=make.source("Another text."))


def ambiguous() -> Excerpt:
    return make.excerpt("twice", of=make.source("Once twice, and twice again."))


@pytest.mark.parametrize(
    ("quoted", "note", "code"),
    [
        (unlocated, "", "note_missing"),
        (unlocated, "Checked in print.", ""),
        (missing, "Checked in print.", "not_verified"),
        (ambiguous, "Checked in print.", "place_not_chosen"),
    ],
)
def test_a_quote_is_approved_as_its_grade_allows(quoted: object, note: str, code: str) -> None:
    excerpt = quoted()  # type: ignore[operator] # one of the three above
    version = make.submitted(evidence=[Tie(excerpt)])
    reviewer = make.person(Role.REVIEWER)

    if code:
        with pytest.raises(ApprovalRefused) as refused:
            decided(version, reviewer, note=note)
        assert refused.value.code == code
    else:
        assert decided(version, reviewer, note=note).decision == Decision.APPROVE


def test_an_ambiguous_quote_is_approved_once_a_place_is_chosen() -> None:
    excerpt = ambiguous()
    version = make.submitted(evidence=[Tie(excerpt)])
    place = tuple(excerpt.gradings.get().places[1])
    choose_place(excerpt=excerpt, place=place, by=make.person(), at=make.TODAY)

    assert decided(version, make.person(Role.REVIEWER)).decision == Decision.APPROVE


def test_a_quote_that_the_text_lost_meanwhile_is_not_approved() -> None:
    source = make.source("Trade fell by 9%.")
    version = make.submitted(evidence=[Tie(make.excerpt("Trade fell by 9%.", of=source))])
    capture(
        source=source,
        data=b"Trade fell by 8%.",
        file_name="corrected.txt",
        by=make.person(),
        at=timezone.now(),
    )

    with pytest.raises(ApprovalRefused, match="differs"):
        decided(version, make.person(Role.REVIEWER))


def test_a_refused_decision_changes_nothing() -> None:
    version = make.submitted(evidence=[Tie(missing())])

    with pytest.raises(Refusal):
        decided(version, make.person(Role.REVIEWER))

    version.refresh_from_db()
    assert version.status == Status.SUBMITTED
    assert not Review.objects.filter(version=version).exists()


@pytest.mark.parametrize("note", ["", "\u200b"])
def test_a_claim_on_a_retracted_source_alone_is_approved_with_a_note(note: str) -> None:
    source, reviewer = make.source("Trade fell."), make.person(Role.REVIEWER)
    version = make.submitted(evidence=[Tie(make.excerpt("Trade fell.", of=source))])
    make.stands(source, Standing.RETRACTED)

    with pytest.raises(ApprovalRefused, match="Every source that supports this claim is retracted"):
        decided(version, reviewer, note=note)

    decided(version, reviewer, note="The count is in the appendix, which stands.")
    version.refresh_from_db()
    assert version.status == Status.APPROVED


def test_a_claim_that_another_source_supports_needs_no_note() -> None:
    source, other = make.source("Trade fell."), make.source("It fell.")
    quotes = [make.excerpt("Trade fell.", of=source), make.excerpt("It fell.", of=other)]
    version = make.submitted(evidence=[Tie(quote) for quote in quotes])
    make.stands(source, Standing.RETRACTED)

    decided(version, make.person(Role.REVIEWER), note="")


def test_a_claim_on_a_retracted_source_is_sent_back_and_rejected_as_any_other() -> None:
    source = make.source("Trade fell.")
    version = make.submitted(evidence=[Tie(make.excerpt("Trade fell.", of=source))])
    make.stands(source, Standing.RETRACTED)

    decided(version, make.person(Role.REVIEWER), Decision.REJECT, note="It is retracted.")

    version.refresh_from_db()
    assert version.status == Status.REJECTED
