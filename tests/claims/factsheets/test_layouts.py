"""Brief and dossier: each question once, a note for each source, prose that stays text."""

import io
import re
import time
import zipfile
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from claims.factsheets import ast, render
from claims.factsheets.prose import prose_blocks
from claims.factsheets.sheet import EditionFacts, Section, Sheet
from tests.claims import told
from tests.claims.factsheets.sheets import EIGHTH, HOSTILE_SHEET, PLAIN, SEVENTH
from tests.claims.factsheets.test_render import TAGS, Page

LAYOUTS = ("brief", "dossier")


def made(sheet: Sheet, layout: Any, to: str = "html", style: str = "apa") -> str:
    """The file as text."""
    return render.render(sheet, to=to, style=style, layout=layout).decode()


def words_of(html: str) -> str:
    """All words on one line."""
    return " ".join(Page(html).text.split())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_dispute_is_asked_once_whatever_number_of_its_claims_is_on_the_sheet(layout: str) -> None:
    text = words_of(made(PLAIN, layout))

    assert text.count("On which day did the visit begin?") == 1


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("style", ["chicago-notes-bibliography", "apa", "ieee"])
def test_each_layout_says_who_says_what_and_all_that_warns_of_it(layout: str, style: str) -> None:
    text = words_of(made(PLAIN, layout, style=style))

    for one in PLAIN.claims:
        assert one.line.attribution in text
        assert one.line.claim.statement in text
        for notice in one.line.notices:
            assert notice.sentence in text


@pytest.mark.parametrize("style", ["chicago-notes-bibliography", "apa", "ieee"])
def test_a_brief_cites_a_source_in_full_once_and_then_by_its_note(style: str) -> None:
    text = words_of(made(PLAIN, "brief", style=style))

    assert text.count("Signals “Brotherhood of Arms”") + text.count("‘Brotherhood of Arms’") == 1
    assert re.search(r", as note 1\b", text)
    assert "facts.example/C17" in text
    assert "facts.example/q/" in text


def test_a_brief_that_cites_the_same_words_again_gives_the_number_of_their_note() -> None:
    section = Section("The visit", (SEVENTH, EIGHTH), prose="It began early [C17].")
    sheet = replace(PLAIN, sections=(section,), summary="It began early [C17], once more [C17].")

    html = made(sheet, "brief")
    word = zipfile.ZipFile(io.BytesIO(render.render(sheet, to="docx", style="apa", layout="brief")))
    pdf = pypdfium2.PdfDocument(render.render(sheet, to="pdf", style="apa", layout="brief"))

    # The claim rests on two sources, and has a note for each.
    marks = re.findall(r'<sup><a href="#fn(\d+)" class="to-note">(\d+)</a></sup>', html)
    assert set(marks) == {("1", "1"), ("2", "2")}
    assert html.count('id="fn1"') == 1
    told_times = [
        html.count("facts.example/C17<"),
        word.read("word/footnotes.xml").decode().count("facts.example/C17<"),
        "".join(page.get_textpage().get_text_bounded() for page in pdf).count("facts.example/C17"),
    ]
    assert told_times == [2, 2, 2]


def test_a_link_in_prose_to_a_note_that_is_not_there_leads_nowhere() -> None:
    sheet = replace(PLAIN, summary="See [here](#fn99) and [C17].")

    assert b"%PDF" in render.render(sheet, to="pdf", style="apa", layout="brief")[:8]


def test_a_brief_has_summary_prose_and_what_is_not_known() -> None:
    section = Section("The visit", (SEVENTH, EIGHTH), prose="It began *early*, see [C17].")
    sheet = replace(
        PLAIN, sections=(section,), summary="Two days are given.", unknown=("Who was there.",)
    )

    text = words_of(made(sheet, "brief"))

    assert "Two days are given." in text
    assert "It began early, see C17" in text
    assert "Who was there." in text


def test_an_edition_says_its_number_what_changed_and_where_to_look_it_up() -> None:
    edition = EditionFacts(
        3, told.AT, "Desk", "facts.example/f/visit/3", "factbase", 2, ("C17 is new.",)
    )

    text = words_of(made(replace(PLAIN, edition=edition), "brief"))

    assert "Edition 3 of" in text
    assert "replaces edition 2" in text
    assert "See whether it still holds: facts.example/f/visit/3" in text
    assert "Since edition 2: C17 is new." in text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_hostile_becomes_an_element_in_any_layout(layout: str) -> None:
    page = Page(made(HOSTILE_SHEET, layout))

    assert set(page.tags) <= TAGS | {"table", "thead", "tbody", "tr", "th", "td"}
    assert all(ast.is_safe_url(value) for name, value in page.attributes if name == "href")
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]


@pytest.mark.parametrize(
    ("prose", "shown"),
    [
        ("*x* <script>alert(1)</script>", "x <script>alert(1)</script>"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("![p](file:///etc/passwd)", "![p](file:///etc/passwd)"),
        ('*a* #read("/etc/passwd")', 'a #read("/etc/passwd")'),
        ("`\\input{x}` \\input{x}", "\\input{x} \\input{x}"),
        ("*a* [@key] @key $x$", "a [@key] @key $x$"),
        ("[C17]\n\n[C17]: https://evil.example", "C17"),
        ("[C999] *b*", "[C999] b"),
    ],
)
def test_hostile_prose_comes_out_as_it_was_typed(prose: str, shown: str) -> None:
    blocks = prose_blocks(prose, PLAIN)

    assert words(blocks).strip() == shown
    assert "evil.example" not in str(blocks)
    assert not re.search(r"'t': '(Raw|Image|Math|Cite|Code)", str(blocks))


@pytest.mark.parametrize("prose", ["[" * 1_000_000, "[](" * 300_000, "*a " * 100_000])
def test_a_megabyte_of_brackets_is_text_within_seconds(prose: str) -> None:
    started = time.monotonic()

    blocks = prose_blocks(prose, PLAIN)

    assert words(blocks).split()[0] == prose.split()[0]
    assert time.monotonic() - started < 10


def words(tree: Any) -> str:
    """The characters of a tree."""
    if isinstance(tree, list):
        return "".join(words(one) for one in tree)
    if not isinstance(tree, dict):
        return ""
    if tree["t"] == "Str":
        return str(tree["c"])
    return " " if tree["t"] in ("Space", "LineBreak") else words(tree.get("c"))
