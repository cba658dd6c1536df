"""Reading web pages: trafilatura chooses what the main text is, our own walk writes it down.

trafilatura's own text runs cells together, flattens 10⁶ to 106 and can lose words. So each run of
the page is marked in the tree that it gets, and the runs whose marks it keeps are the main text.
"""

import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from sources.domain.apparatus import Span
from sources.extraction.encoding import charset_of, decoded
from sources.extraction.html_main import main_runs
from sources.extraction.html_metadata import page_metadata
from sources.extraction.html_runs import Run, Runs
from sources.extraction.reading import Content, File, Unreadable

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.I)
_XML_SAYS = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:+-]{1,40})", re.I)
_BEGINNING = 8192


def read(file: File) -> Content:
    """The main text of a web page, its tables included, comments of readers left out.

    Where no main text is found it is the text of the whole page, and the metadata say so. Raises
    Unreadable.
    """
    source, encoding = decoded(file, said=_charsets(file))
    tree = parsed(file, source)
    runs = Runs(tree).found
    if not runs:
        raise Unreadable("empty", f"{file.name} shows no text. Load a page that does.")
    metadata = page_metadata(tree) | {"encoding": encoding}
    chosen = main_runs(tree, runs, metadata.get("title", ""))
    if not chosen:
        metadata["main_text"] = "not found: the text is that of the whole page"
    text, spans = written(chosen or runs)
    return Content(text, spans=spans, metadata=metadata)


def parsed(file: File, source: str) -> Any:
    """The tree of a page. Raises Unreadable for one that is nested too deep."""
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    data = source.replace("\0", "\ufffd").encode("utf-8", "replace")
    try:
        tree = etree.fromstring(data, parser)
    except etree.LxmlError as error:
        raise Unreadable("empty", f"{file.name} shows no text. Load a page that does.") from error
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise Unreadable(
            "damaged",
            f"{file.name} cannot be read to its end: it is nested too deep. Save it in a simpler "
            "form.",
        )
    if tree is None:
        raise Unreadable("empty", f"{file.name} shows no text. Load a page that does.")
    return tree


def written(runs: list[Run]) -> tuple[str, tuple[Span, ...]]:
    """The text of runs, one below the other, and the apparatus in it."""
    parts: list[str] = []
    spans: list[Span] = []
    length = 0
    for run in runs:
        between = ("\n" * (run.lines or (0 if run.tabs else 1)) + "\t" * run.tabs) if parts else ""
        parts.append(between)
        length += len(between)
        for text, kind in run.parts:
            if kind and text:
                spans.append(Span(length, length + len(text), kind))
            parts.append(text)
            length += len(text)
    return "".join(parts), tuple(spans)


def _charsets(file: File) -> list[str]:
    """What is said of the encoding: by the server, then by the page itself."""
    beginning = file.data[:_BEGINNING]
    found = [match.group(1).decode("ascii") for match in _META.finditer(beginning)]
    found += [match.group(1).decode("ascii") for match in _XML_SAYS.finditer(beginning)]
    # A page in UTF-16 could not have been read so far: what says so means UTF-8.
    inside = [name for name in found if not name.lower().startswith("utf-16")]
    return [charset_of(file.media_type), *inside]
