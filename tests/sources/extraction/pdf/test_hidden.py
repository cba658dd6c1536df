"""Words of a PDF that its pages do not show: kept in the text, and marked as hidden."""

import pytest

from sources.extraction.layer import LayerText, as_layer
from sources.extraction.pdf import hidden
from sources.extraction.pdf.reader import read_pdf
from sources.extraction.reader_types import Content, File
from sources.vocabulary import ApparatusKind, DoubtKind
from tests.sources.extraction.samples import pdf, stream

SEEN = b"BT /F1 12 Tf 72 700 Td (It is seen.) Tj ET "
LOW = b"BT /F1 12 Tf 72 650 Td (Words below.) Tj ET "
BOX = b"0 0 0 rg 70 645 90 16 re f "
PICTURE = b"q 90 0 0 16 70 645 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q "
SCAN = b"q 612 0 0 792 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q "


def extracted(content: bytes, *, page: bytes = b"", resources: bytes = b"") -> LayerText:
    """The text of a page with this content, 612 points wide and 792 high."""
    return as_layer(read(content, page=page, resources=resources))


def read(content: bytes, *, page: bytes = b"", resources: bytes = b"") -> Content:
    data = pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R%s"
        b"/Resources<</Font<</F1 5 0 R>>%s>>>>" % (page, resources),
        stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        _form(b"0 0 0 rg 0 0 90 16 re f"),
        b"<</Type/Annot/Subtype/Square/Rect[70 645 160 661]/IC[0 0 0]/AP<</N 8 0 R>>>>",
        _form(b"0 0 0 rg 0 0 90 16 re f"),
        b"<</Type/OCG/Name(Notes)>>",
    )
    return read_pdf(File(data, "a.pdf", "application/pdf", 10_000))


def _form(content: bytes) -> bytes:
    head = b"<</Type/XObject/Subtype/Form/BBox[0 0 90 16]/Length %d>>" % len(content)
    return head + b"\nstream\n" + content + b"\nendstream"


def hidden_words(layer: LayerText) -> list[str]:
    spans = [span for span in layer.apparatus if span.kind == ApparatusKind.HIDDEN]
    doubts = [doubt for doubt in layer.doubts if doubt.kind == DoubtKind.HIDDEN]
    assert [(one.start, one.end) for one in spans] == [(one.start, one.end) for one in doubts]
    return [layer.text[span.start : span.end].strip() for span in spans]


@pytest.mark.parametrize(
    "content",
    [
        LOW + BOX,
        LOW + b"1 1 1 rg 70 645 90 16 re f ",
        LOW + b"q 1 0 0 1 70 645 cm /X Do Q ",
        LOW + b"16 w 70 653 m 160 653 l S ",
        LOW + PICTURE,
        b"1 g " + LOW,
        b"0.99 g " + LOW,
        b"0 0 1 rg 70 645 90 16 re f " + LOW,
        b"BT /F1 12 Tf 3 Tr 72 650 Td (Words below.) Tj ET ",
        b"q 0 0 50 50 re W n " + LOW + b"Q ",
        b"BT /F1 12 Tf 72 -600 Td (Words below.) Tj ET ",
        b"BT /F1 12 Tf 700 700 Td (Words below.) Tj ET ",
        b"BT /F1 0.5 Tf 72 650 Td (Words below.) Tj ET ",
        b"/A gs " + LOW,
    ],
    ids=[
        "a box over it",
        "a white box over it",
        "a box of a form",
        "a thick line over it",
        "a picture over it",
        "white",
        "nearly white",
        "blue on blue",
        "no ink",
        "clipped away",
        "below the page",
        "beside the page",
        "too small to read",
        "clear",
    ],
)
def test_what_no_reader_of_the_page_sees_is_hidden(content: bytes) -> None:
    layer = extracted(SEEN + content, resources=b"/XObject<</X 6 0 R>>/ExtGState<</A<</ca 0>>>>")

    assert hidden_words(layer) == ["Words below."]
    assert layer.text.startswith("It is seen.")


@pytest.mark.parametrize(
    "content",
    [
        BOX + b"1 g " + LOW,
        b"0.9 g 70 645 90 16 re f 0 g " + LOW,
        LOW + b"/M gs 1 1 0 rg 70 645 90 16 re f ",
        LOW + b"/H gs 1 1 0 rg 70 645 90 16 re f ",
        LOW + b"0 0 0 rg 70 648 90 0.8 re f ",
        LOW + b"1 1 1 rg 70 645 90 16 re f 0 g " + LOW,
        LOW + b"1 1 1 rg 300 645 90 16 re f ",
        LOW + b"70 645 90 16 re S ",
        b"0.5 g " + LOW,
    ],
    ids=[
        "white on black",
        "a coloured cell",
        "a marker that multiplies",
        "a marker that lets through",
        "struck out",
        "drawn again over the box",
        "a box beside it",
        "a frame",
        "grey",
    ],
)
def test_what_a_page_shows_is_not_hidden(content: bytes) -> None:
    layer = extracted(SEEN + content, resources=b"/ExtGState<</M<</BM/Multiply>>/H<</ca 0.4>>>>")

    assert hidden_words(layer) == []


def test_a_box_hides_the_words_under_it_and_no_others() -> None:
    layer = extracted(b"BT /F1 12 Tf 72 650 Td (The agent is Mira Field of York.) Tj ET " + BOX)

    (words,) = hidden_words(layer)
    assert "agent" in words
    assert "York" not in words


def test_outside_of_the_crop_box_is_outside_of_the_page() -> None:
    assert hidden_words(extracted(SEEN + LOW, page=b"/CropBox[0 680 612 792]")) == ["Words below."]


def test_an_annotation_over_words_hides_them() -> None:
    assert hidden_words(extracted(SEEN + LOW, page=b"/Annots[7 0 R]")) == ["Words below."]


def test_the_text_under_the_picture_of_a_scanned_page_is_not_hidden() -> None:
    ink = b"BT /F1 12 Tf 3 Tr 72 700 Td (scan) Tj ET "

    assert hidden_words(extracted(SCAN + ink)) == []
    assert hidden_words(extracted(ink + SCAN)) == []
    assert hidden_words(extracted(LOW + SCAN)) == []


def test_a_box_over_the_picture_of_a_scanned_page_hides_its_text() -> None:
    ink = b"BT /F1 12 Tf 3 Tr 72 650 Td (Words below.) Tj ET "

    assert hidden_words(extracted(SCAN + BOX + ink)) == ["Words below."]
    assert hidden_words(extracted(ink + SCAN + BOX)) == ["Words below."]


def test_text_without_ink_on_letters_drawn_as_shapes_is_not_hidden() -> None:
    shapes = b"".join(
        b"%d 650 m %d 660 l %d 660 l f " % (x, x + 2, x + 4) for x in range(72, 140, 5)
    )

    ink = b"BT /F1 12 Tf 3 Tr 72 650 Td (Words below.) Tj ET "
    assert hidden_words(extracted(shapes + ink)) == []


def test_a_page_with_too_much_on_it_is_named() -> None:
    boxes = b"9 9 9 9 re f " * (hidden.MAX_OBJECTS + 1)

    content = read(LOW + BOX + boxes)

    assert content.metadata["pages_not_examined_for_hidden_words"] == [1]
    assert content.spans == ()


def test_text_of_a_scan_that_was_not_looked_at_is_not_hidden(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hidden, "_MAX_COMPARED", 0)
    ink = b"BT /F1 12 Tf 3 Tr 72 650 Td (Words below.) Tj ET "

    content = read(SCAN + ink)

    assert content.text == "Words below."
    assert content.metadata["pages_not_examined_for_hidden_words"] == [1]
    assert content.spans == ()


def test_running_heads_are_found_beside_words_outside_of_the_page() -> None:
    marks = b"BT /F1 12 Tf 72 900 Td (file.indd 12) Tj ET "

    layer = extracted(marks + SEEN)

    assert hidden_words(layer) == ["file.indd 12"]
