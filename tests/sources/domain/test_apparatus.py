"""What of a text is apparatus, and what only looks like it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.apparatus import find_apparatus

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


@pytest.mark.parametrize(("text", "found"), OTHERS)
def test_apparatus_is_found_where_there_is_no_doubt(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert words_of(text) == found


@given(st.text(alphabet="ab 15¹²*[](#)<sup>/bth\n", max_size=60))
def test_spans_are_in_order_apart_and_inside_the_text(text: str) -> None:
    spans = find_apparatus(text)

    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= next_.start for one, next_ in pairwise(spans))
