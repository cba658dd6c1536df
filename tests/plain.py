"""Plain texts as layers keep them, for tests that need no row."""

from sources.domain.grading.quotes import FoldedText
from sources.extraction.layer import as_layer
from sources.extraction.plain_text import read_plain_text
from sources.extraction.reader_types import File


def file_of(data: bytes, media_type: str = "text/plain") -> File:
    """A file as its reader gets it."""
    return File(data, "The file a.txt", media_type, characters=20_000_000)


def layer_of(data: bytes) -> FoldedText:
    """The text of a file with its apparatus, as quotes are graded in it."""
    layer = as_layer(read_plain_text(file_of(data)))
    return FoldedText(layer.text, layer.apparatus, layer.doubts)
