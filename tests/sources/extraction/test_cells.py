"""Words of two cells of a table are no phrase that can be quoted, whatever the file."""

from collections.abc import Callable

import pytest

from sources.domain.grading.quotes import FoldedText, grade_quote
from sources.extraction.html.reader import read_html
from sources.extraction.layer import LayerText, as_layer
from sources.extraction.pdf.reader import read_pdf
from sources.vocabulary import Grade
from tests.plain import file_of
from tests.sources.extraction.samples import plain_pdf
from tests.sources.extraction.tables import TABLES


@pytest.mark.parametrize("table", TABLES)
def test_cells_of_a_table_are_no_phrase(table: Callable[[], LayerText]) -> None:
    layer = table()
    text = FoldedText(layer.text, layer.apparatus)

    for phrase in ("Imports fell", "Imports fell slightly", "9 % Exports", "rose 12 %"):
        assert not grade_quote(phrase, text).grade.is_located, phrase
    assert grade_quote("12 % of goods", text).grade is not Grade.FOLDED
    assert grade_quote("fell slightly", text).grade is Grade.EXACT
    assert grade_quote("fell\nslightly", text).grade is Grade.FOLDED
    assert grade_quote("Imports\tfell slightly\t9 %", text).grade is Grade.EXACT
    assert grade_quote("Imports … 9 %", text).grade is Grade.ELIDED


def pdf_lines(*lines: tuple[int, list[tuple[int, str]]]) -> FoldedText:
    drawn = b"".join(
        b"BT /F1 10 Tf %d %d Td (%s) Tj ET " % (x, y, words.encode())
        for y, pieces in lines
        for x, words in pieces
    )
    layer = as_layer(read_pdf(file_of(plain_pdf(drawn), "application/pdf")))
    return FoldedText(layer.text, layer.apparatus)


def test_columns_of_a_pdf_are_no_phrase_where_three_lines_show_them() -> None:
    text = pdf_lines(
        (740, [(72, "Trade in tonnes")]),
        (700, [(72, "Imports"), (200, "fell slightly"), (330, "9 %")]),
        (686, [(72, "Exports"), (200, "rose"), (330, "12 %")]),
        (672, [(72, "Balance"), (200, "was lost"), (330, "3 %")]),
    )

    for phrase in ("Imports fell", "rose 12 %", "Balance was lost"):
        assert not grade_quote(phrase, text).grade.is_located, phrase
    assert grade_quote("fell slightly", text).grade is Grade.EXACT
    assert grade_quote("Trade in tonnes", text).grade is Grade.EXACT


def test_a_wide_gap_of_one_line_of_a_pdf_is_a_space() -> None:
    text = pdf_lines(
        (700, [(72, "The ministers met"), (200, "for two days in the capital")]),
        (686, [(72, "and agreed on a plan for trade and energy, as was said.")]),
        (672, [(72, "They will meet again"), (260, "in May.")]),
    )

    assert grade_quote("ministers met for two days", text).grade is Grade.EXACT
    assert grade_quote("meet again in May", text).grade is Grade.EXACT


def test_paragraphs_and_items_of_a_list_can_be_quoted_as_one() -> None:
    page = (
        "<html><body><p>The parties agreed to</p><ol><li>raise trade;</li>"
        "<li>build roads.</li></ol><p>They will meet again.</p></body></html>"
    )
    layer = as_layer(read_html(file_of(page.encode(), "text/html")))
    text = FoldedText(layer.text, layer.apparatus)

    assert grade_quote("agreed to raise trade; build roads. They will", text).grade is Grade.FOLDED
