"""From a shortened quote to the approval that confirms its gaps, and to a reader who opens one."""

import re

from playwright.sync_api import Page, expect

from claims.actions.claims.entry import Tie
from claims.models import Version
from claims.vocabulary import Status
from sources.models import Confirmation
from sources.vocabulary import Role
from tests import factories
from tests.browser.conftest import Browse
from tests.browser.test_reader import account, picture, sign_in

TEXT = (
    "The government of the province declined to sign the deal on gas after two years of talks, the "
    "ministry said on Monday. Nobody had expected it."
)
QUOTE = "The government … sign the deal … after two years … the ministry said"
LEFT_OUT = ("of the province declined to", "on gas", "of talks,")
CONFIRM = "I read what is left out, and the quote still says what the source says"


def submitted() -> Version:
    """A claim on a quote with three gaps, one of which hides a denial."""
    quoted = factories.excerpt(QUOTE, of=factories.source(TEXT, title="A dispatch"))
    return factories.submitted(statement="The deal was not signed.", evidence=[Tie(quoted)])


def gap(page: Page, number: int) -> Page:
    """The panel of a gap."""
    panel: Page = page.get_by_role("group", name=f"Words left out {number}")  # type: ignore[assignment] # a Locator has the same methods
    return panel


def approve(page: Page) -> None:
    page.get_by_role("button", name="Approve", exact=True).click()


def confirm_all(page: Page, version: Version, *, by_keyboard: bool, name: str) -> None:
    """Try to approve after each confirmation; only the last time it goes through."""
    page.goto(f"/admin/claims/claim/{version.claim_id}/change/")
    page.get_by_label("Yes, it makes this claim").check()
    for number, words in enumerate(LEFT_OUT, start=1):
        expect(gap(page, number).get_by_text(words).first).to_be_visible()
    expect(gap(page, 1).get_by_text("Leaves out “declined”, which can turn the")).to_be_visible()
    picture(page, f"gaps-{name}-before")
    for number, words in enumerate(LEFT_OUT, start=1):
        approve(page)
        expect(gap(page, number).get_by_text(f"leaves out “{words}”; read it")).to_be_visible()
        expect(page.get_by_role("alert").get_by_role("link")).to_have_count(4 - number)
        box = gap(page, number).get_by_label(CONFIRM)
        if by_keyboard:
            box.focus()
            page.keyboard.press("Space")
        else:
            box.check()
        expect(box).to_be_checked()
    picture(page, f"gaps-{name}-refused")
    approve(page)
    expect(page.get_by_text("It is approved.")).to_be_visible()
    expect(gap(page, 1).get_by_text(re.compile("Confirmed by Ida"))).to_be_visible()
    picture(page, f"gaps-{name}-approved")


def open_a_gap(page: Page, version: Version, name: str) -> None:
    """Read on the public page what is left out."""
    page.goto(f"/claims/C{version.claim_id}/")
    expect(page.get_by_text("What is left out was read and confirmed by a").first).to_be_visible()
    words = page.get_by_text(LEFT_OUT[0])
    expect(words).to_be_hidden()
    page.get_by_text("What is left out, no. 1").click()
    expect(words).to_be_visible()
    picture(page, f"gaps-{name}-reader")


def test_each_gap_is_confirmed_before_the_approval_and_opened_by_a_reader(browse: Browse) -> None:
    version = submitted()
    account(Role.REVIEWER, "ida")

    with browse(1280) as page:
        sign_in(page, "ida")
        confirm_all(page, version, by_keyboard=False, name="wide")
        open_a_gap(page, version, "wide")

    version.refresh_from_db()
    assert version.status == Status.APPROVED
    assert Confirmation.objects.count() == len(LEFT_OUT)


def test_gaps_are_confirmed_by_keyboard_on_a_narrow_screen(browse: Browse) -> None:
    version = submitted()
    account(Role.REVIEWER, "ida")

    with browse(390) as page:
        sign_in(page, "ida")
        confirm_all(page, version, by_keyboard=True, name="narrow")
        open_a_gap(page, version, "narrow")

    version.refresh_from_db()
    assert version.status == Status.APPROVED
