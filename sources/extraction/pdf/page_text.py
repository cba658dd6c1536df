"""The text of a page of a PDF."""

from collections.abc import Callable
from typing import Any

from sources.extraction.pdf.characters import (
    PageText,
    as_page_text,
    judge_hyphens,
    read_characters,
)
from sources.extraction.pdf.leftwards import turn_back
from sources.extraction.pdf.raised_figures import position_of, raise_figures


def read_page(page: Any, is_hidden: Callable[[int], bool] = lambda _index: False) -> PageText:
    """The text of a page (a PdfTextPage), with its apparatus.

    `is_hidden` says of a character's index whether no reader of the page sees it.
    """
    characters = read_characters(page, is_hidden)
    raise_figures(page, characters)
    turn_back(characters, lambda character: position_of(page, character.index))
    judge_hyphens(characters)
    return as_page_text(characters)
