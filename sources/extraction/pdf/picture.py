"""A picture of a page of a PDF, drawn to see whether anything shows at a place."""

import time
from ctypes import byref, c_int
from typing import Any

import pypdfium2
from pypdfium2 import raw

from sources.extraction.pdf.painted import Painted, Rectangle

_SCALE = 2.0  # pixels to a point
_MOST_PIXELS = 6_000_000
_SECONDS = 5.0  # that drawing one page may take
_SAME = 12  # of 255: two colours that nobody tells apart
_SAMPLED = 32  # rows of a picture that are looked at
_EDGE = 1.0  # points around a place that are looked at too


class Undrawable(Exception):
    """A page that cannot be drawn in the time that is given."""


class PagePicture:
    """A page drawn with its annotations, on white. Raises Undrawable."""

    def __init__(self, page: Any) -> None:
        self._page = page
        width, height = page.get_size()
        scale = min(_SCALE, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        self._size = max(1, int(width * scale)), max(1, int(height * scale))
        bitmap = pypdfium2.PdfBitmap.new_native(*self._size, raw.FPDFBitmap_BGRx)
        raw.FPDFBitmap_FillRect(bitmap.raw, 0, 0, *self._size, 0xFFFFFFFF)
        ends = time.monotonic() + _SECONDS

        def is_late(_pause: Any) -> int:
            return int(time.monotonic() > ends)

        callback = dict(raw.IFSDK_PAUSE._fields_)["NeedToPauseNow"]
        pause = raw.IFSDK_PAUSE(version=1, NeedToPauseNow=callback(is_late))
        status = raw.FPDF_RenderPageBitmap_Start(
            bitmap.raw, page.raw, 0, 0, *self._size, 0, raw.FPDF_ANNOT, byref(pause)
        )
        raw.FPDF_RenderPage_Close(page.raw)
        if status != raw.FPDF_RENDER_DONE:
            raise Undrawable
        self._stride = bitmap.stride
        self._pixels = bytes(bitmap.buffer)

    def is_even(self, box: Rectangle) -> bool:
        """Whether a place is all in one colour, so that no words can be read there."""
        x0, y0 = self._pixel(box.left - _EDGE, box.top + _EDGE)
        x1, y1 = self._pixel(box.right + _EDGE, box.bottom - _EDGE)
        left, right = max(0, min(x0, x1)), min(self._size[0], max(x0, x1) + 1)
        top, bottom = max(0, min(y0, y1)), min(self._size[1], max(y0, y1) + 1)
        least, most = [255] * 3, [0] * 3
        for row in range(top, bottom):
            begin = row * self._stride
            line = self._pixels[begin + 4 * left : begin + 4 * right]
            for channel in range(3):
                values = line[channel::4]
                if values:
                    least[channel] = min(least[channel], min(values))
                    most[channel] = max(most[channel], max(values))
            if any(high - low > _SAME for low, high in zip(least, most, strict=True)):
                return False
        return True

    def _pixel(self, x: float, y: float) -> tuple[int, int]:
        across, down = c_int(), c_int()
        raw.FPDF_PageToDevice(
            self._page.raw, 0, 0, *self._size, 0, x, y, byref(across), byref(down)
        )
        return across.value, down.value


def is_opaque(page: Any, cover: Painted) -> bool:
    """Whether a picture on a page lets nothing show through, its mask considered."""
    if raw.FPDFPageObj_HasTransparency(cover.handle):
        return False
    drawn = raw.FPDFImageObj_GetRenderedBitmap(page.pdf.raw, page.raw, cover.handle)
    if not drawn:
        return False
    bitmap = pypdfium2.PdfBitmap.from_raw(drawn)
    try:
        if bitmap.n_channels < 4 or bitmap.format == raw.FPDFBitmap_BGRx:
            return True
        pixels = bytes(bitmap.buffer)
        rows = range(0, bitmap.height, max(1, bitmap.height // _SAMPLED))
        return all(
            min(pixels[row * bitmap.stride + 3 : row * bitmap.stride + 4 * bitmap.width : 4]) > 250
            for row in rows
        )
    finally:
        bitmap.close()
