"""A matrix as one picture: SVG that stands alone, with the letters of whoever opens it."""

import textwrap
import unicodedata
from collections.abc import Iterator

from django.utils.html import escape
from django.utils.translation import gettext as _

from claims.pages.series.cells import (
    BINS,
    barcode,
    claimed_words,
    denominator_text,
    has_claims,
    how_to_read,
    state_words,
    with_thousands,
)
from claims.pages.series.files import matrix_url
from claims.readings.series_cells import MatrixCell, MatrixReading, MatrixRow

# Sizes in pixels of a screen, and how wide a letter of the main size is at most, about.
_MARGIN, _TOPIC, _CELL, _BAR, _HEAD, _ROW, _LINE = 24, 190, 166, 150, 52, 46, 18
_LETTER = 7.4
_LEAST_WIDTH = 760
_INK, _QUIET, _LINE_INK, _TRACK, _BARS = "#1f2328", "#5a5f66", "#dcd7cb", "#e1ebf1", "#1d4f8c"
_MARK, _DIFFERS = "#2b4a3f", "#8a5a00"


def as_svg(matrix: MatrixReading, site: str) -> bytes:
    """The matrix as a picture with a title and a description, in UTF-8.

    `site` is what the address of the matrix begins with, without a slash at its end.
    """
    width = max(_LEAST_WIDTH, 2 * _MARGIN + _TOPIC + _CELL * len(matrix.columns))
    lines = textwrap.wrap(matrix.title, int((width - 2 * _MARGIN) / 11)) or [""]
    parts: list[str] = []
    top = _MARGIN + 4
    for line in lines:
        top += 26
        parts.append(_text(_MARGIN, top, line, size=20, weight="bold"))
    for line in textwrap.wrap(how_to_read(matrix), int((width - 2 * _MARGIN) / _LETTER)):
        top += _LINE
        parts.append(_text(_MARGIN, top, line, ink=_QUIET))
    top += 16
    parts += _heads(matrix, top)
    top += _HEAD
    tells_claims = has_claims(matrix)
    for row in matrix.rows:
        parts.append(_rule(top, width))
        parts += _row(row, top, tells_claims=tells_claims)
        top += _ROW + (_LINE if tells_claims else 0)
    parts.append(_rule(top, width))
    for line in _foot(matrix, site):
        top += _LINE
        parts.append(_text(_MARGIN, top, line, ink=_QUIET, size=11))
    height = top + _MARGIN
    title = escape(_("%(title)s: topics by document") % {"title": matrix.title})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-labelledby="title description" '
        f'font-family="system-ui, sans-serif" font-size="13">'
        f'<title id="title">{title}</title>'
        f'<desc id="description">{escape(how_to_read(matrix))} {escape(_in_words(matrix))}</desc>'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>{"".join(parts)}</svg>\n'
    ).encode()


def _in_words(matrix: MatrixReading) -> str:
    """The counts, topic by topic, for who does not see the picture."""
    states = state_words()
    labels = {column.id: column.label for column in matrix.columns}
    told = []
    for row in matrix.rows:
        cells = (
            f"{labels[cell.column]} "
            f"{with_thousands(cell.count) if cell.count else states[cell.state]}"
            for cell in row.cells
        )
        told.append(f"{row.name}: {', '.join(cells)}.")
    return " ".join(told)


def _heads(matrix: MatrixReading, top: float) -> Iterator[str]:
    """The labels of the documents, and how many words each has."""
    yield _text(_MARGIN, top + 16, _("Topic"), weight="bold")
    for place, column in enumerate(matrix.columns):
        x = _MARGIN + _TOPIC + _CELL * place
        yield _text(x, top + 16, _cut(column.label, _BAR), weight="bold", whole=column.label)
        yield _text(x, top + 34, denominator_text(column), ink=_QUIET, size=12)


def _row(row: MatrixRow, top: float, *, tells_claims: bool) -> Iterator[str]:
    """A topic and its cells; `tells_claims` adds a line for what claims say."""
    first, *others = textwrap.wrap(row.name, int((_TOPIC - 12) / _LETTER)) or [""]
    second = [_cut(" ".join(others), _TOPIC - 12)] if others else []
    for place, line in enumerate([first, *second]):
        yield _text(_MARGIN, top + 22 + 16 * place, _cut(line, _TOPIC - 12), whole=row.name)
    states, claimed = state_words(), claimed_words()
    for place, cell in enumerate(row.cells):
        x = _MARGIN + _TOPIC + _CELL * place
        if cell.count:
            yield from _bars(cell, x, top)
        else:
            yield _text(x, top + 22, states[cell.state], ink=_QUIET)
        if tells_claims:
            ink = _DIFFERS if cell.disagreement else _QUIET
            said = f"≠ {claimed[cell.claimed]}" if cell.disagreement else claimed[cell.claimed]
            below = 56 if cell.count else 40
            yield _text(x, top + below, said, ink=ink, size=11, whole=cell.disagreement)


def _bars(cell: MatrixCell, x: float, top: float) -> Iterator[str]:
    """The barcode of a cell, its count, marks and frequency."""
    yield (
        f'<rect x="{x}" y="{top + 6}" width="{_BAR}" height="16" fill="{_TRACK}"/>'
        f'<path transform="translate({x} {top + 14}) scale({_BAR / BINS} 1)" '
        f'd="{barcode(cell.bins)}" stroke="{_BARS}" stroke-width="16" fill="none"/>'
    )
    marks = [
        label for is_so, label in ((cell.is_first, _("first")), (cell.is_last, _("last"))) if is_so
    ]
    words = " ".join([with_thousands(cell.count), *(f"[{mark}]" for mark in marks)])
    yield _text(x, top + 37, words, size=12, ink=_MARK if marks else _INK)
    if cell.per_thousand is not None:
        yield _text(x + _BAR, top + 37, f"{cell.per_thousand}‰", size=12, ink=_QUIET, anchor="end")


def _foot(matrix: MatrixReading, site: str) -> Iterator[str]:
    """Where the picture is from, and what was counted."""
    counted = [column.counted_at for column in matrix.columns if column.counted_at is not None]
    yield matrix_url(matrix, site)
    yield _("Dictionary %(name)s, SHA-256 %(sha256)s") % {
        "name": matrix.dictionary,
        "sha256": matrix.dictionary_sha256,
    }
    if counted:
        yield _("%(counted)d of %(all)d texts counted, the last on %(at)s") % {
            "counted": matrix.counted,
            "all": matrix.to_count,
            "at": f"{max(counted):%Y-%m-%d %H:%M} UTC",
        }


def _text(
    x: float,
    y: float,
    words: str,
    *,
    ink: str = _INK,
    size: int = 13,
    weight: str = "",
    anchor: str = "",
    whole: str = "",
) -> str:
    """A line of words; `whole` is told to who points at it, where it is more than the line."""
    bold = f' font-weight="{weight}"' if weight else ""
    end = f' text-anchor="{anchor}"' if anchor else ""
    title = f"<title>{escape(whole)}</title>" if whole and whole != words else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{ink}"{bold}{end}>'
        f"{title}{escape(words)}</text>"
    )


def _rule(top: float, width: float) -> str:
    """A line from one margin to the other."""
    return f'<path d="M{_MARGIN} {top}H{width - _MARGIN}" stroke="{_LINE_INK}" stroke-width="1"/>'


def _cut(words: str, room: float) -> str:
    """As much of the words as has room, in pixels."""
    taken = 0.0
    for place, letter in enumerate(words):
        taken += _LETTER * (2 if unicodedata.east_asian_width(letter) in "WF" else 1)
        if taken > room:
            return f"{words[: max(place - 1, 1)].rstrip()}…"
    return words
