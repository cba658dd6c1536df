"""Briefs and dossiers of the demo: a page each, each conflict once, each number followed."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pytest
from django.test import Client

from claims.actions.dossier.load import load_dossier
from claims.factsheets.assemble import assemble
from claims.factsheets.formats import LAYOUTS, Layout
from claims.factsheets.render import render
from claims.factsheets.sheet import EditionFacts, Sheet
from claims.readings.asking import asked_text
from tests.claims.factsheets.test_formats import words_of_pdf
from tests.claims.factsheets.test_render import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dossier")]

FIXTURES = Path(__file__).parents[3] / "fixtures"
LOADED = datetime(2026, 3, 2, 9, tzinfo=UTC)
TOPICS = ("diplomacy", "energy", "trade")
STYLE = "chicago-notes-bibliography"
SITE = "https://facts.example.org"


@pytest.fixture(scope="module")
def dossier(module_transaction: None) -> None:
    """The demo dossier, loaded once for all tests of the module."""
    load_dossier(folder=FIXTURES, by="dossier", at=LOADED)


def edition_of(topic: str) -> Sheet:
    """The public claims of a topic as a third edition."""
    sheet = assemble(topic=topic, reader=None, at=datetime.now(UTC), base_url=SITE)
    changes = ("C2 has another wording.", "C3 is new.")
    address = f"{SITE}/f/{topic}/3"
    return replace(
        sheet,
        edition=EditionFacts(3, sheet.generated_at, "Demo editor", address, "factbase", 2, changes),
    )


def html_of(sheet: Sheet, layout: Layout) -> str:
    return render(sheet, to="html", style=STYLE, layout=layout).decode()


@pytest.mark.parametrize("topic", TOPICS)
def test_the_brief_of_a_topic_is_one_page_that_says_where_it_comes_from(topic: str) -> None:
    content = render(edition_of(topic), to="pdf", style=STYLE, layout="brief")

    assert len(pypdfium2.PdfDocument(content)) == 1
    words = words_of_pdf(content)
    assert f"{topic.capitalize()} · edition 3" in words
    assert f"{SITE}/f/{topic}/3" in words
    assert "page 1 of 1" in words


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("topic", TOPICS)
def test_each_conflict_of_a_topic_is_asked_once(topic: str, layout: Layout) -> None:
    sheet = edition_of(topic)
    text = " ".join(Page(html_of(sheet, layout)).text.split())

    asked = {
        question.conflict.ref: " ".join(asked_text(question).split())
        for one in sheet.claims
        for question, _url in one.questions
    }
    assert asked
    assert {ref: text.count(words) for ref, words in asked.items()} == dict.fromkeys(asked, 1)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_number_of_a_brief_leads_to_a_note_and_its_words(topic: str, client: Client) -> None:
    html = html_of(edition_of(topic), "brief")

    numbers = re.findall(r'<a href="#fn(\d+)"[^>]*class="footnote-ref"', html)
    notes = dict(re.findall(r'<li id="fn(\d+)">(.*?)</li>', html, re.DOTALL))
    assert numbers == [str(number) for number in range(1, len(notes) + 1)]
    addresses: set[str] = set()
    for number in numbers:
        words = re.findall(rf'href="{SITE}(/q/\d+)"', notes[number])
        claims = re.findall(rf'href="{SITE}(/C\d+)"', notes[number])
        assert words, number
        assert claims, number
        printed = Page(notes[number]).text
        for address in (*words, *claims):
            assert f"{urlsplit(SITE).netloc}{address}" in printed
        addresses.update(words, claims)
    for address in sorted(addresses):
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address


@pytest.mark.parametrize("topic", TOPICS)
def test_each_claim_of_a_brief_has_a_number_or_stands_on_a_side(topic: str) -> None:
    sheet = edition_of(topic)
    html = html_of(sheet, "brief")
    blocks = re.findall(r"<li>.*?</li>|<div class=\"side\">.*?</div>", html, re.DOTALL)
    for one in sheet.claims:
        if one.line.claim.evidence:
            own = [block for block in blocks if one.line.claim.statement in Page(block).text]
            assert own
            assert all('class="footnote-ref"' in block for block in own)
