"""Reading web pages: trafilatura chooses what the main text is, our own walk writes it down.

trafilatura's own text runs cells together, flattens 10⁶ to 106 and can lose words. So each run of
the page is marked in the tree that it gets, and the runs whose marks it keeps are the main text.
"""

import re

from sources.extraction.encoding import charset_of, decoded
from sources.extraction.html.main import main_runs
from sources.extraction.html.metadata import page_metadata
from sources.extraction.html.runs import Runs
from sources.extraction.html.tree import parsed, written
from sources.extraction.reader_types import Content, File, Unreadable

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.I)
_XML_SAYS = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:+-]{1,40})", re.I)
_BEGINNING = 8192


def read_html(file: File) -> Content:
    """The main text of a web page, its tables included, comments of readers left out.

    Where no main text is found it is the text of the whole page, and the metadata say so. Raises
    Unreadable.
    """
    source = decoded(file, declared=_charsets(file))
    tree = parsed(file, source.text)
    runs = Runs(tree).found
    if not runs:
        raise Unreadable("empty", f"{file.name} shows no text. Load a page that does.")
    metadata = page_metadata(tree)
    chosen = main_runs(tree, runs, metadata.get("title", ""))
    if not chosen:
        metadata["main_text"] = "not found: the text is that of the whole page"
    text, spans = written(chosen or runs)
    return Content(text, spans=spans, metadata=metadata | source.metadata(text))


def _charsets(file: File) -> list[str]:
    """Encodings that are declared: by the server, then by the page itself."""
    beginning = file.data[:_BEGINNING]
    found = [match.group(1).decode("ascii") for match in _META.finditer(beginning)]
    found += [match.group(1).decode("ascii") for match in _XML_SAYS.finditer(beginning)]
    # A page in UTF-16 could not have been read so far: what says so means UTF-8.
    inside = [name for name in found if not name.lower().startswith("utf-16")]
    return [charset_of(file.media_type), *inside]
