"""A fact sheet as PDF: tagged, PDF/UA-1 and PDF/A-2a, made by Typst in a process of its own.

The reasons are in docs/decisions/0036-pdf-by-typst-from-data.md.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

import fontpkg_amiri
import fontpkg_noto_sans
import fontpkg_noto_serif
import pylopdf_fonts_zh_cn
from django.conf import settings

from claims.factsheets.ast import Node
from claims.factsheets.paper import PageFacts
from claims.factsheets.qr import qr_svg
from claims.factsheets.typst_tree import language_of, typst_tree
from sources.extraction.bounded_pandoc import ENVIRONMENT

FOLDER = Path(__file__).parent
SECONDS = 60  # of a processor
CLOCK_SECONDS = 4 * SECONDS  # by the clock, where others take the processors
MEMORY = 1536 * 1024 * 1024  # address space; what is used is a fraction of it
OUTPUT = 64 * 1024 * 1024
# The first that the document can be made by. All are tagged; the first two are PDF/UA.
STANDARDS = (["a-2a", "ua-1"], ["ua-1"], ["1.7"])
# Latin, Greek and Cyrillic; Arabic; Chinese, simplified and traditional, and Japanese.
FONTS = (
    Path(fontpkg_noto_serif.__file__).parent,
    Path(fontpkg_noto_sans.__file__).parent,
    Path(fontpkg_amiri.__file__).parent,
    Path(pylopdf_fonts_zh_cn.__file__).parent,
)


class PdfFailed(Exception):
    """Typst made nothing. `code` is too_much (time, memory or output) or refused."""

    def __init__(self, code: str, message: str = "") -> None:
        self.code = code
        self.message = message
        super().__init__(f"{code}: {message}")


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF with the standards that it keeps, and what kept it from those it does not."""

    content: bytes
    standards: tuple[str, ...]
    warnings: tuple[str, ...]


def make_pdf(
    blocks: Sequence[Node], facts: PageFacts, *, language: str, layout: str, made_at: datetime
) -> Pdf:
    """The document as PDF, with the facts on each page. Raises PdfFailed.

    The same document is the same bytes: the only time in it is `made_at`.
    """
    lang, region = language_of(language)
    made = made_at.astimezone(UTC)
    sheet = {
        "blocks": typst_tree(blocks, notes_at_end=layout == "brief"),
        "facts": asdict(facts) | {"head": facts.head},
        "lang": lang or "en",
        "region": region,
        "layout": layout,
        "made": [made.year, made.month, made.day, made.hour, made.minute, made.second],
        "page_of": "".join(facts.page_parts),
        "qr_words": facts.qr_words,
    }
    inputs = {"sheet": json.dumps(sheet), "qr": qr_svg(facts.address) if facts.address else ""}
    del sheet  # a multiple of the text, while Typst takes memory of its own
    asked = {
        "path": [path for path in sys.path if path],
        "template": (FOLDER / "sheet.typ").read_text(encoding="utf-8"),
        "fonts": [str(path) for path in (*settings.FONT_FOLDERS, *FONTS)],
        "inputs": inputs,
        "made_at": int(made.timestamp()),
        "seconds": SECONDS,
        "memory": MEMORY,
        "output": OUTPUT,
    }
    warnings: list[str] = []
    for standards in STANDARDS:
        answer, content = _run({**asked, "standards": standards})
        if not answer["error"]:
            return Pdf(content, tuple(standards), (*warnings, *answer["warnings"]))
        warnings.append(f"{'+'.join(standards)}: {answer['error']}")
    raise PdfFailed("refused", warnings[-1][:200])


def _run(asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Let the worker try it, in an empty folder, within bounds. Raises PdfFailed.

    A process for each try: Typst keeps all that it made of a document until it ends.
    """
    with (
        TemporaryDirectory(prefix="factbase-pdf-") as folder,
        TemporaryFile() as given,
        TemporaryFile() as written,
        TemporaryFile() as errors,
    ):
        given.write(json.dumps(asked).encode("ascii"))
        given.seek(0)
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(FOLDER / "pdf_worker.py")],
                stdin=given,
                stdout=written,
                stderr=errors,
                cwd=folder,
                env=ENVIRONMENT,
                start_new_session=True,
                timeout=CLOCK_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise PdfFailed("too_much") from late
        if done.returncode != 0:
            raise PdfFailed("too_much", f"the process ended with {done.returncode}")
        written.seek(0)
        return json.loads(written.readline()), written.read()
