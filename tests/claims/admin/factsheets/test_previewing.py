"""The preview of a fact sheet beside its editor."""

import pytest
from django.test import Client

from claims.actions.factsheets.keeping import start_sheet
from claims.domain.factsheets.content import SectionContent, SheetContent
from claims.models import FactSheet
from tests import factories as make
from tests.claims.admin.entry.test_pages import staff_client
from tests.claims.admin.factsheets.written import form_of, page_of

pytestmark = pytest.mark.django_db


def sheet_of(*, summary: str = "") -> FactSheet:
    shown = make.published(statement="The pipeline is full.").claim.ref
    waiting = make.submitted(statement="The pipeline is Quillfeather.").claim.ref
    section = SectionContent("The line", prose=f"See [{shown}].", claims=(shown, waiting))
    content = SheetContent("Gas by pipe", style="apa", summary=summary, sections=(section,))
    return start_sheet(key="gas", content=content, by=make.person(), at=make.TODAY)


def writer() -> Client:
    return staff_client(make.person())


@pytest.mark.parametrize("layout", ["brief", "dossier"])
def test_the_preview_is_what_readers_would_see(layout: str) -> None:
    page = writer().get(page_of(sheet_of(), "preview"), {"layout": layout})

    text = page.content.decode()
    assert "The pipeline is full." in text
    assert ("factsheet brief" in text) == (layout == "brief")
    assert "Quillfeather" not in text


def test_the_preview_runs_nothing_and_only_the_desk_frames_it() -> None:
    page = writer().get(page_of(sheet_of(summary="<script>alert(1)</script>"), "preview"))

    policy = page["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in page["Cache-Control"]
    assert "<script" not in page.content.decode()


def test_links_that_lead_out_of_the_preview_open_beside_the_editor() -> None:
    text = writer().get(page_of(sheet_of(), "preview")).content.decode()

    links = [one.partition(">")[0] for one in text.split("<a ")[1:]]
    out = [one for one in links if 'href="#' not in one]
    assert out
    assert all('target="_blank"' in one for one in out)
    assert not any("target=" in one for one in links if 'href="#' in one)


def test_a_preview_that_cannot_be_made_says_why() -> None:
    sheet = sheet_of()
    FactSheet.objects.filter(pk=sheet.pk).update(style="a-style-of-yesterday")

    page = writer().get(page_of(sheet, "preview"))

    assert page.status_code == 422
    assert "a-style-of-yesterday" in page.content.decode()


def test_the_preview_follows_what_is_saved() -> None:
    sheet, client = sheet_of(), writer()
    client.post(page_of(sheet, "keep"), form_of(sheet, summary="The answer is short."))

    assert "The answer is short." in client.get(page_of(sheet, "preview")).content.decode()
