"""The passage most similar to a quote that a text does not have."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from sources.domain.grading.contexts import Context
from sources.domain.grading.differences import Difference
from sources.domain.grading.drift import Side, difference_of, most_similar
from sources.domain.grading.quotes import FoldedText, QuoteRefused, grade_quote
from sources.domain.text.apparatus import Span, find_apparatus
from sources.vocabulary import Grade

REASONS = {
    Difference.CUT,
    Difference.ACROSS_BLOCKS,
    Difference.INVISIBLE,
    Difference.LOOK_ALIKE,
}
TEXT = (
    "In the first half of 2024, trade rose by 1.9 percent. In the first half of 2025, however, "
    "trade decreased by nearly 9% year-on-year, and it did not recover in autumn."
)


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        ("trade decreased by nearly 8% year-on-year", "trade decreased by nearly 9% year-on-year"),
        ("trade decreased by nearly -9% year-on", "trade decreased by nearly 9% year-on-year"),
        ("and it did recover in autumn", "and it did not recover in autumn"),
        ("and it did not not recover in autumn", "and it did not recover in autumn"),
        ("In the first half of 2026, however,", "In the first half of 2025, however,"),
        ("trade rose by 19 percent.", "trade rose by 1.9 percent."),
        ("ecreased by nearly 9% year-on-yea", "decreased by nearly 9% year-on-year"),
        ("tradedecreased by nearly", "trade decreased by nearly 9%"),
        ("recoverinautumn", "recover in autumn"),
    ],
)
def test_the_place_most_like_a_quote_holds_whole_words(quote: str, place: str) -> None:
    graded = grade_quote(quote, TEXT)

    assert graded.grade is Grade.DRIFTED
    assert TEXT[graded.start : graded.end] == place
    assert 0.75 <= graded.score < 1


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("9%", "by 8% in"),
        ("fell", "felt"),
        ("the ships sank in autumn storms off the coast", TEXT),
        ("fell by 9.1 percent in 2025", "Ships of all kinds."),
        ("天然", "石油"),
    ],
)
def test_nothing_is_suggested_for_what_is_not_alike_or_too_short(quote: str, text: str) -> None:
    assert grade_quote(quote, text).grade is Grade.MISSING


REPORT = (
    "The ministry said that trade in gas rose by nine percent over the whole year according to "
    "the authority. Another sentence follows here.\n\nPrices of coal went down by a third in spring"
    "\fImports of oil stayed as they were since the war began"
)


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        # The quote's last or first words are others in the text, or more than it has there.
        (
            "rose by nine percent over the whole year according to the revised count",
            "rose by nine percent over the whole year according to the authority",
        ),
        (
            "rose by nine percent over the whole year according to the count.",
            "rose by nine percent over the whole year according to the authority",
        ),
        (
            "A minister wrote that trade in gas rose by nine percent over the whole year",
            "The ministry said that trade in gas rose by nine percent over the whole year",
        ),
        # Nothing is taken in from the next sentence, paragraph or page.
        (
            "by nine percent over the whole year according to the authority, just in June",
            "by nine percent over the whole year according to the authority.",
        ),
        (
            "But Prices of coal went down by a third in spring and summer",
            "Prices of coal went down by a third in spring",
        ),
        (
            "In 2025 imports of oil stayed as they were since the war",
            "Imports of oil stayed as they were since the war",
        ),
        # Words that the quote only leaves out are not taken for others.
        (
            "in gas rose by ten percent over the whole year",
            "in gas rose by nine percent over the whole year",
        ),
    ],
)
def test_a_place_takes_in_what_stands_instead_of_the_first_or_last_words(
    quote: str, place: str
) -> None:
    graded = grade_quote(quote, REPORT)

    assert graded.grade is Grade.DRIFTED
    assert REPORT[graded.start : graded.end] == place


def test_words_taken_in_at_an_end_count_for_nothing() -> None:
    same = "trade in gas rose by nine percent over the whole year according to the"
    quote = f"{same} revised count"

    graded = grade_quote(quote, REPORT)

    assert graded.score == pytest.approx(fuzz.ratio(quote, same) / 100)


SENTENCES = (
    "Trade in gas fell by 9 percent in May. Prices of coal went up. Trade in gas fell by 7 percent"
    " in July. Nothing else was said."
)


@pytest.mark.parametrize(
    ("prefix", "suffix", "place"),
    [
        ("", "", "Trade in gas fell by 9 percent"),
        ("Prices of coal went up. ", "", "Trade in gas fell by 7 percent"),
        ("", " in July. Nothing", "Trade in gas fell by 7 percent"),
        ("Prices of oil went up. ", " in July", "Trade in gas fell by 7 percent"),
        ("", " in May. Prices", "Trade in gas fell by 9 percent"),
        ("It was not so. ", " as we said", "Trade in gas fell by 9 percent"),
    ],
)
def test_of_several_similar_places_the_context_chooses(
    prefix: str, suffix: str, place: str
) -> None:
    graded = grade_quote("Trade in gas fell by 8 percent", SENTENCES, prefix=prefix, suffix=suffix)

    assert graded.grade is Grade.DRIFTED
    assert SENTENCES[graded.start : graded.end] == place


def test_the_context_leads_to_a_place_that_rare_words_do_not_point_to() -> None:
    text = "".join(f"In {year} trade in gas fell by nine percent. " for year in range(1100, 1400))
    layer = FoldedText(text)

    alike = most_similar(
        "trade in gas fell by ten percent", layer, Context("In 1237 ", ". In 1238")
    )

    assert alike is not None
    assert text[: alike.start].endswith("In 1237 ")


def test_alike_is_never_verified_whatever_its_score() -> None:
    graded = grade_quote("fell by 9.1 percent in 2025", "It rose by 1.9 percent in 2024.")

    assert graded.grade in (Grade.DRIFTED, Grade.MISSING)
    assert not graded.grade.is_located


def test_words_that_ran_together_stay_a_difference() -> None:
    text = "a lot of operationalexperience there"

    graded = grade_quote("operational experience", text)

    assert (graded.grade, graded.start, graded.end) == (Grade.DRIFTED, 9, 30)


def test_a_quote_of_a_script_without_spaces_is_led_to_its_place() -> None:
    graded = grade_quote("中国天燃气管道建设", "据报道中国天然气管道建设已经开始")

    assert graded.grade is Grade.DRIFTED
    assert (graded.start, graded.end) == (3, 12)


def test_a_place_is_counted_in_the_text_with_its_apparatus() -> None:
    text = "The [joint statements](https://example.org/a/b/c)¹ by both sides.\n\n¹ The text."

    graded = grade_quote("joint statement by both sides", text, apparatus=find_apparatus(text))

    assert graded.grade is Grade.DRIFTED
    assert (graded.start, graded.end) == (5, 64)


def test_an_altered_quote_of_common_words_is_found_in_a_megabyte_soon() -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    marks = (" ", " ", " ", ", ", "\n", " – ", "’s ", " “so” ")
    words = ["trade", "fell", "energy", "pipeline", "partners", "in", "the", "of", "to", "a", "9%"]
    text = "".join(chance.choice(words) + chance.choice(marks) for _ in range(170_000))
    begin = text.index(" ", 600_000) + 1
    truth = text[begin : text.index(" ", begin + 200)]
    middle = truth.index(" ", 100)
    altered = f"{truth[:middle]} not{truth[middle:]}"
    layer = FoldedText(text, (Span(0, 1, "note"),))
    began = time.process_time()

    graded = grade_quote(altered, layer)

    assert time.process_time() - began < 0.5
    assert graded.grade is Grade.DRIFTED
    assert graded.start is not None
    assert graded.end is not None
    assert abs(graded.start - begin) <= 8
    assert abs(graded.end - begin - len(truth)) <= 8


def test_a_long_quote_is_laid_along_the_text_in_bounded_time() -> None:
    chance = random.Random(2)  # noqa: S311 - no secret
    text = " ".join(f"w{chance.randrange(3_000)}" for _ in range(150_000))
    truth = text[text.index(" ", 400_000) + 1 : text.index(" ", 418_000)]
    began = time.process_time()

    graded = grade_quote(truth.replace(" ", " not ", 1), text)

    assert time.process_time() - began < 2
    assert graded.grade is Grade.DRIFTED
    assert graded.start == 400_000 + text[400_000:].index(" ") + 1


def test_a_difference_is_told_word_by_word() -> None:
    difference = difference_of("trade fell by 9.1%, they say", "trade fell\nby 9,1%, so they say")

    assert [(each.side, each.words) for each in difference] == [
        (Side.BOTH, "trade fell by "),
        (Side.QUOTE, "9.1"),
        (Side.TEXT, "9,1"),
        (Side.BOTH, "%,"),
        (Side.TEXT, " so"),
        (Side.BOTH, " they say"),
    ]


@pytest.mark.parametrize(
    ("exact", "words", "quoted", "there"),
    [
        ("by 9%", "by -9%", ["9"], ["-9"]),
        ("did not fall", "did fall", ["not "], []),
        ("in Russia", "in Russiа", ["Russia"], ["Russiа"]),
        ("天燃气", "天然气", ["燃"], ["然"]),
        ("same words", "same words", [], []),
        ("", "all of it", [], ["all of it"]),
    ],
)
def test_a_difference_names_what_only_one_side_has(
    exact: str, words: str, quoted: list[str], there: list[str]
) -> None:
    difference = difference_of(exact, words)

    assert [each.words for each in difference if each.side is Side.QUOTE] == quoted
    assert [each.words for each in difference if each.side is Side.TEXT] == there


SPELLING = "ab Z19.,%-−–+’“” \n\u00a0\u200bﬁé\u0301*中五"


@given(st.text(alphabet=SPELLING, max_size=30), st.text(alphabet=SPELLING, max_size=60))
def test_a_difference_keeps_all_words_of_both_sides(exact: str, words: str) -> None:
    difference = difference_of(exact, words)

    assert "".join(each.words for each in difference if each.side is not Side.TEXT) == exact
    there = "".join(each.words for each in difference if each.side is not Side.QUOTE)
    assert there.split() == words.split()


@given(st.text(alphabet=SPELLING, max_size=30), st.text(alphabet=SPELLING, max_size=90))
def test_a_suggestion_is_a_place_of_the_text_and_below_one(quote: str, text: str) -> None:
    alike = most_similar(quote, FoldedText(text, find_apparatus(text)))
    if alike is not None:
        assert 0 <= alike.start < alike.end <= len(text)
        assert 0.75 <= alike.score < 1
    try:
        graded = grade_quote(quote, text)
    except QuoteRefused:
        return
    if graded.grade is Grade.DRIFTED:
        assert not graded.places
        assert {each.kind for each in graded.passed_over} <= REASONS
