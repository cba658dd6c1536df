"""Reading plain text: the characters as they are."""

from sources.domain.text.completeness import Completeness, count_words
from sources.extraction.encoding import charset_of, decoded
from sources.extraction.reader_types import Content, File, Unreadable


def read_plain_text(file: File) -> Content:
    """The text of a file; form feeds in it part its pages. Raises Unreadable."""
    source = decoded(file, declared=[charset_of(file.media_type)], keeps_controls=True)
    text = source.text
    if not text.strip():
        raise Unreadable("empty", f"{file.name} has no text. Load a file that has.")
    counted = count_words(text)
    return Content(
        text, completeness=Completeness(counted, counted), metadata=source.metadata(text)
    )
