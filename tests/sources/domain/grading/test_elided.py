"""Shortened quotes: where their parts may stand, and what may be put in."""

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.grading.elided import MAX_GAP, MAX_PARTS, MAX_REPLACED
from sources.domain.grading.quotes import FoldedText, QuoteRefused, grade_quote
from sources.domain.text.apparatus import find_apparatus
from sources.vocabulary import Grade

EXACT, FOLDED, ELIDED, AMBIGUOUS = Grade.EXACT, Grade.FOLDED, Grade.ELIDED, Grade.AMBIGUOUS
NOT = None  # not verified: drifted or missing

TEXT = (
    "Trade fell in May by 9% and did not rise. They say that exports of 9 million tons grew – to "
    "China. He said it. In 2025, trade decreased by nearly 5%, as “the Union” noted."
)

SHORTENED = [
    # Marks of omission
    (ELIDED, "Trade fell … by 9%", TEXT),
    (ELIDED, "Trade fell ... by 9%", TEXT),
    (ELIDED, "Trade fell […] by 9%", TEXT),
    (ELIDED, "Trade fell [...] by 9%", TEXT),
    (ELIDED, "Trade fell [ … ] by 9%", TEXT),
    (ELIDED, "Trade fell (…) by 9%", TEXT),
    (ELIDED, "Trade fell (...) by 9%", TEXT),
    (ELIDED, "Trade fell . . . by 9%", TEXT),
    (ELIDED, "Trade fell .... by 9%", TEXT),
    (ELIDED, "Trade fell…by 9%", TEXT),
    (ELIDED, "Trade … in May … 9%", TEXT),
    (ELIDED, "…fell in May…", TEXT),
    (ELIDED, "[…] fell in May […]", TEXT),
    (ELIDED, "Trade fell … 9%…", TEXT),
    (ELIDED, "In 2025, … decreased", TEXT),
    (NOT, "In 2025 … trade", TEXT),
    (ELIDED, 'to China. … "the Union"', TEXT),
    (ELIDED, "They say … In 2025,", TEXT),
    (ELIDED, "Trade fell … In 2025,", TEXT),
    (FOLDED, "grew - to China", TEXT),
    (EXACT, "well … so", "he said: well … so"),
    (NOT, "by 9% … Trade fell", TEXT),
    (NOT, "Trade fell … in May", TEXT),
    (NOT, "Trade rose … by 9%", TEXT),
    (NOT, "Trade fell … ", "Ships sank."),
    (NOT, "… – …", "a – b"),
    (NOT, "Trade … % and", TEXT),
    # Parts are whole words and numbers
    (NOT, "rade fell … by 9%", TEXT),
    (NOT, "Trade fe … by 9%", TEXT),
    (NOT, "Trade fell … 9", "Trade fell in May by 9% then"),
    (NOT, "fell … 9%", "it fell in May by -9% then"),
    (NOT, "fell … 9%", "it fell in May by 19% then"),
    (NOT, "fell … 1%", "it fell in May by 9.1% then"),
    (NOT, "1…9%", "by 1 to 9% then"),
    (NOT, "1[…]9%", "by 1 to 9% then"),
    (NOT, "1 … .9%", "by 1, say 2.9% then"),
    (NOT, "un…able", "unable"),
    (NOT, "un[…]able", "un or able"),
    # Numbers keep what belongs to them
    (NOT, "exports of 9 … tons", TEXT),
    (NOT, "exports of … million tons", TEXT),
    (NOT, "decreased … 5%", TEXT),
    (ELIDED, "decreased … nearly 5%", TEXT),
    (NOT, "by … 9%", "by minus 9%"),
    (NOT, "fell by 9 … and", "fell by 9 percent in May, and"),
    (NOT, "9 … million", "lost 9 ships and 5 million"),
    (NOT, "fiel um … 9 %", "fiel um fast 9 %"),
    # Whatever is left out, a person reads it (test_gaps.py has the warnings)
    (ELIDED, "did … rise", TEXT),
    (ELIDED, "Trade fell … rise", TEXT),
    (NOT, "They can … leave", "They can’t possibly leave"),
    (ELIDED, "They … leave", "They can’t possibly leave"),
    (ELIDED, "will … fall", "will never again fall"),
    (ELIDED, "Торговля … выросла", "Торговля в мае не выросла"),
    (ELIDED, "Handel … gewachsen", "Handel ist nicht gewachsen"),
    (ELIDED, "中国 … 同意", "中国 并不 同意"),
    (ELIDED, "It rose. … It fell.", "It rose. It did not stop. It fell."),
    (ELIDED, "It … fell", "It did stop. It never fell"),
    (ELIDED, "It … fell", "It did not stop. Ships fell"),
    (ELIDED, "did … rise", "did **not** rise"),
    (ELIDED, "did … rise", "did no\u00adt rise"),
    (ELIDED, "did … rise", "did no<b>t</b> rise"),
    (ELIDED, "did … rise", "did not¹ rise\n\n¹ A note."),
    (ELIDED, "is … true", "is far from true"),
    (NOT, "by … 9%", "by – 9%"),
    (NOT, "lost … 9%", "lost ships – 9%"),
    (NOT, "Well … so", "Well, so"),
    (NOT, "[They] agreed", "They never agreed"),
    (NOT, "[A] pipeline", "There is no pipeline"),
    (ELIDED, "[They] agreed", "They did not stop. We agreed"),
    (NOT, "did [ｎｏｔ] rise", "did rise"),
    (NOT, "did [nоt] rise", "did rise"),  # with a Cyrillic о
    (NOT, "did [n.o.t] rise", "did rise"),
    (NOT, "did [no\u200bt] rise", "did rise"),
    (NOT, "did[n’t] rise", "did rise"),
    # Words of the desk
    (ELIDED, "[Putin] said it", TEXT),
    (ELIDED, "He [Putin] said it", TEXT),
    (ELIDED, "He said [to Xi] it.", TEXT),
    (ELIDED, "[The man] said it", TEXT),
    (NOT, "as “[the bloc]” noted", "as “the Union” noted"),
    (ELIDED, "as “[the bloc]” noted", "as “it” noted"),
    (ELIDED, "Trade fell [sic] in May", TEXT),
    (ELIDED, "Trade fell in May [sic].", "Trade fell in May."),
    (ELIDED, "Trade fell … [and] did not rise", TEXT),
    (ELIDED, "[Chinese] trade decreased", TEXT),
    (NOT, "Trade fell [not] in May", TEXT),
    (NOT, "Trade [never] fell in May", TEXT),
    (NOT, "Trade fell in May by [1]9%", TEXT),
    (NOT, "Trade fell in May by [-]9%", TEXT),
    (NOT, "Trade fell in May by [1] 9%", TEXT),
    (NOT, "Trade fell in May by [nearly] 9%", TEXT),
    (NOT, "Trade fell in May by [some] and", TEXT),
    (NOT, "fell [by 8%] and", TEXT),
    (NOT, "He did [surely] rise", "He did not rise"),
    (NOT, "9[.]1", "9 1"),
    (NOT, "9[.]1", "91"),
    (NOT, "9 [x].1%", "9 and .1%"),
    (NOT, "thing[s] fell", "things fell"),
    (NOT, "thing[s] fell", "thing fell"),
    (NOT, "[un]able to", "able to"),
    (NOT, "It fell. [They] said", "It fell. No. We said"),
    (NOT, "to [Berlin]. He said it.", "to China. Paris noted. He said it."),
    (NOT, "[Trade] fell [in May]", "Ships sank."),
    (NOT, "[sic].", "Trade fell."),
    (NOT, "Trade fell … .", TEXT),
    # Letters of the desk
    (ELIDED, "[T]rade decreased", TEXT),
    (ELIDED, "[t]rade fell", TEXT),
    (ELIDED, "[T]rade fell", TEXT),
    (ELIDED, "They say … [t]rade decreased", TEXT),
    (ELIDED, "In 2025, [T]rade decreased", TEXT),
    (ELIDED, '"[t]he Union" noted', "as “The Union” noted"),
    (ELIDED, "as “[t]he Union” noted", "as “The Union” noted"),
    (ELIDED, "(“[W]e fell … by”)", "(“we fell then by”)"),
    (NOT, "[B]rade decreased", TEXT),
    (NOT, "t[r]ade decreased", TEXT),
    (NOT, "In [T]rade decreased", TEXT),
    # Marks of the source itself
    (ELIDED, "see [1] here … there", "see [1] here and there"),
    (ELIDED, "A … b … d", "A … b c d"),
    # Several places
    (AMBIGUOUS, "x … y", "x 1 y x 2 y"),
    (ELIDED, "x … y", "x 1 x 2 y 3 y"),
    (ELIDED, "x … y … z", "x 1 y 2 x 3 y 4 z"),
]


@pytest.mark.parametrize(("grade", "quote", "text"), SHORTENED)
def test_a_shortened_quote_has_the_grade_that_the_rules_give_it(
    grade: Grade | None, quote: str, text: str
) -> None:
    found = grade_quote(quote, text).grade

    assert found == grade or (grade is NOT and not found.is_located and found is not AMBIGUOUS)


def test_gaps_and_the_words_of_the_desk_are_kept() -> None:
    text = "Trade fell in May. He said so – twice."

    graded = grade_quote("[T]rade … [Putin] said so - twice [sic]", text)

    # Trade fell in May. He said so – twice.
    # 0    5                22      29     37
    assert (graded.grade, graded.start, graded.end, graded.score) == (ELIDED, 0, 37, 1.0)
    assert [(each.start, each.end, each.kind, each.quoted) for each in graded.passed_over] == [
        (0, 1, "insertion", "[T]"),
        (5, 22, "elision", "… [Putin]"),
        (30, 31, "dashes", "-"),
        (37, 37, "insertion", "[sic]"),
    ]


def test_apparatus_is_passed_over_inside_of_the_parts() -> None:
    text = "The joint statements¹ by both sides were issued in Moscow.\n\n¹ The text."

    graded = grade_quote("joint statements by … in Moscow", text, apparatus=find_apparatus(text))

    assert graded.grade is ELIDED
    assert [each.kind for each in graded.passed_over] == ["note", "elision"]


def test_what_is_left_out_has_a_bound() -> None:
    for size, grade in ((MAX_GAP, True), (MAX_GAP + 1, False)):
        text = "it began" + " " + "x" * (size - 2) + " " + "it ended"
        assert grade_quote("it began … it ended", text).grade.is_located is grade
    for size, grade in ((MAX_REPLACED, True), (MAX_REPLACED + 1, False)):
        text = "it began " + ("a " * size)[: size - 2] + " it ended"
        assert grade_quote("it began [so] it ended", text).grade.is_located is grade


def test_a_quote_of_very_many_parts_is_not_verified() -> None:
    text = " ".join(f"w{number} x" for number in range(MAX_PARTS + 1))
    many = " … ".join(f"w{number}" for number in range(MAX_PARTS + 1))

    assert grade_quote(many.rpartition(" … ")[0], text).grade is ELIDED
    assert not grade_quote(many, text).grade.is_located


def test_the_context_chooses_between_places_of_a_shortened_quote() -> None:
    graded = grade_quote("x … y", "a x 1 y b x 2 y c", prefix="b ")

    assert (graded.grade, graded.start, graded.end) == (ELIDED, 10, 15)
    assert grade_quote("x … y", "a x 1 y b x 2 y c").places == ((2, 7), (10, 15))


@pytest.mark.parametrize(
    "quote",
    [
        "a … " * 5_000,
        " … ".join(["a"] * 49),
        " … ".join("abcabcabcabcabcabc"),
        "a … c … q",
        "[x] a " * 3_000,
        "[x] a [x] b " * 24,
        "[" * 19_000,
        "... " * 4_999,
        "[T]a" * 4_999,
        '"' * 19_000 + "[T]a",
    ],
)
def test_a_hostile_quote_takes_bounded_time(quote: str) -> None:
    layer = FoldedText("a b c " * 166_000)
    began = time.process_time()

    assert not grade_quote(quote, layer).grade.is_located
    assert time.process_time() - began < 4


WORDS = st.lists(
    st.sampled_from(["trade", "fell", "by", "9%", "–9", "19", "2025,", "so.", "He", "“x”", "ship"]),
    min_size=5,
    max_size=30,
)


@given(WORDS, st.data())
def test_the_parts_of_a_shortened_quote_slice_back_in_order(
    words: list[str], data: st.DataObject
) -> None:
    text = unicodedata.normalize("NFC", " ".join(words))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(words)), min_size=4, max_size=4)))
    parts = [" ".join(words[cuts[0] : cuts[1]]), " ".join(words[cuts[2] : cuts[3]])]

    graded = grade_quote(f"{parts[0]} … {parts[1]}", text)

    if graded.grade is not ELIDED:
        return
    assert graded.start is not None
    assert graded.end is not None
    assert 0 <= graded.start < graded.end <= len(text)
    gap = next(each for each in graded.passed_over if each.kind == "elision")
    assert gap.words == text[gap.start : gap.end]
    assert gap.words.strip()
    assert text[graded.start : gap.start].strip() == parts[0]
    assert text[gap.end : graded.end].strip() == parts[1]
    assert all(one.end <= other.start for one, other in pairwise(graded.passed_over))


@given(
    st.text(alphabet="ab 19.,-%…[]()\n", max_size=20),
    st.text(alphabet="ab 19.,-%…[]()\n", max_size=40),
)
def test_a_shortened_quote_has_no_letter_or_digit_that_the_text_has_not(
    quote: str, text: str
) -> None:
    try:
        graded = grade_quote(quote, text)
    except QuoteRefused:
        return
    if graded.grade is not ELIDED:
        return
    desk = "".join(each.quoted for each in graded.passed_over if each.kind == "insertion")
    left = iter(text[graded.start : graded.end])

    assert not any(map(str.isdigit, desk))
    said = quote
    for each in graded.passed_over:
        if each.kind in ("insertion", "elision"):
            said = said.replace(each.quoted, " ", 1)
    assert all(letter in left for letter in said if letter.isalnum() and letter not in desk)
