"""From the matrix of a series to a place, to a new claim and back, in a real browser."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from claims.models import Version
from sources.vocabulary import Grade, Role
from tests.browser.conftest import Browse
from tests.browser.test_accessible import faults_of
from tests.browser.test_reader import account, sign_in
from tests.claims.counted import a_series, has_dictionary

# Where to keep pictures of the pages, for whoever wants to look at them.
PICTURES = os.environ.get("FACTBASE_PICTURES", "")

TEXTS = {
    "js-2022": "The two sides speak of trade. Trade is good.",
    "js-2023": "They speak of trade. In May the Arctic was open. So was the Arctic Council.",
    "js-2024": "They speak of nothing but energy.",
    "js-2025": "",
}
SENTENCE = "In May the Arctic was open."


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def counted() -> None:
    """A series that the public reads, with a dictionary of two topics."""
    series = a_series(TEXTS, is_opened=True, rights="whole")
    has_dictionary(series, arctic=["Arctic"], trade=["trade"])


def tab_to(page: Page, name: str | re.Pattern[str], most: int = 60) -> None:
    """Go on by the Tab key until what has focus is named so."""
    for _press in range(most):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and re.search(name, focused.first.evaluate(NAME_OF)):
            return
    raise AssertionError(f"The Tab key does not lead to {name!r}.")


NAME_OF = "one => one.getAttribute('aria-label') || one.textContent.replace(/\\s+/g, ' ').trim()"


def test_the_keyboard_leads_from_the_matrix_to_a_new_claim_and_back(browse: Browse) -> None:
    account(Role.EDITOR, "ada")
    counted()

    with browse(1280) as page:
        sign_in(page, "ada")
        page.goto("/series/papers/")
        tab_to(page, "^Arctic, 2023: 2 places")
        page.keyboard.press("Enter")
        expect(page.locator("mark").first).to_have_text("Arctic")

        tab_to(page, "^Place 1 in the text")
        page.keyboard.press("Enter")
        expect(page.locator("#reading mark.asked")).to_have_text("Arctic")
        expect(page.locator("#reading mark.asked")).to_be_in_viewport()
        page.go_back()

        tab_to(page, "^New claim from the words of place 1")
        page.keyboard.press("Enter")
        expect(page.locator(".desk-quote")).to_have_text(SENTENCE)
        expect(page.locator("[name=subject]")).to_have_value("js-2023-document")
        picture(page, "new-claim-from-a-cell")
        page.locator("[name=statement]").focus()
        page.keyboard.type("The statement of 2023 names the Arctic.")
        tab_to(page, "^Save and submit")
        page.keyboard.press("Enter")
        expect(page.locator(".messagelist")).to_contain_text("is saved")

        page.goto("/series/papers/topics/arctic/js-2023/")
        tab_to(page, "^Papers")
        page.keyboard.press("Enter")
        expect(page.get_by_role("table")).to_contain_text("∅ absent")

    version = Version.objects.get()
    said = (version.subject, version.property, version.aspect, version.truth)
    assert [getattr(one, "key", one) for one in said] == [
        "js-2023-document",
        "papers-mentions",
        "arctic",
        True,
    ]
    excerpt = version.evidence.get().excerpt
    assert (excerpt.exact, excerpt.grade) == (SENTENCE, Grade.EXACT)


def test_the_frame_scrolls_by_keyboard_and_keeps_topic_and_document_in_sight(
    browse: Browse,
) -> None:
    texts = {f"js-{year}": "The Arctic." for year in range(2001, 2021)}
    has_dictionary(a_series(texts, is_opened=True), arctic=["Arctic"])

    with browse(1000) as page:
        page.goto("/series/papers/")
        frame = page.get_by_role("region", name="Topics by document")
        last = page.get_by_role("columnheader").last
        expect(last).not_to_be_in_viewport()
        frame.focus()
        for _press in range(60):
            page.keyboard.press("ArrowRight")
        expect(last).to_be_in_viewport()
        expect(page.get_by_role("rowheader", name="Arctic")).to_be_in_viewport(ratio=0.9)
        assert page.evaluate("document.documentElement.scrollWidth") <= 1000


def test_axe_finds_nothing_on_the_pages_of_a_matrix(browse: Browse) -> None:
    account(Role.EDITOR, "bo")
    counted()
    faults = []
    cells = [f"/series/papers/topics/arctic/{key}/" for key in TEXTS]

    with browse(1280) as page:
        for address in ("/series/papers/", *cells[:2], cells[3]):
            page.goto(address)
            faults += [(address, *fault) for fault in faults_of(page)]
        sign_in(page, "bo")
        for address in ("/series/papers/", *cells[:2]):
            page.goto(address)
            faults += [(address, *fault) for fault in faults_of(page)]
            picture(page, address.strip("/").replace("/", "-"))

    assert faults == []
