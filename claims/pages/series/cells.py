"""The table of a matrix as HTML: heads of documents, rows of topics, and in each cell a barcode.

A table of 200 documents and 50 topics has ten thousand cells, so that a cell is written here and
not by a template. Whatever comes from the database is escaped.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.readings.series_cells import (
    CellState,
    Claimed,
    MatrixCell,
    MatrixColumn,
    MatrixReading,
    MatrixRow,
)

# The parts of a text that a barcode draws; a bar is one of them.
BINS = 60
_BAR = ord("#")
_BARS = re.compile(b"#+")


@dataclass(frozen=True)
class DocumentHead:
    """A document above its column. `words` is the denominator of the frequencies, in words.

    `url` leads to the source; empty where the reader may not know it.
    """

    column: MatrixColumn
    url: str
    words: str


@dataclass(frozen=True)
class TableRow:
    """A topic and its cells as HTML."""

    row: MatrixRow
    cells: Sequence[SafeString]


def heads_of(matrix: MatrixReading) -> list[DocumentHead]:
    """The documents in order."""
    return [
        DocumentHead(
            column,
            reverse("claims:source", args=[column.source.key]) if column.source.is_known else "",
            denominator_text(column),
        )
        for column in matrix.columns
    ]


def denominator_text(column: MatrixColumn) -> str:
    """How many words the text has, or why that is not known."""
    if column.words is not None:
        return ngettext("%(count)s word", "%(count)s words", column.words) % {
            "count": with_thousands(column.words)
        }
    return _("no text") if column.layer is None else _("not counted yet")


def with_thousands(number: int) -> str:
    """A whole number with its thousands apart."""
    return str(number_format(number, force_grouping=True))


def state_words() -> dict[CellState, str]:
    """How a text that has nothing of a topic stands to it, in words."""
    return {
        CellState.PRESENT: _("present"),
        CellState.ABSENT: _("∅ absent"),
        CellState.IN_PART: _("searched in part"),
        CellState.NOT_SEARCHED: _("not searched"),
        CellState.NOT_COUNTED: _("not counted yet"),
        CellState.NO_TERM: _("no term in its language"),
        CellState.NOT_SHOWN: _("not shown"),
    }


def claimed_words() -> dict[Claimed, str]:
    """The words for how claims stand to a cell."""
    return {
        Claimed.PRESENT: _("claimed: present"),
        Claimed.ABSENT: _("claimed: absent"),
        Claimed.DISPUTED: _("claims: contested"),
        Claimed.NOT_CLAIMED: _("not claimed"),
    }


# The address of a cell by column and topic; empty where the reader may not know the source.
CellAddress = Callable[[str, str], str]


def cell_addresses(matrix: MatrixReading) -> CellAddress:
    """Return the addresses of the pages of cells, each document's looked up once."""
    prefixes = {
        column.id: reverse("claims:cell", args=[matrix.series, _ANY_TOPIC, column.id])
        for column in matrix.columns
        if column.source.is_known
    }

    def address(column: str, topic: str) -> str:
        return prefixes.get(column, "").replace(_OF_ANY_TOPIC, f"/topics/{topic}/")

    return address


# Stands for the topic in the address of a cell, so that an address is made once for each document
# and not ten thousand times.
_ANY_TOPIC = "any"
_OF_ANY_TOPIC = f"/topics/{_ANY_TOPIC}/"


def has_claims(matrix: MatrixReading) -> bool:
    """Whether a claim is about any cell."""
    return any(cell.claimed != Claimed.NOT_CLAIMED for row in matrix.rows for cell in row.cells)


def how_to_read(matrix: MatrixReading) -> str:
    """Say how a matrix is read, in one sentence, with the version of its dictionary."""
    return _(
        "Each bar is where a document has the topic, from its first to its last word; below it "
        "stand the number of places and the places on 1,000 words (‰), counted with the dictionary "
        "%(dictionary)s."
    ) % {"dictionary": matrix.dictionary}


def table_rows(matrix: MatrixReading) -> list[TableRow]:
    """The topics in order, each with its cells."""
    write = _writer(matrix)
    return [
        TableRow(row, [write(escape(row.name), cell) for cell in row.cells]) for row in matrix.rows
    ]


def barcode(bins: Sequence[int]) -> str:
    """The path of a barcode, sixty units wide: a stroke for each row of bins side by side."""
    drawn = bytearray(b"." * BINS)
    for one in bins:
        drawn[one] = _BAR
    return "".join(f"M{run.start()} 0h{run.end() - run.start()}" for run in _BARS.finditer(drawn))


@dataclass(frozen=True)
class _Words:
    """The words that present cells share; marks are a word and its meaning."""

    first: tuple[str, str]
    last: tuple[str, str]
    place: str
    places: str
    number: Callable[[int], str]


def _writer(
    matrix: MatrixReading,
) -> Callable[[SafeString, MatrixCell], SafeString]:
    """Return a function that writes a cell of a topic, whose name is escaped.

    The words and numbers that cells share are made once.
    """
    words = _Words(
        first=(_("first"), _("In no document before that was searched.")),
        last=(_("last"), _("In no document after that was searched.")),
        place=_("place"),
        places=_("places"),
        number=cache(with_thousands),
    )
    differs, hidden = _("Text and claims disagree:"), _("%d hidden")
    states, claimed = state_words(), claimed_words()
    tells_claims = has_claims(matrix)
    address_of = cell_addresses(matrix)

    labels = {column.id: escape(column.label) for column in matrix.columns}

    def write(name: SafeString, cell: MatrixCell) -> SafeString:
        where = (
            f'<span class="where"><span class="of">{name}, </span>'
            f'{labels[cell.column]}<span class="of">:</span></span> '
        )
        content = where + (
            _present(cell, words)
            if cell.count
            else f'<span class="none">{states[cell.state]}</span>'
        )
        if address := address_of(cell.column, cell.topic):
            content = f'<a href="{escape(address)}">{content}</a>'
        else:
            content = f'<span class="cell">{content}</span>'
        if cell.hidden:
            content += f'<span class="said">{hidden % cell.hidden}</span>'
        if tells_claims:
            content += f'<span class="said is-{cell.claimed}">{claimed[cell.claimed]}</span>'
        if cell.disagreement:
            content += (
                f'<span class="differs"><span class="visually-hidden">{differs} </span>'
                f"{escape(cell.disagreement)}</span>"
            )
        return mark_safe(f'<td role="cell" class="is-{cell.state}">{content}</td>')  # noqa: S308 # escaped above

    return write


def _present(cell: MatrixCell, words: _Words) -> str:
    """The barcode, the count, marks and the frequency of a topic that a text has."""
    marks = "".join(
        f' <span class="mark" title="{escape(meaning)}">{label}</span>'
        for is_so, (label, meaning) in ((cell.is_first, words.first), (cell.is_last, words.last))
        if is_so
    )
    noun = words.place if cell.count == 1 else words.places
    rate = "" if cell.per_thousand is None else f'<span class="rate">{cell.per_thousand}‰</span>'
    return (
        f'<svg class="bars" viewBox="0 0 {BINS} 2" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false"><path transform="translate(0 1)" d="{barcode(cell.bins)}"/></svg>'
        f'<span class="numbers"><span><b>{words.number(cell.count)}</b>'
        f'<span class="visually-hidden"> {noun}</span>{marks}</span>{rate}</span>'
    )
