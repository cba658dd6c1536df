"""Write figures of a PDF that stand above or below their line as such: 10⁶, CO₂, marks of notes.

pdfium flattens them, 10⁶ to 106, and may end a line before and behind them. A figure whose level
cannot be told is written on the line and is doubtful.
"""

from collections.abc import Iterator, Sequence

from sources.extraction.pdf.characters import Character
from sources.extraction.pdf.glyphs import Glyph, Glyphs
from sources.extraction.pdf.levels import (
    Level,
    are_of_one_fraction,
    is_as_high,
    is_attached,
    level_of,
)
from sources.extraction.pdf.note_links import NoteLinks
from sources.extraction.raised import LOWERED, RAISED, lowered, raised
from sources.vocabulary import ApparatusKind, DoubtKind

_SIGNS = frozenset("+-\u2212\u2013(")
_CLOSING = ")]"
_STROKES = "/\u2044\u2215"
_FRACTION = "\u2044"
_GAP = 2.0  # em, at most, from a raised figure to where its line goes on
_NEAR = 8  # characters behind a figure that begins a line


def raise_figures(glyphs: Glyphs, characters: Sequence[Character], links: NoteLinks) -> None:
    """Write raised and lowered figures, name those that mark a note, and doubt those in doubt."""
    levels = _Levels(glyphs, characters).find()
    runs = list(_runs(levels))
    for start, stop in runs:
        run = characters[start:stop]
        if levels[start] is Level.DOUBTFUL:
            for character in run:
                character.doubt = DoubtKind.RAISED_FIGURE
        else:
            _write(run, levels[start], characters[start - 1].read if start else "")
    for start, stop in runs:
        if not _set_fraction(glyphs, characters, levels, start, stop):
            _name_mark(glyphs, characters, levels, links, (start, stop))


class _Levels:
    """Walks the characters of a page once and finds those that are not on their line."""

    def __init__(self, glyphs: Glyphs, characters: Sequence[Character]) -> None:
        self.found: dict[int, Level] = {}
        self._glyphs = glyphs
        self._characters = characters
        self._line: int | None = None  # the last letter or figure on the line that is not raised

    def find(self) -> dict[int, Level]:
        """The levels of figures that are not on their line, by their position, in order."""
        for position, character in enumerate(self._characters):
            text = character.read
            if text == "\n":
                if not self._is_passed(position):
                    self._line = None
            elif _is_figure(text):
                self._find_figure(position)
            elif text in _SIGNS or text in _CLOSING:
                if not self._find_sign(position) and text in _CLOSING:
                    self._line = position
            elif text.isalpha() and not self._find_letter(position):
                self._line = position
        return self.found

    def _glyph(self, position: int) -> Glyph:
        return self._glyphs[self._characters[position].index]

    def _text(self, position: int) -> str:
        return self._characters[position].read if position < len(self._characters) else ""

    def _find_figure(self, position: int) -> None:
        if self._line == position - 1 and _is_figure(self._text(position - 1)):
            index = self._characters[position].index
            if self._glyphs.stand_alike(index, self._characters[position - 1].index):
                self._line = position
                return
        line = self._line if self._line is not None else self._next_on_line(position)
        level = self._level(position, line, position - 1)
        if level is Level.ON_THE_LINE:
            self._line = position
            return
        self.found[position] = level
        if level is Level.DOUBTFUL:
            self._line = position

    def _find_sign(self, position: int) -> bool:
        """Whether a sign beside a figure, or a bracket around it, is as high as it."""
        text = self._text(position)
        behind = self.found.get(position - 1)
        if text in _CLOSING:
            opened = any(self._text(one) == "(" for one in range(max(0, position - 5), position))
            neighbour, level = position - 1, behind if opened else None
        elif self._is_index(position + 1):
            neighbour = position + 1
            level = self._level(neighbour, self._line, position - 1 if position else position)
        else:
            neighbour, level = position - 1, behind if text != "(" else None
        if level not in (Level.RAISED, Level.LOWERED):
            return False
        if not is_as_high(self._glyph(position), self._glyph(neighbour)):
            return False
        self.found[position] = level
        return True

    def _find_letter(self, position: int) -> bool:
        """Whether a single letter is raised or lowered: 2ⁿ, xᵢ, 9.1^b."""
        before = position - 1
        if before >= 0 and not self._characters[before].written:
            before -= 1  # a line end that is none
        if not (before == self._line or before in self.found) or not self._is_index(position):
            return False
        level = self._level(position, self._line, before)
        if level not in (Level.RAISED, Level.LOWERED):
            return False
        self.found[position] = level
        return True

    def _is_index(self, position: int) -> bool:
        """Whether a figure stands there, or a single letter in type smaller than the line's."""
        if _is_figure(self._text(position)):
            return True
        if not self._text(position).isalpha() or self._text(position + 1).isalpha():
            return False
        if self._line is None or self._line == position:
            return False
        line = self._characters[self._line].index
        return self._glyphs.is_smaller(self._characters[position].index, line)

    def _level(self, position: int, line: int | None, before: int) -> Level:
        return level_of(
            self._glyph(position),
            None if line is None else self._glyph(line),
            self._glyph(before) if before >= 0 and self._text(before).strip() else None,
        )

    def _is_passed(self, position: int) -> bool:
        """Whether a line end is none: a raised figure stands behind it, or before it.

        The line goes on where the figure is attached to what stands before the line end, or where
        what follows stands at the height of before.
        """
        before, after = position - 1, position + 1
        if self._line is None or before < 0 or after >= len(self._characters):
            return False
        line, last, next_ = self._glyph(self._line), self._glyph(before), self._glyph(after)
        if line.turn != next_.turn:
            return False
        if before in self.found:
            is_level = abs(next_.y - line.y) < 0.1 * line.size
            is_behind = next_.x > last.x and next_.left - last.right < _GAP * line.em
            goes_on = is_level and is_behind
        else:
            goes_on = is_attached(next_, last) and self._is_raised(after)
        if goes_on:
            self._characters[position].written = ""
        return goes_on

    def _is_raised(self, position: int) -> bool:
        figure = position + (self._text(position) in _SIGNS)
        if not self._is_index(figure):
            return False
        return self._level(figure, self._line, figure) in (Level.RAISED, Level.LOWERED)

    def _next_on_line(self, position: int) -> int | None:
        """The first letter behind a figure that begins a line."""
        for following in range(position + 1, min(position + _NEAR, len(self._characters))):
            if self._text(following) == "\n":
                return None
            if self._text(following).isalpha():
                return following
        return None


def _is_figure(text: str) -> bool:
    return text.isdecimal()


def _write(run: Sequence[Character], level: Level, before: str) -> None:
    """Write figures as Unicode raises or lowers them; what it does not stands behind ^ or _.

    `before` is the character before them.
    """
    table, sign = (LOWERED, "_") if level is Level.LOWERED else (RAISED, "^")
    for position, character in enumerate(run):
        text = character.read
        if text.isalpha():
            written = lowered(text) if level is Level.LOWERED else raised(text, before)
        else:
            written = text.translate(table)
            if _is_figure(written) and not (position and _is_figure(run[position - 1].read)):
                written = sign + written
        character.written = written


def _runs(levels: dict[int, Level]) -> Iterator[tuple[int, int]]:
    """The runs of neighbouring characters of one level, half-open."""
    start = stop = -2
    for position, level in [*levels.items(), (-1, Level.ON_THE_LINE)]:
        if position == stop and level is levels[start]:
            stop += 1
            continue
        if start >= 0:
            yield start, stop
        start, stop = position, position + 1


def _set_fraction(
    glyphs: Glyphs,
    characters: Sequence[Character],
    levels: dict[int, Level],
    start: int,
    stop: int,
) -> bool:
    """Write a fraction that is drawn in small figures, as HTML's are: 3 1⁄2, not 3¹/2."""
    if levels[start] is not Level.RAISED or stop >= len(characters):
        return False
    end = stop + 1
    if characters[stop].read not in _STROKES or (start and characters[start - 1].read.isalpha()):
        return False
    above = glyphs[characters[start].index]
    while end < len(characters) and _is_figure(characters[end].read):
        if not are_of_one_fraction(above, glyphs[characters[end].index]):
            return False
        end += 1
    if end == stop + 1:
        return False
    for character in characters[start:end]:
        character.written, character.doubt = character.read, None
    characters[stop].written = _FRACTION
    if start and _is_figure(characters[start - 1].read):
        characters[start].written = " " + characters[start].read
    return True


def _name_mark(
    glyphs: Glyphs,
    characters: Sequence[Character],
    levels: dict[int, Level],
    links: NoteLinks,
    run: tuple[int, int],
) -> None:
    """A figure that is a link of its own to a place in the file is the mark of a note."""
    start, stop = run
    if not links.areas or levels[start] is Level.LOWERED:
        return
    before = start - 1 if start and characters[start - 1].read.strip() else None
    beside = None if before is None else glyphs[characters[before].index].centre
    centres = [glyphs[one.index].centre for one in characters[start:stop]]
    if all(links.ties(centre, beside) for centre in centres):
        for character in characters[start:stop]:
            character.kind, character.doubt = ApparatusKind.NOTE, None
        _write(characters[start:stop], Level.RAISED, "")
