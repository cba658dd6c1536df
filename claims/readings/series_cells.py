"""The matrix of a series as types: its columns, rows and cells as one reader may know them.

They are read by `claims.readings.series_matrix`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from sources.readings.sources import SourceReading


class CellState(StrEnum):
    """How a text stands to a topic."""

    PRESENT = "present"  # the text has it
    ABSENT = "absent"  # the whole text was searched, and has it nowhere
    IN_PART = "in-part"  # absent from the part of the document that there is a text of
    NOT_SEARCHED = "not-searched"  # there is no text
    NOT_COUNTED = "not-counted"  # the worker has not counted this version of the dictionary yet
    NO_TERM = "no-term"  # the dictionary has no term of the topic in the language of the text
    NOT_SHOWN = "not-shown"  # the reader may not know the document


class Claimed(StrEnum):
    """How the reviewed claims of a cell stand to a topic."""

    PRESENT = "present"
    ABSENT = "absent"
    DISPUTED = "contested"  # some say present and some absent, or a conflict is open
    NOT_CLAIMED = "not-claimed"


@dataclass(frozen=True)
class CellClaim:
    """A claim about a cell: its reference ("C17"), what it says, and who says it.

    `is_of_series` where it is about all documents of the series. What is not published is told to
    staff alone, and counts for nothing in what is `claimed` of the cell.
    """

    ref: str
    claimed: Claimed
    attribution: str
    statement: str
    is_of_series: bool = False
    is_published: bool = True


@dataclass(frozen=True)
class MatrixColumn:
    """A text of a document, or a document without one.

    `id` names the column in addresses: the source's key, and where a source has several current
    texts, the text's id behind a dot. A document that the reader may not know has its place in the
    series behind a dot, and no address. `label` is short ("May 2023", with the language where texts
    of one document differ in it). `words` is the denominator of the frequencies, and `counted_at`
    when its topics were counted: None where nothing is counted.
    """

    id: str
    label: str
    source: SourceReading
    language: str = ""
    layer: int | None = None
    text_sha256: str = ""
    words: int | None = None
    counted_at: datetime | None = None


class MatrixCell(msgspec.Struct, frozen=True):
    """A topic in a column: how its text stands to it, and what the claims say.

    `per_thousand` is the count on 1,000 words, None where nothing is counted. `bins` are the
    sixtieths of the text that have a place, from 0 to 59. `hidden` counts places in words that no
    page shows, for staff only. `is_first` and `is_last`: the topic appears here and in no document
    before, or in none after, of those that were searched. `disagreement` is a sentence where text
    and claims differ, else empty.
    """

    column: str
    topic: str
    state: CellState
    count: int = 0
    per_thousand: Decimal | None = None
    bins: Sequence[int] = ()
    hidden: int = 0
    is_first: bool = False
    is_last: bool = False
    claimed: Claimed = Claimed.NOT_CLAIMED
    claims: Sequence[CellClaim] = ()
    disagreement: str = ""


@dataclass(frozen=True)
class MatrixRow:
    """A topic with its terms as written, and its cells in the order of the columns."""

    topic: str
    name: str
    terms: Sequence[str]
    note: str
    cells: Sequence[MatrixCell]


@dataclass(frozen=True)
class MatrixReading:
    """The matrix of a series for one reader at one time.

    `dictionary` is how its version is named ("quad/3"), empty where the series has none;
    `counted` of `to_count` texts are counted.
    """

    series: str
    title: str
    dictionary: str
    dictionary_number: int | None
    dictionary_sha256: str
    dictionary_made_at: datetime | None
    columns: Sequence[MatrixColumn]
    rows: Sequence[MatrixRow] = field(default_factory=tuple)
    counted: int = 0
    to_count: int = 0
