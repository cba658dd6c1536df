"""Quotes of which something is in doubt: a reviewer confirms each doubt, then they are verified."""

import pytest

from claims.actions.claims.entry import Tie
from claims.actions.claims.review import JudgementGiven, decide
from claims.domain.approval import DoubtRefused
from claims.models import Flag, Review, Version
from claims.vocabulary import Decision, FlagKind, Stance, Status
from factbase.models import User
from sources.actions.captures.capture import capture
from sources.actions.quotes.confirming import ConfirmationGiven
from sources.actions.quotes.excerpts import choose_place
from sources.actions.quotes.grading import grade_source_again
from sources.actions.verification import check_excerpts
from sources.domain.refusals import Refusal
from sources.models import Confirmation, Excerpt, Source
from sources.readings.doubts import DoubtReading, doubts_of_excerpts
from sources.readings.reader import Reader
from sources.vocabulary import Access, DoubtKind, Grade, Role
from tests import factories as make

pytestmark = pytest.mark.django_db

TEXT = "The government declined to sign the deal. Exports rose. Imports fell 9% in May."
WITHIN = "The government … sign the deal"
OVER = "Exports … fell 9%"


def doubts_of(excerpt: Excerpt, person: User | None = None) -> tuple[DoubtReading, ...]:
    """The doubts about a quote, as a person of the desk reads them."""
    reader = Reader(person or make.somebody(Role.REVIEWER), make.TODAY)
    return doubts_of_excerpts([excerpt.pk], reader).get(excerpt.pk, ())


def confirming(excerpt: Excerpt, *, note: str = "") -> list[ConfirmationGiven]:
    """The confirmations of all doubts about a quote."""
    return [ConfirmationGiven(one.kind, one.number, one.sha256, note) for one in doubts_of(excerpt)]


def approve(
    version: Version, given: dict[int, list[ConfirmationGiven]], by: User | None = None
) -> Review:
    """Approve a version; `given` is confirmed by the id of the quote."""
    return decide(
        version=version,
        decision=Decision.APPROVE,
        by=by or make.somebody(Role.REVIEWER),
        at=make.TODAY,
        content_hash=version.content_hash,
        judgements={
            piece.pk: JudgementGiven(makes_claim=True, confirmed=given.get(piece.excerpt_id, ()))
            for piece in version.evidence.all()
        },
    )


def quoted(words: str = WITHIN, *, of: Source | None = None) -> tuple[Excerpt, Version]:
    """A quote, and a submitted claim on it."""
    excerpt = make.excerpt(words, of=of or make.source(TEXT))
    return excerpt, make.submitted(evidence=[Tie(excerpt)])


def recapture(source: Source, text: str) -> None:
    """Capture another text of a source, in which its quotes are graded again."""
    by = make.somebody(Role.CONTRIBUTOR)
    capture(source=source, data=text.encode(), file_name="b.txt", by=by, at=make.TODAY)
    grade_source_again(source=source, at=make.TODAY)


def test_a_shortened_quote_is_verified_once_its_gap_is_confirmed() -> None:
    excerpt, version = quoted()
    assert (excerpt.grade, excerpt.is_verified) == (Grade.ELIDED, False)

    approve(version, {excerpt.pk: confirming(excerpt)})

    excerpt.refresh_from_db()
    version.refresh_from_db()
    assert excerpt.is_verified
    assert version.status == Status.APPROVED
    confirmation = Confirmation.objects.get()
    assert confirmation.confirmed_by == make.somebody(Role.REVIEWER)
    assert TEXT[confirmation.start : confirmation.end] == " declined to "
    assert list(check_excerpts().problems) == []


def test_an_approval_is_refused_until_each_gap_is_confirmed() -> None:
    excerpt, version = quoted("The government … sign … deal")
    first, second = confirming(excerpt)

    for given in ([], [first], [second]):
        with pytest.raises(DoubtRefused, match="leaves out"):
            approve(version, {excerpt.pk: given})
    approve(version, {excerpt.pk: [first, second]})

    assert Confirmation.objects.count() == 2


def test_a_refused_approval_confirms_nothing() -> None:
    excerpt, version = quoted("The government … sign … deal")

    with pytest.raises(DoubtRefused):
        approve(version, {excerpt.pk: confirming(excerpt)[:1]})

    assert not Confirmation.objects.exists()


def test_the_gap_of_a_quote_that_refutes_is_confirmed_too() -> None:
    excerpt = make.excerpt(WITHIN, of=make.source(TEXT))
    version = make.submitted(evidence=[Tie(make.excerpt()), Tie(excerpt, Stance.REFUTES)])

    with pytest.raises(DoubtRefused, match="declined to"):
        approve(version, {})
    approve(version, {excerpt.pk: confirming(excerpt)})


def test_a_gap_over_the_end_of_a_sentence_is_confirmed_with_a_note() -> None:
    excerpt, version = quoted(OVER)

    with pytest.raises(DoubtRefused) as refused:
        approve(version, {excerpt.pk: confirming(excerpt)})
    assert refused.value.code == "doubt_note_missing"
    approve(version, {excerpt.pk: confirming(excerpt, note=" The table shows it. ")})

    assert Confirmation.objects.get().note == "The table shows it."


def test_words_that_the_text_does_not_have_there_are_not_confirmed() -> None:
    excerpt, version = quoted()
    (given,) = confirming(excerpt)
    other = ConfirmationGiven(given.kind, given.number, "0" * 64)

    with pytest.raises(DoubtRefused):
        approve(version, {excerpt.pk: [other]})


def test_what_was_confirmed_once_is_not_asked_for_again() -> None:
    excerpt, version = quoted()
    approve(version, {excerpt.pk: confirming(excerpt)})
    other = make.submitted(evidence=[Tie(excerpt)])

    approve(other, {})

    assert Confirmation.objects.count() == 1


@pytest.mark.parametrize("decision", [Decision.REJECT, Decision.REQUEST_CHANGES])
def test_another_decision_confirms_nothing(decision: Decision) -> None:
    excerpt, version = quoted()
    (piece,) = version.evidence.all()

    decide(
        version=version,
        decision=decision,
        by=make.somebody(Role.REVIEWER),
        at=make.TODAY,
        content_hash=version.content_hash,
        note="No.",
        judgements={piece.pk: JudgementGiven(makes_claim=False, confirmed=confirming(excerpt))},
    )

    excerpt.refresh_from_db()
    assert not excerpt.is_verified
    assert not Confirmation.objects.exists()


def test_a_place_that_was_chosen_among_several_needs_its_gap_confirmed() -> None:
    text = "Trade in May fell by 9%. Later trade was: Trade in June fell by 9%."
    excerpt, version = quoted("Trade … fell by 9%", of=make.source(text))
    assert excerpt.grade == Grade.AMBIGUOUS
    choose_place(
        excerpt=excerpt,
        place=tuple(excerpt.gradings.latest("pk").places[1]),
        by=make.somebody(Role.CONTRIBUTOR),
        at=make.TODAY,
    )

    with pytest.raises(DoubtRefused, match="“in June”"):
        approve(version, {})
    approve(version, {excerpt.pk: confirming(excerpt)})

    excerpt.refresh_from_db()
    assert not excerpt.is_verified
    assert list(check_excerpts().problems) == []


def test_who_may_not_read_the_source_confirms_nothing() -> None:
    letter = make.source(TEXT, access=Access.NAMED, public_descriptor="A letter")
    excerpt, version = quoted(of=letter)
    (doubt,) = excerpt.gradings.get().doubts
    given = ConfirmationGiven(DoubtKind.GAP, 1, doubt["sha256"])

    with pytest.raises(Refusal) as refused:
        approve(version, {excerpt.pk: [given]})

    assert "declined" not in refused.value.message
    assert not Confirmation.objects.exists()


def test_a_confirmation_falls_where_a_later_text_has_other_words_in_the_gap() -> None:
    source = make.source(TEXT)
    excerpt, version = quoted(of=source)
    approve(version, {excerpt.pk: confirming(excerpt)})

    recapture(source, TEXT.replace("declined to", "was first to"))

    excerpt.refresh_from_db()
    assert (excerpt.grade, excerpt.is_verified) == (Grade.ELIDED, False)
    flag = Flag.objects.get()
    assert (flag.kind, flag.claim_id) == (FlagKind.QUOTE_DRIFTED, version.claim_id)
    assert "in doubt" in flag.cause
    assert [one.is_confirmed for one in doubts_of(excerpt)] == [False]


def test_a_confirmation_stands_where_a_later_text_has_the_same_words_in_the_gap() -> None:
    source = make.source(TEXT)
    excerpt, version = quoted(of=source)
    approve(version, {excerpt.pk: confirming(excerpt)})

    recapture(source, f"Once upon a time. {TEXT}")

    excerpt.refresh_from_db()
    assert excerpt.is_verified
    assert not Flag.objects.exists()


def test_the_warnings_about_a_gap_are_read_with_its_words() -> None:
    excerpt, _version = quoted()

    (gap,) = doubts_of(excerpt)

    assert (gap.kind, gap.words, gap.needs_note) == (DoubtKind.GAP, " declined to ", False)
    assert gap.warnings == ("Leaves out “declined”, which can turn the sense.",)
    assert (gap.before, gap.after[:8]) == ("The government", "sign the")
