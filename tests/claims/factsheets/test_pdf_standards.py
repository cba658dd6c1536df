"""PDF for who cannot see it and for archives: PDF/UA-1 and PDF/A-2a, tags, title and bookmarks.

Typst refuses to write a file that breaks a rule of them that it knows. `pdfua` is no part of Typst
and looks at the file alone: 16 of the 106 conditions of failure of the Matterhorn Protocol 1.1, of
those that a program can decide. Nobody's eyes are replaced by either.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest

from claims.factsheets.formats import Layout
from claims.factsheets.render import RenderedFile, Rendering
from claims.factsheets.sheet import EditionFacts, Section, Sheet
from tests.claims import told
from tests.claims.factsheets.sheets import HOSTILE_SHEET, PLAIN, on_sheet

STYLES = ("chicago-notes-bibliography", "apa")
EDITION = EditionFacts(
    3,
    datetime(2026, 2, 3, tzinfo=UTC),
    "The desk",
    "https://f.example/f/t/3",
    "The Desk",
    replaces=2,
    changes=("C17 was added.",),
)
QUOTES = {
    "ru": "Сила Сибири — 2",
    "zh-Hans": "中俄新时代全面战略协作伙伴关系",
    "ar": "شي: الصين ستقف مع موسكو",
    "de": "die Kraft Sibiriens",
}
MANY_TONGUES = Section(
    "Languages",
    tuple(
        on_sheet(told.claim(number, words, language=tongue, evidence=(quoted,)))
        for number, (tongue, words) in enumerate(QUOTES.items(), start=70)
        for quoted in [told.quote("osw-2025", words, number=number, language=tongue)]
    ),
    prose="See [C17] and [the report](https://example.org/report).\n\n1. one\n2. two\n\n> said",
)


def issued(sheet: Sheet, language: str) -> Sheet:
    """The sheet as an edition in a language, with quotes in four others."""
    return replace(
        sheet,
        language=language,
        summary="In short, *not* certain [C17].",
        unknown=("What it cost.",),
        sections=(*sheet.sections, MANY_TONGUES),
        edition=EDITION,
    )


def made(sheet: Sheet, layout: Layout, style: str) -> RenderedFile:
    return Rendering(sheet, style=style).file("pdf", layout)


@pytest.mark.parametrize("language", ["en", "de", "ru", "ar", "zh-Hans"])
@pytest.mark.parametrize(("layout", "style"), [("brief", STYLES[0]), ("dossier", STYLES[1])])
def test_an_edition_keeps_pdf_ua_and_pdf_a(
    layout: Layout, style: str, language: str, tmp_path: Path
) -> None:
    file = made(issued(PLAIN, language), layout, style)

    assert file.warnings == ()  # Typst kept both standards, and nothing else was to be said
    assert findings(file.content, tmp_path) == []
    with pikepdf.open(io.BytesIO(file.content)) as document:
        root = document.Root
        assert str(root.Lang).split("-")[0] == language.split("-")[0]
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == PLAIN.title
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")


@pytest.mark.parametrize("layout", ["brief", "dossier"])
def test_hostile_words_keep_both_standards(layout: Layout, tmp_path: Path) -> None:
    file = made(issued(HOSTILE_SHEET, "en"), layout, STYLES[0])

    assert file.warnings == ()
    assert findings(file.content, tmp_path) == []


def test_tables_notes_links_lists_and_quotes_are_tagged_as_such() -> None:
    content = made(issued(PLAIN, "en"), "dossier", STYLES[0]).content

    with pikepdf.open(io.BytesIO(content)) as document:
        elements = list(elements_of(document.Root.StructTreeRoot))
        roles = Counter(str(one.S) for one in elements)
        assert {"/Table", "/TH", "/TD", "/Link", "/Note", "/L", "/LI", "/BlockQuote"} <= set(roles)
        assert roles["/Note"] >= 6
        assert "/Figure" not in roles  # the QR code is of the foot, which is no part of the text
        assert {b"ru", b"ar", b"de", b"zh-CN"} <= set(tongues_in(document))


def test_sections_are_bookmarks() -> None:
    content = made(issued(PLAIN, "en"), "dossier", STYLES[1]).content

    with pikepdf.open(io.BytesIO(content)) as document, document.open_outline() as outline:
        titles = [str(one.title) for one in outline.root]
    assert {"The visit", "Texts and trade", "Languages"} <= set(titles)


def findings(content: bytes, folder: Path) -> list[str]:
    """The rules of PDF/UA that a checker finds broken."""
    file = folder / "sheet.pdf"
    file.write_bytes(content)
    return [f"{one.rule_id}: {one.message}" for one in pdfua.validate(str(file)).findings]


def tongues_in(document: pikepdf.Pdf) -> Iterator[bytes]:
    """The languages of parts of the text, as the contents of pages name them."""
    for page in document.pages:
        yield from re.findall(rb"/Lang *\(([^)]*)\)", page.Contents.read_bytes())


def elements_of(node: Any) -> Iterator[Any]:
    """The elements of the tree of tags."""
    children: Any = node.get("/K", []) if isinstance(node, pikepdf.Dictionary) else []
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements_of(child)
