"""Objects that a page of a PDF paints, in the order in which it paints them, forms included.

Positions are points of the page. Shapes are known by their boxes: that one covers every point of
its box is said of rectangles in one colour alone.
"""

from collections.abc import Iterator
from ctypes import addressof, byref, c_float, c_int, c_uint
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from pypdfium2 import raw

Colour = tuple[int, int, int]
Matrix = tuple[float, float, float, float, float, float]

_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_MAX_DEPTH = 8  # of forms within forms
_OPAQUE = 255
_THIN = 2.0  # points; what is thinner covers no words
_CORNERS = (4, 5, 6)  # points of a path that is a rectangle
# Annotations that mark words or lead away, and cover none.
_MARKING = frozenset(
    [
        raw.FPDF_ANNOT_TEXT,
        raw.FPDF_ANNOT_LINK,
        raw.FPDF_ANNOT_HIGHLIGHT,
        raw.FPDF_ANNOT_UNDERLINE,
        raw.FPDF_ANNOT_SQUIGGLY,
        raw.FPDF_ANNOT_STRIKEOUT,
        raw.FPDF_ANNOT_CARET,
        raw.FPDF_ANNOT_POPUP,
        raw.FPDF_ANNOT_WIDGET,
        raw.FPDF_ANNOT_FILEATTACHMENT,
    ]
)
_UNSEEN_FLAGS = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW


class TooManyObjects(Exception):
    """A page paints more objects than are looked at."""


class Rectangle(NamedTuple):
    """A rectangle of a page in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        """Its area in square points; 0 of one without an inside."""
        return max(0.0, self.right - self.left) * max(0.0, self.top - self.bottom)

    @property
    def centre(self) -> "Rectangle":
        """Its middle point, as a box without an area."""
        x, y = (self.left + self.right) / 2, (self.bottom + self.top) / 2
        return Rectangle(x, y, x, y)

    def holds(self, other: "Rectangle") -> bool:
        """Whether the other is all inside of it."""
        return (
            self.left <= other.left
            and self.bottom <= other.bottom
            and self.right >= other.right
            and self.top >= other.top
        )

    def meets(self, other: "Rectangle") -> bool:
        """Whether the two have a point in common."""
        return (
            self.left <= other.right
            and self.right >= other.left
            and self.bottom <= other.top
            and self.top >= other.bottom
        )

    def cut(self, other: "Rectangle") -> "Rectangle":
        """The part that the two have in common."""
        return Rectangle(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def shrunk(self, part: float) -> "Rectangle":
        """The box with this part of its width and height taken off on each side."""
        across, along = (self.right - self.left) * part, (self.top - self.bottom) * part
        return Rectangle(
            self.left + across, self.bottom + along, self.right - across, self.top - along
        )


@dataclass(eq=False)
class Painted:
    """An object of a page: its place in the order of painting, its kind as pdfium names it.

    `bounds` is the box of all of it. `matrix` leads from the form that it stands in to the page;
    `is_solid` is whether nothing shows through that form.
    """

    order: float
    kind: int
    handle: Any
    bounds: Rectangle
    matrix: Matrix = _IDENTITY
    is_solid: bool = True

    @cached_property
    def clip(self) -> Rectangle | None:
        """The box of the places where its clip lets it be seen; None where it has no clip."""
        clip = None if self.handle is None else _clip(self.handle)
        return None if clip is None else _moved(clip, self.matrix)

    @cached_property
    def box(self) -> Rectangle:
        """The box of the part of it that is seen."""
        return self.bounds if self.clip is None else self.bounds.cut(self.clip)

    @cached_property
    def _fill(self) -> tuple[Colour, int] | None:
        if self.kind != raw.FPDF_PAGEOBJ_PATH:
            return None
        fill, stroke = c_int(), c_int()
        raw.FPDFPath_GetDrawMode(self.handle, byref(fill), byref(stroke))
        return fill_colour(self.handle) if fill.value else None

    @property
    def colour(self) -> Colour | None:
        """The one colour that fills it; None where it is not one, or not known."""
        return None if self._fill is None else self._fill[0]

    @cached_property
    def is_plain(self) -> bool:
        """Whether it hides every point of its box: a rectangle that nothing shows through."""
        return (
            self.is_solid
            and self._fill is not None
            and self._fill[1] == _OPAQUE
            and _is_rectangle(self.handle, self.matrix)
            and not raw.FPDFPageObj_HasTransparency(self.handle)
        )


def painted_on(page: Any, limit: int) -> list[Painted]:
    """The objects that a page paints, in order: text, and all that is large enough to cover some.

    Raises TooManyObjects for a page with more objects than the limit.
    """
    found: list[Painted] = []
    left = limit
    for handle, matrix, is_solid in _objects(page):
        left -= 1
        if left < 0:
            raise TooManyObjects
        kind = raw.FPDFPageObj_GetType(handle)
        box = _bounds(handle, matrix)
        is_large = box.right - box.left >= _THIN and box.top - box.bottom >= _THIN
        if is_large or kind == raw.FPDF_PAGEOBJ_TEXT:
            found.append(Painted(len(found), kind, handle, box, matrix, is_solid))
    found.extend(_annotations(page))
    return found


def address_of(handle: Any) -> int:
    """The address of an object, by which it is known again."""
    return addressof(handle.contents)


def fill_colour(handle: Any) -> tuple[Colour, int] | None:
    """The colour that fills an object, and how opaque, 0 to 255; None for patterns."""
    return _colour(raw.FPDFPageObj_GetFillColor, handle)


def stroke_colour(handle: Any) -> tuple[Colour, int] | None:
    """The colour of an object's lines, and how opaque, 0 to 255; None for patterns."""
    return _colour(raw.FPDFPageObj_GetStrokeColor, handle)


def _colour(get: Any, handle: Any) -> tuple[Colour, int] | None:
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not get(handle, byref(red), byref(green), byref(blue), byref(alpha)):
        return None
    return (red.value, green.value, blue.value), alpha.value


def _objects(page: Any) -> Iterator[tuple[Any, Matrix, bool]]:
    """Objects with the matrix of the form that they stand in, and whether that form is solid."""
    count = raw.FPDFPage_CountObjects(page.raw)
    for index in range(count):
        handle = raw.FPDFPage_GetObject(page.raw, index)
        yield from _opened(handle, _IDENTITY, depth=0, is_solid=True)


def _opened(
    handle: Any, matrix: Matrix, *, depth: int, is_solid: bool
) -> Iterator[tuple[Any, Matrix, bool]]:
    if raw.FPDFPageObj_GetType(handle) != raw.FPDF_PAGEOBJ_FORM:
        yield handle, matrix, is_solid
        return
    if depth == _MAX_DEPTH:
        raise TooManyObjects
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, byref(own))
    inner = _product((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    is_solid = is_solid and not raw.FPDFPageObj_HasTransparency(handle)
    for index in range(raw.FPDFFormObj_CountObjects(handle)):
        child = raw.FPDFFormObj_GetObject(handle, index)
        yield from _opened(child, inner, depth=depth + 1, is_solid=is_solid)


def _clip(handle: Any) -> Rectangle | None:
    """The box of an object's clip in the space of its form."""
    clip = raw.FPDFPageObj_GetClipPath(handle)
    count = raw.FPDFClipPath_CountPaths(clip) if clip else 0
    box: Rectangle | None = None
    for index in range(max(count, 0)):
        segments = raw.FPDFClipPath_CountPathSegments(clip, index)
        points = [
            _point(raw.FPDFClipPath_GetPathSegment(clip, index, number))
            for number in range(max(segments, 0))
        ]
        around = _around(points)
        box = around if box is None else box.cut(around)
    return box


def _is_rectangle(handle: Any, matrix: Matrix) -> bool:
    """Whether a path is one rectangle with its sides along those of the page."""
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, byref(own))
    a, b, c, d, _e, _f = _product((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    size = max(abs(a), abs(b), abs(c), abs(d)) * 1e-3
    if not (abs(b) <= size >= abs(c) or abs(a) <= size >= abs(d)):
        return False
    count = raw.FPDFPath_CountSegments(handle)
    if count not in _CORNERS:
        return False
    points = []
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(handle, index)
        wanted = raw.FPDF_SEGMENT_LINETO if index else raw.FPDF_SEGMENT_MOVETO
        if raw.FPDFPathSegment_GetType(segment) != wanted:
            return False
        points.append(_point(segment))
    around = _around(points)
    corners = {(x, y) for x in (around.left, around.right) for y in (around.bottom, around.top)}
    return set(points) == corners


def _annotations(page: Any) -> Iterator[Painted]:
    """Annotations that may cover words: they are painted over everything."""
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        if not note:
            continue
        rect = raw.FS_RECTF()
        kind = raw.FPDFAnnot_GetSubtype(note)
        is_seen = not raw.FPDFAnnot_GetFlags(note) & _UNSEEN_FLAGS
        if is_seen and kind not in _MARKING and raw.FPDFAnnot_GetRect(note, byref(rect)):
            left, right = sorted((rect.left, rect.right))
            bottom, top = sorted((rect.bottom, rect.top))
            box = Rectangle(left, bottom, right, top)
            yield Painted(float("inf"), raw.FPDF_PAGEOBJ_UNKNOWN, None, box)
        raw.FPDFPage_CloseAnnot(note)


def _bounds(handle: Any, matrix: Matrix) -> Rectangle:
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    if not raw.FPDFPageObj_GetBounds(handle, byref(left), byref(bottom), byref(right), byref(top)):
        return Rectangle(0, 0, 0, 0)
    return _moved(Rectangle(left.value, bottom.value, right.value, top.value), matrix)


def _point(segment: Any) -> tuple[float, float]:
    x, y = c_float(), c_float()
    raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
    return x.value, y.value


def _around(points: list[tuple[float, float]]) -> Rectangle:
    if not points:
        return Rectangle(0, 0, 0, 0)
    across, along = [x for x, _y in points], [y for _x, y in points]
    return Rectangle(min(across), min(along), max(across), max(along))


def _moved(box: Rectangle, matrix: Matrix) -> Rectangle:
    if matrix == _IDENTITY:
        return box
    a, b, c, d, e, f = matrix
    return _around(
        [
            (a * x + c * y + e, b * x + d * y + f)
            for x in (box.left, box.right)
            for y in (box.bottom, box.top)
        ]
    )


def _product(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does the first and then the other."""
    a, b, c, d, e, f = first
    k, m, n, p, q, r = then
    return (
        a * k + b * n,
        a * m + b * p,
        c * k + d * n,
        c * m + d * p,
        e * k + f * n + q,
        e * m + f * p + r,
    )
