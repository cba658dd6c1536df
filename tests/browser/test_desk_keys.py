"""The keys of the desk in a browser: the search, the list of keys, and the switch."""

import re

from playwright.sync_api import expect

from sources.vocabulary import Role
from tests import factories as make
from tests.browser.conftest import Browse
from tests.browser.test_reader import account, sign_in


def test_keys_search_list_themselves_and_can_be_switched_off(browse: Browse) -> None:
    account(Role.REVIEWER, "reviewer")
    claim = make.draft().claim

    with browse(1280) as page:
        sign_in(page, "reviewer")
        box = page.get_by_role("searchbox", name="Search the desk")
        keys = page.get_by_role("button", name="Keys")

        # A slash goes to the search, Escape back to where the focus was.
        keys.focus()
        page.keyboard.press("/")
        expect(box).to_be_focused()
        page.keyboard.type("c?")  # in a field a key writes
        expect(box).to_have_value("c?")
        page.keyboard.press("Escape")
        expect(keys).to_be_focused()
        expect(box).to_have_value("c?")

        # A question mark lists the keys of the page and those of all pages.
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog", name="Keys")
        expect(dialog).to_contain_text("/Search the desk")
        expect(dialog).to_contain_text("?List the keys")
        switch = dialog.get_by_label("Single keys work in this browser")
        expect(switch).to_be_checked()
        page.keyboard.press("/")  # behind the dialog nothing answers
        expect(box).not_to_be_focused()
        switch.uncheck()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(keys).to_be_focused()

        # Switched off, also on the next page; the button still opens the list.
        page.reload()
        page.keyboard.press("/")
        page.keyboard.press("?")
        expect(box).not_to_be_focused()
        expect(dialog).to_be_hidden()
        keys.click()
        switch.check()
        dialog.get_by_role("button", name="Close").click()

        # On again: a reference leads straight to its page, by keys alone.
        page.keyboard.press("/")
        page.keyboard.type(claim.ref)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(rf"/admin/claims/claim/{claim.pk}/change/$"))
