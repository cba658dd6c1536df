from dataclasses import replace
from itertools import product

import pytest

from claims.domain.approval import (
    ApprovalRefused,
    DoubtJudged,
    DoubtRefused,
    Judged,
    SearchJudged,
    require_answered,
    require_approvable,
    require_assertion,
)
from claims.vocabulary import JudgementAnswer
from sources.vocabulary import DoubtKind, Grade, Standing

FINE = Judged(quote="fell by 9%", grade=Grade.EXACT, has_place=False, makes_claim=True, note="")

NEVER = {Grade.DRIFTED, Grade.ELSEWHERE, Grade.MISSING}


def refusal(grade: Grade, *, has_place: bool, has_note: bool) -> str | None:
    """The code for a quote that makes the claim, none where it can be approved."""
    if grade in NEVER:
        return "not_verified"
    if grade == Grade.AMBIGUOUS and not has_place:
        return "place_not_chosen"
    if grade == Grade.UNLOCATED and not has_note:
        return "note_missing"
    return None


CASES = list(product(Grade, [True, False], ["", "on the quote", "on the review"]))


@pytest.mark.parametrize(("grade", "has_place", "note"), CASES)
def test_a_quote_is_approved_as_its_grade_allows(grade: Grade, has_place: bool, note: str) -> None:
    judged = replace(
        FINE, grade=grade, has_place=has_place, note="Seen." if note == "on the quote" else ""
    )
    code = refusal(grade, has_place=has_place, has_note=bool(note))

    assert approved(judged, note="Seen." if note == "on the review" else "") == code


def approved(*judged: Judged, note: str = "") -> str | None:
    """The code of the refusal, none where the evidence can be approved."""
    try:
        require_approvable(judged, note=note)
    except ApprovalRefused as refused:
        return refused.code
    return None


GAP = DoubtJudged(DoubtKind.GAP, 1, " declined to ", needs_note=False, is_settled=False)
DOUBTS = [
    (GAP, "not_confirmed"),
    (replace(GAP, is_confirmed=True), None),
    (replace(GAP, is_settled=True), None),
    (replace(GAP, needs_note=True), "not_confirmed"),
    (replace(GAP, needs_note=True, is_confirmed=True), "doubt_note_missing"),
    (replace(GAP, needs_note=True, is_confirmed=True, note=" \u200b "), "doubt_note_missing"),
    (replace(GAP, needs_note=True, is_confirmed=True, note="So it says."), None),
    (replace(GAP, needs_note=True, is_settled=True), None),
    (replace(GAP, needs_note=True, note="So it says."), "not_confirmed"),
]


@pytest.mark.parametrize("supports", [True, False])
@pytest.mark.parametrize("grade", [Grade.EXACT, Grade.FOLDED, Grade.ELIDED, Grade.AMBIGUOUS])
@pytest.mark.parametrize(("doubt", "code"), DOUBTS)
def test_a_quote_is_approved_when_each_doubt_about_it_is_confirmed(
    doubt: DoubtJudged, code: str | None, grade: Grade, *, supports: bool
) -> None:
    settled = replace(GAP, number=2, is_settled=True)
    judged = replace(
        FINE, grade=grade, has_place=True, supports=supports, doubts=[settled, replace(doubt)]
    )

    assert approved(FINE, judged, note="On the review.") == code


def test_the_refusal_names_the_words_left_out_and_their_quote() -> None:
    judged = replace(FINE, quote="It … the deal", grade=Grade.ELIDED, doubts=[GAP])

    with pytest.raises(DoubtRefused) as refused:
        require_approvable([FINE, judged], note="")

    assert refused.value.message == (
        "The quote “It … the deal” leaves out “declined to”; read it, and confirm that the quote "
        "still says what the source says."
    )
    assert (refused.value.evidence, refused.value.kind, refused.value.number) == (1, "gap", 1)


def test_all_doubts_that_are_not_settled_are_refused_at_once() -> None:
    second = replace(GAP, number=2, needs_note=True, is_confirmed=True)
    judged = replace(FINE, grade=Grade.ELIDED, doubts=[GAP, second])

    with pytest.raises(DoubtRefused) as refused:
        require_approvable([judged, FINE, judged], note="")

    every = [refused.value, *refused.value.others]
    assert [(one.code, one.evidence, one.number) for one in every] == [
        ("not_confirmed", 0, 1),
        ("doubt_note_missing", 0, 2),
        ("not_confirmed", 2, 1),
        ("doubt_note_missing", 2, 2),
    ]


@pytest.mark.parametrize("kind", DoubtKind)
def test_a_doubt_of_each_kind_is_named_in_words(kind: DoubtKind) -> None:
    with pytest.raises(DoubtRefused, match="“declined to”"):
        require_approvable([replace(FINE, doubts=[replace(GAP, kind=kind)])], note="")


@pytest.mark.parametrize("grade", [Grade.DRIFTED, Grade.MISSING])
def test_a_quote_of_a_text_that_cannot_be_read_is_approved_with_a_note(grade: Grade) -> None:
    judged = replace(FINE, grade=grade, is_text_readable=False)

    assert approved(judged) == "note_missing"
    assert approved(judged, note="It is on page 2.") is None
    assert approved(replace(judged, note="It is on page 2.")) is None
    assert approved(replace(judged, grade=Grade.ELSEWHERE), note="Seen.") == "not_verified"


@pytest.mark.parametrize("grade", Grade)
@pytest.mark.parametrize(
    ("makes_claim", "code"), [(None, "not_judged"), (False, "does_not_make_claim")]
)
def test_a_quote_is_approved_when_a_person_found_that_it_makes_the_claim(
    grade: Grade, makes_claim: bool | None, code: str
) -> None:
    assert approved(replace(FINE, grade=grade, makes_claim=makes_claim), note="Seen.") == code


def test_a_quote_that_does_not_support_need_not_make_the_claim() -> None:
    refuting = replace(FINE, supports=False)

    assert approved(replace(refuting, makes_claim=False)) is None
    assert approved(replace(refuting, makes_claim=None)) == "not_judged"


@pytest.mark.parametrize("note", ["", " ", "\n"])
def test_white_space_is_no_note(note: str) -> None:
    assert approved(replace(FINE, grade=Grade.UNLOCATED, note=note), note=note) == "note_missing"


def test_one_quote_that_cannot_be_approved_is_enough() -> None:
    assert approved(FINE, replace(FINE, grade=Grade.MISSING), FINE) == "not_verified"


@pytest.mark.parametrize("grade", list(Grade))
def test_nothing_rests_on_words_that_were_withheld(grade: Grade) -> None:
    assert approved(replace(FINE, quote="", grade=grade, note="Checked.")) == "withheld"


def test_the_refusal_names_the_quote() -> None:
    with pytest.raises(ApprovalRefused, match="“fell by 9%” is not in the text"):
        require_approvable([replace(FINE, grade=Grade.MISSING)], note="")


ASKING = {Standing.CORRECTED, Standing.CONCERN, Standing.RETRACTED, Standing.WITHDRAWN}


@pytest.mark.parametrize("note", ["", "on the quote", "on the review"])
@pytest.mark.parametrize("standing", Standing)
def test_a_source_that_does_not_stand_is_approved_with_a_note(
    standing: Standing, note: str
) -> None:
    judged = replace(FINE, standing=standing, note="Seen." if note == "on the quote" else "")
    code = "note_missing" if standing in ASKING and not note else None

    assert approved(judged, note="Seen." if note == "on the review" else "") == code


def test_one_source_that_stands_is_enough() -> None:
    retracted = replace(FINE, standing=Standing.RETRACTED)

    assert approved(retracted, FINE) is None
    assert approved(retracted, replace(FINE, supports=False)) == "note_missing"
    assert approved(FINE, replace(retracted, supports=False)) is None


def test_premises_and_searches_are_ground_enough() -> None:
    retracted = replace(FINE, standing=Standing.RETRACTED)

    require_approvable([retracted], note="", has_other_ground=True)


def test_the_refusal_names_what_became_of_the_sources() -> None:
    evidence = [replace(FINE, standing=one) for one in (Standing.RETRACTED, Standing.CONCERN)]

    with pytest.raises(ApprovalRefused) as refused:
        require_approvable(evidence, note="")

    assert refused.value.message == (
        "Every source that supports this claim is retracted or under an expression of concern; "
        "say in the note why it can be approved all the same."
    )


@pytest.mark.parametrize(
    ("search", "said"),
    [
        (SearchJudged(False), "have not been searched as they are now"),
        (SearchJudged(False, 2, ("actions",)), "have not been searched as they are now"),
        (SearchJudged(True, 1, ("denuclearisation",)), "1 place comes close"),
        (SearchJudged(True, 3, ("a b", "c")), "“a b”, “c”. Say of each"),
        (SearchJudged(True, 9, tuple("abcdefg")), "“e” and others. Say of each"),
        (SearchJudged(True, 2), "in a document that you may not read"),
    ],
)
def test_an_absence_is_not_approved_before_what_comes_close_is_judged(
    search: SearchJudged, said: str
) -> None:
    with pytest.raises(ApprovalRefused) as refused:
        require_answered(search)
    assert refused.value.code == "near_miss_unanswered"
    assert said in refused.value.message


def test_an_absence_with_nothing_to_judge_may_be_approved() -> None:
    require_answered(SearchJudged(True))


@pytest.mark.parametrize(
    ("is_asserted", "supporting", "note", "is_refused"),
    [
        (False, [], "", False),
        (True, [], "", True),
        (True, [], "\u200b", True),
        (True, [], "Heard in the hall.", False),
        (True, [FINE], "", False),
        (True, [replace(FINE, makes_claim=False)], "", True),
    ],
)
def test_an_absence_in_the_name_of_somebody_asks_for_their_words_or_a_note(
    is_asserted: bool, supporting: list[Judged], note: str, is_refused: bool
) -> None:
    def ask() -> None:
        require_assertion(is_asserted=is_asserted, supporting=supporting, note=note)

    if not is_refused:
        ask()
        return
    with pytest.raises(ApprovalRefused) as refused:
        ask()
    assert refused.value.code == "note_missing"


PART = replace(FINE, makes_claim=False, answer=JudgementAnswer.PARTLY, note="The figure.")
BESIDE = replace(FINE, makes_claim=False, supports=False)
# Evidence as it was judged, and the code of the refusal, none where it can be approved.
ANSWERED = [
    ([replace(FINE, answer=JudgementAnswer.YES)], None),
    ([replace(FINE, makes_claim=False, answer=JudgementAnswer.NO)], "does_not_make_claim"),
    ([PART], "part_alone"),
    ([PART, BESIDE], "part_alone"),
    ([PART, PART], None),
    ([PART, FINE], None),
    ([replace(PART, note=" "), FINE], "part_not_named"),
    ([FINE, replace(BESIDE, answer=JudgementAnswer.YES)], None),
    ([FINE, replace(BESIDE, answer=JudgementAnswer.NO)], "does_not_belong"),
    ([FINE, BESIDE], None),  # judged before its own question was asked
]


@pytest.mark.parametrize(("judged", "code"), ANSWERED)
def test_each_quote_does_for_the_claim_what_its_stance_says(
    judged: list[Judged], code: str | None
) -> None:
    assert approved(*judged) == code


def test_a_part_is_enough_beside_another_ground() -> None:
    require_approvable([PART], note="", has_other_ground=True)
