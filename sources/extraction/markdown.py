"""Reading Markdown: what it means, not its marks; form feeds part pages as in plain text."""

import re

from sources.domain.text.completeness import measured
from sources.extraction.encoding import charset_of, decoded
from sources.extraction.pandoc import as_content
from sources.extraction.reader_types import Content, File

# CommonMark with notes, tables, raised and struck words. Nothing that changes characters: no
# smart punctuation, no emoji, and a dollar is a dollar.
_READER = "commonmark_x-smart-emoji-tex_math_dollars+yaml_metadata_block"
_PAGE = "\ue00c"  # stands for a form feed on its way through pandoc
_BLANK_LINES = re.compile(r"\n\s*\n")
# The head of a file, comments, tags, entities, targets of links and definitions of these.
_NO_WORDS = re.compile(
    r"\A---\n.*?\n(?:---|\.\.\.)\n|<!--.*?-->|<[/!?a-zA-Z][^<>]*>|&\#?\w{1,32};"
    r"|(?<=\])\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|^[ ]{0,3}\[[^\]\n^][^\]\n]*\]:.*$"
    r"|(?<=\])\[[^\]\n]*\]|\[\^[^\]\n]*\]|^\s*(?:```|~~~).*$|^[ ]*\d+[.)](?=\s)|\{[#.][^{}\n]*\}",
    re.S | re.M,
)
_BREAK = re.compile(r"(\s*?)\f")


def read_markdown(file: File) -> Content:
    """The text of a Markdown file. Raises Unreadable."""
    source = decoded(file, declared=[charset_of(file.media_type)])
    text = source.text
    pages = text.count("\f")
    if pages:
        text = _BREAK.sub(lambda match: _PAGE + match.group(1), text.replace(_PAGE, "\ufffd"))
    content = as_content(file, text.encode(), _READER)
    extracted = content.text.replace(_PAGE, "\f") if pages else content.text
    metadata = content.metadata | source.metadata(extracted)
    if extracted.count("\f") != pages:
        metadata["pages"] = "not found: a page of the file ends where its text cannot be parted"
        extracted = extracted.replace("\f", "\n")
    return Content(
        extracted,
        spans=content.spans,
        completeness=measured(_pieces(source.text), extracted),
        metadata=metadata,
    )


def _pieces(source: str) -> list[str]:
    """The words of a file, one piece for each block, without mark-up and the targets of links."""
    return _BLANK_LINES.split(_NO_WORDS.sub(" ", source))
