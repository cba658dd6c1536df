"""Raised figures that mark a note, that are figures of the text, and that may be either."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.grading.quotes import grade_quote
from sources.domain.text.isotopes import is_isotope
from sources.domain.text.note_marks import doubtful_marks, find_notes
from sources.domain.text.spans import Span
from sources.vocabulary import ApparatusKind, DoubtKind, Grade
from tests.plain import layer_of

THREE = "\n\n¹ A note.\n² Another.\n³ A third."


def read(text: str, tied: tuple[Span, ...] = ()) -> tuple[list[str], list[str]]:
    """The marks of notes in the running text and the figures in doubt, with what is before them."""
    notes = [note for note in find_notes(text, tied) if not note.begins_note]
    assert {doubt.kind for doubt in doubtful_marks(notes)} <= {DoubtKind.RAISED_FIGURE}
    assert [(note.start, note.end) for note in notes if note.is_doubtful] == [
        (doubt.start, doubt.end) for doubt in doubtful_marks(notes)
    ]

    def seen(start: int, end: int) -> str:
        return text[:end].split()[-1]

    return (
        [seen(note.start, note.end) for note in notes if note.is_certain],
        [seen(note.start, note.end) for note in notes if note.is_doubtful],
    )


CONTINUED = [
    ("in 2025¹ it was said² so.³ End", ["2025¹", "said²", "so.³"]),
    ("it was said¹ that 9%² of it.³ End", ["said¹", "9%²", "it.³"]),
    ("it was said¹ that 9%² fell in 2025³ and", ["said¹", "9%²", "2025³"]),
    ("in 2025¹ and 9%² for the EU³ and", ["2025¹", "9%²", "EU³"]),
    ("the EU¹ said² so³ then", ["EU¹", "said²", "so³"]),
    ("the price of $1,450¹ was said² so.³", ["$1,450¹", "said²", "so.³"]),
    ("it was (9%)¹ as said² so.³", ["(9%)¹", "said²", "so.³"]),
    ("in 2025¹,² and so.³", ["2025¹,", "2025¹,²", "so.³"]),
    ("the area of 7 km¹ was", ["km¹"]),
    ("in 2025⁽¹⁾ it was said⁽²⁾ so.³", ["2025⁽¹⁾", "said⁽²⁾", "so.³"]),
    ("ЕС¹ заявил² так.³", ["ЕС¹", "заявил²", "так.³"]),
    ("增长¹ 说² 的。³", ["增长¹", "说²", "的。³"]),
]


@pytest.mark.parametrize(("text", "marks"), CONTINUED)
def test_a_figure_behind_an_amount_is_a_mark_where_it_continues_the_marks(
    text: str, marks: list[str]
) -> None:
    assert read(text + THREE) == (marks, [])


FIGURES = [
    ("said¹ over 10² units² of it.³", ["said¹", "units²", "it.³"]),
    ("said¹ an area of 5 m² or more² of it.³", ["said¹", "more²", "it.³"]),
    ("said¹ then² that 10² units are it.³", ["said¹", "then²", "it.³"]),
    ("said¹ more² then.³ It is 5 km² and R² is high", ["said¹", "more²", "then.³"]),
    ("an area of 5 m² and 10³ units", []),
    ("said¹ more² then³ of 10⁶ units", ["said¹", "more²", "then³"]),
    ("said¹ more² then³ of 10⁻² units", ["said¹", "more²", "then³"]),
]


@pytest.mark.parametrize(("text", "marks"), FIGURES)
def test_an_exponent_is_a_figure_beside_the_note_of_its_number(text: str, marks: list[str]) -> None:
    assert read(text + THREE) == (marks, [])


DOUBTFUL = [
    # An exponent where the marks have room for it.
    ("said¹ over 10² units.³ End", ["said¹", "units.³"], ["10²"]),
    ("said¹ an area of 5 m² or all of it.³", ["said¹", "it.³"], ["m²"]),
    ("said¹ of R² it is.³", ["said¹", "is.³"], ["R²"]),
    ("a rise to 25¹ was said² there.³", ["said²", "there.³"], ["25¹"]),
    # An amount where they have none.
    ("said¹ there² in 2025² it.³", ["said¹", "there²", "it.³"], ["2025²"]),
    ("said¹ in 2025³ it was said² there.", ["said¹", "said²"], ["2025³"]),
    ("it was 9%³ of it", [], ["9%³"]),
]


@pytest.mark.parametrize(("text", "marks", "doubts"), DOUBTFUL)
def test_a_figure_with_two_readings_is_doubtful(
    text: str, marks: list[str], doubts: list[str]
) -> None:
    assert read(text + THREE) == (marks, doubts)


def test_no_figure_is_doubtful_without_a_note_of_its_number() -> None:
    assert read("in 2025⁷ and 9%⁸ of it" + THREE) == ([], [])
    assert read("in 2025¹ and 9%² of it") == ([], [])


def test_a_figure_behind_its_note_is_no_mark_of_it() -> None:
    assert read("¹ A note.\n\nin 2025¹ it") == ([], [])


def test_marks_begin_anew_on_each_page() -> None:
    page = "it was said¹ in 2025² so\n¹ A note.\n² Another.\n"

    assert read(f"{page}\f{page}") == (["said¹", "2025²", "said¹", "2025²"], [])
    first = "in 2025¹ it was said² so\n¹ A note.\n² Another.\n"
    assert read(f"{first}\f{first}") == (["2025¹", "said²", "2025¹", "said²"], [])


def test_a_mark_that_the_format_ties_to_its_note_needs_no_neighbour() -> None:
    text = "an area of 10³ and in 2025³ it\n\n³ A note."
    at = text.index("³ it")

    assert read(text, (Span(at, at + 1, ApparatusKind.NOTE),)) == (["2025³"], [])


TIED = "in 2025[^1] and 9%[^b] of 5 m[^2] it\n\n[^1]: A note.\n[^b]: Another.\n[^2]: A third."


def test_a_mark_of_markdown_is_one_behind_anything() -> None:
    assert read(TIED) == (["2025[^1]", "9%[^b]", "m[^2]"], [])


BEGINNINGS = [
    ("¹Customs administration.", True),
    ("¹“Trade” of it.", True),
    ("¹(in Russian)", True),
    ("¹14 July 2025", True),
    ("¹A note.", True),
    ("¹In 2024.", True),
    ("¹таможня", True),
    ("¹说明", True),
    ("⁽¹⁾ Customs", True),
    ("¹ Customs", True),
    ("¹H is hydrogen", False),
    ("¹/₃ of it", False),
    ("¹, of it", False),
    ("¹", False),
]


@pytest.mark.parametrize(("line", "is_note"), BEGINNINGS)
def test_a_note_begins_with_its_mark_directly_before_a_word(line: str, is_note: bool) -> None:
    assert read(f"as was said¹ there\n{line}\n") == (["said¹"] if is_note else [], [])


@pytest.mark.parametrize(
    ("number", "behind", "is_one"),
    [
        ("14", "C dating", True),
        ("235", "U is", True),
        ("3", "He", True),
        ("3", "In 2024", False),
        ("2", "He said", True),
        ("1", "He said", False),
        ("14", "Customs", False),
        ("14", "A note", False),
        ("14", "c", False),
    ],
)
def test_an_isotope_has_a_possible_number_of_nucleons(
    number: str, behind: str, is_one: bool
) -> None:
    assert is_isotope(number, behind) is is_one


MARKED = (
    "Trade fell by 9.1% in 2025¹ and was expected to recover, and exports of 240 billion² were "
    "not confirmed.³ The area was 10⁶ hectares.\n\n"
    "¹Customs administration.\n²Second note.\n³Third note.\n⁶Sixth note.\n"
)


@pytest.mark.parametrize(
    ("quote", "grade"),
    [
        ("fell by 9.1% in 2025 and was expected", Grade.FOLDED),
        ("fell by 9.1% in 2025", Grade.EXACT),
        ("fell by 9.1% in 2025¹ and was", Grade.EXACT),
        ("exports of 240 billion were not confirmed", Grade.FOLDED),
        ("The area was 10⁶ hectares", Grade.EXACT),
    ],
)
def test_a_quote_passes_over_marks_behind_figures_and_words(quote: str, grade: Grade) -> None:
    graded = grade_quote(quote, layer_of(MARKED.encode()))

    assert (graded.grade, graded.doubts) == (grade, ())


@pytest.mark.parametrize(
    "quote", ["in 20251 and was", "The area was 10 hectares", "The area was 106 hectares"]
)
def test_no_quote_passes_over_a_figure_of_the_text(quote: str) -> None:
    assert not grade_quote(quote, layer_of(MARKED.encode())).grade.is_located


def test_a_quote_over_a_doubtful_figure_is_for_a_person() -> None:
    layer = layer_of(("It was said¹ over 10² units.³ End" + THREE).encode())

    assert not grade_quote("said over 10 units", layer).grade.is_located
    assert [doubt.words for doubt in grade_quote("over 10² units. End", layer).doubts] == ["²"]


PIECES = ["word", "2025", "10", "m", "EU", "9%", " ", ". ", "¹", "²", "³", "[^1]", "\n", "\f"]
NOTES = ["\n¹ A note.\n", "\n²Another.\n", "\n³ A third.\n", "\n[^1]: A note.\n"]


@given(st.lists(st.sampled_from([*PIECES, *NOTES]), max_size=30).map("".join))
def test_notes_are_in_order_and_apart_and_no_doubt_is_a_mark(text: str) -> None:
    notes = find_notes(text)

    assert all(one.end <= other.start for one, other in pairwise(notes))
    assert all(0 <= note.start < note.end <= len(text) for note in notes)
    assert not any(note.is_certain and note.is_doubtful for note in notes)
