"""Links of a PDF page that lead to a place in the same file, as the marks of notes do."""

from ctypes import byref, c_int
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

_MARGIN = 0.5  # points around a link in which a mark is still its
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class NoteLinks:
    """The areas of a page's inner links: left, right, bottom, top."""

    areas: tuple[tuple[float, float, float, float], ...] = ()

    def ties(self, mark: tuple[float, float], before: tuple[float, float] | None) -> bool:
        """Whether a link begins between these two places of the page and has the first in it."""
        return any(
            _is_in(area, mark) and (before is None or not _is_in(area, before))
            for area in self.areas
        )


def note_links(document: Any, page: Any) -> NoteLinks:
    """The inner links of a page (a PdfPage)."""
    areas: list[tuple[float, float, float, float]] = []
    position, link = c_int(0), raw.FPDF_LINK()
    while len(areas) < _MOST and raw.FPDFLink_Enumerate(page.raw, byref(position), byref(link)):
        area = raw.FS_RECTF()
        if not raw.FPDFLink_GetDest(document.raw, link):
            continue
        if raw.FPDFLink_GetAnnotRect(link, byref(area)):
            areas.append((area.left, area.right, area.bottom, area.top))
    return NoteLinks(tuple(areas))


def _is_in(area: tuple[float, float, float, float], place: tuple[float, float]) -> bool:
    left, right, bottom, top = area
    x, y = place
    return (
        left - _MARGIN <= x <= right + _MARGIN
        and min(bottom, top) - _MARGIN <= y <= max(bottom, top) + _MARGIN
    )
