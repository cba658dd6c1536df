"""From a file to the words on its second page and back, in a real browser."""

import os
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page, expect

from claims.models import Version
from factbase.models import User
from sources.models import Excerpt, Source
from sources.vocabulary import Grade, Role
from tests import factories
from tests.browser.conftest import Browse
from tests.browser.papers import pdf

PASSWORD = "a password of many letters"  # noqa: S105 - of an account that lives for one test

PAGES = (
    ["The corridor in outline", "The first page says what the report is about."],
    [
        "Trade along the corridor rose by 9.1 percent in 2024, while",
        "the cost of transit fell by 3 percent. Nobody had foreseen",
        "either of the two.",
        *["So it went on for many lines, of which this is one."] * 4,
    ],
    ["The last page has the sources.", "They are many."],
)
WORDS = "rose by 9.1 percent in 2024"

# Where to keep pictures of the pages, for whoever wants to look at them.
PICTURES = os.environ.get("FACTBASE_PICTURES", "")


def account(role: Role, name: str) -> User:
    """Somebody with a password."""
    person = factories.person(role, name=name)
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(page: Page, name: str) -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def select(page: Page, words: str) -> None:
    """Draw the mouse over words that stand in one line."""
    ends = page.evaluate(
        """(words) => {
            const walker = document.createTreeWalker(
                document.getElementById("reading"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at === -1) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + words.length);
                range.startContainer.parentElement.scrollIntoView({ block: "center" });
                const boxes = range.getClientRects();
                const [first, last] = [boxes[0], boxes[boxes.length - 1]];
                return [first.left + 1, first.top + first.height / 2,
                        last.right - 1, last.top + last.height / 2];
            }
        }""",
        words,
    )
    page.mouse.move(ends[0], ends[1])
    page.mouse.down()
    page.mouse.move(ends[2], ends[3], steps=8)
    page.mouse.up()


def upload(page: Page, source: Source) -> None:
    """Keep the report as a file of a source, and open its text."""
    page.goto(f"/admin/sources/source/{source.pk}/change/")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "corridor.pdf", "mimeType": "application/pdf", "buffer": pdf(*PAGES)}
    )
    page.get_by_role("button", name="Upload").click()
    page.goto(f"/sources/{source.key}/")


def claim_on_it(page: Page) -> None:
    """Enter a claim on the quote that is filled in, and submit it."""
    expect(page.locator(".desk-quote").first).to_contain_text(WORDS)
    page.locator("[name=statement]").fill("Trade along the corridor rose by 9.1%.")
    picture(page, "claim-on-it")
    page.get_by_role("button", name="Save and submit").click()
    expect(page.locator(".messagelist")).to_contain_text("is saved")


def test_words_selected_on_page_two_become_a_claim_that_leads_back_to_them(
    browse: Browse,
) -> None:
    account(Role.CONTRIBUTOR, "ada")
    source = factories.source(key="the-corridor", title="The corridor")

    with browse(1280) as page:
        sign_in(page, "ada")
        upload(page, source)
        expect(page.get_by_text("You see this as the desk.")).to_be_visible()
        second = page.locator("[data-page='1']")
        expect(second).to_contain_text(WORDS)
        select(page, WORDS)
        picture(page, "selected")
        page.locator("#quote-bar").get_by_role("button", name="Quote this").click()
        claim_on_it(page)
        page.goto(f"/sources/{source.key}/")
        picture(page, "quoted")

    excerpt = Excerpt.objects.get()
    assert (excerpt.exact, excerpt.grade, excerpt.page) == (WORDS, Grade.EXACT, 1)
    assert (excerpt.prefix[-9:], excerpt.suffix) == (
        "corridor ",
        ", while\nthe cost of transit fell"[:32],
    )
    claim = factories.approved(Version.objects.get(), at=timezone.now()).claim

    with browse(390) as page:
        page.goto(f"/claims/{claim.ref}/")
        picture(page, "claim-narrow")
        page.get_by_role("link", name="The words in their place").click()
        expect(page.locator(f"#x{excerpt.pk}")).to_contain_text(WORDS)
        expect(page.locator("body")).not_to_contain_text("They are many")

        sign_in(page, "ada")
        page.goto(f"/claims/{claim.ref}/")
        page.get_by_role("link", name="The words in their place").click()
        marked = page.locator("[data-page='1'] mark")
        expect(marked).to_have_text(WORDS)
        expect(marked).to_be_in_viewport()
        picture(page, "back-narrow")
        page.get_by_role("link", name=f"Claims on these words: {claim.ref}").click()
        page.locator(f"#quote-{excerpt.pk}").get_by_role("link", name=claim.ref).click()
        expect(page).to_have_url(page.url.split("/claims/")[0] + f"/claims/{claim.ref}/")


def test_words_are_quoted_by_keyboard_alone(browse: Browse) -> None:
    account(Role.CONTRIBUTOR, "bo")
    source = factories.source(key="the-corridor", title="The corridor")

    with browse(1280) as page:
        sign_in(page, "bo")
        upload(page, source)
        page.locator("#reading").focus()
        before = [*" ".join(PAGES[0]).split(), *PAGES[1][0].partition(WORDS)[0].split()]
        for _word in before:
            page.keyboard.press("ArrowRight")
        for _step in range(len(WORDS.split())):
            page.keyboard.press("Shift+ArrowRight" if _step else "ArrowRight")
        expect(page.locator("#quote-said")).to_have_text(WORDS)
        picture(page, "by-keyboard")
        page.keyboard.press("Enter")
        claim_on_it(page)

    excerpt = Excerpt.objects.get()
    assert (excerpt.exact, excerpt.grade, excerpt.page) == (WORDS, Grade.EXACT, 1)


def test_a_selection_across_pages_and_badges_is_the_text_without_the_marks_of_notes(
    browse: Browse,
) -> None:
    account(Role.CONTRIBUTOR, "cy")
    text = (
        "😀 Trade rose[^1] by 9.1\u200b percent,\nthe cost fell.\f"
        "And so it\u202e went\u202c on: 漢字 too.\n\n[^1]: In all."
    )
    source = factories.source(text, key="the-corridor")
    known = factories.excerpt("9.1\u200b percent", of=source)

    with browse(1280) as page:
        sign_in(page, "cy")
        page.goto(f"/sources/{source.key}/")
        # From within a word of the first page to within one of the second.
        page.evaluate(
            """() => {
                const stretches = [...document.querySelectorAll("#reading [data-at]")];
                const [first] = stretches;
                const last = stretches.find((one) => one.textContent.includes("on: "));
                getSelection().setBaseAndExtent(
                    first.firstChild, "😀 Tr".length, last.firstChild, " o".length);
            }"""
        )
        picture(page, "across-pages")
        page.locator("#quote-bar").get_by_role("button", name="Quote this").click()
        expect(page.get_by_text("Quoted: same words.")).to_be_visible()

    excerpt = Excerpt.objects.exclude(pk=known.pk).get()
    selected = text[text.index("Trade") : text.index(": 漢字")]
    assert excerpt.exact == selected.replace("[^1]", "")
    assert (excerpt.grade, excerpt.page, excerpt.prefix) == (Grade.FOLDED, 0, "😀 ")
