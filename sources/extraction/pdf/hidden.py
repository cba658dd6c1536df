"""Detect invisible characters of a PDF page: off the page, drawn with no ink, switched off.

What is drawn over, cut off, or white on white is not detected; that would take drawing the page.
"""

from collections.abc import Callable
from ctypes import addressof, byref, c_double, c_uint
from typing import Any

from pypdfium2 import raw

_NO_INK = raw.FPDF_TEXTRENDERMODE_INVISIBLE


def hidden_on(page: Any, text_page: Any) -> Callable[[int], bool]:
    """Return a function that says, by the index of a character on a page, whether it is hidden.

    The text under the picture of a page that was scanned has no ink and is what the picture shows,
    so it is hidden only on a page without a picture.
    """
    left, bottom, right, top = page.get_bbox()
    is_scan = any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
    known: dict[int, bool] = {}
    handle = text_page.raw
    x, y = c_double(), c_double()

    def is_hidden(index: int) -> bool:
        if raw.FPDFText_IsGenerated(handle, index):
            return False  # a space or line end that pdfium found, without a place
        raw.FPDFText_GetCharOrigin(handle, index, byref(x), byref(y))
        if not (left - 1 <= x.value <= right + 1 and bottom - 1 <= y.value <= top + 1):
            return True
        drawn = raw.FPDFText_GetTextObject(handle, index)
        if not drawn:
            return False
        place = addressof(drawn.contents)
        if place not in known:
            known[place] = _has_no_ink(drawn, is_scan=is_scan)
        return known[place]

    return is_hidden


def _has_no_ink(drawn: Any, *, is_scan: bool) -> bool:
    mode = raw.FPDFTextObj_GetTextRenderMode(drawn)
    if mode == _NO_INK:
        return not is_scan
    if mode != raw.FPDF_TEXTRENDERMODE_FILL:
        return False
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    found = raw.FPDFPageObj_GetFillColor(drawn, byref(red), byref(green), byref(blue), byref(alpha))
    return bool(found) and alpha.value == 0
