"""The Parquet that we write is read by a program that is not ours, value by value."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.exports.columns import COLUMNS, NAMES, ColumnType
from claims.exports.flat_rows import FlatRow
from claims.exports.parquet import parquet_chunks
from claims.exports.parquet_pages import packed_bits
from claims.exports.thrift import varint
from tests.claims.exports.made_rows import batches_of, row_of

TYPES = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.DECIMAL: "DOUBLE",
    ColumnType.BOOLEAN: "BOOLEAN",
    ColumnType.DATE: "DATE",
    ColumnType.TIME: "TIMESTAMP WITH TIME ZONE",
}

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read(file: Path, sql: str = "SELECT * FROM claims") -> list[Any]:
    """Rows of a file by DuckDB, which is not to look for anything on the internet."""
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as reader:
        reader.execute(f"CREATE VIEW claims AS SELECT * FROM '{file}'")
        return reader.execute(sql).fetchall()


def written(folder: Path, batches: Any) -> Path:
    file = folder / "claims.parquet"
    file.write_bytes(b"".join(parquet_chunks(batches)))
    return file


def as_read(row: FlatRow) -> tuple[Any, ...]:
    """A row as DuckDB gives it: decimals are floating."""
    return tuple(
        float(str(value)) if column.type == ColumnType.DECIMAL and value is not None else value
        for column, value in zip(COLUMNS, row, strict=True)
    )


@pytest.mark.parametrize("claims", [0, 1, 7, 8, 9, 430])
def test_every_value_is_read_as_it_was_written(tmp_path: Path, claims: int) -> None:
    # Groups of rows have twenty batches, so that 430 claims make three of them.
    file = written(tmp_path, batches_of(claims))

    found = read(file, "SELECT * REPLACE (" + plain_times() + ") FROM claims")

    assert found == [plain(as_read(row_of(number))) for number in range(1, claims + 1)]


def plain_times() -> str:
    """Times as microseconds: for objects of them DuckDB would ask for a library."""
    times = [column.name for column in COLUMNS if column.type == ColumnType.TIME]
    return ", ".join(f"epoch_us({name}) AS {name}" for name in times)


def plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(
        (value - EPOCH) // timedelta(microseconds=1)
        if column.type == ColumnType.TIME and value is not None
        else value
        for column, value in zip(COLUMNS, row, strict=True)
    )


def test_columns_have_their_types(tmp_path: Path) -> None:
    file = written(tmp_path, batches_of(3))

    described = read(file, "DESCRIBE claims")

    assert [(row[0], row[1]) for row in described] == [
        (column.name, TYPES[column.type]) for column in COLUMNS
    ]


def test_more_values_than_a_dictionary_takes_are_written_too(tmp_path: Path) -> None:
    # The first page has few distinct values, so that a dictionary is begun; the others have many.
    place = NAMES.index("statement")

    def batches() -> Any:
        yield [with_text(place, "the same") for _number in range(10)]
        for start in range(0, 70_000, 10_000):
            yield [with_text(place, str(number)) for number in range(start, start + 10_000)]

    file = written(tmp_path, batches())

    assert read(file, "SELECT count(DISTINCT statement), max(statement) FROM claims") == [
        (70_001, "the same")
    ]


ROW = row_of(1)


def with_text(place: int, text: str) -> FlatRow:
    return (*ROW[:place], text, *ROW[place + 1 :])


@given(st.lists(st.booleans(), max_size=70))
def test_bits_are_packed_the_lowest_first(values: list[bool]) -> None:
    packed = packed_bits(values)

    assert len(packed) == (len(values) + 7) // 8
    assert [bool(packed[n // 8] >> n % 8 & 1) for n in range(len(values))] == values


@given(st.integers(min_value=0, max_value=2**63))
def test_a_varint_is_read_as_the_number(number: int) -> None:
    read_back = sum((byte & 0x7F) << 7 * place for place, byte in enumerate(varint(number)))

    assert read_back == number
