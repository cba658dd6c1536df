"""The reason for each refusal that a reader could not see by comparing the words."""

import pytest

from sources.domain.grading.differences import Difference
from sources.domain.grading.quotes import grade_quote
from sources.domain.text.apparatus import find_apparatus
from sources.vocabulary import Grade

RIGHT_TO_LEFT_MARK = "\u200f"


@pytest.mark.parametrize(
    ("quote", "text", "kind", "there", "given"),
    [
        (
            "נחתם ב-7 במאי 2025 ונכנס לתוקף",
            f"הצו נחתם ב-7 במאי {RIGHT_TO_LEFT_MARK}2025{RIGHT_TO_LEFT_MARK} ונכנס לתוקף מיד.",
            Difference.INVISIBLE,
            RIGHT_TO_LEFT_MARK * 2,
            "",
        ),
        ("agreed in\u200bside", "They agreed inside.", Difference.INVISIBLE, "", "\u200b"),
        (
            "signed in Russia",
            "It was signed in Russi\u0430 now.",
            Difference.LOOK_ALIKE,
            "\u0430",
            "a",
        ),
        ("signed on 9 May", "It was signed on \uff19 May.", Difference.LOOK_ALIKE, "\uff19", "9"),
        ("an area of 5 m2 in", "It has an area of 5 m² in all.", Difference.LOOK_ALIKE, "²", "2"),
        ("grew by 14 200 ships", "Trade grew by 14\t200 ships.", Difference.LOOK_ALIKE, "\t", " "),
        ("rose from 5−9 to ten", "It rose from 5–9 to ten.", Difference.LOOK_ALIKE, "–", "−"),
    ],
)
def test_what_nobody_sees_is_named(
    quote: str, text: str, kind: Difference, there: str, given: str
) -> None:
    graded = grade_quote(quote, text)

    assert graded.grade is Grade.DRIFTED
    assert (kind, there, given) in [
        (each.kind, each.words, each.quoted) for each in graded.passed_over
    ]


def test_words_of_a_link_that_is_no_text_are_named() -> None:
    text = "so [see](https://example.org/report) it"

    graded = grade_quote("https://example.org/report", text, apparatus=find_apparatus(text))

    assert graded.grade is Grade.MISSING
    assert [each.kind for each in graded.passed_over] == [Difference.IN_APPARATUS]


def test_words_that_run_into_a_footnote_say_so() -> None:
    text = (
        "They agreed on the route of the¹\n\n¹ See the list of them.\n\npipeline that was planned."
    )

    graded = grade_quote(
        "They agreed on the route of the See the list of them.",
        text,
        apparatus=find_apparatus(text),
    )

    assert graded.grade is Grade.DRIFTED
    assert Difference.ACROSS_BLOCKS in [each.kind for each in graded.passed_over]


def test_a_visible_difference_needs_no_other_reason() -> None:
    graded = grade_quote("fell by 8 percent", "Trade fell by 9 percent in May.")

    assert (graded.grade, graded.passed_over) == (Grade.DRIFTED, ())


TRIAL = (
    "Patients were at risk for failure of (activated partial thromboplastin time"
    " [APTT]-adjusted) therapy, and 45% [28, 62%] of them were admitted within one month."
)


@pytest.mark.parametrize(
    "quote",
    [
        "(activated partial thromboplastin time [APTT]-adjusted) therapy, and 45% [28, 62%] of",
        "[APTT]-adjusted) therapy",
        "45% [28, 62%]",
    ],
)
def test_brackets_of_the_source_are_its_words(quote: str) -> None:
    assert grade_quote(quote, TRIAL).grade is Grade.EXACT
