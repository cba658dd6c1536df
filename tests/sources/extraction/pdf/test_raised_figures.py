"""Figures above and below the line of a PDF, and figures that only look like them."""

from pathlib import Path

import pytest

from sources.domain.grading.quotes import FoldedText, GradedQuote, grade_quote
from sources.extraction.extract import ExtractedText, ExtractionLimits, extract
from sources.vocabulary import ApparatusKind, DoubtKind, Grade
from tests.sources.extraction.samples import drawn_pdf, linked_pdf, mapped_pdf, plain_pdf

# Two pages that typst set in Libertinus: its raised figures are glyphs of the font, on the base
# line and in the size of the text; made for this test.
TYPST = Path(__file__).parent / "superscripts-typst.pdf"

# Code: what it is, and where what is drawn of it begins and ends in thousandths of an em.
#
#     680 ┌─┐ raised      650 ┌─┐ figure
#     330 └─┘                 │ │      430 ┌─┐ letter, old-style    210 ┌─┐ lowered
#   0 ────────────────────────└─┘──────────└─┘──────────────────────────│ │── line
#                                     -200 └─┘ old-style 5         -120 └─┘
GLYPHS = {
    "1": ("1", 0, 650),
    "0": ("0", -10, 660),
    "x": ("x", 0, 430),
    " ": (" ", 0, 0),
    "-": ("−", 240, 300),
    "/": ("/", -50, 700),
    "o": ("0", -10, 440),  # old-style
    "p": ("5", -200, 430),  # old-style
    "S": ("6", 330, 680),  # raised
    "N": ("−", 480, 530),  # raised
    "L": ("2", -120, 210),  # lowered
    "D": ("4", -10, 340),  # under a stroke
    "H": ("6", 140, 500),  # half high
    "A": ("٣", 330, 680),  # raised
}


def extracted(data: bytes) -> ExtractedText:
    return extract(
        data,
        media_type="application/pdf",
        file_name="a.pdf",
        limits=ExtractionLimits(seconds=20),
    )


def drawn(words: str) -> ExtractedText:
    return extracted(drawn_pdf(f"BT /F1 10 Tf 72 700 Td ({words}) Tj ET".encode(), GLYPHS))


def graded(quote: str, layer: ExtractedText) -> GradedQuote:
    return grade_quote(quote, FoldedText(layer.text, layer.apparatus, layer.doubts))


def doubtful(layer: ExtractedText) -> list[tuple[str, str]]:
    """The figures in doubt, each with what the text has before it."""
    assert {doubt.kind for doubt in layer.doubts} <= {DoubtKind.RAISED_FIGURE}
    return [
        (layer.text[: doubt.start].split()[-1], layer.text[doubt.start : doubt.end])
        for doubt in layer.doubts
    ]


@pytest.fixture(scope="module")
def typst() -> ExtractedText:
    return extracted(TYPST.read_bytes())


@pytest.mark.parametrize(
    "quote",
    ["The area was 106 hectares", "fell by 9.1% in 20251", "Exports of 240 billion2 were not"],
)
def test_a_number_that_no_page_prints_is_not_found(typst: ExtractedText, quote: str) -> None:
    assert not graded(quote, typst).grade.is_located


@pytest.mark.parametrize(
    ("quote", "grade", "marks"),
    [
        ("The area was 10⁶ hectares and 5 m² CO₂ emissions were −9% lower", Grade.EXACT, []),
        ("fell by 9.1% in 2025 and was expected to recover", Grade.FOLDED, ["¹"]),
        ("Exports of 240 billion were not confirmed", Grade.FOLDED, ["²"]),
        ("Customs administration, preliminary figures", Grade.EXACT, []),
    ],
)
def test_the_words_of_the_page_are_found_past_the_marks_of_notes(
    typst: ExtractedText, quote: str, grade: Grade, marks: list[str]
) -> None:
    found = graded(quote, typst)

    assert (found.grade, found.doubts) == (grade, ())
    assert [each.words for each in found.passed_over if each.kind == ApparatusKind.NOTE] == marks


DRAWN = [
    ("10S x", "10⁶ x"),
    ("xL x", "x₂ x"),
    ("10NS x", "10⁻⁶ x"),
    ("x10p x", "x105 x"),
    ("x 1op0 x", "x 1050 x"),
    ("x -10 x", "x −10 x"),
    ("x 1S/D x", "x 1 6⁄4 x"),
    ("x S/D x", "x 6⁄4 x"),
    ("xS/10 x", "x⁶/10 x"),
    ("x 10SS x", "x 10⁶⁶ x"),
    ("Sx 10", "⁶x 10"),
    ("10A x", "10^٣ x"),
    ("10AA x", "10^٣٣ x"),
]


@pytest.mark.parametrize(("words", "text"), DRAWN)
def test_a_figure_is_raised_where_its_glyph_is(words: str, text: str) -> None:
    layer = drawn(words)

    assert (layer.text, layer.doubts) == (text, ())


def test_a_glyph_at_half_height_is_doubtful() -> None:
    layer = drawn("x 10H x")

    assert layer.text == "x 106 x"
    assert doubtful(layer) == [("10", "6")]
    assert [doubt.words for doubt in graded("x 106 x", layer).doubts] == ["6"]


def test_a_figure_of_a_turned_page_is_raised_across_its_line() -> None:
    layer = extracted(drawn_pdf(b"BT /F1 1 Tf 0 10 -10 0 300 300 Tm (10S x xL x) Tj ET", GLYPHS))

    assert layer.text == "10⁶ x x₂ x"


def test_a_slanted_figure_is_raised_against_its_line() -> None:
    layer = extracted(drawn_pdf(b"BT /F1 1 Tf 10 0 3 10 300 300 Tm (10S x xL x) Tj ET", GLYPHS))

    assert layer.text == "10⁶ x x₂ x"


PLACED = [
    # Smaller and off the base line, as most programs write it.
    (b"(10) Tj /F1 7 Tf 5 Ts (6) Tj /F1 12 Tf 0 Ts ( tonnes) Tj", "10⁶ tonnes", []),
    # With a sign, where pdfium ends the line before and behind.
    (b"(10) Tj /F1 6 Tf 6 Ts (-6) Tj /F1 12 Tf 0 Ts ( tonnes) Tj", "10⁻⁶ tonnes", []),
    # In brackets, as marks of notes are in many languages.
    (b"(end) Tj /F1 7 Tf 5 Ts (\\(1\\)) Tj /F1 12 Tf 0 Ts ( so) Tj", "end⁽¹⁾ so", []),
    # With a sign behind, and letters as HTML's are written.
    (b"(Ca) Tj /F1 7 Tf 5 Ts (2+) Tj /F1 12 Tf 0 Ts ( ions) Tj", "Ca²⁺ ions", []),
    (b"(2) Tj /F1 7 Tf 5 Ts (n) Tj /F1 12 Tf 0 Ts ( units) Tj", "2ⁿ units", []),
    (b"(9.1) Tj /F1 7 Tf 5 Ts (b) Tj /F1 12 Tf 0 Ts ( units) Tj", "9.1^b units", []),
    (b"(of x) Tj /F1 7 Tf -3 Ts (i) Tj /F1 12 Tf 0 Ts ( units) Tj", "of xᵢ units", []),
    (b"(an 80) Tj /F1 7 Tf 5 Ts (th) Tj /F1 12 Tf 0 Ts ( year) Tj", "an 80th year", []),
    (b"(T) Tj /F1 9 Tf (o) Tj /F1 12 Tf ( him) Tj", "To him", []),
    # As large as the text.
    (b"(10) Tj 5 Ts (6) Tj 0 Ts ( tonnes) Tj", "10⁶ tonnes", []),
    (b"(10) Tj 1.5 Ts (6) Tj 0 Ts ( tonnes) Tj", "106 tonnes", [("10", "6")]),
    # Small, and on the base line.
    (b"(10) Tj /F1 7 Tf (6) Tj /F1 12 Tf ( tonnes) Tj", "106 tonnes", [("10", "6")]),
    (b"(in 10 ) Tj /F1 7 Tf (6) Tj /F1 12 Tf ( tonnes) Tj", "in 10 6 tonnes", []),
    (b"(10) Tj /F1 11 Tf (6) Tj /F1 12 Tf ( tonnes) Tj", "106 tonnes", []),
]


@pytest.mark.parametrize(("content", "text", "doubts"), PLACED)
def test_a_figure_is_raised_by_its_place_and_size(
    content: bytes, text: str, doubts: list[tuple[str, str]]
) -> None:
    layer = extracted(plain_pdf(b"BT /F1 12 Tf 72 700 Td " + content + b" ET"))

    assert (layer.text, doubtful(layer)) == (text, doubts)


def test_a_figure_behind_a_letter_beyond_ffff_is_raised() -> None:
    layer = extracted(
        mapped_pdf(b"BT /F1 12 Tf 72 700 Td (a) Tj /F2 7 Tf 4 Ts (2) Tj ET", {"a": "d835dc65"})
    )

    assert layer.text == "𝑥²"


MARKED = b"BT /F1 12 Tf 72 700 Td (in 2025) Tj /F1 7 Tf 5 Ts (1) Tj /F1 12 Tf 0 Ts ( it) Tj ET"


def marks(layer: ExtractedText) -> list[str]:
    return [layer.text[one.start : one.end] for one in layer.apparatus if one.kind == "note"]


def test_a_raised_figure_that_is_a_link_of_its_own_is_the_mark_of_a_note() -> None:
    layer = extracted(linked_pdf(MARKED, (112, 700, 118, 712)))

    assert layer.text == "in 2025¹ it"
    assert marks(layer) == ["¹"]
    assert graded("in 2025 it", layer).grade is Grade.FOLDED


def test_a_link_around_the_words_before_it_ties_no_figure_to_a_note() -> None:
    layer = extracted(linked_pdf(MARKED, (72, 700, 118, 712)))

    assert marks(layer) == []
    assert not graded("in 2025 it", layer).grade.is_located


def test_a_figure_in_doubt_that_is_a_link_of_its_own_is_a_mark() -> None:
    content = b"BT /F1 12 Tf 72 700 Td (in 2025) Tj /F1 7 Tf (1) Tj /F1 12 Tf ( it) Tj ET"

    layer = extracted(linked_pdf(content, (112, 698, 118, 708)))

    assert (layer.text, marks(layer), layer.doubts) == ("in 2025¹ it", ["¹"], ())


PICTURE = b"q 612 0 0 792 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q "


def scanned(*lines: str, mode: int = 3) -> ExtractedText:
    """A page that a program read: its picture, and the text behind it without ink."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    return extracted(
        plain_pdf(PICTURE + f"BT /F1 12 Tf {mode} Tr 14 TL 72 700 Td {shown} ET".encode())
    )


NOTE_LINE = "1 Customs administration."


def test_a_figure_of_a_scan_that_may_mark_a_note_is_doubtful() -> None:
    layer = scanned(
        "It fell in 20251 and so", "on.2 It was 9.1% in 2024 then1.", NOTE_LINE, "2. So"
    )

    assert doubtful(layer) == [("2025", "1"), ("on.", "2"), ("then", "1")]
    assert [doubt.words for doubt in graded("It fell in 20251 and so", layer).doubts] == ["1"]


@pytest.mark.parametrize(
    "lines",
    [
        ("It fell in 20251 and so on",),
        ("It fell in 2024 and so on", NOTE_LINE),
        ("It rose to 1,450 or 1 or 21% of it", NOTE_LINE),
        (NOTE_LINE, "It fell in 20251 and so on"),
    ],
    ids=["no note", "another number", "within a number", "behind the note"],
)
def test_a_figure_of_a_scan_that_marks_no_note_is_not(lines: tuple[str, ...]) -> None:
    assert scanned(*lines).doubts == ()


def test_a_figure_that_the_page_draws_on_the_line_is_told_by_its_glyph() -> None:
    assert scanned("It fell in 20251 and so on", NOTE_LINE, mode=0).doubts == ()


def test_a_font_that_draws_nothing_tells_no_figure() -> None:
    cells = {code: (text, 0, 1000) for code, text in zip("abcdC ", "2025C ", strict=True)}
    cells |= {"1": ("1", 0, 1000), "s": ("s", 0, 1000)}
    layer = extracted(
        drawn_pdf(b"BT /F1 10 Tf 14 TL 72 700 Td (abcd1 ss) Tj T* (1 C) Tj ET", cells)
    )

    assert layer.text == "20251 ss\n1 C"
    assert doubtful(layer) == [("2025", "1")]
