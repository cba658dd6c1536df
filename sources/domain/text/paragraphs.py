"""The text around a place, cut where a reader would begin and stop reading."""

import re

# A blank line, or the end of a page.
BREAK = re.compile(r"\s*\n[^\S\n]*\n\s*|\s*\f\s*")
_LINE_END = re.compile(r"[^\S\n]*\n[^\S\n]*")


def paragraph_before(text: str, least: int) -> str:
    """The end of a text that stands before a place: its paragraph, and at least so much.

    A paragraph of fewer than `least` code points brings the whole one before it, so that the
    sentence before the place is there. Where the text has no such break, all of it is returned.
    """
    ends = [found.end() for found in BREAK.finditer(text)]
    return text[next((end for end in reversed(ends) if len(text) - end >= least), 0) :]


def paragraph_after(text: str, least: int) -> str:
    """The beginning of a text that stands after a place: the counterpart of `paragraph_before`."""
    begins = (found.start() for found in BREAK.finditer(text))
    return text[: next((begin for begin in begins if begin >= least), len(text))]


def as_paragraphs(text: str) -> str:
    """The text with its lines run together, and an empty line between paragraphs."""
    broken = BREAK.sub("\n\n", text)
    return "\n\n".join(_LINE_END.sub(" ", paragraph) for paragraph in broken.split("\n\n"))
