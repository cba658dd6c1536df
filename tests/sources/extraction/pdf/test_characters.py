"""Characters of PDF files beyond U+FFFF, which pdfium gives as two."""

import pytest

from sources.extraction.extract import ExtractedText, ExtractionLimits, extract
from tests.sources.extraction.samples import mapped_pdf

ITALIC_X, HAN, ADLAM = "d835dc65", "d842dfb7", "d83add00"
LONE_HIGH, LONE_LOW = "d835", "dc65"


def extracted(content: bytes, **letters: str) -> ExtractedText:
    return extract(
        mapped_pdf(b"BT " + content + b" ET", letters),
        media_type="application/pdf",
        file_name="a.pdf",
        limits=ExtractionLimits(seconds=20),
    )


@pytest.mark.parametrize(
    ("units", "character"), [(ITALIC_X, "𝑥"), (HAN, "𠮷"), (ADLAM, "\U0001e900")]
)
def test_a_character_beyond_ffff_is_one_character(units: str, character: str) -> None:
    layer = extracted(b"/F1 12 Tf 72 700 Td (so a is) Tj", a=units, i="0069", s="0073", o="006f")

    assert layer.text == f"so {character} is"


def test_a_text_of_nothing_else_is_no_scan() -> None:
    assert extracted(b"/F1 12 Tf 72 700 Td (aab) Tj", a=ITALIC_X, b=HAN).text == "𝑥𝑥𠮷"


def test_a_pair_among_letters_read_leftwards_is_one_character() -> None:
    layer = extracted(b"/F1 12 Tf 72 700 Td (abc) Tj", a="05d0", b=ITALIC_X, c="05d1")

    assert layer.text == "\u05d1𝑥\u05d0"


def test_half_a_pair_is_unknown_and_takes_no_neighbour_with_it() -> None:
    layer = extracted(b"/F1 12 Tf 72 700 Td (acab) Tj", a=LONE_HIGH, b=LONE_LOW, c="0063")

    assert layer.text in ("\ufffdc𝑥", "\ufffdc\ufffd\ufffd")
    assert extracted(b"/F1 12 Tf 72 700 Td (bca) Tj", a="0061", b=LONE_LOW, c="0063").text == (
        "\ufffdca"
    )


def test_a_hidden_character_beyond_ffff_is_hidden_as_a_whole() -> None:
    shown = b"/F2 12 Tf 72 700 Td (one ) Tj "

    layer = extracted(shown + b"/F1 12 Tf 3 Tr (aa) Tj 0 Tr /F2 12 Tf ( two) Tj", a=ITALIC_X)

    hidden = [span for span in layer.apparatus if span.kind == "hidden"]
    assert [layer.text[span.start : span.end].strip() for span in hidden] == ["𝑥𝑥"]
    assert "\ufffd" not in layer.text
