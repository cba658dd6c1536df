"""Find the words of a PDF that its pages do not show.

Hidden is what is covered, has the colour of its ground, is drawn with no ink, stands outside of the
page or of its clip, is smaller than anybody reads, or belongs to a layer that is switched off. What
paints a page and in which order says where that may be; where it does not say enough, a picture
of the page tells whether anything shows at that place.

The text under the picture of a page that was scanned is no hidden text: it is what the picture
shows. It counts as standing where the picture does, so that a box over the picture hides it. So is
the text without ink of a page whose letters are drawn as shapes.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from ctypes import byref, c_double, c_ulong, c_ushort
from functools import cached_property
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from sources.extraction.pdf.characters import Character
from sources.extraction.pdf.painted import (
    Colour,
    Painted,
    Rectangle,
    TooManyObjects,
    address_of,
    fill_colour,
    painted_on,
    stroke_colour,
)
from sources.extraction.pdf.picture import PagePicture, Undrawable, is_opaque
from sources.vocabulary import ApparatusKind

MAX_OBJECTS = 20_000  # of one page
MAX_DOCUMENT_OBJECTS = 400_000
MAX_PICTURES = 40  # pages of one document that are drawn
_MAX_COMPARED = 2_000_000  # objects held against each other on one page

_TOO_SMALL = 1.0  # points
_NO_INK = 5  # of 255: how opaque letters are that nobody sees
_SAME = 10  # of 255: how far apart colours are that nobody tells apart
_SCAN = 0.5  # of a page that pictures cover, for it to be one that was scanned
_INNER = 0.2  # of a letter's box on each side, which may stand out
_BAND = 40.0  # points
_TWIN = 2.0  # points between two drawings of the same words
_OC_SIZE = 6  # bytes of the name of a mark of layers
_WHITE: Colour = (255, 255, 255)
_STROKED = (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP)


def mark_hidden(
    characters: Sequence[Character], is_hidden: Callable[[int], bool]
) -> list[Character]:
    """Name the hidden words among the characters of a page, and return all others.

    White space between two hidden words is hidden with them; what has neither letter nor digit is
    no word.
    """
    runs: list[list[Character]] = [[]]
    between: list[Character] = []
    for one in characters:
        if is_hidden(one.index):
            runs[-1] += [*between, one] if runs[-1] else [one]
            between = []
        elif one.read.isspace():
            between.append(one)
        else:
            runs.append([])
            between = []
    for run in runs:
        if any(one.read.isalnum() for one in run):
            for one in run:
                one.kind = ApparatusKind.HIDDEN
    return [one for one in characters if one.kind != ApparatusKind.HIDDEN]


class _Verdict(NamedTuple):
    """A piece of text: hidden or seen as a whole, or asked of each letter.

    `covers` are painted over some of it, `inside` is where it is seen at all. `is_doubtful`: a
    picture of the page decides.
    """

    is_hidden: bool = False
    covers: tuple[Painted, ...] = ()
    inside: Rectangle | None = None
    is_doubtful: bool = False

    @property
    def is_settled(self) -> bool:
        return self.is_hidden or not (self.covers or self.inside or self.is_doubtful)


class HiddenText:
    """Looks for hidden words on the pages of one document.

    `unexamined` are the numbers of the pages, from 1, that have too much on them, or that could not
    be drawn: on these what is covered or has the colour of its ground may not have been found.
    """

    def __init__(self) -> None:
        self.unexamined: list[int] = []
        self._objects = MAX_DOCUMENT_OBJECTS
        self._pictures = MAX_PICTURES

    def on(self, page: Any, text_page: Any, number: int) -> Callable[[int], bool]:
        """Return a function that says, by the index of a character, whether it is hidden."""

        def miss() -> None:
            if number not in self.unexamined:
                self.unexamined.append(number)

        def draw() -> PagePicture | None:
            if self._pictures <= 0:
                miss()
                return None
            self._pictures -= 1
            try:
                return PagePicture(page)
            except (Undrawable, pypdfium2.PdfiumError):
                miss()
                return None

        painted: list[Painted] = []
        try:
            painted = painted_on(page, min(MAX_OBJECTS, self._objects))
            self._objects -= len(painted)
        except TooManyObjects:
            miss()
        return _Page(page, text_page, painted, draw, miss).is_hidden


class _Page:
    """One page: what it paints, and what of its text is hidden."""

    def __init__(
        self,
        page: Any,
        text_page: Any,
        painted: Sequence[Painted],
        draw: Callable[[], PagePicture | None],
        miss: Callable[[], None],
    ) -> None:
        self._page, self._text_page, self._painted = page, text_page, painted
        self._draw, self._miss = draw, miss
        self._box = Rectangle(*page.get_bbox())
        self._verdicts: dict[int, _Verdict] = {}
        self._compared = 0
        self._opaque: dict[int, bool] = {}

    def is_hidden(self, index: int) -> bool:
        """Whether no reader of the page sees a character."""
        handle = self._text_page.raw
        if raw.FPDFText_IsGenerated(handle, index):
            return False  # a space or line end that pdfium found, without a place
        drawn = raw.FPDFText_GetTextObject(handle, index)
        if not drawn:
            return not self._around.holds(self._letter(index).centre)
        place = address_of(drawn)
        verdict = self._verdicts.get(place)
        if verdict is None:
            verdict = self._verdicts[place] = self._judge(index, self._texts.get(place), drawn)
        if verdict.is_settled:
            return verdict.is_hidden
        return self._is_letter_hidden(verdict, self._letter(index))

    @cached_property
    def _around(self) -> Rectangle:
        return Rectangle(
            self._box.left - 1, self._box.bottom - 1, self._box.right + 1, self._box.top + 1
        )

    @cached_property
    def _texts(self) -> dict[int, Painted]:
        return {
            address_of(one.handle): one
            for one in self._painted
            if one.kind == raw.FPDF_PAGEOBJ_TEXT
        }

    @cached_property
    def _covers(self) -> dict[int, list[Painted]]:
        """All that is no text, by the bands of the page that it reaches into."""
        bands: dict[int, list[Painted]] = defaultdict(list)
        for one in self._painted:
            box = one.bounds.cut(self._around)
            if one.kind != raw.FPDF_PAGEOBJ_TEXT and box.area > 0:
                for band in range(int(box.bottom // _BAND), int(box.top // _BAND) + 1):
                    bands[band].append(one)
        return bands

    @cached_property
    def _pictures(self) -> list[Painted]:
        return [one for one in self._painted if one.kind == raw.FPDF_PAGEOBJ_IMAGE]

    @cached_property
    def _is_scan(self) -> bool:
        covered = sum(one.box.cut(self._box).area for one in self._pictures)
        return covered >= _SCAN * max(1.0, self._box.area)

    @cached_property
    def _drawing(self) -> PagePicture | None:
        return self._draw()

    def _judge(self, index: int, text: Painted | None, drawn: Any) -> _Verdict:
        """The verdict on a piece of text by itself, of which one letter has this index."""
        mode = raw.FPDFTextObj_GetTextRenderMode(drawn)
        found = stroke_colour(drawn) if mode in _STROKED else fill_colour(drawn)
        colour, alpha = found or (None, 255)
        has_no_ink = mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE
        has_paint = has_no_ink or mode == raw.FPDF_TEXTRENDERMODE_CLIP or alpha > _NO_INK
        if not has_paint or self._is_too_small(index):
            return _Verdict(is_hidden=True)
        covers = None if text is None else self._meeting(text.bounds)
        if text is None or covers is None:  # of a page with too much on it: not looked at
            return _Verdict(is_hidden=False, inside=self._around)
        under = [
            one.order
            for one in covers
            if one.kind == raw.FPDF_PAGEOBJ_IMAGE
            and one.box.holds(text.bounds.centre)
            and (has_no_ink or (self._is_scan and one.order > text.order))
        ]
        is_outlined = has_no_ink and not under and any(map(_may_be_letters, covers))
        if has_no_ink and not (under or is_outlined):
            return _Verdict(is_hidden=True)
        order = max(under) if has_no_ink and under else max([text.order, *under])
        over = () if is_outlined else tuple(one for one in covers if one.order > order)
        if over and not under and self._is_drawn_again(text, max(one.order for one in over)):
            over = ()
        may_be_ground = (
            not (under or has_no_ink) and colour is not None and _is_ground(text, colour, covers)
        )
        return _Verdict(
            covers=over,
            inside=self._inside(text),
            is_doubtful=is_outlined or may_be_ground or _is_switched(drawn),
        )

    def _is_letter_hidden(self, verdict: _Verdict, letter: Rectangle) -> bool:
        if verdict.inside is not None and not verdict.inside.holds(letter.centre):
            return True
        core = letter.shrunk(_INNER)
        over = [one for one in verdict.covers if one.box.holds(core)]
        if any(one.is_plain for one in over):
            return True
        if not (over or verdict.is_doubtful) or self._drawing is None:
            return False
        return self._drawing.is_even(letter) or any(self._is_opaque_picture(one) for one in over)

    def _inside(self, text: Painted) -> Rectangle | None:
        """The part of the page where a text is seen; None where that is all of it."""
        clip = text.clip
        seen = self._box if clip is None else self._box.cut(clip)
        seen = Rectangle(seen.left - 1, seen.bottom - 1, seen.right + 1, seen.top + 1)
        return None if seen.holds(text.bounds) else seen

    def _meeting(self, box: Rectangle) -> list[Painted] | None:
        """All that is painted at some place of a box, in order and without text.

        None where that takes more comparisons than a page is given.
        """
        found: dict[int, Painted] = {}
        box_here = box.cut(self._around)
        for band in range(int(box_here.bottom // _BAND), int(box_here.top // _BAND) + 1):
            near = self._covers.get(band, ())
            self._compared += len(near)
            if self._compared > _MAX_COMPARED:
                self._miss()
                return None
            found.update({id(one): one for one in near if one.box.meets(box)})
        return sorted(found.values(), key=lambda one: one.order)

    def _is_drawn_again(self, text: Painted, order: float) -> bool:
        """Whether the same words stand at the same place once more, over what covers these."""
        words = ""
        for other in self._texts.values():
            if other.order > order and all(
                abs(mine - its) <= _TWIN
                for mine, its in zip(text.bounds, other.bounds, strict=True)
            ):
                words = words or self._words(text)
                if self._words(other) in (words, ""):  # pdfium reads words that repeat others once
                    return True
        return False

    def _words(self, text: Painted) -> str:
        handle = self._text_page.raw
        size = raw.FPDFTextObj_GetText(text.handle, handle, None, 0)
        buffer = (c_ushort * max(1, size // 2))()
        raw.FPDFTextObj_GetText(text.handle, handle, buffer, size)
        return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")

    def _is_opaque_picture(self, cover: Painted) -> bool:
        """Whether a picture that is not the page that was scanned hides what is under it."""
        if cover.kind != raw.FPDF_PAGEOBJ_IMAGE or self._is_scan:
            return False
        known = self._opaque.get(id(cover))
        if known is None:
            known = self._opaque[id(cover)] = is_opaque(self._page, cover)
        return known

    def _is_too_small(self, index: int) -> bool:
        box = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(self._text_page.raw, index, byref(box))
        size = max(abs(box.top - box.bottom), abs(box.right - box.left))
        return 0 < size < _TOO_SMALL

    def _letter(self, index: int) -> Rectangle:
        left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
        raw.FPDFText_GetCharBox(
            self._text_page.raw, index, byref(left), byref(right), byref(bottom), byref(top)
        )
        return Rectangle(left.value, bottom.value, right.value, top.value)


def _is_ground(text: Painted, colour: Colour, covers: Sequence[Painted]) -> bool:
    """Whether a text may have the colour of what it stands on."""
    for under in reversed(covers):
        if under.order < text.order and under.box.holds(text.bounds.centre):
            if under.is_plain and under.box.holds(text.bounds):
                return _is_same(colour, under.colour)
            if under.colour is None or _is_same(colour, under.colour):
                return True
    return _is_same(colour, _WHITE)


def _may_be_letters(cover: Painted) -> bool:
    """Whether it may be letters drawn as shapes, which a text without ink repeats."""
    is_drawn = cover.kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING)
    return is_drawn and not cover.is_plain


def _is_same(one: Colour, other: Colour | None) -> bool:
    return other is not None and all(
        abs(mine - its) <= _SAME for mine, its in zip(one, other, strict=True)
    )


def _is_switched(drawn: Any) -> bool:
    """Whether a text belongs to a layer that may be switched off."""
    for index in range(raw.FPDFPageObj_CountMarks(drawn)):
        buffer, size = (c_ushort * 4)(), c_ulong()
        mark = raw.FPDFPageObj_GetMark(drawn, index)
        raw.FPDFPageObjMark_GetName(mark, buffer, 8, byref(size))
        if size.value == _OC_SIZE and bytes(buffer)[:4].decode("utf-16-le") == "OC":
            return True
    return False
