"""A fact sheet as a file: the bundled pandoc makes the citations, then HTML or Markdown."""

import hashlib
import json
import re
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from string import Template
from threading import BoundedSemaphore
from typing import Any, Literal

import pypandoc
from django.utils import translation

from claims.factsheets import ast, cite, document, markdown
from claims.factsheets.sheet import Sheet

FOLDER = Path(__file__).parent
TIMEOUT_SECONDS = 30
# Pandoc takes a whole processor: so many sheets a process makes at once, others wait this long.
AT_ONCE = BoundedSemaphore(2)
WAIT_SECONDS = 10
# The heap that pandoc may take; a sheet of a thousand claims needs a tenth of it.
HEAP = "1024M"
WRITERS = {
    "html": "html5",
    # Smart punctuation would write a quote's characters as others.
    "markdown": "markdown-smart",
}
# Nothing that pandoc does here needs the network. Should a style make it ask all the same, the
# request ends at once at a closed port of this machine.
ENVIRONMENT = {
    "HOME": "/nonexistent",
    "LANG": "C.UTF-8",
    "http_proxy": "http://127.0.0.1:9",
    "https_proxy": "http://127.0.0.1:9",
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
    with _turn():
        return _made(sheet, style_file, to=to, standalone=standalone)


def stylesheet() -> str:
    """The CSS of a fact sheet; every rule is bound to `.factsheet`."""
    return (FOLDER / "sheet.css").read_text(encoding="utf-8")


@contextmanager
def _turn() -> Iterator[None]:
    """Wait for a turn to run pandoc. Raises `RenderFailed` where too many others wait as well."""
    if not AT_ONCE.acquire(timeout=WAIT_SECONDS):
        raise RenderFailed(
            "busy", "Other fact sheets are being made at the moment. Try again in a minute."
        )
    try:
        yield
    finally:
        AT_ONCE.release()


def _made(
    sheet: Sheet, style_file: Path, *, to: Literal["html", "markdown"], standalone: bool
) -> str:
    """The file: citations first, then the format."""
    with translation.override(sheet.language):
        is_linked = to == "html" and not cite.is_note_style(style_file)
        tree = document.build(sheet, is_linked=is_linked)
    cited = json.loads(_pandoc(tree, "json", "--citeproc", f"--csl={style_file}"))
    # The records have done their work; left in, the Markdown writer would print them again.
    bare = ast.document(ast.defused(cited["blocks"]))
    if to == "markdown":
        return _pandoc(markdown.carried(bare), WRITERS[to], "--wrap=none", "--eol=lf")
    body = _pandoc(bare, WRITERS[to], "--wrap=none", "--eol=lf", "--email-obfuscation=none")
    return _page(sheet, body, standalone=standalone)


def _refuse_unrecorded(sheet: Sheet) -> None:
    """Raise `RenderFailed` where a quote cites a source whose record is not given."""
    for claim in sheet.claims:
        for evidence in claim.evidence:
            if evidence.source_key not in sheet.references:
                raise RenderFailed(
                    "reference_missing",
                    f"{claim.version} cites the source {evidence.source_key!r}, of which the sheet "
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
    title = escape(ast.plain(ast.text(sheet.title)))
    return template.substitute(
        language=language, title=title, css=css, css_digest=digest, article=article
    )


def _pandoc(tree: ast.Node, writer: str, *options: str) -> str:
    """What pandoc writes for a document tree.

    It runs in its sandbox, with a bound on time and memory, and without a shell, an environment
    or a home. Raises `RenderFailed`.
    """
    try:
        program = Path(pypandoc.get_pandoc_path()).resolve()
    except OSError as error:
        raise RenderFailed(
            "pandoc_missing",
            "Pandoc is not installed. Install the packages of requirements.txt again.",
        ) from error
    command = [str(program), "+RTS", f"-M{HEAP}", "-RTS", "--sandbox", "--from=json"]
    try:
        done = subprocess.run(
            [*command, f"--to={writer}", *options],
            input=json.dumps(tree).encode("ascii"),
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            env=ENVIRONMENT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RenderFailed(
            "pandoc_timeout",
            f"Making the fact sheet took longer than {TIMEOUT_SECONDS} seconds. "
            "Choose fewer claims.",
        ) from error
    if done.returncode:
        raise RenderFailed("pandoc_failed", _reason(done.returncode, done.stderr))
    return done.stdout.decode("utf-8")


def _reason(code: int, stderr: bytes) -> str:
    """A sentence with the first line of what pandoc said."""
    lines: list[Any] = stderr.decode("utf-8", "replace").strip().splitlines() or ["nothing"]
    return (
        f"Pandoc could not make the fact sheet (exit code {code}); it said: {lines[0][:300]}. "
        "Try another style, or fewer claims."
    )
