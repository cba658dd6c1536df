"""A fact sheet as a file: the bundled pandoc makes the citations, then each format is written."""

import hashlib
import json
import logging
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

from django.utils import translation

from claims.factsheets import ast, cite, document, markdown
from claims.factsheets.bibliographies import bibliography
from claims.factsheets.formats import DEFAULT_LAYOUT, FORMATS, Layout
from claims.factsheets.json_form import json_form
from claims.factsheets.office import make_docx, make_odt
from claims.factsheets.paper import page_facts
from claims.factsheets.pdf import PdfFailed, make_pdf
from claims.factsheets.render_slots import RenderBusy, render_slot
from claims.factsheets.sheet import Sheet, cited_key
from claims.factsheets.shown_parts import with_shown_parts
from sources.domain.bibliography.formats import FileRefused, Format
from sources.extraction.bounded_pandoc import SECONDS, PandocFailed, run_pandoc

FOLDER = Path(__file__).parent
# The colours and letters that public pages and the desk have too.
TOKENS = FOLDER.parent / "static" / "claims" / "tokens.css"
WRITERS = {
    "html": "html5",
    # Smart punctuation would write a quote's characters as others.
    "markdown": "markdown-smart",
}
_log = logging.getLogger(__name__)


class RenderFailed(Exception):
    """The fact sheet could not be made into a file."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A file, and what it falls short of, each in a sentence; mostly nothing."""

    content: bytes
    warnings: tuple[str, ...] = ()


def render(sheet: Sheet, *, to: str, style: str, layout: Layout = DEFAULT_LAYOUT) -> bytes:
    """The sheet as a file of the format named `to` (`FORMATS`), its citations as the style has it.

    `style` is the name of a CSL style. HTML, Markdown, JSON and bibliographies of the same sheet
    are the same bytes; the times in all files are those of the sheet. Raises `StyleUnknown` and
    `RenderFailed`.
    """
    made = render_file(sheet, to=to, style=style, layout=layout)
    for warning in made.warnings:
        _log.warning("%s", warning)
    return made.content


def render_file(
    sheet: Sheet,
    *,
    to: str,
    style: str,
    layout: Layout = DEFAULT_LAYOUT,
    wait: float | None = None,
) -> RenderedFile:
    """The same as `render`, with the warnings that an edition keeps.

    Waits up to `wait` seconds for its turn, or as long as somebody does who looks on.
    """
    style_file = cite.style_path(style)
    _refuse_unrecorded(sheet)
    sheet = with_shown_parts(sheet)
    try:
        if FORMATS[to].is_bibliography:
            return RenderedFile(bibliography(sheet, Format(to)))
        with translation.override(sheet.language):
            if to == "json":
                return RenderedFile(json_form(sheet, style=style))
            with render_slot(wait):
                return _made(sheet, style_file, to=to, layout=layout)
    except FileRefused as refused:
        raise RenderFailed(refused.code, refused.message) from refused
    except PandocFailed as failed:
        raise _failure(failed) from failed
    except PdfFailed as failed:
        raise _pdf_failure(failed) from failed
    except RenderBusy as busy:
        raise _busy() from busy


def render_article(sheet: Sheet, *, style: str, layout: Layout = DEFAULT_LAYOUT) -> str:
    """The sheet as an `<article>`, for a page that brings `stylesheet()` itself.

    Raises `StyleUnknown` and `RenderFailed`.
    """
    style_file = cite.style_path(style)
    _refuse_unrecorded(sheet)
    sheet = with_shown_parts(sheet)
    try:
        with render_slot(), translation.override(sheet.language):
            blocks = _cited(sheet, style_file, to="html", layout=layout)
            return _article(sheet, blocks, layout)
    except PandocFailed as failed:
        raise _failure(failed) from failed
    except RenderBusy as busy:
        raise _busy() from busy


def stylesheet() -> str:
    """The CSS of a fact sheet, for a page that has the tokens; rules are bound to `.factsheet`."""
    return (FOLDER / "sheet.css").read_text(encoding="utf-8")


def whole_stylesheet() -> str:
    """The CSS of a fact sheet that is a page of its own, tokens included."""
    return TOKENS.read_text(encoding="utf-8") + stylesheet()


def _made(sheet: Sheet, style_file: Path, *, to: str, layout: Layout) -> RenderedFile:
    """The file: citations first, then the format."""
    blocks = _cited(sheet, style_file, to=to, layout=layout)
    match to:
        case "html":
            return RenderedFile(_page(sheet, _article(sheet, blocks, layout)).encode())
        case "markdown":
            tree = markdown.carried(ast.document(blocks))
            return RenderedFile(_pandoc(tree, WRITERS[to], "--wrap=none", "--eol=lf").encode())
        case "docx":
            return RenderedFile(make_docx(sheet, blocks))
        case "odt":
            return RenderedFile(make_odt(sheet, blocks))
    made = make_pdf(
        blocks,
        page_facts(sheet),
        language=sheet.language,
        layout=layout,
        made_at=sheet.generated_at,
    )
    return RenderedFile(made.content, made.warnings)


def _cited(sheet: Sheet, style_file: Path, *, to: str, layout: Layout) -> list[ast.Node]:
    """The blocks of the sheet in a layout, citations and bibliography made, links made safe."""
    is_linked = to in ("html", "pdf") and not cite.is_note_style(style_file)
    tree = _tree(sheet, layout, is_linked=is_linked)
    cited = json.loads(_pandoc(tree, "json", "--citeproc", f"--csl={style_file}"))
    # The records have done their work; left in, the Markdown writer would print them again.
    blocks: list[ast.Node] = ast.defused(document.with_standings(cited["blocks"], sheet))
    return blocks


def _tree(sheet: Sheet, layout: Layout, *, is_linked: bool) -> ast.Node:
    """The document of a sheet in a layout, before its citations are made."""
    return document.build(sheet, layout=layout, is_linked=is_linked)


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


def _article(sheet: Sheet, blocks: Sequence[ast.Node], layout: Layout) -> str:
    """The blocks as an HTML article."""
    tree = ast.document(blocks)
    body = _pandoc(tree, WRITERS["html"], "--wrap=none", "--eol=lf", "--email-obfuscation=none")
    name = "factsheet brief" if layout == "brief" else "factsheet"
    return f'<article class="{name}" lang="{_language(sheet)}">\n{body}</article>\n'


def _page(sheet: Sheet, article: str) -> str:
    """The article in a page of its own."""
    css = whole_stylesheet()
    digest = b64encode(hashlib.sha256(css.encode()).digest()).decode()
    template = Template((FOLDER / "page.html").read_text(encoding="utf-8"))
    title = escape(ast.plain_text(ast.text(sheet.title)))
    return template.substitute(
        language=_language(sheet), title=title, css=css, css_digest=digest, article=article
    )


def _language(sheet: Sheet) -> str:
    """The language tag of the sheet, as HTML can carry it."""
    return sheet.language if re.fullmatch(r"[A-Za-z0-9-]+", sheet.language) else "en"


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


def _busy() -> RenderFailed:
    """Say that others had every slot for as long as one waited."""
    return RenderFailed(
        "busy", "Other fact sheets are being made at the moment. Try again in a minute."
    )


def _pdf_failure(failed: PdfFailed) -> RenderFailed:
    """Say in a sentence why there is no PDF and how to go on."""
    if failed.code == "too_much":
        return RenderFailed(
            "pdf_timeout",
            "Making the PDF took more time or memory than is given to it. Choose fewer claims.",
        )
    return RenderFailed(
        "pdf_failed",
        f"The PDF could not be made; Typst said: {failed.message}. Take another format.",
    )
