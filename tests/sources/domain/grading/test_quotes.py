"""Quotes and the texts they stand in, or do not."""

import time
import unicodedata

import pytest

from sources.domain.grading.differences import Difference
from sources.domain.grading.quotes import (
    QuoteRefused,
    context,
    find_places,
    grade_quote,
    invisible_characters,
)
from sources.domain.text.apparatus import find_apparatus
from sources.vocabulary import Grade

EXACT, FOLDED, AMBIGUOUS = Grade.EXACT, Grade.FOLDED, Grade.AMBIGUOUS
DRIFTED, MISSING = Grade.DRIFTED, Grade.MISSING

CASES = [
    # The very characters
    (EXACT, "fell by 9%", "Trade fell by 9% in May."),
    (EXACT, "  fell by 9%\n", "Trade fell by 9% in May."),
    (EXACT, "Trade", "Trade"),
    (EXACT, "caf\u00e9", "a caf\u00e9 there"),
    (EXACT, "cafe\u0301", "a caf\u00e9 there"),
    (EXACT, "one\r\ntwo", "one\ntwo"),
    (EXACT, "zero\u200bwidth", "a zero\u200bwidth space"),
    (EXACT, "天然气", "中国天然气管道"),
    # White space
    (FOLDED, "one two", "one\ntwo"),
    (FOLDED, "one two", "one \t\n\f two"),
    (FOLDED, "one  two", "one two"),
    (FOLDED, "5 km", "is 5\u00a0km long"),
    (FOLDED, "1 000 ships", "the 1\u202f000 ships"),
    (DRIFTED, "operationalexperience", "of operational experience."),
    (DRIFTED, "operational experience", "of operationalexperience."),
    (DRIFTED, "1000 ships", "some 1 000 ships"),
    (DRIFTED, "1 000 ships", "some 1000 ships"),
    (DRIFTED, "12 345", "Exports\t12\t345"),
    (DRIFTED, "12 345", "Exports 12\n345"),
    (DRIFTED, "12 345", "Exports 12  345"),
    (MISSING, "9%", "some 9 % of it"),
    (MISSING, "9 %", "some 9% of it"),
    (MISSING, "a b", "a\u001fb"),
    # Quotation marks
    (FOLDED, 'the "root causes"', "the “root causes” of"),
    (FOLDED, 'the "root causes"', "the „root causes“ of"),
    (FOLDED, "the “root causes”", "the «root causes» of"),
    (FOLDED, 'the "root causes"', "the «\u00a0root causes\u00a0» of"),
    (FOLDED, "China's aim", "China’s aim"),
    (FOLDED, "'root causes'", "its ‘root causes’, and"),
    (DRIFTED, "'root causes'", "its “root causes”, and"),
    (DRIFTED, "Chinas aim", "China’s aim"),
    (DRIFTED, "root causes of", "root “causes” of"),
    (MISSING, '5"', "5″ of rain"),
    (MISSING, "1'5", "about 1‚5 tons"),
    # Dashes
    (FOLDED, "deterrents – Western", "key deterrents– Western sanctions"),
    (FOLDED, "deterrents - Western", "key deterrents—Western sanctions"),
    (FOLDED, "deterrents--Western", "key deterrents — Western sanctions"),
    (FOLDED, "China-Russia", "a China–Russia alliance"),
    (FOLDED, "China\u2011Russia", "a China-Russia alliance"),
    (FOLDED, "7-10 May", "on 7–10 May"),
    (FOLDED, "7 - 10 May", "on 7–10 May"),
    (FOLDED, "5%-9%", "the 5%–9% of"),
    (FOLDED, "losses — 9 ships", "the losses – 9 ships – were"),
    (FOLDED, "COVID\u201119", "of COVID-19 then"),
    (DRIFTED, "China Russia", "a China–Russia alliance"),
    (DRIFTED, "well - known", "well\n\n- known"),
    (DRIFTED, "7 10 May", "on 7–10 May"),
    # Signs
    (FOLDED, "by -9%", "by −9% in"),
    (FOLDED, "(−9%)", "change (-9%) in"),
    (FOLDED, "-$5", "at −$5 each"),
    (MISSING, "by 9%", "by −9% in"),
    (DRIFTED, "9%", "by −9% in"),
    (DRIFTED, "9%", "by -9% in"),
    (DRIFTED, "9%", "by –9% in"),
    (DRIFTED, "9%", "by − 9% in"),
    (DRIFTED, "9%", "was - 9% in"),
    (MISSING, "+9%", "by −9% in"),
    (MISSING, "-9%", "by +9% in"),
    (MISSING, "−9%", "by 9% in"),
    (MISSING, "-9%", "by –9% in"),
    (MISSING, "– 9%", "was − 9% in"),
    (MISSING, "was – 9%", "was -9% in"),
    (MISSING, "was-9%", "was -9% in"),
    (MISSING, "was - 9%", "was -9% in"),
    (MISSING, "was – 9%", "was - 9% in"),
    (MISSING, "5 - 9", "5 −9"),
    (DRIFTED, "2024-9 ships", "in 2024\n- 9 ships"),
    (DRIFTED, "lost – 9 ships", "we lost\n– 9 ships"),
    (FOLDED, "7–10 May", "on 7–\n10 May"),
    (MISSING, "5−9", "from 5–9 to"),
    (DRIFTED, "-9%", "from 5-9% to"),
    (DRIFTED, "9%", "some ±9% of"),
    (DRIFTED, "20 ships", "over >20 ships"),
    (DRIFTED, "20 ships", "about ~20 ships"),
    (DRIFTED, "$5", "about -$5 each"),
    (MISSING, "USD 5", "about -USD 5 each"),
    (DRIFTED, "was – USD 5", "was -USD 5 each"),
    (EXACT, "9 ships were lost", "So:\n- 9 ships were lost"),
    (EXACT, "9 ships", "losses – 9 ships – were"),
    # Numbers are whole
    (DRIFTED, "9%", "by 19% in"),
    (DRIFTED, "9.1%", "by 19.1% in"),
    (DRIFTED, "1.9", "by 21.95 in"),
    (DRIFTED, "1%", "by 9.1% in"),
    (DRIFTED, "9", "by 9.1% in"),
    (DRIFTED, "9.", "by 9.1% in"),
    (DRIFTED, ".1%", "by 9.1% in"),
    (DRIFTED, "5%", "by .5% in"),
    (DRIFTED, "9 ships", "some 10**9 ships"),
    (DRIFTED, "10", "some 10**9 ships"),
    (DRIFTED, "9 ships", "some 10*9 ships"),
    (DRIFTED, "9 ships", "some 10 * 9 ships"),
    (DRIFTED, "9 ships", "some 10**-9 ships"),
    (EXACT, "9 ships", "the **9 ships** there"),
    (DRIFTED, "9%", "a change (9%) in May"),
    (DRIFTED, "9", "a change (9) in May"),
    (DRIFTED, "9", "a change (9%) in May"),
    (DRIFTED, "1,234.5", "a loss of (1,234.5) in May"),
    (DRIFTED, "$5", "a loss of ($5) in May"),
    (DRIFTED, "(5)", "a loss of $(5) in May"),
    (DRIFTED, "a change (9", "a change (9) in May"),
    (DRIFTED, "a change (9%", "a change (9%) in May"),
    (EXACT, "(9%)", "a change (9%) in May"),
    (EXACT, "a change (9%) in May", "a change (9%) in May"),
    (EXACT, "9%", "a change (by 9%) in May"),
    (EXACT, "9%", "a change (9% in all) in May"),
    (EXACT, "5–9%", "a change (5–9%) in May"),
    (EXACT, "the change", "the change (9%) in May"),
    (DRIFTED, "9%", "< 9% of it"),
    (DRIFTED, "9%", "so\n< 9% of it"),
    (DRIFTED, "9%", "so\n> 9% of it"),
    (DRIFTED, "9%", "some ≈ 9% of it"),
    (DRIFTED, "9%", "some > 9% of it"),
    (DRIFTED, "9%", "some ≥ 9% of it"),
    (DRIFTED, "9%", "some ± 9% of it"),
    (DRIFTED, "9%", "some ~ 9% of it"),
    (DRIFTED, "9%", "some ≥\n9% of it"),
    (DRIFTED, "USD 9", "≤ USD 9 each"),
    (EXACT, "≥ 9%", "some ≥ 9% of it"),
    (EXACT, "9 ships", "a list:\n- 9 ships"),
    (EXACT, "9 ships", "a list:\n+ 9 ships"),
    (DRIFTED, "9", "by 9% in"),
    (DRIFTED, "9", "by 9 % in"),
    (DRIFTED, "5", "for $5 each"),
    (DRIFTED, "$5", "for HK$5 each"),
    (DRIFTED, "$ 5", "for A$ 5 each"),
    (EXACT, "US$5", "for US$5 each"),
    (DRIFTED, "½% of", "by 3 ½% of"),
    (DRIFTED, "3", "by 3 ½% of"),
    (DRIFTED, "1/2% of", "by 3 1/2% of"),
    (EXACT, "3 ½%", "by 3 ½% of"),
    (DRIFTED, "5", "for 5 € each"),
    (DRIFTED, "950 ships", "some 21 950 ships"),
    (DRIFTED, "21", "some 21 950 ships"),
    (DRIFTED, "950", "some 21,950 ships"),
    (DRIFTED, "950", "some 21’950 ships"),
    (DRIFTED, "2", "about 1/2 of"),
    (DRIFTED, "30", "at 19:30 then"),
    (DRIFTED, "10", "over 10⁶ units"),
    (DRIFTED, "106 units", "over 10⁶ units"),
    (DRIFTED, "5 m", "over 5 m² there"),
    (MISSING, "5 m2", "over 5 m² there"),
    (DRIFTED, "10 May", "on 7–10 May"),
    (DRIFTED, "fell by 5", "fell by 5–9% in"),
    (DRIFTED, "19 cases", "COVID-19 cases"),
    (DRIFTED, "5", "about 5½ tons"),
    (DRIFTED, "五年", "十五年"),
    (DRIFTED, "14.2", "about 14.2m people"),
    (DRIFTED, "710 May", "on 7\u00ad10 May"),
    (MISSING, "19", "a 1\u20609 b"),
    (EXACT, "in 2024", "in 2024, and"),
    (EXACT, "in 2024", "in 2024."),
    (EXACT, "100 ships", "in 2025 100 ships"),
    (EXACT, "2025", "在2025年"),
    # Words are whole
    (MISSING, "able", "was unable to"),
    (MISSING, "un", "was unable to"),
    (DRIFTED, "tional experience", "operational experience"),
    (DRIFTED, "they can", "they can’t do it"),
    (DRIFTED, "est vrai", "ce n’est vrai"),
    (DRIFTED, "nuclear states", "the non-nuclear states"),
    (DRIFTED, "a nuclear", "a nuclear-free zone"),
    (MISSING, "able", "was un\u200bable to"),
    (MISSING, "able", "was un\u00adable to"),
    (MISSING, "able", "was un-\nable to"),
    (MISSING, "cafe", "a cafe\u0323 there"),
    (EXACT, "Western sanctions", "deterrents—Western sanctions"),
    (EXACT, "root causes", "the “root causes” of"),
    # Letters, digits, marks of numbers
    (DRIFTED, "fell by 9%", "fell by 8%"),
    (DRIFTED, "did fall", "did not fall"),
    (DRIFTED, "did not fall", "did fall"),
    (DRIFTED, "Fell by", "fell by"),
    (MISSING, "9,1%", "by 9.1% in"),
    (DRIFTED, "9.1", "by 9.1% in"),
    (MISSING, "9.1‰", "by 9.1% in"),
    (MISSING, "$5", "for €5 each"),
    (MISSING, "9", "on ９ May"),
    (MISSING, "9", "on ٩ May"),
    (MISSING, "1/2", "about ½ of"),
    (DRIFTED, "Russia", "in Russiа now"),  # with a Cyrillic а
    (MISSING, "resume", "a résumé"),
    (MISSING, "…", "..."),
    # Ligatures, soft hyphens, invisible characters
    (FOLDED, "financial efforts", "ﬁnancial eﬀorts"),
    (FOLDED, "ﬁnancial", "the financial one"),
    (FOLDED, "operational", "opera\u00adtional"),
    (FOLDED, "re-sign", "to re-\nsign it"),
    (FOLDED, "COVID-19", "of COVID-\n19 then"),
    (FOLDED, "operational", "opera\u00ad\ntional"),
    (FOLDED, "opera\u00adtional", "operational"),
    (DRIFTED, "nancial", "ﬁnancial"),
    (MISSING, "inside", "in\u200bside"),
    (DRIFTED, "in\u200bside", "inside"),
    (MISSING, "left", "\u202ele\u202cft"),
    # Several places
    (AMBIGUOUS, "fell", "It fell and fell."),
    (AMBIGUOUS, "so 'so'", "so ’so’ and so ‘so’"),
    (AMBIGUOUS, "yada yada", "yada yada yada"),
    (EXACT, "fell", "It fell, unfelled."),
]


@pytest.mark.parametrize(("grade", "quote", "text"), CASES)
def test_a_quote_has_the_grade_that_the_rules_give_it(grade: Grade, quote: str, text: str) -> None:
    text = unicodedata.normalize("NFC", text)

    assert grade_quote(quote, text).grade == grade


@pytest.mark.parametrize(("grade", "quote", "text"), [case for case in CASES if case[0] is FOLDED])
def test_folding_works_both_ways(grade: Grade, quote: str, text: str) -> None:
    graded = grade_quote(quote, text)
    assert graded.start is not None

    assert grade_quote(text[graded.start : graded.end], quote).grade is grade


MARKED = [
    (FOLDED, "joint statements by", "The joint statements¹ by both.\n\n¹ The text."),
    (FOLDED, "in 2008. However", "in 2008.¹ However\n\n¹ The text."),
    (EXACT, "joint statements", "The joint statements¹ by both.\n\n¹ The text."),
    (EXACT, "joint statements¹ by", "The joint statements¹ by both.\n\n¹ The text."),
    (FOLDED, "U.S.-Russian talks on", "of [U.S.-Russian talks](#) on the war"),
    (EXACT, "U.S.-Russian talks", "of [U.S.-Russian talks](#) on the war"),
    (FOLDED, "the 80th anniversary", "mark the 80<sup>th</sup> anniversary"),
    (FOLDED, "the new era, MFA", "*in the new era*, MFA"),
    (DRIFTED, "the 80 anniversary", "mark the 80<sup>th</sup> anniversary"),
    (DRIFTED, "80", "mark the 80<sup>th</sup> anniversary"),
    (DRIFTED, "some 106", "some 10<sup>6</sup> of it\n\n<sup>6</sup> A note."),
    (MISSING, "5 m by", "some 5 m² by it\n\n² A note."),
    (DRIFTED, "joint statements by", "The joint statements¹ by both."),
    (DRIFTED, "in 2025 (Xi", "in 2025⁶ (Xi's visit)\n\n⁶ A note."),
    (MISSING, "19%", "1<b>9</b>%"),
    (DRIFTED, "the end.9% of", "the end.¹9% of it\n\n¹ A note."),
    (DRIFTED, "the end-9% of", "the end¹-9% of it\n\n¹ A note."),
    (DRIFTED, "9%", "by -**9%**"),
    (MISSING, "https://example.org/report", "[see](https://example.org/report) it"),
]


@pytest.mark.parametrize(("grade", "quote", "text"), MARKED)
def test_apparatus_may_be_passed_over_and_nothing_else(grade: Grade, quote: str, text: str) -> None:
    assert grade_quote(quote, text, apparatus=find_apparatus(text)).grade == grade


def test_a_text_that_is_not_in_nfc_is_folded() -> None:
    text = "a cafe\u0301 there \u1112\u1161\u11ab"

    graded = grade_quote("caf\u00e9 there", text)

    assert (graded.grade, graded.start, graded.end) == (FOLDED, 2, 13)
    assert graded.passed_over[0].kind == Difference.UNICODE_FORM
    assert grade_quote("\ud55c", text).grade is FOLDED


def test_what_was_passed_over_is_named_with_both_wordings() -> None:
    text = "the “ﬁnal”\ntalks¹ – so\n\n¹ A note."

    graded = grade_quote('"final" talks - so', text, apparatus=find_apparatus(text))

    # the “ﬁnal”\ntalks¹ – so
    # 0   4 5  89 10    1617
    assert graded.grade is FOLDED
    assert [(each.start, each.end, each.kind, each.quoted) for each in graded.passed_over] == [
        (4, 5, "quotation-marks", '"'),
        (5, 6, "ligatures", "f"),
        (9, 10, "quotation-marks", '"'),
        (10, 11, "white-space", " "),
        (16, 18, "note", " "),
        (18, 19, "dashes", "-"),
    ]
    assert (graded.start, graded.end) == (4, 22)


def test_a_place_leaves_out_what_was_dropped_beside_it() -> None:
    text = "deterrents – Western"

    starts = grade_quote("Western ", text).start, find_places("deterrents", text)[0][1]

    assert starts == (13, 10)
    assert grade_quote("a\ndeterrents", "a deterrents – Western").end == 12


CHOICES = [
    ("It fell. They fell.", "It ", "", EXACT, 3),
    ("It fell. They fell.", "They ", "", EXACT, 14),
    ("It fell. They fell.", "They ", " Then", EXACT, 14),
    ("It fell. They fell.", "", ".", AMBIGUOUS, None),
    ("It fell. They fell.", "We ", "", AMBIGUOUS, None),
    ("It fell. They fell.", "We ", "!", AMBIGUOUS, None),
    ("It fell. They fell.", "They ", "!", EXACT, 14),
    ("It  fell. They fell.", "It ", "", EXACT, 4),
    ("It fell.", "We ", "", EXACT, 3),
    ("It fell.", "We ", "!", EXACT, 3),
]


@pytest.mark.parametrize(("text", "prefix", "suffix", "grade", "start"), CHOICES)
def test_the_context_chooses_between_places(
    text: str, prefix: str, suffix: str, grade: Grade, start: int | None
) -> None:
    graded = grade_quote("fell", text, prefix=prefix, suffix=suffix)

    assert (graded.grade, graded.start) == (grade, start)


def test_an_ambiguous_quote_lists_all_its_places() -> None:
    assert grade_quote("fell", "It fell and fell.").places == ((3, 7), (12, 16))


def test_a_text_of_one_word_is_searched_in_bounded_time() -> None:
    began = time.process_time()

    assert len(grade_quote("a a", "a " * 100_000).places) == 1_000
    assert not grade_quote("a" * 200, "a" * 100_000).grade.is_located
    assert grade_quote("a\n" * 9_999, "a\n" * 500_000).grade is AMBIGUOUS
    assert grade_quote("a " * 9_999, "a\n" * 500_000).grade is AMBIGUOUS
    assert time.process_time() - began < 15


def test_the_context_of_a_place_is_what_stands_around_it() -> None:
    assert context("It fell and fell.", 3, 7) == ("It ", " and fell.")
    assert context("a" * 100, 50, 51) == ("a" * 32, "a" * 32)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "empty"),
        (" \n\u00a0", "empty"),
        ("\u200b\u00ad", "empty"),
        ("a\0b", "nul"),
        ("a\ud800", "surrogate"),
        ("a" * 20_001, "too_long"),
    ],
)
def test_what_cannot_be_a_quote_is_refused(words: str, code: str) -> None:
    with pytest.raises(QuoteRefused) as refused:
        grade_quote(words, "a text")

    assert refused.value.code == code
    assert refused.value.message.endswith(".")


def test_invisible_characters_are_named_once_each() -> None:
    words = "a\u200bb\u202ec\u200bd\u00ad\U000e0041\u0007"

    assert invisible_characters(words) == (
        "ZERO WIDTH SPACE",
        "RIGHT-TO-LEFT OVERRIDE",
        "TAG LATIN CAPITAL LETTER A",
        "CONTROL CHARACTER U+0007",
    )
