"""Numbers with their bounds, signs, scales, units and currencies: no quote parts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.values.unit_table import CURRENCIES, DIMENSIONS
from sources.domain.grading.differences import Difference
from sources.domain.grading.number_phrases import is_inside_number
from sources.domain.grading.quotes import grade_quote
from sources.vocabulary import Grade

# The bar is where a quote would begin or end.
PARTED = [
    "fell by 9| million tonnes",
    "fell by 9 million| tonnes",
    "more than |9 ships",
    "more| than 9 ships",
    "no |more than 9 ships",
    "USD |9 each",
    "9| USD each",
    "about |2024",
    "weniger als |9 Schiffe",
    "más de |9 barcos",
    "более |9 судов",
    "ponad |9 statków",
    "超过|9艘船",
    "超|过9艘船",
    "9| Mrd. Euro",
    "9| млн тонн",
    "9 млн| тонн",
    "9亿|元",
    "9| per cent",
    "9| percentage points",
    "9| km of pipe",
    "9 tonnes| a year",
    "9 tonnes| per year",
    "9 ships| or more",
    "9| or more ships",
    "more than |a million",
    "a| million tonnes",
    "nine| million tonnes",
    "more than |nine ships",
    "between |5 and 9 ships",
    "between 5 |and 9 ships",
    "between 5 and |9 ships",
    "5| to 9 per cent",
    "5 to |9 per cent",
    "about minus |9 per cent",
    "minus |9 per cent",
    "hundreds| of thousands of people",
    "9 millions| de tonnes",
    "20| US dollars",
    "20| billion US dollars",
    "20 billion| US dollars",
    "20 billion US| dollars",
    "9| square kilometres",
    "at least |one ship",
    "百分之|九",
    "约|9人",
    "9人|以上",
    "9万|吨",
    "9| million barrels",
    "9 million barrels| per day",
    "9| days later",
    "أكثر من |9 سفن",
    "9| مليون طن",
    "יותר מ-|9 ספינות",
    "9| 퍼센트",
    "약 |9척",
    "9| lakh",
    "9| crore rupees",
    "9| points",
    "20| roubles",
    "9| mi² of",
    "9| sq. mi. of",
    "9| tcf",
    "5 |or 6 ships",
    "half |a million tonnes",
    "as many as |9 ships",
    "up to |$9 each",
    "more than US$|9",
    "over RMB |9",
    "9| m²",
    "500| BC",
    "9| o'clock",
    "upwards of |9",
    "ca. |9",
    "mehr als |neun Schiffe",
    "plus de |9 navires",
    "9| ou plus",
    "не менее |пяти судов",
    "circa |9",
    "9|人以上",
]


@pytest.mark.parametrize("text", PARTED)
def test_a_number_is_not_parted_from_what_belongs_to_it(text: str) -> None:
    assert is_inside_number(text.replace("|", ""), text.index("|"))


WHOLE = [
    "by |9 ships",
    "9| ships",
    "fell by 9| ships",
    "in 2025 |euro area inflation",
    "in 2024 |yuan payments grew",
    "In 2025 |100 ships",
    "from 5 |to 9 per cent",
    "from 5 to |9 per cent",
    "a treaty |of 9 May 2025",
    "9 May |2025",
    "2025|年",
    "in 2024, |9 ships",
    "on 7 |May",
    "Article |9",
    "9 million| people",
    "9 tonnes| of wheat",
    "9% |of GDP",
    "in 2024| the sides",
    "9 |ships and more tanks",
    "May 2025 |dollar sales",
    "In 2003 |Tony",
    "He said |one thing",
    "fell to |9%",
    "The two sides |signed",
    "two |sides",
    "three |documents",
    "in |2025",
    "before |2025",
    "since |2022",
    "No. |9",
    "9 in| May",
    "on May 7, 2025 |euro inflation",
    "to |9 million",
    "7 мая 2025 |года",
    "2025 |года",
    "by |nine ships",
    "nine |ships",
    "for |one of them",
    "one| of the",
    "the 9 |won the prize",
    "first |half of 2025",
    "of 2025 |trade fell",
    "in the first half |of the year",
    "中国|同意",
    "在|2025年",
    "9个|国家",
    "some |of them",
    "all |9 ships",
]


@pytest.mark.parametrize("text", WHOLE)
def test_what_is_counted_dated_or_said_beside_a_number_may_be_left_out(text: str) -> None:
    assert not is_inside_number(text.replace("|", ""), text.index("|"))


NAMES = [
    name
    for units in DIMENSIONS.values()
    for _factor, names, symbols in units
    for name in [*names.split("|"), *symbols.split()]
] + [name for code, (names, _) in CURRENCIES.items() for name in [code, *names.split("|")] if name]


@pytest.mark.parametrize("name", NAMES)
def test_a_number_is_not_parted_from_any_unit_of_the_table(name: str) -> None:
    text = f"It came to 9 {name} in all."

    graded = grade_quote("It came to 9", text)

    # The point of an abbreviation may end the sentence as well, and need not be quoted.
    offered = text[graded.start : graded.end].rstrip(".")
    assert (graded.grade, offered) == (Grade.DRIFTED, f"It came to 9 {name}".rstrip("."))


@pytest.mark.parametrize(
    ("quote", "text", "offered"),
    [
        (
            "Exports fell by 9",
            "Exports fell by 9 million tonnes in May.",
            "Exports fell by 9 million tonnes",
        ),
        ("9 ships", "They lost more than 9 ships there.", "more than 9 ships"),
        ("9 ships", "They lost more than\n9 ships there.", "more than\n9 ships"),
        ("by 9", "It fell by 9.1% in May.", "by 9.1%"),
        ("9%", "It changed by −9% in May.", "−9%"),
        ("cost 20", "They cost 20 roubles each.", "cost 20 roubles"),
        (
            "Ausfuhren sanken um 9",
            "Die Ausfuhren sanken um 9 Mrd. Euro.",
            "Ausfuhren sanken um 9 Mrd. Euro",
        ),
        ("потеряли 9", "Они потеряли 9 млн тонн.", "потеряли 9 млн тонн"),
        ("9艘船", "共有超过9艘船参加。", "超过9艘船"),
        ("同意", "中国不同意。", "不同意"),
    ],
)
def test_a_quote_that_cuts_a_number_is_offered_the_wider_words(
    quote: str, text: str, offered: str
) -> None:
    graded = grade_quote(quote, text)

    assert graded.grade is Grade.DRIFTED
    assert text[graded.start : graded.end] == offered
    (reason,) = graded.passed_over
    assert (reason.kind, reason.words, reason.quoted) == (Difference.CUT, offered, quote)
    assert grade_quote(offered, text).grade is Grade.EXACT


def test_a_number_that_stands_whole_elsewhere_is_found_there() -> None:
    text = "They lost more than 9 ships. In the end 9 ships came home."

    graded = grade_quote("9 ships", text)

    assert (graded.grade, graded.start) == (Grade.EXACT, text.rindex("9 ships"))


def test_of_several_cut_numbers_the_one_whose_context_fits_is_offered() -> None:
    text = "They lost more than 9 ships in May. They sold at least 9 ships in July."

    graded = grade_quote("9 ships", text, prefix="They sold at least ", suffix=" in July.")

    assert text[graded.start : graded.end] == "at least 9 ships"


def test_a_part_of_a_word_is_missing_and_the_word_is_named() -> None:
    graded = grade_quote("able", "It was unable to sail.")

    assert graded.grade is Grade.MISSING
    assert [(each.kind, each.words) for each in graded.passed_over] == [(Difference.CUT, "unable")]


@given(st.text(alphabet="ab9 %$.,more than\nmillion€−-超过万(", max_size=40), st.data())
def test_the_wider_words_hold_the_quote_and_are_whole(text: str, data: st.DataObject) -> None:
    words = text.split()
    if not words:
        return
    quote = data.draw(st.sampled_from(words))

    graded = grade_quote(quote, text)

    if graded.passed_over and graded.passed_over[0].kind == Difference.CUT:
        offered = graded.passed_over[0].words
        assert quote in offered
        assert offered in text
