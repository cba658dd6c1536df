"""The words of a quote as they are printed: without apparatus, hidden words and soft hyphens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.grading.quotes import grade_quote
from sources.domain.printed_words import (
    NOTHING_LEFT,
    LeftOut,
    left_out_of,
    located_words,
    printed_words,
)
from sources.domain.text.apparatus import Span, find_apparatus
from sources.domain.text.folded_text import FoldedText
from sources.vocabulary import ApparatusKind

NOTES = "\n\n¹ The text is in Chinese.\n\n¹⁰ Another note."


def printed(quote: str, text: str, *spans: Span) -> str:
    """A quote of a text as it is printed."""
    layer = FoldedText(text, sorted([*spans, *find_apparatus(text)]))
    graded = grade_quote(quote, layer)
    place = None
    if graded.grade.is_located and graded.start is not None and graded.end is not None:
        place = graded.start, graded.end
    return printed_words(quote, left_out_of(quote, layer, place))


@pytest.mark.parametrize(
    ("quote", "text", "expected"),
    [
        (
            "Compared to the [2022-2024](#) documents",
            "Compared to the [2022-2024](#) documents it is short.",
            "Compared to the 2022-2024 documents",
        ),
        (
            "The documents¹⁰ is a text",
            f"The documents¹⁰ is a text.{NOTES}",
            "The documents is a text",
        ),
        (
            "ended in 2008.¹ However",
            f"It ended in 2008.¹ However, so.{NOTES}",
            "ended in 2008. However",
        ),
        ("area of 10⁶ m² there", f"An area of 10⁶ m² there.{NOTES}", "area of 10⁶ m² there"),
        ("some 10¹⁰ units", f"They made some 10¹⁰ units.{NOTES}", "some 10¹⁰ units"),
        ("joint[^1] one", "A joint[^1] one.\n\n[^1]: So.", "joint one"),
        ("the 80<sup>th</sup> day", "On the 80<sup>th</sup> day.", "the 80th day"),
        ("is **very** clear", "This is **very** clear.", "is very clear"),
        ("2 * 3 * 4", "as 2 * 3 * 4 makes 24", "2 * 3 * 4"),
        # Worded otherwise than the text, and with a mark of the text
        ('the "[2022](#)" one', "It is the “[2022](#)” one.", 'the "2022" one'),
        ("The [2022](#) … documents", "The [2022](#) and other documents", "The 2022 … documents"),
        ("[They] have documents", "They have [documents](#).", "[They] have documents"),
        # Lines
        ("obliges to re-\nsign it", "It obliges to re-\nsign it.", "obliges to re-sign it"),
        (
            "obliges to re\u00ad\nsign it",
            "It obliges to re\u00ad\nsign it.",
            "obliges to re-sign it",
        ),
        ("the opera\u00adtion", "It is the opera\u00adtion.", "the operation"),
        ("agreed\n  on it", "They agreed\n  on it.", "agreed on it"),
        ("签署了\n新的协议", "他们签署了\n新的协议。", "签署了新的协议"),
        ("ends – \n so", "It ends – \n so.", "ends – so"),
        # Without a place only what is surely mark-up
        ("a [link](#) of *old*", "Nothing of it.", "a link of old"),
        ("the note¹ there", "Nothing of it.", "the note¹ there"),
    ],
)
def test_a_quote_is_printed_without_what_is_no_word_of_it(
    quote: str, text: str, expected: str
) -> None:
    assert printed(quote, text) == expected


PAGE = (
    "They agreed on the announcements of further¹\n\n¹ See the list of them.\n\ndevelopment of the"
    " pipeline that was planned."
)
FOOTNOTE = Span(PAGE.index("¹ See") + 1, PAGE.index("development"), ApparatusKind.FOOTNOTE)


def test_a_footnote_between_the_words_is_left_out_and_a_quote_of_it_is_printed() -> None:
    apparatus = [
        *(Span(at, at + 1, ApparatusKind.NOTE) for at, each in enumerate(PAGE) if each == "¹"),
        FOOTNOTE,
    ]
    layer = FoldedText(PAGE, sorted(apparatus))

    def of(quote: str) -> str:
        start = PAGE.index(quote)
        return printed_words(quote, left_out_of(quote, layer, (start, start + len(quote))))

    across = PAGE[PAGE.index("further") : PAGE.index(" pipeline")]
    assert of(across) == "further development of the"
    assert of("See the list of them.") == "See the list of them."


def test_hidden_words_are_neither_printed_nor_located_for_readers() -> None:
    words = "Trade secretly fell"
    hidden = [LeftOut(6, 15, ApparatusKind.HIDDEN)]

    assert printed_words(words, hidden) == "Trade fell"
    assert located_words(words, hidden) == "Trade fell"
    assert printed_words("secretly", [LeftOut(0, 8, ApparatusKind.HIDDEN)]) == NOTHING_LEFT


def test_the_border_of_two_cells_is_printed_as_a_bar() -> None:
    text = "Imports\tfell\nExports\trose"

    assert printed("Imports\tfell", text, Span(7, 8, ApparatusKind.CELL)) == "Imports | fell"
    assert printed("Imports\t", text, Span(7, 8, ApparatusKind.CELL)) == "Imports"


def test_figures_that_would_meet_stay_apart() -> None:
    layer = FoldedText("in 5[^1]6", [Span(4, 8, ApparatusKind.NOTE)])

    assert left_out_of("in 5[^1]6", layer, (0, 9)) == ()


@given(st.text(alphabet="ab 1¹*[](#)\n-\u00ad中", max_size=40))
def test_printing_adds_no_character_and_prints_one_line(words: str) -> None:
    said = printed_words(words, left_out_of(words, FoldedText(words, find_apparatus(words)), None))

    if said != NOTHING_LEFT:
        assert set(said) <= {*words, " ", "-"}
    assert "\u00ad" not in said
    assert "\n" not in said
    assert printed_words(said) == said or said == NOTHING_LEFT
