"""Matrices made by hand: what every door maps, without a database.

         Mar 2021   May 2022                   Jul 2025       confidential
Ukraine  absent     2, first, last             not searched   not shown
=Cancer  1          absent, claimed present    not searched   not shown
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from claims.readings.series_cells import (
    CellClaim,
    CellState,
    Claimed,
    MatrixCell,
    MatrixColumn,
    MatrixReading,
    MatrixRow,
)
from sources.readings.sources import SourceReading

COUNTED_AT = datetime(2025, 6, 1, 12, tzinfo=UTC)
# What the public must not read anywhere of the confidential document.
DESCRIPTOR = "a diplomatic note"


def column(number: int, label: str, *, words: int | None) -> MatrixColumn:
    """A column of a document that everybody may know; without words it has no text."""
    key = f"statement-{number}"
    return MatrixColumn(
        id=key,
        label=label,
        source=SourceReading(key, f"Statement of {label}", language="en"),
        language="en",
        layer=None if words is None else number,
        text_sha256="" if words is None else f"{number:064x}",
        words=words,
        counted_at=None if words is None else COUNTED_AT,
    )


def cell(
    column: str,
    topic: str,
    count: int,
    rate: str = "0.00",
    bins: tuple[int, ...] = (),
    **fields: Any,
) -> MatrixCell:
    """A counted cell; absent where nothing is counted."""
    state = CellState.PRESENT if count else CellState.ABSENT
    return MatrixCell(column, topic, state, count, Decimal(rate), bins, **fields)


def matrix() -> MatrixReading:
    """The matrix drawn above, as the public reads it."""
    columns = [
        column(1, "Mar 2021", words=733),
        column(2, "May 2022", words=3020),
        column(3, "Jul 2025", words=None),
        MatrixColumn(".4", DESCRIPTOR, SourceReading("", DESCRIPTOR)),
    ]
    claim = CellClaim("C17", Claimed.PRESENT, "The ministry", "It names cancer.")
    rows = [
        MatrixRow(
            "ukraine",
            "Ukraine",
            ("Ukraine", "Ukrain* | uk"),
            "As written.",
            [
                cell("statement-1", "ukraine", 0),
                cell("statement-2", "ukraine", 2, "0.66", (3, 4, 59), is_first=True, is_last=True),
                MatrixCell("statement-3", "ukraine", CellState.NOT_SEARCHED),
                MatrixCell(".4", "ukraine", CellState.NOT_SHOWN),
            ],
        ),
        MatrixRow(
            "cancer",
            "=Cancer",
            ("cancer",),
            "",
            [
                cell("statement-1", "cancer", 1, "1.36", (30,)),
                cell(
                    "statement-2",
                    "cancer",
                    0,
                    claimed=Claimed.PRESENT,
                    claims=(claim,),
                    disagreement="The text has it nowhere; C17 says that it is present.",
                ),
                MatrixCell("statement-3", "cancer", CellState.NOT_SEARCHED),
                MatrixCell(".4", "cancer", CellState.NOT_SHOWN),
            ],
        ),
    ]
    return MatrixReading(
        series="statements",
        title="Statements <of> 2021–2026",
        dictionary="statements/3",
        dictionary_number=3,
        dictionary_sha256="c" * 64,
        dictionary_made_at=COUNTED_AT,
        columns=columns,
        rows=rows,
        counted=3,
        to_count=3,
    )
