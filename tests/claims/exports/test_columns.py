"""The columns of exports are documented, and rows have exactly these."""

from pathlib import Path

from claims.exports.columns import COLUMNS, NAMES, ColumnType
from claims.exports.dictionary import dictionary_page

DOCUMENT = Path(__file__).parents[3] / "docs" / "data-dictionary.md"


def test_no_two_columns_have_one_name() -> None:
    assert len(set(NAMES)) == len(NAMES)


def test_names_are_plain_in_every_program() -> None:
    assert all(name.isascii() and name.isidentifier() and name.islower() for name in NAMES)


def test_every_column_says_its_meaning_and_every_number_its_unit() -> None:
    numbers = (ColumnType.INTEGER, ColumnType.DECIMAL)
    assert all(column.meaning.endswith(".") for column in COLUMNS)
    assert all(column.unit for column in COLUMNS if column.type in numbers)


def test_the_data_dictionary_is_that_of_the_code() -> None:
    assert DOCUMENT.read_text() == dictionary_page(), "Run `manage.py export_claims --dictionary`."
