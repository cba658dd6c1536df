"""The places and boxes of the glyphs of a PDF page, in the direction in which they are written.

Text of a page that is turned, as wide tables are, runs upwards on the page: heights are measured
across the line, wherever it runs.
"""

from ctypes import byref, c_double
from math import hypot
from typing import Any, NamedTuple

from pypdfium2 import raw

# How much of an em a font's line takes; what is said beside that is no size of it.
_LINE_IN_EM = (0.5, 3.0)
_SAME = 0.01
_CELL = 0.95  # of an em: as tall as no figure is
_AS_LOW = 0.04
_SMALLER = 0.9

Point = tuple[float, float]
_UPRIGHT, _UP = (1.0, 0.0), (0.0, 1.0)  # the directions of text that is not turned


class Box(NamedTuple):
    """The heights at which a glyph begins and ends."""

    bottom: float
    top: float


class Glyph(NamedTuple):
    """A glyph at its place: `x` along the line, `y` the height of its base line.

    `size` is that of its font's line, `em` that of its font; `left` and `right` are its ends.
    `box` is that of what is drawn, None where the file does not say. `turn` is the direction of
    writing: heights on lines of one direction can be compared. `centre` is its place on the page.
    """

    x: float
    y: float
    size: float
    em: float
    left: float
    right: float
    box: Box | None
    turn: Point
    centre: Point


class Glyphs:
    """The glyphs of a page (a PdfTextPage) by their index on it; each is measured once."""

    def __init__(self, page: Any) -> None:
        self._handle = page.raw
        self._known: dict[int, Glyph] = {}
        self._last: tuple[int, tuple[float, float, float]] = (-1, (0.0, 0.0, 0.0))
        self._x, self._y = c_double(), c_double()
        self._left, self._right, self._bottom, self._top = (c_double() for _ in range(4))
        self._loose, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        # Made once: a page has thousands of figures, each of which is asked for four times.
        self._origin = byref(self._x), byref(self._y)
        self._box = tuple(map(byref, (self._left, self._right, self._bottom, self._top)))
        self._loose_at, self._matrix_at = byref(self._loose), byref(self._matrix)

    def __getitem__(self, index: int) -> Glyph:
        glyph = self._known.get(index)
        if glyph is None:
            glyph = self._known[index] = self._measured(index)
        return glyph

    def stand_alike(self, index: int, other: int) -> bool:
        """Whether two glyphs on a line that runs rightwards end equally low, in one size.

        Quick, for the many figures behind figures; a no says nothing.
        """
        other_y, other_low, other_size = self._quick(other)
        y, low, size = self._quick(index)
        return y == other_y and size == other_size and abs(low - other_low) <= _AS_LOW * size

    def is_smaller(self, index: int, other: int) -> bool:
        """Whether a glyph is set in clearly smaller type than another; quick."""
        size = raw.FPDFText_GetFontSize(self._handle, index)
        return bool(size < _SMALLER * raw.FPDFText_GetFontSize(self._handle, other))

    def _quick(self, index: int) -> tuple[float, float, float]:
        if self._last[0] != index:
            self._ask_place(index)
            size = raw.FPDFText_GetFontSize(self._handle, index)
            self._last = index, (self._y.value, self._bottom.value, size)
        return self._last[1]

    def _ask_place(self, index: int) -> None:
        raw.FPDFText_GetCharOrigin(self._handle, index, *self._origin)
        raw.FPDFText_GetCharBox(self._handle, index, *self._box)

    def _measured(self, index: int) -> Glyph:
        self._ask_place(index)
        raw.FPDFText_GetLooseCharBox(self._handle, index, self._loose_at)
        raw.FPDFText_GetMatrix(self._handle, index, self._matrix_at)
        along, up, scale = _directions(self._matrix)
        loose = self._loose
        outer = (loose.left, loose.right, loose.bottom, loose.top)
        inner = (self._left.value, self._right.value, self._bottom.value, self._top.value)
        x, y = self._x.value, self._y.value
        turn = _UPRIGHT
        width, line, drawn = outer[:2], outer[2:], inner[2:]
        if (along, up) != (_UPRIGHT, _UP):
            turn = round(along[0], 2), round(along[1], 2)
            width, line = _projected(outer, along), _projected(outer, up)
            drawn = _projected(inner, up)
            x, y = x * along[0] + y * along[1], x * up[0] + y * up[1]
        size = line[1] - line[0]
        em = raw.FPDFText_GetFontSize(self._handle, index) * scale
        if not em or not _LINE_IN_EM[0] <= size / em <= _LINE_IN_EM[1]:
            em = size
        centre = (inner[0] + inner[1]) / 2, (inner[2] + inner[3]) / 2
        return Glyph(x, y, size, em, *width, _drawn(drawn, line, em), turn, centre)


def _directions(matrix: Any) -> tuple[Point, Point, float]:
    """The directions along the line and up from it, and by how much its letters are enlarged.

    A slant does not count: the letters of an oblique font stand on the same line.
    """
    a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
    if b == 0 and a > 0 and d > 0:
        return _UPRIGHT, _UP, d
    length = hypot(a, b)
    area = a * d - b * c
    if not length or not area:
        return _UPRIGHT, _UP, 0.0
    along = a / length, b / length
    side = 1 if area > 0 else -1
    return along, (-along[1] * side, along[0] * side), abs(area) / length


def _projected(box: tuple[float, float, float, float], onto: Point) -> tuple[float, float]:
    """The ends of a box (left, right, bottom, top) in a direction."""
    left, right, bottom, top = box
    ends = [x * onto[0] + y * onto[1] for x in (left, right) for y in (bottom, top)]
    return min(ends), max(ends)


def _drawn(drawn: tuple[float, float], line: tuple[float, float], em: float) -> Box | None:
    """The box of what is drawn; None where it is empty or as tall as the line or the font."""
    bottom, top = drawn
    if not _SAME * em < top - bottom < _CELL * em:
        return None
    if abs(top - line[1]) + abs(bottom - line[0]) <= _SAME * em:
        return None
    return Box(bottom, top)
