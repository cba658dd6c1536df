"""Words of two cells of a table are no phrase that can be quoted, whatever the file."""

from collections.abc import Callable

import pytest

from sources.domain.grading.quotes import FoldedText, grade_quote
from sources.extraction.html.reader import read_html
from sources.extraction.layer import LayerText, as_layer
from sources.vocabulary import Grade
from tests.plain import file_of
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


def test_paragraphs_and_items_of_a_list_can_be_quoted_as_one() -> None:
    page = (
        "<html><body><p>The parties agreed to</p><ol><li>raise trade;</li>"
        "<li>build roads.</li></ol><p>They will meet again.</p></body></html>"
    )
    layer = as_layer(read_html(file_of(page.encode(), "text/html")))
    text = FoldedText(layer.text, layer.apparatus)

    assert grade_quote("agreed to raise trade; build roads. They will", text).grade is Grade.FOLDED
