"""A fact sheet as a file: the bundled pandoc makes the citations, then each format is written."""

import hashlib
import json
import logging
import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from tempfile import NamedTemporaryFile

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
# In these a citation leads to its entry in the bibliography.
LARGE = 250  # claims; a file of them takes up to 250 MB, of a thousand 700
LINKED = ("html", "pdf")
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
    made = Rendering(sheet, style=style).file(to, layout)
    for warning in made.warnings:
        _log.warning("%s", warning)
    return made.content


def render_article(sheet: Sheet, *, style: str, layout: Layout = DEFAULT_LAYOUT) -> str:
    """The sheet as an `<article>`, for a page that brings `stylesheet()` itself.

    Raises `StyleUnknown` and `RenderFailed`.
    """
    return Rendering(sheet, style=style).article(layout)


class Rendering:
    """A sheet in a citation style, to be made into files.

    The citations of a layout are made once, for however many files are asked for: they take most
    of the time. What it keeps for that is a multiple of the files, so let go of it soon.
    """

    def __init__(self, sheet: Sheet, *, style: str, wait: float | None = None) -> None:
        """Each file waits up to `wait` seconds for its turn, or as long as one who looks on.

        Raises `StyleUnknown`, and `RenderFailed` where a record is missing.
        """
        self.sheet = with_shown_parts(sheet)
        self.wait = wait
        self.style = style
        self.style_file = cite.style_path(style)
        self.cited: dict[Layout, list[ast.Node]] = {}
        _refuse_unrecorded(sheet)

    def file(self, to: str, layout: Layout = DEFAULT_LAYOUT) -> RenderedFile:
        """The file of a format, with the warnings that an edition keeps. Raises `RenderFailed`."""
        with _saying_why(), translation.override(self.sheet.language):
            if FORMATS[to].is_bibliography:
                return RenderedFile(bibliography(self.sheet, Format(to)))
            if to == "json":
                return RenderedFile(json_form(self.sheet, style=self.style))
            with render_slot(self.wait, whole=self._is_large):
                return self._made(to, layout)

    def article(self, layout: Layout = DEFAULT_LAYOUT) -> str:
        """The sheet as an `<article>`. Raises `RenderFailed`."""
        with (
            _saying_why(),
            translation.override(self.sheet.language),
            render_slot(self.wait, whole=self._is_large),
        ):
            return _article(self.sheet, self._blocks(layout), layout)

    def _made(self, to: str, layout: Layout) -> RenderedFile:
        """The file of a format that has layouts."""
        sheet, blocks = self.sheet, self._blocks(layout)
        if to not in LINKED:
            blocks = document.without_citation_links(blocks)
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

    @property
    def _is_large(self) -> bool:
        """Whether a file of it takes so much memory that no other should be made meanwhile."""
        return len(self.sheet.claims) > LARGE

    def _blocks(self, layout: Layout) -> list[ast.Node]:
        """The blocks of a layout, citations and bibliography made, links made safe."""
        if layout not in self.cited:
            is_of_entries = layout == "brief" and cite.has_bibliography(self.style_file)
            blocks = self._with_entries() if is_of_entries else self._with_citations(layout)
            self.cited[layout] = ast.defused(blocks)
        return self.cited[layout]

    def _with_citations(self, layout: Layout) -> list[ast.Node]:
        """The blocks with the citations of the text and their bibliography."""
        is_linked = not cite.is_note_style(self.style_file)
        tree = document.build(self.sheet, layout=layout, is_linked=is_linked)
        # The records have done their work; left in, the Markdown writer would print them again.
        return document.with_standings(_cited(tree, self.style_file), self.sheet)

    def _with_entries(self) -> list[ast.Node]:
        """The blocks of a brief: in its notes are the entries of the sources and nothing else."""
        with NamedTemporaryFile(prefix="factbase-", suffix=".csl") as style:
            style.write(cite.entries_style(self.style_file))
            style.flush()
            bibliography = _cited(document.build_bibliography(self.sheet), Path(style.name))
        blocks = document.layout_blocks(self.sheet, "brief")
        return document.with_entries(blocks, bibliography, self.sheet)


def _cited(tree: ast.Node, style_file: Path) -> list[ast.Node]:
    """The blocks of a document with its citations and its bibliography. Raises `PandocFailed`."""
    made = json.loads(_pandoc(tree, "json", "--citeproc", f"--csl={style_file}"))
    blocks: list[ast.Node] = made["blocks"]
    return blocks


@contextmanager
def _saying_why() -> Iterator[None]:
    """Raise `RenderFailed` for what went wrong, in a sentence."""
    try:
        yield
    except FileRefused as refused:
        raise RenderFailed(refused.code, refused.message) from refused
    except PandocFailed as failed:
        raise _failure(failed) from failed
    except PdfFailed as failed:
        raise _pdf_failure(failed) from failed
    except RenderBusy as busy:
        raise _busy() from busy


def stylesheet() -> str:
    """The CSS of a fact sheet, for a page that has the tokens; rules are bound to `.factsheet`."""
    return (FOLDER / "sheet.css").read_text(encoding="utf-8")


def whole_stylesheet() -> str:
    """The CSS of a fact sheet that is a page of its own, tokens included."""
    return TOKENS.read_text(encoding="utf-8") + stylesheet()


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
