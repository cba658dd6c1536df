"""Reading what pandoc reads: it writes a web page, and our walk over pages writes the text.

So notes, tables, raised figures and struck words are written down in one way, whatever the file.
"""

import subprocess
from typing import Any

import pypandoc

from sources.domain.refusals import quoted
from sources.extraction.html.runs import Runs
from sources.extraction.html.tree import parsed, written
from sources.extraction.reader_types import Content, File, Unreadable

# The heap that pandoc may take: with what the worker takes it stays below the limit on memory.
_HEAP = "600M"
_ENVIRONMENT = {"HOME": "/nonexistent", "LANG": "C.UTF-8"}


def as_content(file: File, data: bytes, reader: str, *options: str) -> Content:
    """The text of a document that pandoc reads by the named reader. Raises Unreadable."""
    page = _page(file, data, reader, options)
    if len(page) > 8 * file.characters:
        raise Unreadable(
            "too_large", f"The text of {file.name} is longer than is kept. Split the file."
        )
    tree = parsed(file, page.decode("utf-8", "replace"))
    runs = Runs(tree).found
    if not runs:
        raise Unreadable("empty", f"{file.name} has no text. Load a file that has.")
    text, spans = written(runs)
    return Content(text, spans=spans, metadata=_metadata(tree))


def _page(file: File, data: bytes, reader: str, options: tuple[str, ...]) -> bytes:
    """Convert a document to HTML with pandoc, whose sandbox reads no file and no address."""
    done = subprocess.run(
        [
            *(pypandoc.get_pandoc_path(), "+RTS", f"-M{_HEAP}", "-RTS", "--sandbox"),
            *(f"--from={reader}", "--to=html5", "--standalone", "--wrap=none", "--eol=lf"),
            *("--mathml", "--metadata=lang:und", *options),
        ],
        input=data,
        capture_output=True,
        env=_ENVIRONMENT,
        check=False,
    )
    if done.returncode == 0:
        return done.stdout
    errors = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode in (251, -6) or "heap" in errors.lower():
        raise MemoryError
    first = errors.splitlines()[0][:200] if errors else f"exit code {done.returncode}"
    raise Unreadable(
        "damaged", f"{file.name} cannot be read: pandoc says {quoted(first)}. Save it anew."
    )


def _metadata(tree: Any) -> dict[str, Any]:
    metadata: dict[str, Any] = {}
    title = tree.findtext("head/title")
    if tree.find(".//h1[@class='title']") is not None and title:
        metadata["title"] = " ".join(title.split())[:1000]
    authors = [
        {"literal": meta.get("content", "")[:1000]}
        for meta in tree.iter("meta")
        if meta.get("name") == "author" and meta.get("content")
    ]
    if authors:
        metadata["author"] = authors[:50]
    return metadata
