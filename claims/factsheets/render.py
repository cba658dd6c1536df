"""A fact sheet as a file: the bundled pandoc makes the citations, then HTML or Markdown."""

import hashlib
import json
import re
from base64 import b64encode
from html import escape
from pathlib import Path
from string import Template
from typing import Literal

from django.utils import translation

from claims.factsheets import ast, cite, document, markdown
from claims.factsheets.sheet import Sheet, cited_key
from sources.extraction.bounded_pandoc import SECONDS, PandocFailed, run_pandoc, turn

FOLDER = Path(__file__).parent
WRITERS = {
    "html": "html5",
    # Smart punctuation would write a quote's characters as others.
    "markdown": "markdown-smart",
}


class RenderFailed(Exception):
    """The fact sheet could not be made into a file."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def render(
    sheet: Sheet, *, style: str, to: Literal["html", "markdown"], standalone: bool = True
) -> str:
    """The sheet as HTML or Markdown, its citations as the style makes them.

    `style` is the name of a CSL style. With `standalone=False`, HTML is only the `<article>` for a
    page that brings `stylesheet()` itself. Raises `StyleUnknown` and `RenderFailed`.
    """
    style_file = cite.style_path(style)
    _refuse_unrecorded(sheet)
    try:
        with turn():
            return _made(sheet, style_file, to=to, standalone=standalone)
    except PandocFailed as failed:
        raise _failure(failed) from failed


def stylesheet() -> str:
    """The CSS of a fact sheet; every rule is bound to `.factsheet`."""
    return (FOLDER / "sheet.css").read_text(encoding="utf-8")


def _made(
    sheet: Sheet, style_file: Path, *, to: Literal["html", "markdown"], standalone: bool
) -> str:
    """The file: citations first, then the format."""
    with translation.override(sheet.language):
        is_linked = to == "html" and not cite.is_note_style(style_file)
        tree = document.build(sheet, is_linked=is_linked)
    cited = json.loads(_pandoc(tree, "json", "--citeproc", f"--csl={style_file}"))
    # The records have done their work; left in, the Markdown writer would print them again.
    blocks = document.with_standings(cited["blocks"], sheet)
    bare = ast.document(ast.defused(blocks))
    if to == "markdown":
        return _pandoc(markdown.carried(bare), WRITERS[to], "--wrap=none", "--eol=lf")
    body = _pandoc(bare, WRITERS[to], "--wrap=none", "--eol=lf", "--email-obfuscation=none")
    return _page(sheet, body, standalone=standalone)


def _refuse_unrecorded(sheet: Sheet) -> None:
    """Raise `RenderFailed` where a quote cites a source whose record is not given."""
    for one in sheet.claims:
        claim = one.line.claim
        for piece in claim.evidence:
            key = cited_key(piece.quote.source)
            if key not in sheet.records:
                raise RenderFailed(
                    "reference_missing",
                    f"{claim.version_ref} cites the source {key!r}, of which the sheet "
                    "holds no bibliographic record. Add the record to its references.",
                )


def _page(sheet: Sheet, body: str, *, standalone: bool) -> str:
    """The body as an article, in a page of its own where it is to stand alone."""
    language = sheet.language if re.fullmatch(r"[A-Za-z0-9-]+", sheet.language) else "en"
    article = f'<article class="factsheet" lang="{language}">\n{body}</article>\n'
    if not standalone:
        return article
    css = stylesheet()
    digest = b64encode(hashlib.sha256(css.encode()).digest()).decode()
    template = Template((FOLDER / "page.html").read_text(encoding="utf-8"))
    title = escape(ast.plain_text(ast.text(sheet.title)))
    return template.substitute(
        language=language, title=title, css=css, css_digest=digest, article=article
    )


def _pandoc(tree: ast.Node, writer: str, *options: str) -> str:
    """Convert a document tree with pandoc. Raises `PandocFailed`."""
    return run_pandoc(json.dumps(tree).encode("ascii"), "--from=json", f"--to={writer}", *options)


def _failure(failed: PandocFailed) -> RenderFailed:
    """Say in a sentence why rendering failed and how to go on."""
    match failed.code:
        case "missing":
            return RenderFailed(
                "pandoc_missing",
                "Pandoc is not installed. Install the packages of requirements.txt again.",
            )
        case "busy":
            return RenderFailed(
                "busy", "Other fact sheets are being made at the moment. Try again in a minute."
            )
        case "too_much":
            return RenderFailed(
                "pandoc_timeout",
                f"Making the fact sheet took longer than {SECONDS} seconds, or more memory than is "
                "given to it. Choose fewer claims.",
            )
    return RenderFailed(
        "pandoc_failed",
        f"Pandoc could not make the fact sheet; it said: {failed.message}. Try another style, or "
        "fewer claims.",
    )
