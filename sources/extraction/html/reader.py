"""Reading web pages: trafilatura chooses what the main text is, our own walk writes it down.

trafilatura's own text runs cells together, flattens 10⁶ to 106 and can lose words. So each run of
the page is marked in the tree that it gets, and the runs whose marks it keeps are the main text.
"""

import re
from typing import Any

from sources.domain.text.completeness import measured
from sources.domain.text.spans import Span
from sources.extraction.encoding import charset_of, decoded
from sources.extraction.html.main import main_runs
from sources.extraction.html.metadata import page_metadata
from sources.extraction.html.runs import Run, Runs
from sources.extraction.html.tree import parsed, written
from sources.extraction.html.visible_words import VisibleWords, visible_words
from sources.extraction.reader_types import Content, File, Unreadable

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.I)
_XML_SAYS = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:+-]{1,40})", re.I)
_BEGINNING = 8192
# A main text with fewer of the words that the page shows may have lost an article.
_SMALL_PART = 0.5


def read_html(file: File) -> Content:
    """The main text of a web page, its tables included, comments of readers left out.

    Where less than half of the words that the page shows were kept, it is all of the page but
    navigation and the like; where no main text is found, the whole page. The metadata say so.
    Raises Unreadable.
    """
    return _read(file, is_whole=False)


def read_whole_html(file: File) -> Content:
    """All that a web page shows, navigation and comments included. Raises Unreadable."""
    return _read(file, is_whole=True)


def _read(file: File, *, is_whole: bool) -> Content:
    source = decoded(file, declared=_charsets(file))
    tree = parsed(file, source.text)
    runs = Runs(tree).found
    if not runs:
        raise Unreadable("empty", f"{file.name} shows no text. Load a page that does.")
    metadata = page_metadata(tree)
    words = visible_words(tree)
    if is_whole:
        text, spans = written(runs)
        metadata["main_text"] = "not chosen: the text is that of the whole page"
    else:
        text, spans = _main_text(tree, runs, words, metadata)
    return Content(
        text,
        spans=spans,
        completeness=measured(words.pieces, text, aside=words.aside),
        metadata=metadata | source.metadata(text),
    )


def _main_text(
    tree: Any, runs: list[Run], words: VisibleWords, metadata: dict[str, Any]
) -> tuple[str, tuple[Span, ...]]:
    """The text of the main runs of a page, or of more where these are a small part of it.

    Changes the tree, and says in the metadata what was taken instead.
    """
    chosen = main_runs(tree, runs, metadata.get("title", ""))
    if not chosen:
        metadata["main_text"] = "not found: the text is that of the whole page"
        return written(runs)
    text, spans = written(chosen)
    if measured(words.pieces, text).share >= _SMALL_PART:
        return text, spans
    kept = {id(run) for run in chosen}
    for has_comments in (False, True):
        body = [
            run
            for run in runs
            if id(run) in kept or words.is_body(run.block, has_comments=has_comments)
        ]
        wider, wider_spans = written(body)
        if has_comments or measured(words.pieces, wider).share >= _SMALL_PART:
            break
    if len(body) == len(chosen):
        return text, spans
    metadata["main_text"] = "a small part: the text is that of the page without its navigation"
    return wider, wider_spans


def _charsets(file: File) -> list[str]:
    """Encodings that are declared: by the server, then by the page itself."""
    beginning = file.data[:_BEGINNING]
    found = [match.group(1).decode("ascii") for match in _META.finditer(beginning)]
    found += [match.group(1).decode("ascii") for match in _XML_SAYS.finditer(beginning)]
    # A page in UTF-16 could not have been read so far: what says so means UTF-8.
    inside = [name for name in found if not name.lower().startswith("utf-16")]
    return [charset_of(file.media_type), *inside]
