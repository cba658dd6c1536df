"""Apparatus in a text, and words that only look like it."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.grading.quotes import FoldedText, QuoteRefused, grade_quote
from sources.domain.text.apparatus import ApparatusKind, find_apparatus
from sources.domain.text.pages import find_pages
from sources.vocabulary import Grade
from tests.plain import layer_of

NOTES = "\n\n¹ A note.\n² Another.\n⁶ A sixth."


def words_of(text: str) -> list[tuple[str, str]]:
    """The apparatus of a text as pairs of kind and characters."""
    return [(span.kind, text[span.start : span.end]) for span in find_apparatus(text)]


FOUND = [
    ("The statements¹ of both.", [("note", "¹")]),
    ("In 2008.² However,", [("note", "²")]),
    ("China’s⁶ approach", [("note", "⁶")]),
    ("the platform (SCO)² is", [("note", "²")]),
    ("so-called “friends”¹ of", [("note", "¹")]),
    ("area of 5 m² and", []),
    ("area of 5km² and", []),
    ("over 10⁶ units", []),
    ("in 2025⁶ (Xi)", []),
    ("a rate of 5 m·s² up", []),
    ("where (a+b)² is", []),
    ("1,000 feet² of it", []),
    ("the statements³ of both", []),
    ("the statements¹² of both", []),
    ("a 3 ² alone", []),
    ("R² is high", []),
]


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_a_superscript_is_a_mark_only_where_its_note_is_and_never_on_a_number_or_unit(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert words_of(text + NOTES)[:-3] == found


OTHERS = [
    ("of [U.S. talks](#) on", [("link", "["), ("link", "](#)")]),
    ("[a](https://example.org/x_(y)) b", [("link", "["), ("link", "](https://example.org/x_(y))")]),
    ("they said [sic](5%) so", []),
    ("![a picture](https://example.org/a.png)", []),
    ("80<sup>th</sup> year", [("markup", "<sup>"), ("markup", "</sup>")]),
    ("10<sup>6</sup> units", []),
    ("2<sup>n</sup> units", []),
    ("m<sub>2</sub>", []),
    ("<b>so</b>", [("markup", "<b>"), ("markup", "</b>")]),
    ("<b>so", []),
    ("if a <b and c> d", []),
    ("word<sup>5</sup>", []),
    (
        "word<sup>5</sup> x\n<sup>5</sup> A note.",
        [("note", "<sup>5</sup>"), ("note", "<sup>5</sup>")],
    ),
    ("10<sup>5</sup> x\n<sup>5</sup> A note.", [("note", "<sup>5</sup>")]),
    (
        "word[^1] x\n\n[^1]: A note.",
        [("note", "[^1]"), ("note", "[^1]"), ("footnote", ": A note.")],
    ),
    ("word[^1] x", []),
    ("**China and Russia**", [("emphasis", "**"), ("emphasis", "**")]),
    ("in *the era*, MFA", [("emphasis", "*"), ("emphasis", "*")]),
    ("5*3*2 is 30", []),
    ("2 * 3 * 4 is 24", []),
    ("9%* and 8%* (estimated)", []),
    ("one * alone", []),
    ("*one line\nanother*", []),
]


AUDIENCE = [
    ("stay home. [Laughter] We work", ["[Laughter]"]),
    ("Six—[applause]—thank you.", ["[applause]"]),
    (
        "health care. [Applause.]\n[Laughter and applause]",
        ["[Applause.]", "[Laughter and applause]"],
    ),
    (
        "So be it. (Applause.) Thank you. (Loud cheers, applause.)",
        ["(Applause.)", "(Loud cheers, applause.)"],
    ),
    (
        "Das gilt. (Beifall.) Es gilt. (Heiterkeit und Beifall.)",
        ["(Beifall.)", "(Heiterkeit und Beifall.)"],
    ),
    ("Спасибо. (Аплодисменты.) Да. [Смех]", ["(Аплодисменты.)", "[Смех]"]),
    ("谢谢。（掌声）大家好。", ["（掌声）"]),
    ("for the [Ukrainian] people", []),
    ("junk fees [fees; White House correction]", []),
    ("they said [Inaudible] and left", []),
    ("the [laughter of the] house", []),
    ("[Audience members sang a song.]", []),
    ("the response (applause) was warm", []),
    ("[and]", []),
    ("[applause](https://example.org/a)", []),
    ("[]", []),
]


@pytest.mark.parametrize(("text", "found"), AUDIENCE)
def test_what_listeners_did_is_apparatus_and_what_an_editor_put_in_brackets_is_text(
    text: str, found: list[str]
) -> None:
    assert [words for kind, words in words_of(text) if kind == "audience"] == found


def test_a_quote_passes_over_applause_and_may_be_of_it() -> None:
    layer = layer_of(b"I have to stay home. [Laughter] We work. Six [applause] days ago.")

    over = grade_quote("have to stay home. We work", layer)
    of_it = grade_quote("home. [Laughter]", layer)
    amid = grade_quote("Six days", layer)

    assert [over.grade, of_it.grade, amid.grade] == [Grade.FOLDED, Grade.EXACT, Grade.FOLDED]


def test_a_quote_does_not_pass_over_what_was_not_heard() -> None:
    layer = layer_of(b"We will [Inaudible] pay for it.")

    assert grade_quote("We will pay for it.", layer).grade == Grade.MISSING


@pytest.mark.parametrize(("text", "found"), OTHERS)
def test_apparatus_is_found_where_there_is_no_doubt(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert words_of(text) == found


PIECES = [
    "the long first half of a sentence that has no end yet and",
    "goes on in the second half of it, with 9% more.",
    "The long first half of a sentence that has no end yet and goes on.",
    "It has the long first half of a sentence that has no end yet and goes on.",
    *["word", " ", " 9%", " −9", "5", "m", "²", "¹", "¹ ", "<sup>1</sup>", "[^1]", "[^1]: ", "\f"],
    *["*", "**so**", "[a", "](#)", "[that one](#)", "<b>", "</b>", "80<sup>th</sup>", " not "],
    *[
        "\n",
        "\n\n",
        "\n\n¹ A note.\n\n",
        "\n\n² Not so.\n\n",
        "\n\nTHE REVIEW\n\n",
        "\n3\f",
        "\n4\f",
    ],
]
HALF, REST = PIECES[:2]
PARTED = [
    f"{HALF}\n\n{PIECES[2]}\n\n{REST}\n\n{PIECES[3]}\n\n",
    f"{HALF} more¹\n\n¹ A *note* of it.\n\nTHE REVIEW\n\n{REST}\n\n",
    f"{HALF} more¹ in 5²\n\n¹ A note.\n\n² Not so.\n\n{REST}\n\n",
    f"{HALF}\n\nTHE REVIEW\n\n{REST}\n\n",
    f"THE REVIEW\n{HALF}\n3\fTHE REVIEW\n{REST} {HALF}\n4\fTHE REVIEW\n{REST}\n5\f",
]
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=24),
    st.lists(st.sampled_from([*PARTED, *PIECES]), min_size=1, max_size=6),
).map(lambda pieces: layer_of(f"A{''.join(pieces)}".encode()).text)


@given(st.one_of(st.text(alphabet="ab 15¹²*[](#)<sup>/bth\n\f", max_size=60), texts))
def test_spans_are_in_order_apart_and_inside_the_text(text: str) -> None:
    spans = find_apparatus(text, find_pages(text))

    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= next_.start for one, next_ in pairwise(spans))
    assert {span.kind for span in spans} <= set(ApparatusKind)


def skeleton(words: str) -> str:
    """All that folding must never touch: letters, digits, marks of numbers, signs."""
    return re.sub("[\\s\u00ad'’\"“”–—-]", "", words)


@given(texts, st.data())
def test_apparatus_verifies_no_quote_that_differs_in_a_digit_sign_or_letter(
    text: str, data: st.DataObject
) -> None:
    apparatus = find_apparatus(text)
    seen = without([(span.start, span.end) for span in apparatus], text)
    words = [at for at, each in enumerate(seen) if each.isspace()] + [len(seen)]
    start, end = sorted((data.draw(st.sampled_from(words)), data.draw(st.sampled_from(words))))
    at = data.draw(st.integers(start, end))
    put_in = data.draw(st.sampled_from(["", "", "", "1", "−", "x", " not ", "%"]))
    quote = seen[start:at] + put_in + seen[at:end]
    try:
        graded = grade_quote(quote, FoldedText(text, apparatus))
    except QuoteRefused:
        return

    if graded.grade is Grade.FOLDED and graded.start is not None:
        passed = [
            (each.start - graded.start, each.end - graded.start)
            for each in graded.passed_over
            if each.kind in set(ApparatusKind)
        ]
        assert skeleton(without(passed, text[graded.start : graded.end])) == skeleton(quote)


def without(places: list[tuple[int, int]], text: str) -> str:
    """A text without these places, which are in order and apart."""
    for start, end in reversed(places):
        text = text[:start] + text[end:]
    return text


def test_a_text_of_little_but_marks_has_no_apparatus() -> None:
    assert find_apparatus("*a* " * 50_000) == ()
    assert len(find_apparatus("*a* " * 5_000)) == 10_000


def test_every_kind_has_words_for_people() -> None:
    assert all(kind.label and kind.meaning.endswith(".") for kind in ApparatusKind)
