"""Issuing a fact sheet in a real browser: written, checked, noted, issued, corrected."""

import re

from playwright.sync_api import Page, expect

from claims.actions.factsheets.keeping import start_sheet
from claims.domain.factsheets.content import SectionContent, SheetContent
from claims.models import Edition, FactSheet
from sources.vocabulary import Role
from tests import factories
from tests.browser.conftest import Browse
from tests.browser.test_reader import account, picture, sign_in
from tests.held_open import elsewhere
from tests.worker import work

EDITOR = "/admin/claims/factsheet/{}/change/"
MADE = 60_000  # milliseconds until the page has heard that the files are made


def begun() -> FactSheet:
    """A fact sheet of two sections, the second with a published claim."""
    claim = factories.published(statement="The pipeline is full.").claim
    sections = (SectionContent("Not yet"), SectionContent("The line", claims=(claim.ref,)))
    content = SheetContent(title="Gas by pipe", style="apa", sections=sections)
    return start_sheet(key="gas", content=content, by=factories.person(), at=factories.TODAY)


def checked(page: Page, summary: str) -> None:
    """Wait for the check to say this of what is saved."""
    expect(page.locator("#check-state")).to_contain_text(summary)


def test_a_sheet_is_written_checked_noted_issued_and_corrected(browse: Browse) -> None:
    account(Role.EDITOR, "edith")
    sheet = begun()
    ref = sheet.sections[1]["claims"][0]

    with browse(1280) as page:
        sign_in(page, "edith")
        page.goto(EDITOR.format(sheet.pk))
        # A section that was moved is still the one that its buttons mean.
        page.locator("#section-2 [data-up]").press("Enter")
        page.locator("#section-2 [name='drop-section']").press("Enter")
        expect(page.locator("[data-section]")).to_have_count(1)
        expect(page.get_by_label("Heading")).to_have_value("The line")

        page.get_by_label("Prose").fill(f"It rose by 47% [{ref}]. See [C999].")
        page.get_by_role("button", name="Save and check").press("Enter")
        checked(page, "1 finding blocks, 1 asks for a note")
        expect(page.get_by_role("button", name="Issue this edition")).to_have_count(0)
        page.locator("#sheet-findings").get_by_role("link").first.press("Enter")
        assert page.evaluate("getSelection().toString()") == "C999"

        page.get_by_label("Why it is issued all the same").fill("Counted from the table.")
        page.get_by_label("Prose").fill(f"It rose by 47% [{ref}].")
        checked(page, "1 asks for a note")
        expect(page.get_by_label("Why it is issued all the same")).to_have_value(
            "Counted from the table."
        )
        preview = page.frame_locator("#sheet-preview-frame")
        page.locator("#sheet-preview").scroll_into_view_if_needed()
        expect(preview.get_by_text("It rose by 47%")).to_be_visible()
        picture(page, "sheet-checked")

        page.get_by_role("button", name="Issue this edition").press("Enter")
        expect(page.get_by_text("Edition 1 is being made for Edith.")).to_be_visible()
        picture(page, "sheet-being-made")
        elsewhere(work)
        expect(page.locator("#issue-state")).to_have_text("Edition 1 is issued.", timeout=MADE)
        editions = page.locator("#sheet-editions")
        expect(editions.get_by_text("Current")).to_be_visible()
        picture(page, "sheet-issued")

        editions.get_by_role("link", name=re.compile("Correct or withdraw")).press("Enter")
        page.get_by_label("Erratum").fill("For 47% read 37%.")
        page.get_by_role("button", name="Add the erratum").press("Enter")
        page.get_by_role("link", name="As readers see it").press("Enter")
        expect(page.get_by_text("For 47% read 37%.")).to_be_visible()

    edition = Edition.objects.get()
    assert [one["note"] for one in edition.notes] == ["Counted from the table."]
