"""From a sheet to a file: citations as each style makes them, and nothing hostile in it."""

import json
import re
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Literal

import pypandoc
import pytest
from pytest_django import Settings

from claims.factsheets import ast, cite, markdown, render
from claims.factsheets.render_slots import RenderBusy, render_slot
from claims.factsheets.sheet import Section, Sheet
from sources.extraction.bounded_pandoc import PandocFailed
from tests.claims import told
from tests.claims.factsheets.rendering import rendered
from tests.claims.factsheets.sheets import (
    EMPTY,
    HOSTILE,
    HOSTILE_SHEET,
    PLAIN,
    SEVENTH,
    SEVENTH_SAID,
    attack,
    on_sheet,
)

STYLES = ("chicago-notes-bibliography", "apa", "ieee")
Format = Literal["html", "markdown"]
FORMATS: tuple[Format, ...] = ("html", "markdown")
TAGS = set(
    """a article blockquote body div em h1 h2 h3 head hr html i li main meta ol p s del section span
    strong style sup title ul aside table thead tbody tr th td""".split()  # noqa: SIM905 - read as words
)


class Page(HTMLParser):
    """Parse a file as a browser would: elements, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend((name, value or "") for name, value in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def understood(markdown_text: str, reader: str) -> str:
    """The tree that a reader of Markdown makes of a text, as JSON."""
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), f"--from={reader}", "--to=json"],
        input=markdown_text.encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def text_of(sheet: Sheet, style: str, to: Format) -> str:
    """The file as a reader meets it, without mark-up and escapes, white space as single spaces."""
    made = rendered(sheet, style=style, to=to)
    if to == "html":
        made = Page(made).text
    return " ".join(re.sub(r"\\([^\w\s])", r"\1", made).split())


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("style", STYLES)
def test_every_style_and_format_shows_both_sides_and_every_quote(style: str, to: Format) -> None:
    text = text_of(PLAIN, style, to)

    assert "Disputed — " in text
    for one in PLAIN.claims:
        assert f"{one.line.attribution}" in text
        assert one.line.claim.statement in text
        for notice in one.line.notices:
            assert notice.sentence in text
        for piece in one.line.claim.evidence:
            assert f"“{piece.quote.words}”" in text
        for question, _url in one.questions:
            for side in question.sides:
                assert side.value in text
    assert "Never cited" not in text


def test_chicago_makes_notes_in_html() -> None:
    html = rendered(PLAIN, style="chicago-notes-bibliography", to="html")

    assert html.count('role="doc-noteref"') == 6
    assert "Against ‘Hegemonic Bullying’]" in Page(html).text


def test_chicago_makes_notes_in_markdown() -> None:
    text = rendered(PLAIN, style="chicago-notes-bibliography", to="markdown")

    assert "> “During a visit to Russia on 7-10 May”[^1]" in text
    assert "\n[^1]: Marcin Przychodniak, *Xi Jinping's Visit" in text
    assert "(Polish Institute of International Affairs, 2025), 1, <https://www.pism.pl>." in text


def test_a_source_cited_again_is_cited_in_short() -> None:
    text = rendered(PLAIN, style="chicago-notes-bibliography", to="markdown")

    assert re.search(r"\n\[\^4\]: Przychodniak, \*Xi Jinping's Visit [^\n]*, 2\.\n", text)


@pytest.mark.parametrize("to", FORMATS)
def test_apa_makes_author_and_date(to: Format) -> None:
    text = text_of(PLAIN, "apa", to)

    assert "“During a visit to Russia on 7-10 May” (Przychodniak, 2025b, p. 1)" in text
    assert "(Przychodniak, 2025a, fn. 5)" in text
    assert "2025, 00:12:30)" in text


@pytest.mark.parametrize("to", FORMATS)
def test_ieee_makes_numbers(to: Format) -> None:
    text = text_of(PLAIN, "ieee", to)

    assert "“During a visit to Russia on 7-10 May” [1, p. 1]" in text
    assert "“four-day official state visit (7–10 May)” [2]" in text
    assert "“on 7-10 May” [1, p. 2]" in text


@pytest.mark.parametrize("style", ["nature-digest", "nature-physics"])
def test_a_dependent_style_is_made_by_its_parent(style: str) -> None:
    text = rendered(PLAIN, style=style, to="markdown")

    assert "“During a visit to Russia on 7-10 May”¹" in text


def test_a_style_that_would_ask_the_network_fails_at_once() -> None:
    folder = cite.style_path("nature").parent
    dependent = folder / "dependent" / "nature-digest.csl"
    cited = ast.document([ast.para([ast.cite("a", [], 1)])])

    with pytest.raises(PandocFailed, match="Could not fetch"):
        render._pandoc(cited, "json", "--citeproc", f"--csl={dependent}")


def test_titles_that_begin_with_brackets_and_quotes_survive() -> None:
    text = text_of(PLAIN, "apa", "html")

    assert "[Xi tells Putin that China will stand with Moscow against “hegemonic bullying”]" in text
    assert "“A Strategic Partnership with Borders”: Sino-Russian Cooperation" in text


def test_terms_follow_the_language_of_the_sheet() -> None:
    text = text_of(replace(PLAIN, language="de"), "apa", "markdown")

    assert "(Przychodniak, 2025b, S. 1)" in text


@pytest.mark.parametrize("style", STYLES)
def test_nothing_hostile_becomes_an_element(style: str) -> None:
    page = Page(rendered(HOSTILE_SHEET, style=style, to="html"))

    assert set(page.tags) <= TAGS
    assert page.text.count("<script>alert(1)</script>") >= 6
    names = {name for name, _ in page.attributes}
    assert not [name for name in names if name.startswith("on") or name in ("src", "style")]
    assert all(ast.is_safe_url(value) for name, value in page.attributes if name == "href")


@pytest.mark.parametrize(
    "reader", ["markdown-smart", "commonmark", "commonmark_x-smart", "gfm-autolink_bare_uris"]
)
@pytest.mark.parametrize("style", STYLES)
def test_nothing_hostile_becomes_markdown(style: str, reader: str) -> None:
    tree = understood(rendered(HOSTILE_SHEET, style=style, to="markdown"), reader)

    for kind in ("RawInline", "RawBlock", "Math", "Image", "Code", "CodeBlock", "Cite", "Table"):
        assert f'"t":"{kind}"' not in tree
    assert "emoji" not in tree
    assert not re.search(r'\["(?!https?://)[a-z]+:[^"]*",""\]', tree)


@pytest.mark.parametrize(
    "reader", ["markdown-smart", "commonmark", "commonmark_x-smart", "gfm-autolink_bare_uris"]
)
def test_text_written_as_markdown_reads_as_the_same_text(reader: str) -> None:
    # Each would be something else if it were read as Markdown.
    texts = [
        *HOSTILE.replace("\u202e", "").split(),
        *("1. x", "a) x", "(1) x", "# x", "- x", "+ x", "> x", ": x", "| x |", "---", "% x"),
        *("$___", "__cite", "_@a", "[@a]", "-@a", "x{.c}", "*[X]: y", "[x]: y", ":smile:", "&amp;"),
        *(
            "\\begin{x}",
            "<b>",
            "http://e.example",
            "^[x]",
            "==x==",
            "``` x",
            "~~~ x",
            "@a",
            "(@) x",
        ),
    ]
    tree = ast.document([ast.para(ast.text(text)) for text in texts])

    made = render._pandoc(markdown.carried(tree), "markdown-smart", "--wrap=none")

    blocks: list[Any] = json.loads(understood(made, reader))["blocks"]
    assert [block["t"] for block in blocks] == ["Para"] * len(texts)
    assert [ast.plain_text(block["c"]) for block in blocks] == texts


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("to", FORMATS)
def test_an_empty_sheet_is_fine(style: str, to: Format) -> None:
    assert "This sheet holds no claims." in rendered(EMPTY, style=style, to=to)


def test_a_quote_with_what_prints_nothing_names_it_and_turns_nothing_around_it() -> None:
    quoted = told.quote("osw-2025", "fell\u200b by \u202e9%")
    claim = on_sheet(told.changed(SEVENTH_SAID, evidence=(quoted,)))
    sheet = replace(PLAIN, sections=(Section("The visit", (claim,)),))
    html = rendered(sheet, style="apa", to="html")
    assert "holds what prints nothing: ZERO WIDTH SPACE, RIGHT-TO-LEFT OVERRIDE" in Page(html).text
    assert re.search(r'<span class="quote"[^>]* dir="auto"[^>]*>fell', html)


def test_a_page_that_stands_alone_allows_nothing_but_its_own_style() -> None:
    html = rendered(PLAIN, style="apa", to="html")

    assert html.startswith("<!DOCTYPE html>")
    assert re.search(r"content=\"default-src 'none'; style-src 'sha256-[\w+/]{43}='\"", html)
    assert "<title>Xi Jinping&#x27;s visit to Russia, May 2025</title>" in html


def test_a_body_to_embed_is_one_article_without_style() -> None:
    html = render.render_article(PLAIN, style="apa")

    assert html.startswith('<article class="factsheet" lang="en">')
    assert html.rstrip().endswith("</article>")
    assert not {"html", "head", "style", "body"} & set(Page(html).tags)


def test_a_language_that_is_none_breaks_nothing() -> None:
    html = rendered(replace(PLAIN, language='x" onclick="y'), style="apa", to="html")

    assert "onclick" not in html


def test_a_quote_without_a_record_of_its_source_is_refused() -> None:
    with pytest.raises(render.RenderFailed) as refused:
        rendered(replace(PLAIN, records={}), style="apa", to="html")

    assert refused.value.code == "reference_missing"
    assert "C17/v2 cites the source 'pism-spotlight-2025'" in str(refused.value)


def test_an_unknown_style_is_refused_before_anything_runs() -> None:
    with pytest.raises(cite.StyleUnknown):
        rendered(PLAIN, style="no-such-style", to="html")


def test_a_hundred_hostile_claims_take_seconds() -> None:
    claims = tuple(attack(number) for number in range(1, 101))
    sheet = replace(HOSTILE_SHEET, sections=(Section("Many", claims), Section("One", (SEVENTH,))))

    assert "C100/v1" in rendered(sheet, style="ieee", to="html")


def test_too_many_sheets_at_once_are_told_to_come_back(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path

    with render_slot(), render_slot(), pytest.raises(render.RenderFailed) as refused:
        render.Rendering(PLAIN, style="apa", wait=0.01).file("html")

    assert refused.value.code == "busy"
    assert "C17" in rendered(PLAIN, style="apa", to="html")


def test_what_takes_much_memory_is_made_alone(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path

    with render_slot(), pytest.raises(RenderBusy), render_slot(0.01, whole=True):
        raise AssertionError
    with render_slot(whole=True), pytest.raises(RenderBusy), render_slot(0.01):
        raise AssertionError
    with render_slot(), render_slot():
        pass


def test_every_rule_of_the_stylesheet_is_bound_to_the_sheet_or_its_page() -> None:
    media = r"@media [^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}"
    css = re.sub(media, r"\1", render.stylesheet())

    selectors = re.findall(r"([^{}]+)\{[^{}]*\}", css)
    bound = [part.strip() for selector in selectors for part in selector.split(",")]
    assert [part for part in bound if not part.startswith((".factsheet", "html ", "body"))] == []
