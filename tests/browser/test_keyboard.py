"""The desk by keys alone: from signing in to an approved claim, and from an error to its field."""

import re

from playwright.sync_api import Locator, Page, expect

from claims.models import Version
from claims.vocabulary import Status
from sources.vocabulary import Role
from tests import factories
from tests.browser.conftest import Browse
from tests.browser.test_accessible import LOOKS_OF_DESK, faults_of
from tests.browser.test_reader import PASSWORD, account, picture

TEXT = "In all, trade along the corridor fell by 9 percent in 2024."
# So many presses of Tab lead to any place of a page.
MAX_TABS = 200


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    expect(target).to_be_visible()
    for _press in range(MAX_TABS):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{MAX_TABS} presses of Tab do not lead to {target}.")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Press a key on the target, which Tab leads to."""
    tab_to(page, target)
    page.keyboard.press(key)


def field(page: Page, label: str) -> Locator:
    """The first input of that label; parts of a page may have the same name."""
    return page.get_by_label(label, exact=True).and_(page.locator("input, textarea")).first


def type_into(page: Page, label: str, words: str) -> None:
    tab_to(page, field(page, label))
    page.keyboard.type(words)


def sign_in_by_keys(page: Page, name: str) -> None:
    page.goto("/admin/")
    type_into(page, "Username:", name)
    type_into(page, "Password:", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def test_a_claim_is_entered_and_approved_by_keys_alone(browse: Browse) -> None:
    source = factories.source(TEXT, title="A report")
    account(Role.CONTRIBUTOR, "ada")
    account(Role.REVIEWER, "ida")

    with browse(1280) as page:
        sign_in_by_keys(page, "ada")
        press(page, page.get_by_role("link", name=re.compile("Enter a claim")).first)
        type_into(page, "Statement", "Trade along the corridor fell by 9 percent in 2024.")
        type_into(page, "Source", source.key)
        type_into(page, "Quote", "trade along the corridor fell by 9 percent")
        press(page, page.get_by_role("button", name="Save and submit"))
        expect(page.get_by_text("Submitted", exact=True).first).to_be_visible()

        page.context.clear_cookies()
        sign_in_by_keys(page, "ida")
        press(page, page.get_by_role("link", name=re.compile("Review")).first)
        press(page, page.get_by_label("Yes, it makes this claim"), "Space")
        press(page, page.get_by_role("button", name="Approve", exact=True))
        expect(page.get_by_text("It is approved.")).to_be_visible()

    assert Version.objects.get().status == Status.APPROVED


def test_after_an_error_the_focus_is_on_a_summary_that_leads_to_the_fields(browse: Browse) -> None:
    factories.source(TEXT, key="report")
    account(Role.EDITOR, "eva")

    with browse(390) as page:
        sign_in_by_keys(page, "eva")
        page.goto("/admin/sources/source/add/")
        press(page, page.get_by_role("button", name="Save", exact=True))
        expect(page.get_by_role("alert")).to_be_focused()
        picture(page, "errors-source")
        press(page, page.get_by_role("alert").get_by_role("link", name="Title", exact=True))
        expect(field(page, "Title")).to_be_focused()
        faults = faults_of(page, LOOKS_OF_DESK)

        page.goto("/admin/claims/claim/add/")
        type_into(page, "Source", "no-such-source")
        type_into(page, "Quote", "Nobody said so")
        press(page, page.get_by_role("button", name="Save draft"))
        expect(page.get_by_role("alert")).to_be_focused()
        picture(page, "errors-claim")
        press(page, page.get_by_role("alert").get_by_role("link", name=re.compile("Statement")))
        expect(field(page, "Statement")).to_be_focused()
        press(page, page.get_by_role("alert").get_by_role("link", name=re.compile("Source")))
        expect(field(page, "Source")).to_be_focused()
        faults += faults_of(page, LOOKS_OF_DESK)

    assert faults == []
