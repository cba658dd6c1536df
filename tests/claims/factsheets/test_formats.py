"""Every format of the table: made, inert, and the same again."""

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import jsonschema
import pypdfium2
import pytest
from django.conf import settings
from lxml import etree

from claims.factsheets import ast, cite, document, pdf, render
from claims.factsheets.docx_pages import dress_docx
from claims.factsheets.formats import FORMATS, LAYOUTS, FileFormat, format_of_ending
from claims.factsheets.odt_pages import dress_odt
from claims.factsheets.paper import PageFacts, page_facts
from claims.factsheets.qr import qr_png, qr_svg
from claims.factsheets.sheet import EditionFacts, Section, Sheet
from claims.factsheets.typst_tree import MAX_DEPTH, typst_tree
from claims.vocabulary.factsheets import EditionFormat, SheetLayout
from sources.extraction.bibliography_files import read_bibliography
from sources.extraction.bounded_pandoc import run_pandoc, run_pandoc_for_bytes, turn
from sources.readings.citing import CitedRecord
from tests.claims import told
from tests.claims.factsheets.sheets import (
    EMPTY,
    HOSTILE,
    HOSTILE_SHEET,
    PLAIN,
    RECORDS,
    SEVENTH_SAID,
    on_sheet,
)

NOTES, AUTHOR_DATE, NUMBERS = "chicago-notes-bibliography", "apa", "nature"
PAPER = ("pdf", "docx", "odt")
BIBLIOGRAPHIES = [one.name for one in FORMATS.values() if one.is_bibliography]
RETRACTION = "The source was retracted on 1 June 2025: the interview was invented."
ATTACKS = [
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    "\\input{/etc/passwd}",
    "$x^2$ <script>alert(1)</script> [x](javascript:alert(1)) ```{=typst}\n#x\n```",
    "“#” ] } ) \" ' \\ \x00\x07\u202eabc\u2066 \ufffe",
]


def words_of_pdf(content: bytes) -> str:
    """The text of all pages, white space as single spaces."""
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).replace("\ufffe", "-").split())


def words_of_office(content: bytes, to: str) -> str:
    """The text as pandoc reads the file back."""
    with turn():
        text = run_pandoc_for_bytes(content, f"--from={to}", "--to=plain", "--wrap=none")
    return " ".join(text.decode().split())


def words_of(sheet: Sheet, to: str, style: str = AUTHOR_DATE) -> str:
    content = render.render(sheet, to=to, style=style)
    return words_of_pdf(content) if to == "pdf" else words_of_office(content, to)


def quoting(words: str, **facts: Any) -> Sheet:
    """A sheet with one quote of these words."""
    claim = told.changed(SEVENTH_SAID, evidence=(told.quote("osw-2025", words, **facts),))
    return replace(PLAIN, sections=(Section("The visit", (on_sheet(claim),)),))


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_a_format_gives_the_same_bytes_again(form: FileFormat) -> None:
    for layout in LAYOUTS if form.has_layouts else LAYOUTS[:1]:
        made = [
            render.Rendering(HOSTILE_SHEET, style=NOTES).file(form.name, layout) for _ in range(2)
        ]

        assert made[0] == made[1]
        assert made[0].warnings == ()


@pytest.mark.parametrize("style", [AUTHOR_DATE, NUMBERS])
def test_one_rendering_makes_the_same_files_as_one_for_each(style: str) -> None:
    together = render.Rendering(PLAIN, style=style)

    for to in ("html", "markdown"):
        assert together.file(to).content == render.render(PLAIN, to=to, style=style)


@pytest.mark.parametrize("style", [AUTHOR_DATE, NUMBERS])
def test_citations_without_links_are_as_if_none_had_been_asked_for(style: str) -> None:
    cited = [cited_blocks(PLAIN, style, is_linked=is_linked) for is_linked in (True, False)]

    assert "#ref-osw-2025" in json.dumps(cited[0])
    # Applied to both, since it joins strings that stand beside each other.
    assert document.without_citation_links(cited[0]) == document.without_citation_links(cited[1])


def cited_blocks(sheet: Sheet, style: str, *, is_linked: bool) -> Any:
    """The blocks of a dossier as citeproc makes them."""
    tree = json.dumps(document.build(sheet, is_linked=is_linked)).encode("ascii")
    path = cite.style_path(style)
    with turn():
        made = run_pandoc(tree, "--from=json", "--to=json", "--citeproc", f"--csl={path}")
    return json.loads(made)["blocks"]


@pytest.mark.parametrize("to", PAPER)
@pytest.mark.parametrize("style", [NOTES, AUTHOR_DATE])
def test_paper_shows_every_statement_notice_and_quote(to: str, style: str) -> None:
    words = words_of(PLAIN, to, style)

    for one in PLAIN.claims:
        assert one.line.claim.statement in words
        for notice in one.line.notices:
            assert notice.sentence in words
        for piece in one.line.claim.evidence:
            assert f"“{piece.quote.words}”" in words


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("to", PAPER)
def test_a_title_a_statement_and_a_quote_are_text_on_paper(to: str, attack: str) -> None:
    shown = ast.plain_text(ast.text(attack))
    sheet = replace(quoting(attack), title=attack)

    words = words_of(sheet, to)

    squeezed = re.sub(r"\s", "", shown)
    assert re.sub(r"\s", "", words).count(squeezed) >= (2 if to == "pdf" else 1)
    assert "root:" not in words


@pytest.mark.parametrize("name", BIBLIOGRAPHIES)
def test_a_bibliography_reads_back_with_the_standing_in_the_note(name: str) -> None:
    osw = replace(RECORDS["osw-2025"], standing=RETRACTION)
    sheet = replace(PLAIN, records={**PLAIN.records, "osw-2025": osw})

    content = render.render(sheet, to=name, style=AUTHOR_DATE)

    _form, read = read_bibliography(content, file_name=f"x.{FORMATS[name].ending}")
    assert len(read) == len(sheet.records)
    notes = [str(one.item.get("note")) for one in read]
    assert sum("retracted on 1 June 2025" in note for note in notes) == 1


@pytest.mark.parametrize("name", BIBLIOGRAPHIES)
def test_a_hostile_record_stays_one_record(name: str) -> None:
    veiled = CitedRecord({"type": "document", "title": HOSTILE}, standing=HOSTILE)
    sheet = replace(HOSTILE_SHEET, records={**RECORDS, "confidential: } @book{x,\n": veiled})

    content = render.render(sheet, to=name, style=AUTHOR_DATE)

    _form, read = read_bibliography(content, file_name=f"x.{FORMATS[name].ending}")
    assert len(read) == len(sheet.records)


def test_json_has_every_claim_quote_conflict_and_source() -> None:
    content = render.render(PLAIN, to="json", style=AUTHOR_DATE)

    sheet = json.loads(content)
    assert sheet["schema"] == "factbase.factsheet/1"
    assert [one["ref"] for one in sheet["claims"]] == ["C17", "C18", "C21", "C22"]
    assert sheet["claims"][0]["evidence"][0]["words"] == "During a visit to Russia on 7-10 May"
    assert sheet["claims"][1]["evidence"][1]["grade"] == "drifted"
    assert sheet["claims"][3]["notices"][0]["code"] == "retracted"
    assert sheet["conflicts"]["K5"]["disputes"] is True
    assert sheet["sources"]["pism-spotlight-2025"]["captured_on"] == "2025-06-01"
    assert content == json_again(sheet)


@pytest.mark.parametrize("sheet", [PLAIN, HOSTILE_SHEET, EMPTY], ids=["plain", "hostile", "empty"])
def test_json_has_the_form_that_is_documented(sheet: Sheet) -> None:
    issued = replace(sheet, edition=EDITION)
    schema = json.loads((settings.BASE_DIR / "docs" / "factsheet.schema.json").read_text())

    for one in (sheet, issued):
        content = json.loads(render.render(one, to="json", style=AUTHOR_DATE))
        jsonschema.Draft202012Validator(schema).validate(content)


def test_json_has_the_short_address_of_each_claim_quote_and_conflict() -> None:
    sheet = json.loads(render.render(PLAIN, to="json", style=AUTHOR_DATE))

    claim = sheet["claims"][1]
    assert claim["short_address"] == "https://facts.example/C18"
    assert claim["evidence"][1]["short_address"] == "https://facts.example/q/8"
    assert sheet["conflicts"]["K5"]["short_address"] == "https://facts.example/K5"


def json_again(sheet: Any) -> bytes:
    """The same JSON by the rule that the form states."""
    return (json.dumps(sheet, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def test_a_pdf_is_tagged_and_names_the_standards_it_keeps() -> None:
    content = render.render(PLAIN, to="pdf", style=NOTES)

    assert b"/StructTreeRoot" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in content
    assert pypdfium2.PdfDocument(content).get_metadata_dict()["Title"] == PLAIN.title


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Сила Сибири — 2", "ru"),
        ("中俄新时代全面战略协作伙伴关系", "zh-Hans"),
        ("شي: الصين ستقف مع موسكو", "ar"),
    ],
)
def test_letters_of_other_scripts_are_set_with_their_own_glyphs(words: str, language: str) -> None:
    made = render.Rendering(quoting(words, language=language), style=AUTHOR_DATE).file("pdf")

    # A letter that no font has keeps a file from both standards, and is a warning.
    assert made.warnings == ()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made.content


def test_a_letter_that_no_font_has_is_a_warning_and_no_failure() -> None:
    made = render.Rendering(quoting("\U00013000"), style=AUTHOR_DATE).file("pdf")

    assert made.content.startswith(b"%PDF-")
    assert "a-2a" in made.warnings[0]


FACTS = PageFacts("On trade", "The Desk", "edition 3", "3 February 2026", "https://f.example/f/t/3")


EDITION = EditionFacts(
    3, datetime(2026, 2, 3, tzinfo=UTC), "The desk", "https://f.example/f/t/3", "The Desk", 2
)


def test_each_page_of_a_pdf_has_issuer_title_edition_day_address_and_number() -> None:
    blocks = [ast.header(1, ast.text("On trade"))]
    blocks += [ast.para(ast.text("A line of text. " * 40)) for _ in range(20)]
    made = pdf.make_pdf(
        blocks, FACTS, language="en", layout="dossier", made_at=datetime(2026, 2, 3, tzinfo=UTC)
    )

    document = pypdfium2.PdfDocument(made.content)
    assert len(document) > 1
    for number, page in enumerate(document, start=1):
        words = " ".join(page.get_textpage().get_text_bounded().split())
        assert "The Desk" in words
        assert "On trade · edition 3 · 3 February 2026" in words
        assert "https://f.example/f/t/3" in words
        assert f"page {number} of {len(document)}" in words


@pytest.mark.parametrize("to", ["docx", "odt"])
def test_notes_are_footnotes_and_nothing_is_fetched(to: str) -> None:
    content = render.render(PLAIN, to=to, style=NOTES)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels", ".rdf")):
            etree.fromstring(part)
    text = b"".join(parts.values()).decode("utf-8", "replace")
    if to == "docx":
        assert parts["word/document.xml"].count(b"<w:footnoteReference") == 6
        fetched = re.findall(r'Type="[^"]*/(\w+)"[^>]*TargetMode="External"', text)
        assert set(fetched) <= {"hyperlink"}
    else:
        assert next(iter(parts)) == "mimetype"
        assert parts["content.xml"].count(b'text:note-class="footnote"') == 6
        assert not re.findall(r'<draw:image[^>]*xlink:href="(?!Pictures/)', text)


def test_an_author_date_style_gives_no_footnotes() -> None:
    content = render.render(PLAIN, to="docx", style=AUTHOR_DATE)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<w:footnoteReference " not in archive.read("word/document.xml")


@pytest.mark.parametrize("to", ["docx", "odt"])
def test_office_pages_carry_title_and_numbers(to: str) -> None:
    content = render.render(PLAIN, to=to, style=NOTES)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if to == "docx":
            foot = archive.read("word/footer1.xml").decode()
            head = archive.read("word/header1.xml").decode()
            assert 'instr="PAGE"' in foot
            assert 'instr="NUMPAGES"' in foot
        else:
            head = foot = archive.read("styles.xml").decode()
            assert "text:page-number" in foot
            assert "text:page-count" in foot
    assert f"{PLAIN.title} · made 3 February 2026" in head


@pytest.mark.parametrize("to", ["docx", "odt"])
def test_an_edition_in_an_office_file_carries_address_and_code(to: str) -> None:
    with zipfile.ZipFile(io.BytesIO(render.render(EMPTY, to=to, style=NOTES))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    dress = dress_docx if to == "docx" else dress_odt
    dress(parts, FACTS)

    text = b"".join(part for name, part in parts.items() if name.endswith(".xml")).decode()
    assert FACTS.address in text
    assert "QR code of https://f.example/f/t/3" in text
    assert any(name.endswith("address.png") for name in parts)


def test_the_code_of_an_address_is_the_same_again() -> None:
    assert qr_svg(FACTS.address) == qr_svg(FACTS.address)
    assert qr_png(FACTS.address).startswith(b"\x89PNG")


def test_a_sheet_that_is_no_edition_says_when_it_was_made() -> None:
    assert page_facts(PLAIN).head == f"{PLAIN.title} · made 3 February 2026"


def test_an_edition_says_so_on_its_pages() -> None:
    issued = datetime(2026, 2, 3, tzinfo=UTC)
    edition = EditionFacts(3, issued, "The desk", "https://f.example/f/t/3", "The Desk")
    sheet = replace(PLAIN, title="On trade", edition=edition)

    assert page_facts(sheet) == FACTS
    assert "https://f.example/f/t/3" in words_of(sheet, "pdf")
    assert json.loads(render.render(sheet, to="json", style=NOTES))["edition"]["number"] == 3


def test_sides_of_a_question_stand_beside_each_other_on_paper() -> None:
    sides = [ast.div([ast.para(ast.text(f"{word} said"))], "side") for word in ("One", "Other")]
    summary = ast.div([ast.para(ast.text("In brief"))], "summary")
    block = ast.div([ast.div(sides, "sides")], "conflict", "disputed")

    made = pdf.make_pdf(
        [summary, block],
        FACTS,
        language="en",
        layout="brief",
        made_at=datetime(2026, 2, 3, tzinfo=UTC),
    )

    assert made.warnings == ()
    page = pypdfium2.PdfDocument(made.content)[0].get_textpage()
    tops = {}
    for word in ("One", "Other"):
        index, _count = page.search(word, match_case=True).get_next()
        tops[word] = page.get_charbox(index)[3]
    assert abs(tops["One"] - tops["Other"]) < 1


def test_deep_nesting_goes_to_paper_as_text() -> None:
    block = ast.para(ast.text("deep"))
    for _ in range(MAX_DEPTH * 4):
        block = ast.block_quote([block])

    made = pdf.make_pdf(
        [block], FACTS, language="en", layout="dossier", made_at=datetime(2026, 2, 3, tzinfo=UTC)
    )

    assert "deep" in words_of_pdf(made.content)


def test_headings_skip_no_level_and_links_lead_to_what_is_there() -> None:
    blocks = [
        ast.header(1, ast.text("Title")),
        ast.header(4, ast.text("Deep"), "here"),
        ast.para([ast.link(ast.text("to"), "#here"), ast.link(ast.text("off"), "#nowhere")]),
    ]

    tree = typst_tree(blocks)

    assert [node[1] for node in tree[:2]] == [0, 1]
    assert tree[2] == ["para", [["goto", "here", [["text", "to"]]], ["text", "off"]]]


def test_raw_mark_up_and_pictures_are_left_as_their_characters() -> None:
    raw = {"t": "RawInline", "c": ["html", "<b>"]}
    picture = {"t": "Image", "c": [ast.attr(), ast.text("shown"), ["file:///etc/passwd", ""]]}

    made = ast.defused([ast.para([raw, picture])])

    assert made[0]["c"] == [{"t": "Code", "c": [ast.attr(), "<b>"]}, ast.span(ast.text("shown"))]


def test_endings_name_the_sheet_before_its_bibliography() -> None:
    assert format_of_ending(".json") is FORMATS["json"]
    assert format_of_ending(".bib") is FORMATS["bibtex"]
    assert format_of_ending(".exe") is None


def test_file_names_are_plain_letters() -> None:
    assert FORMATS["pdf"].file_name('Trade\r\n"2025" 中', "brief") == "trade-2025-brief.pdf"
    assert FORMATS["ris"].file_name("中") == "fact-sheet-sources.ris"


def test_a_style_is_refused_before_anything_runs() -> None:
    for to in FORMATS:
        with pytest.raises(cite.StyleUnknown):
            render.render(PLAIN, to=to, style="no-such-style")


def test_the_table_has_the_formats_and_layouts_that_editions_are_kept_in() -> None:
    assert {one.code for one in FORMATS.values()} == set(EditionFormat)
    assert set(LAYOUTS) == set(SheetLayout)
