"""The QR code of a sheet's short address, for paper: the same address, the same bytes."""

from io import BytesIO
from typing import Any

import segno

# A quarter of the code may be lost before it cannot be read: paper is folded and copied.
_CORRECTION = "q"
_QUIET_ZONE = 4  # modules of white around it, as ISO/IEC 18004 asks


def qr_svg(address: str) -> str:
    """The code as an SVG document, its width that of its container."""
    return _written(address, kind="svg", xmldecl=False, omitsize=True).decode()


def qr_png(address: str) -> bytes:
    """The code as a PNG, for formats that take no SVG."""
    return _written(address, kind="png", scale=6)


def _written(address: str, **options: Any) -> bytes:
    """The code in one format."""
    file = BytesIO()
    code = segno.make(address, error=_CORRECTION, micro=False)
    code.save(file, border=_QUIET_ZONE, dark="#000", light="#fff", **options)
    return file.getvalue()
