"""Doubts about a quote at its place, and which of them a person confirmed."""

from sources.domain.grading.quotes import FoldedText, grade_quote
from sources.domain.text.spans import DoubtfulSpan, Span
from sources.vocabulary import ApparatusKind, DoubtKind, Grade

#       0         1         2         3
#       0123456789012345678901234567890123
TEXT = "The area was 106 counties in 2025."


def test_a_quote_over_a_doubtful_place_has_that_doubt() -> None:
    text = FoldedText(TEXT, doubts=[DoubtfulSpan(15, 16, DoubtKind.RAISED_FIGURE)])

    (doubt,) = grade_quote("area was 106 counties", text).doubts

    assert (doubt.kind, doubt.number, doubt.words) == (DoubtKind.RAISED_FIGURE, 1, "6")
    assert (doubt.start, doubt.end, doubt.needs_note) == (15, 16, False)


def test_a_quote_beside_a_doubtful_place_has_no_doubt() -> None:
    text = FoldedText(TEXT, doubts=[DoubtfulSpan(15, 16, DoubtKind.RAISED_FIGURE)])

    assert grade_quote("counties in 2025", text).doubts == ()


def test_each_gap_of_a_shortened_quote_is_in_doubt() -> None:
    graded = grade_quote("The area … counties … 2025", TEXT)

    assert graded.grade == Grade.ELIDED
    assert [(doubt.kind, doubt.number, doubt.words.strip()) for doubt in graded.doubts] == [
        (DoubtKind.GAP, 1, "was 106"),
        (DoubtKind.GAP, 2, "in"),
    ]


def test_a_doubtful_place_in_a_gap_is_no_doubt_of_its_own() -> None:
    text = FoldedText(TEXT, doubts=[DoubtfulSpan(15, 16, DoubtKind.RAISED_FIGURE)])

    assert [doubt.kind for doubt in grade_quote("The area … counties", text).doubts] == [
        DoubtKind.GAP
    ]


def test_hidden_words_that_a_quote_passes_over_are_no_doubt() -> None:
    text = "Trade secretly fell."
    hidden = [Span(5, 14, ApparatusKind.HIDDEN)]
    layer = FoldedText(text, hidden, [DoubtfulSpan(5, 14, DoubtKind.HIDDEN)])

    visible, whole = grade_quote("Trade fell", layer), grade_quote("Trade secretly fell", layer)

    assert (visible.grade, visible.doubts) == (Grade.FOLDED, ())
    assert [(doubt.kind, doubt.needs_note) for doubt in whole.doubts] == [(DoubtKind.HIDDEN, True)]


def test_a_doubt_is_confirmed_for_the_very_words_alone() -> None:
    (doubt,) = grade_quote("The area … counties", TEXT).doubts
    (other,) = grade_quote("The area … counties", TEXT.replace("106", "107")).doubts

    confirmed = {(doubt.kind.value, doubt.number, doubt.sha256)}

    assert doubt.is_confirmed(confirmed)
    assert not other.is_confirmed(confirmed)
