"""Rules of grading that hold for all quotes: real ones, and any that can be made up."""

import json
import re
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.grading.quotes import (
    QuoteRefused,
    find_places,
    grade_quote,
)
from sources.domain.text.apparatus import find_apparatus
from sources.domain.text.folded_text import FoldedText
from sources.domain.text.folding import Folded
from sources.vocabulary import DoubtKind, Grade
from tests.plain import layer_of

SHARED = Path(__file__).parents[4].parent / "shared"
needs_shared = pytest.mark.skipif(
    not (SHARED / "corpus").is_dir(), reason="The test corpus is not beside the project."
)

EXACT, FOLDED, AMBIGUOUS, MISSING = Grade.EXACT, Grade.FOLDED, Grade.AMBIGUOUS, Grade.MISSING


@needs_shared
def test_places_are_those_of_the_web_annotation_test_cases() -> None:
    for case in json.loads((SHARED / "data" / "anchoring.json").read_text()):
        places = find_places(
            case["selector"]["exact"],
            case["text"],
            case["selector"].get("prefix", ""),
            case["selector"].get("suffix", ""),
        )
        assert places == [tuple(place) for place in case["expected"]], case["name"]


def dossier() -> list[tuple[str, FoldedText]]:
    """The quotes of the test corpus, each with the text of its source."""
    corpus = SHARED / "corpus"
    texts = {}
    for record in json.loads((corpus / "sources.json").read_text()):
        texts[record["id"]] = layer_of((corpus / record["file"]).read_bytes())
    claims: list[dict[str, Any]] = json.loads((corpus / "dossier.json").read_text())["claims"]
    return [
        (evidence["quote"], texts[evidence["source"]])
        for claim in claims
        for evidence in claim["evidence"]
    ]


# Rules that hold for all inputs

SPELLING = "ab Z19.,%-−–—+'’\"“”«» \n\t\u00a0\u00ad\u200bﬁ²é\u0301*<€中五"
spelt = st.text(alphabet=SPELLING, max_size=24)


def skeleton(words: str) -> str:
    """All that folding must never touch: letters, digits, marks of numbers, signs."""
    words = unicodedata.normalize("NFC", words).replace("ﬁ", "fi")
    return re.sub("[\\s\u00ad'’\"“”«»–—-]", "", words)


@given(spelt, spelt, spelt)
def test_an_exact_place_slices_back_to_the_words(before: str, quote: str, after: str) -> None:
    text = unicodedata.normalize("NFC", before + quote + after)
    for start, end in find_places(quote, text):
        assert text[start:end] == quote


@given(spelt, spelt, spelt)
def test_a_verified_place_holds_the_same_letters_digits_and_signs(
    before: str, quote: str, after: str
) -> None:
    text = unicodedata.normalize("NFC", before + quote + after)
    try:
        graded = grade_quote(quote, text)
    except QuoteRefused:
        return
    if graded.start is not None and graded.end is not None:
        assert 0 <= graded.start < graded.end <= len(text)
    if graded.grade.is_located:
        assert skeleton(text[graded.start : graded.end]).replace("−", "") == skeleton(
            quote
        ).replace("−", "")


@given(spelt, spelt)
def test_two_spellings_that_grade_each_other_have_one_skeleton(one: str, other: str) -> None:
    try:
        graded = grade_quote(one, unicodedata.normalize("NFC", other))
    except QuoteRefused:
        return
    if graded.grade.is_located and graded.start == 0 and graded.end == len(other):
        assert skeleton(one).replace("−", "") == skeleton(other).replace("−", "")


@given(
    st.text(alphabet="ab -–—−+19 (\n", max_size=8),
    st.sampled_from("-−+–—"),
    st.sampled_from(["", "-", "−", "+", "–", "—"]),
    st.sampled_from([" ", "(", " by ", "by"]),
)
def test_a_sign_is_never_lost_gained_or_changed(
    tail: str, sign: str, other: str, before: str
) -> None:
    minus = "-−"
    text = f"it was{before}{sign}9 {tail}"
    quote = f"it was{before}{other}9 {tail}"

    if text.strip() != quote.strip() and not (sign in minus and other and other in minus):
        is_compound = before == "by" and sign in "–—" and other and other in "–—"
        if not is_compound and "  " not in quote:
            assert grade_quote(quote, text).grade is not EXACT
            assert not grade_quote(quote, text).grade.is_located


@given(spelt, st.sampled_from(["NFC", "NFD"]), st.sampled_from(["\n", "\r\n", "\r"]))
def test_the_grade_does_not_depend_on_unicode_form_or_line_ends(
    quote: str, form: Any, line_end: str
) -> None:
    text = unicodedata.normalize("NFC", f"x {quote} y")
    typed = unicodedata.normalize(form, quote).replace("\n", line_end)
    try:
        expected = grade_quote(unicodedata.normalize("NFC", quote), text)
    except QuoteRefused:
        return

    assert grade_quote(typed, text) == expected


@given(spelt, st.data())
def test_folding_a_part_of_a_text_finds_what_folding_all_of_it_finds(
    text: str, data: st.DataObject
) -> None:
    begin = data.draw(st.integers(0, len(text)))
    quote = text[begin : begin + data.draw(st.integers(1, 12))]
    if data.draw(st.booleans()):
        quote = quote.replace("–", "-").replace("\n", " ").replace("“", '"').replace("ﬁ", "fi")
    words = Folded(quote.strip()).text
    if not words:
        return
    for reading in FoldedText(text, find_apparatus(text)).readings:
        part, whole = reading.containing(words), reading.whole

        assert places_in(part, words) == places_in(whole, words)
        assert reading.may_hold(words) or not places_in(whole, words)


def places_in(folded: Folded | None, words: str) -> list[tuple[int, int]]:
    """All places of folded words, in the text itself."""
    if folded is None:
        return []
    return [
        (folded.start(at), folded.end(at + len(words)))
        for at in range(len(folded.text))
        if folded.text.startswith(words, at)
    ]


SENTENCE = st.lists(
    st.sampled_from(
        [
            "trade",
            "fell",
            "by",
            "9%",
            "19",
            "2,025",
            "-9",
            "−1.9",
            "(9%)",
            "7–10",
            "did",
            "not",
            "so",
        ]
    ),
    min_size=3,
    max_size=12,
)


@given(SENTENCE, st.data())
def test_one_thing_altered_is_never_verified(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    digit = data.draw(st.sampled_from("03456"))  # that the text has nowhere
    number = data.draw(st.sampled_from([word for word in words if word[-1] in "059%)"] or ["so"]))
    alterations = [
        text.replace(number, number.replace("9", digit, 1), 1),
        text.replace(number, f"+{number}", 1),
        text.replace(number, number.replace(",", "."), 1),
        text.replace("by ", "by not ", 1),
        text.replace(" did ", " did not ", 1),
        text.replace(" not ", " ", 1),
        text.replace(" did ", " did [not] ", 1),
    ]
    for altered in alterations:
        if altered not in text:  # a text of many "not" has it with one less
            assert not grade_quote(altered, text).grade.is_located, altered


@given(SENTENCE, st.data())
def test_words_left_out_are_in_doubt_whatever_they_say(
    words: list[str], data: st.DataObject
) -> None:
    left_out = data.draw(st.sampled_from(["did not", "not", "declined to", "far from", "x"]))
    at = data.draw(st.integers(1, len(words) - 1))
    text = " ".join([*words[:at], left_out, *words[at:]])
    quote = " ".join([*words[:at], "…", *words[at:]])

    graded = grade_quote(quote, text)

    assert graded.grade not in (EXACT, FOLDED)
    if graded.grade is Grade.ELIDED:
        assert [doubt.kind for doubt in graded.doubts] == [DoubtKind.GAP]
        assert text[graded.doubts[0].start : graded.doubts[0].end] == graded.doubts[0].words


def test_a_megabyte_is_searched_in_well_under_a_second() -> None:
    words = "Trade – and that’s “all” there is to\nsay about it – fell by some 9% in May. "
    text = (words * 20_000)[:1_000_000] + " The last sentence, with “marks”, ends it."
    grade_quote("warm up", "a text")

    began = time.process_time()
    assert grade_quote("The last sentence, with “marks”, ends it.", text).grade is EXACT
    exact = time.process_time() - began
    assert grade_quote("x" * 200, text).grade is MISSING
    missing = time.process_time() - began - exact

    assert exact < 0.1
    assert missing < 0.5
