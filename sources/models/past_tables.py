"""How the tables of sources were at a time: which rows there were, and the columns that differed.

Made from the tables themselves and from their history, the `…event` tables. Words that were
withheld are gone from both. Who may know a source is decided today: its access, its rights and who
is named as a reader are those of now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sources.models import (
    Capture,
    Confirmation,
    Excerpt,
    Extraction,
    Grading,
    Publisher,
    RemovedQuote,
    Series,
    SeriesMember,
    Source,
    SourceOrigin,
)
from sources.querysets.past import MOMENT

# The time that the reader asks for.
THEN = f"current_setting('{MOMENT}')::timestamptz"


class Rows(Enum):
    """The origin of the rows of a table at a time.

    Of KEPT rows the table has all that ever were, and of FOLLOWED ones too, but the columns that
    changed stand in the history. REPLAYED are rows that may be gone: they come from the history
    alone, and the table only adds columns of which there is none.
    """

    KEPT = "kept"
    FOLLOWED = "followed"
    REPLAYED = "replayed"


@dataclass(frozen=True)
class PastTable:
    """A table as it was at a time.

    In SQL `b` is the row of today and `e` the last event of its history until then. `since` is the
    condition that the row was there; `columns` say what stood in those of which neither `e` nor
    `b` says it, by their names; those of `today` are the row's of today.
    """

    model: type[Any]
    rows: Rows
    since: str = "TRUE"
    today: frozenset[str] = frozenset()
    columns: Mapping[str, str] = field(default_factory=dict)


def recorded_by_then(event: str) -> str:
    """The condition that an event of a history was recorded by then.

    Actions say their time in its context; of other writes it is that of the database.
    """
    return (
        f"coalesce(({event}.pgh_context ->> 'at')::timestamptz, {event}.pgh_created_at) <= {THEN}"
    )


def by_then(*columns: str, when: str) -> dict[str, str]:
    """Columns that are null until the time in the column `when`."""
    return {name: f"CASE WHEN b.{when} <= {THEN} THEN b.{name} END" for name in columns}


def kept(model: type[Any], when: str, columns: Mapping[str, str] | None = None) -> PastTable:
    """A table whose rows are there since the time in the column `when`, for good."""
    return PastTable(model, Rows.KEPT, f"b.{when} <= {THEN}", columns=columns or {})


TABLES = (
    PastTable(Publisher, Rows.REPLAYED),
    PastTable(
        Source,
        Rows.FOLLOWED,
        today=frozenset({"key", "access", "public_descriptor", "rights"}),
        columns=by_then("opened_at", "opened_by_id", when="opened_at"),
    ),
    PastTable(SourceOrigin, Rows.REPLAYED),
    PastTable(Series, Rows.REPLAYED),
    PastTable(SeriesMember, Rows.REPLAYED),
    PastTable(Capture, Rows.KEPT, f"coalesce(b.kept_at, b.captured_at) <= {THEN}"),
    kept(Extraction, "extracted_at"),
    PastTable(Excerpt, Rows.FOLLOWED, f"b.created_at <= {THEN}"),
    PastTable(RemovedQuote, Rows.REPLAYED),
    kept(Grading, "graded_at"),
    kept(Confirmation, "confirmed_at"),
)
