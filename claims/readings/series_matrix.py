"""The matrix of a series as one reader may know it: topics down, documents across.

Each cell has what the text says (counted in the background, `claims.models.text_counts`), and
what the reviewed claims say. Nothing is searched when it is read.
"""

from claims.readings.series_cells import (
    CellClaim,
    CellState,
    Claimed,
    MatrixCell,
    MatrixColumn,
    MatrixReading,
    MatrixRow,
)

__all__ = [
    "CellClaim",
    "CellState",
    "Claimed",
    "MatrixCell",
    "MatrixColumn",
    "MatrixReading",
    "MatrixRow",
]
