"""The text of a page of a PDF."""

from collections.abc import Callable
from typing import Any

from sources.extraction.pdf.cells import mark_cells
from sources.extraction.pdf.characters import (
    PageText,
    as_page_text,
    read_characters,
)
from sources.extraction.pdf.flat_figures import doubt_flat_figures
from sources.extraction.pdf.glyphs import Glyphs
from sources.extraction.pdf.hidden import mark_hidden
from sources.extraction.pdf.leftwards import turn_back
from sources.extraction.pdf.note_links import NoteLinks
from sources.extraction.pdf.raised_figures import raise_figures


def read_page(page: Any, is_hidden: Callable[[int], bool], links: NoteLinks) -> PageText:
    """The text of a page (a PdfTextPage), with its apparatus and its doubtful places.

    `is_hidden` says of a character's index whether no reader of the page sees it; `links` are
    those of the page that lead to a place in the same file.
    """
    characters = read_characters(page)
    seen = mark_hidden(characters, is_hidden)
    glyphs = Glyphs(page)
    raise_figures(glyphs, seen, links)
    doubt_flat_figures(page, glyphs, seen)
    mark_cells(glyphs, seen)
    turn_back(seen, lambda one: (glyphs[one.index].x, glyphs[one.index].y))
    return as_page_text(characters)
