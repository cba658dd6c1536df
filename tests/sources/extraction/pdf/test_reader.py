"""The text of PDF files, page by page."""

import json
from pathlib import Path

import pytest

from sources.extraction.extract import ExtractedText, ExtractionLimits, ExtractionRefused, extract
from tests.sources.extraction.samples import pdf, plain_pdf, stream

FOLDER = Path(__file__).parents[4].parent / "shared" / "data" / "pdf"
LIST = FOLDER / "expected.json"
EXPECTED = json.loads(LIST.read_text()) if LIST.exists() else []
SCANS = {"cmyk-image.pdf", "grayscale-image.pdf"}
needs_shared = pytest.mark.skipif(not EXPECTED, reason="needs the PDF files of ../shared")


def extracted(data: bytes, name: str = "a.pdf") -> ExtractedText:
    return extract(
        data, media_type="application/pdf", file_name=name, limits=ExtractionLimits(seconds=20)
    )


def of(name: str) -> ExtractedText:
    return extracted((FOLDER / name).read_bytes(), name)


@needs_shared
@pytest.mark.parametrize("expected", EXPECTED, ids=[entry["file"] for entry in EXPECTED])
def test_each_file_has_its_pages_or_is_refused_by_name(expected: dict[str, object]) -> None:
    name = str(expected["file"])
    if expected["encrypted"] or name in SCANS:
        with pytest.raises(ExtractionRefused) as refused:
            of(name)
        assert refused.value.code == ("password" if expected["encrypted"] else "no_text")
        assert name in refused.value.message
        return
    layer = of(name)

    assert len(layer.pages) == expected["pages"]
    assert "\f".join(layer.text[page.start : page.end] for page in layer.pages) == layer.text
    assert layer.version.startswith("4+pypdfium2-")


@needs_shared
@pytest.mark.parametrize("name", ["habibi.pdf", "habibi-rotated.pdf", "habibi-oneline-cmap.pdf"])
def test_arabic_reads_in_logical_order(name: str) -> None:
    assert "\u062d\u064e\u0628\u064a\u0628\u064a" in of(name).text


@needs_shared
def test_a_word_parted_at_the_end_of_a_line_has_the_hyphen_that_is_printed() -> None:
    assert "adip-\niscing" in of("multicolumn.pdf").text


def test_a_raised_figure_is_no_figure_of_the_number() -> None:
    layer = extracted(
        plain_pdf(
            b"BT /F1 12 Tf 72 700 Td (10) Tj /F1 7 Tf 5 Ts (6) Tj /F1 12 Tf 0 Ts"
            b" ( tonnes of CO) Tj /F1 7 Tf -3 Ts (2) Tj /F1 12 Tf 0 Ts ( in 2024.) Tj ET"
        )
    )

    assert layer.text == "10⁶ tonnes of CO₂ in 2024."


def test_figures_of_one_size_stay_on_the_line() -> None:
    assert (
        extracted(plain_pdf(b"BT /F1 12 Tf 72 700 Td (10 6 in 2024) Tj ET")).text == "10 6 in 2024"
    )


def test_the_labels_are_those_of_the_file() -> None:
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 5 0 R"
        b"/Resources<</Font<</F1 6 0 R>>>>>>"
    )
    layer = extracted(
        pdf(
            b"<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[0<</S/r>>1<</S/D/St 7>>]>>>>",
            b"<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>",
            page,
            page,
            stream(b"BT /F1 9 Tf 9 9 Td (words) Tj ET"),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        )
    )

    assert [(page.label, page.start, page.end) for page in layer.pages] == [
        ("i", 0, 5),
        ("7", 6, 11),
    ]


def test_a_page_without_words_has_no_text_layer() -> None:
    with pytest.raises(ExtractionRefused, match="no text layer") as refused:
        extracted(plain_pdf(b"0 0 9 9 re f"))

    assert refused.value.code == "no_text"


def test_a_glyph_without_a_meaning_is_not_left_out() -> None:
    content = b"BT /F1 12 Tf 72 700 Td (fell to \\0015) Tj ET"
    layer = extracted(
        pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>",
            stream(content),
            b"<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+CMSY10/Encoding<</Differences[1/g123]>>>>",
        )
    )

    assert layer.text == "fell to \ufffd5"


def test_a_label_that_cannot_be_printed_is_the_number_of_the_page() -> None:
    layer = extracted(
        pdf(
            b"<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[0<</P(1\\0002)>>]>>>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>",
            stream(b"BT /F1 9 Tf 9 9 Td (words) Tj ET"),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        )
    )

    assert [page.label for page in layer.pages] == ["1"]
