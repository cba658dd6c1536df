"""Hostile words in every field of a sheet: they come out as text, in every format, within time."""

import io
import json
import re
import time
import zipfile
from dataclasses import replace

import pypdfium2
import pytest

from claims.domain.factsheets.content import SheetContentRefused, content_from_json
from claims.domain.support import Support
from claims.factsheets import ast
from claims.factsheets.formats import LAYOUTS, Layout
from claims.factsheets.render import render
from claims.factsheets.sheet import EditionFacts, Section, Sheet, SheetClaim
from claims.readings.notices import Notice
from claims.readings.questions import QuestionReading
from claims.readings.sides import SideReading
from claims.vocabulary import NoticeCode
from sources.readings.citing import CitedRecord
from sources.vocabulary import TranslationMethod
from tests.claims import told
from tests.claims.factsheets.sheets import EMPTY, on_sheet
from tests.claims.factsheets.test_formats import words_of_office
from tests.claims.factsheets.test_render import Page

WORDS = (
    '#read("/etc/passwd")',
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![i](file:///etc/passwd)",
    "![i](http://e.example/i.png)",
    "\\input{/etc/passwd}",
    "$\\write18{ls}$",
    '#import "@preview/x:0.1.0": *',
    '`#read("/etc/passwd")`{=typst}',
    "```{=html}\n<b>raw</b>\n```",
    "---\ntitle: taken\n---",
    "[@cite, p. 1] @cite",
    "[^1] noted\n\n[^1]: a note",
    "<!-- hidden -->",
    "{{ settings }} {% load x %}",
    "[C66]: javascript:alert(1)",
)
SECONDS = 60  # for one file on a busy machine; at rest it takes two to ten


def claim_of(number: int, words: str) -> SheetClaim:
    """A claim whose every text is hostile, in a conflict that is asked in these words."""
    conflict = told.conflict(number, question=words)
    claim = told.claim(
        number,
        words,
        **told.said_by(words),
        evidence=(
            told.quote(
                f"source-{number}",
                words,
                number=number,
                locator=words,
                source_title=words,
                translation=words,
                translated_by=words,
                translation_method=TranslationMethod.HUMAN,
            ),
        ),
        conflicts=(conflict,),
        notices=(Notice(NoticeCode.UNREVIEWED, words),),
    )
    question = QuestionReading(
        conflict,
        words,
        words,
        (SideReading(words, words, (claim,), Support()),),
        (),
        (),
        (claim,),
        is_closed=False,
        is_guarded=False,
        merged_into=None,
        why=words,
    )
    return on_sheet(claim, (question, f"https://f.example/K{number}"), value=words, period=words)


def sheet_of(*words: str) -> Sheet:
    """A sheet with a section for each, and all of them in title, summary and edition."""
    every = " ".join(words)
    claims = [claim_of(number, one) for number, one in enumerate(words, start=1)]
    records = {
        f"source-{number}": CitedRecord(
            {
                "type": "report",
                "title": one,
                "author": [{"literal": one}],
                "publisher": one,
                "note": one,
                "URL": one,
            },
            one,
            one,
        )
        for number, one in enumerate(words, start=1)
    }
    return replace(
        EMPTY,
        title=every,
        summary="\n\n".join(words),
        unknown=words,
        sections=tuple(
            Section(one, (claim,), f"{one}\n\nand *then*")
            for one, claim in zip(words, claims, strict=True)
        ),
        records=records,
        edition=EditionFacts(2, told.AT, every, "https://f.example/f/x/2", every, 1, words),
    )


def bare(text: str) -> str:
    """The letters and signs of a text, without what formats change: gaps, hyphens, quotes."""
    return re.sub(r"[\s\ufffe\u2068\u2069“”‘’\"'-]|\\(?=[^\w\s])", "", text)


def text_of(content: bytes, to: str) -> str:
    """The words of a file as a reader meets them."""
    if to == "html":
        return Page(content.decode()).text
    if to == "pdf":
        pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]
        return "".join(pages)
    if to in ("docx", "odt"):
        return words_of_office(content, to)
    if to == "json":
        return json.dumps(json.loads(content), ensure_ascii=False).replace("\\n", "")
    return content.decode()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("to", ["html", "pdf", "docx", "odt", "markdown", "json"])
def test_hostile_words_in_every_field_come_out_as_text(to: str, layout: Layout) -> None:
    if to == "json" and layout == "brief":
        pytest.skip("JSON is of no layout")
    started = time.monotonic()

    content = render(sheet_of(*WORDS), to=to, style="apa", layout=layout)

    assert time.monotonic() - started < SECONDS
    text = bare(text_of(content, to))
    for words in WORDS:
        assert text.count(bare(words)) >= 3, words
    assert "root:x:0" not in text
    held_to_text(content, to)


def held_to_text(content: bytes, to: str) -> None:
    """Assert that nothing in a file acts or is fetched."""
    if to == "html":
        page = Page(content.decode())
        assert not {"script", "img", "iframe", "object", "b"} & set(page.tags)
        assert all(ast.is_safe_url(value) for name, value in page.attributes if name == "href")
    elif to == "pdf":
        assert not re.search(rb"/URI\s*\((?!https?:)", content)
        assert b"/JavaScript" not in content
    elif to in ("docx", "odt"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = b"".join(archive.read(name) for name in archive.namelist())
        assert not re.search(rb'(?:href|Target)="(?:javascript|file|data):', parts)
        assert b'e.example/i.png"' not in parts


@pytest.mark.parametrize("place", ["title", "summary", "heading", "prose", "unknown"])
def test_a_megabyte_of_brackets_is_refused_in_words(place: str) -> None:
    long = "[" * 1_000_000
    content = {
        "title": "T",
        "sections": [{"heading": "", "prose": ""}],
        "summary": "",
        "unknown": [],
    }
    if place in ("heading", "prose"):
        content["sections"] = [{place: long}]
    else:
        content[place] = [long] if place == "unknown" else long
    started = time.monotonic()

    with pytest.raises(SheetContentRefused, match="it has 1,000,000 characters; at most"):
        content_from_json(content)

    assert time.monotonic() - started < 1


@pytest.mark.parametrize("to", ["html", "pdf"])
def test_words_of_twenty_thousand_brackets_take_seconds(to: str) -> None:
    started = time.monotonic()

    content = render(sheet_of("[" * 10_000 + "](" * 5_000), to=to, style="apa", layout="brief")

    assert len(content) > 20_000
    assert time.monotonic() - started < SECONDS
