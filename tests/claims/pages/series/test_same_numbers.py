"""One matrix has the same numbers at every door: HTML, CSV, XLSX, SVG, JSON."""

import csv
import io
import re
import zipfile
from collections.abc import Mapping

import pytest
from django.contrib.auth.models import AnonymousUser
from lxml import etree

from claims.api.matrix import present_matrix
from claims.pages.series.cells import table_rows
from claims.pages.series.files import COLUMNS, as_csv, as_xlsx
from claims.pages.series.picture import as_svg
from claims.readings.series_cells import MatrixReading
from sources.api.visit import Visit
from tests.claims import matrices

SITE = "https://facts.example"
SVG = "{http://www.w3.org/2000/svg}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

# Of each topic and column: the count and the frequency, None where nothing was counted.
Numbers = Mapping[tuple[str, str], tuple[int, str] | None]


def of_reading(matrix: MatrixReading) -> Numbers:
    return {
        (row.topic, cell.column): None
        if cell.per_thousand is None
        else (cell.count, str(cell.per_thousand))
        for row in matrix.rows
        for cell in row.cells
    }


def of_html(matrix: MatrixReading) -> Numbers:
    """An absent cell has no number: its words say that there are none."""
    found: dict[tuple[str, str], tuple[int, str] | None] = {}
    for row in table_rows(matrix):
        for cell, html in zip(row.row.cells, row.cells, strict=True):
            count = re.search(r"<b>([\d,]+)</b>", html)
            rate = re.search(r'class="rate">([\d.]+)‰', html)
            key = (row.row.topic, cell.column)
            if count and rate:
                found[key] = int(count[1].replace(",", "")), rate[1]
            else:
                found[key] = (0, "0.00") if "∅ absent" in html else None
    return found


def of_table(rows: list[dict[str, str]], matrix: MatrixReading) -> Numbers:
    """The rows of CSV or XLSX; a document that is not known has neither key nor address."""
    columns = {column.source.key: column.id for column in matrix.columns}
    return {
        (row["topic"], columns[row["document"]]): (
            int(float(row["count"])),
            f"{float(row['per_thousand']):.2f}",
        )
        if row["count"]
        else None
        for row in rows
    }


def of_csv(matrix: MatrixReading) -> Numbers:
    return of_table(list(csv.DictReader(io.StringIO(as_csv(matrix, SITE).decode()))), matrix)


def of_xlsx(matrix: MatrixReading) -> Numbers:
    rows = xlsx_rows(as_xlsx(matrix, SITE), sheet=2)
    return of_table([dict(zip(rows[0], row, strict=True)) for row in rows[1:]], matrix)


def xlsx_rows(data: bytes, *, sheet: int) -> list[list[str]]:
    """The cells of a sheet as words, as far to the right as its first row goes."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        tree = etree.fromstring(file.read(f"xl/worksheets/sheet{sheet}.xml"))
    found = []
    for row in tree.iter(f"{SHEET}row"):
        values = {re.sub(r"\d", "", cell.get("r")): "".join(cell.itertext()) for cell in row}
        found.append(values)
    letters = list(found[0])
    return [[values.get(letter, "") for letter in letters] for values in found]


def of_svg(matrix: MatrixReading) -> Numbers:
    """The words of the picture, in the order of rows and columns."""
    tree = etree.fromstring(as_svg(matrix, SITE))
    texts = ["".join(one.itertext()) for one in tree.findall(f"{SVG}text")]
    found: dict[tuple[str, str], tuple[int, str] | None] = {}
    for row in matrix.rows:
        at = texts.index(row.name) + 1
        for cell in row.cells:
            count = re.fullmatch(r"([\d,]+)(?: \[first\]| \[last\])*", texts[at])
            key = (row.topic, cell.column)
            if count:
                found[key] = int(count[1]), texts[at + 1].removesuffix("‰")
                at += 1
            else:
                found[key] = (0, "0.00") if texts[at] == "∅ absent" else None
            at += 2  # what claims say stands below
    return found


def of_json(matrix: MatrixReading) -> Numbers:
    visit = Visit(AnonymousUser(), matrices.COUNTED_AT, f"{SITE}/api/v1/", SITE)
    return {
        (topic["topic"], cell["column"]): None
        if cell["count"] is None
        else (cell["count"], f"{cell['per_thousand']:.2f}")
        for topic in present_matrix(matrix, visit)["topics"]
        for cell in topic["cells"]
    }


@pytest.mark.parametrize(
    "door", [of_html, of_csv, of_xlsx, of_svg, of_json], ids=lambda door: door.__name__
)
def test_the_numbers_of_a_matrix_are_equal_at_every_door(door) -> None:  # type: ignore[no-untyped-def] # a function above
    matrix = matrices.matrix()

    assert door(matrix) == of_reading(matrix)


def test_every_row_names_dictionary_text_and_address() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(matrices.matrix(), SITE).decode())))

    assert {row["dictionary"] for row in rows} == {"statements/3"}
    assert {row["dictionary_sha256"] for row in rows} == {"c" * 64}
    assert rows[1]["text_sha256"] == f"{2:064x}"
    assert rows[1]["words"] == "3020"
    assert rows[1]["counted_at"] == "2025-06-01T12:00:00+00:00"
    assert rows[1]["address"] == f"{SITE}/series/statements/topics/ukraine/statement-2/"
    assert rows[5]["claims"] == "C17"


def test_no_value_of_a_table_is_a_formula() -> None:
    data = as_csv(matrices.matrix(), SITE).decode()
    assert ",'=Cancer," in data
    assert ",=" not in data

    rows = xlsx_rows(as_xlsx(matrices.matrix(), SITE), sheet=2)
    assert rows[0] == list(COLUMNS)
    assert rows[5][COLUMNS.index("topic_name")] == "=Cancer"
    with zipfile.ZipFile(io.BytesIO(as_xlsx(matrices.matrix(), SITE))) as file:
        assert not [name for name in file.namelist() if b"<f>" in file.read(name)]


def test_a_workbook_has_the_counts_as_a_table_and_what_they_were_counted_with() -> None:
    data = as_xlsx(matrices.matrix(), SITE)

    assert xlsx_rows(data, sheet=1) == [
        ["Topic", "Mar 2021", "May 2022", "Jul 2025", matrices.DESCRIPTOR],
        ["Words", "733", "3020", "", ""],
        ["Ukraine", "0", "2", "not-searched", "not-shown"],
        ["=Cancer", "1", "0", "not-searched", "not-shown"],
    ]
    about = dict(row[:2] for row in xlsx_rows(data, sheet=3) if row)
    assert about["Address"] == f"{SITE}/series/statements/matrix/3/"
    assert about["SHA-256 of the dictionary"] == "c" * 64


def test_a_picture_stands_alone_and_says_what_it_shows() -> None:
    picture = as_svg(matrices.matrix(), SITE)
    tree = etree.fromstring(picture)

    assert tree.find(f"{SVG}title").text == "Statements <of> 2021–2026: topics by document"
    description = tree.find(f"{SVG}desc").text
    assert "statements/3" in description
    assert "Ukraine: Mar 2021 ∅ absent, May 2022 2, Jul 2025 not searched" in description
    assert b"style" not in picture
    assert b"href" not in picture
    assert f"{SITE}/series/statements/matrix/3/".encode() in picture
    assert "≠ claimed: present" in picture.decode()
