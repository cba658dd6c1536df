"""Reading plain text: the characters as they are."""

from sources.extraction.encoding import charset_of, decoded
from sources.extraction.reader_types import Content, File, Unreadable


def read_plain_text(file: File) -> Content:
    """The text of a file; form feeds in it part its pages. Raises Unreadable."""
    text, encoding = decoded(file, declared=[charset_of(file.media_type)])
    if "\0" in text:
        raise Unreadable(
            "nul",
            f"{file.name} holds a NUL character at position {text.index(chr(0))}, so it is no "
            "plain text. Save it as plain text in UTF-8.",
        )
    if not text.strip():
        raise Unreadable("empty", f"{file.name} has no text. Load a file that has.")
    return Content(text, metadata={"encoding": encoding})
