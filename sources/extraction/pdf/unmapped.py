"""Fonts of a PDF without a map from their glyphs to letters."""

from typing import Any

from pypdfium2 import raw


def unmapped_share(page: Any) -> float:
    """How many of the signs of a page (a PdfTextPage) have a font that does not say which they are,
    0 to 1.

    pdfium then gives the number of the glyph as if it were a letter.
    """
    has_error, is_generated = raw.FPDFText_HasUnicodeMapError, raw.FPDFText_IsGenerated
    unicode_of, handle = raw.FPDFText_GetUnicode, page.raw
    signs = unmapped = 0
    for index in range(page.count_chars()):
        if unicode_of(handle, index) != 0x20 and not is_generated(handle, index):
            signs += 1
            unmapped += has_error(handle, index) == 1
    return unmapped / signs if signs else 0.0
