"""The cells of a matrix: barcodes, words, and what the name of a link says."""

import re

from hypothesis import given
from hypothesis import strategies as st

from claims.pages.series.cells import BINS, barcode, denominator_text, table_rows
from tests.claims import matrices
from tests.claims.pages import world


@given(st.sets(st.integers(0, BINS - 1)))
def test_a_barcode_has_a_stroke_over_each_bin_with_a_place_and_no_other(bins: set[int]) -> None:
    path = barcode(sorted(bins))

    strokes = [(int(start), int(size)) for start, size in re.findall(r"M(\d+) 0h(\d+)", path)]
    drawn = [place for start, size in strokes for place in range(start, start + size)]
    assert sorted(bins) == drawn
    assert "".join(f"M{start} 0h{size}" for start, size in strokes) == path


def text_of(row: int, cell: int) -> str:
    html = table_rows(matrices.matrix())[row].cells[cell]
    reading = world.read(f"<table><tr>{html}</tr></table>")
    assert reading.unclosed == []
    assert reading.active == []
    return " ".join(reading.text.split())


def test_the_name_of_a_cell_says_topic_document_and_count() -> None:
    assert text_of(0, 1).startswith("Ukraine, May 2022: 2 places first last0.66‰")
    assert text_of(1, 0).startswith("=Cancer, Mar 2021: 1 place1.36‰")


def test_what_has_no_places_says_why_in_words() -> None:
    assert text_of(0, 0) == "Ukraine, Mar 2021: ∅ absentnot claimed"
    assert text_of(0, 2) == "Ukraine, Jul 2025: not searchednot claimed"
    assert text_of(0, 3) == "Ukraine, a diplomatic note: not shownnot claimed"


def test_a_cell_says_where_text_and_claims_disagree() -> None:
    said = text_of(1, 1)
    assert "claimed: present" in said
    assert "Text and claims disagree: The text has it nowhere; C17 says that it is present." in said


def test_a_cell_leads_to_its_places_but_for_a_document_that_is_not_known() -> None:
    first, _second, without_text, confidential = table_rows(matrices.matrix())[0].cells
    assert 'href="/series/statements/topics/ukraine/statement-1/"' in first
    assert 'href="/series/statements/topics/ukraine/statement-3/"' in without_text
    assert "href" not in confidential


def test_the_head_of_a_document_has_its_words() -> None:
    columns = matrices.matrix().columns
    assert [denominator_text(column) for column in columns[:3]] == [
        "733 words",
        "3,020 words",
        "no text",
    ]
