"""Writing a fact sheet in a real browser: it saves itself, and its sections move."""

import re

from playwright.sync_api import expect

from claims.actions.factsheets.keeping import start_sheet
from claims.domain.factsheets.content import SectionContent, SheetContent
from claims.models import FactSheet
from sources.vocabulary import Role
from tests import factories
from tests.browser.conftest import Browse
from tests.browser.test_reader import account, picture, sign_in


def kept() -> FactSheet:
    """A fact sheet of three sections, with a claim in the first."""
    claim = factories.published(statement="The pipeline is full.").claim
    sections = (
        SectionContent("First", prose=f"It is full [{claim.ref}].", claims=(claim.ref, "C999")),
        SectionContent("Second"),
        SectionContent("Third"),
    )
    return start_sheet(
        key="gas",
        content=SheetContent(title="Gas by pipe", style="apa", sections=sections),
        by=factories.person(),
        at=factories.TODAY,
    )


def headings(sheet: FactSheet) -> list[str]:
    sheet.refresh_from_db()
    return [section["heading"] for section in sheet.sections]


def test_a_fact_sheet_saves_itself_and_its_sections_move_by_key_and_mouse(
    browse: Browse,
) -> None:
    account(Role.CONTRIBUTOR, "carl")
    sheet = kept()

    with browse(1280) as page:
        sign_in(page, "carl")
        page.goto(f"/admin/claims/factsheet/{sheet.pk}/change/")
        picture(page, "sheet-editor")
        page.locator("#section-3 [data-up]").press("Enter")
        expect(page.get_by_text("Not saved yet")).to_be_visible()
        page.set_viewport_size({"width": 1280, "height": 3000})
        page.locator("#section-1 [data-handle]").drag_to(page.locator("#section-2 [data-handle]"))
        page.get_by_label("Summary", exact=True).fill("It stands.")
        expect(page.locator("#sheet-state")).to_have_text(re.compile(r"^Saved \d\d:\d\d UTC$"))
        picture(page, "sheet-saved")

    with browse(390) as page:
        sign_in(page, "carl")
        page.goto(f"/admin/claims/factsheet/{sheet.pk}/change/")
        expect(page.get_by_label("Summary", exact=True)).to_have_value("It stands.")
        picture(page, "sheet-narrow")
        page.goto("/admin/claims/factsheet/")
        picture(page, "sheet-list")

    assert headings(sheet) == ["Third", "First", "Second"]
    assert sheet.summary == "It stands."
