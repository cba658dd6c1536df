"""Reviewing by keyboard alone, in a real browser: one key a quote, one chord a claim."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from claims.actions.claims.entry import Tie
from claims.models import Review, Version
from claims.vocabulary import Stance
from sources.vocabulary import Role
from tests import factories
from tests.browser.conftest import Browse
from tests.browser.test_accessible import faults_of
from tests.browser.test_reader import account, picture, sign_in

SENTENCES = [f"Trade fell by {number}% along the corridor in the year." for number in range(1, 6)]
TEXT = "\n\n".join(f"{sentence} {'Nobody had foreseen it. ' * 20}" for sentence in SENTENCES)


def waiting(words: list[str], *stances: Stance) -> Version:
    """A claim that waits, on these words of one text."""
    source = factories.source(TEXT, title="A dispatch")
    tied = zip(words, stances or [Stance.SUPPORTS] * len(words), strict=True)
    return factories.submitted(
        evidence=[Tie(factories.excerpt(each, of=source), stance) for each, stance in tied]
    )


def quote(page: Page, number: int) -> Locator:
    return page.get_by_role("group", name=f"Quote {number} of")


def presser(page: Page) -> tuple[list[str], Callable[[str], None]]:
    """The gestures that were made, and what makes one."""
    gestures: list[str] = []

    def press(key: str) -> None:
        gestures.append(key)
        page.keyboard.press(key)

    return gestures, press


def test_verified_quotes_are_reviewed_with_a_key_each_and_a_chord_for_the_claim(
    browse: Browse,
) -> None:
    first = waiting(SENTENCES[:4], *[Stance.SUPPORTS] * 3, Stance.CONTEXT)
    second = waiting(SENTENCES[4:])
    account(Role.REVIEWER, "ida")

    with browse(1280) as page:
        sign_in(page, "ida")
        page.goto("/admin/claims/claim/review/")
        gestures, press = presser(page)
        for number in range(1, 5):
            expect(quote(page, number)).to_be_focused()
            expect(quote(page, number).locator("mark")).to_be_in_viewport()
            press("y")
            expect(page.get_by_text(f"{number} of 4 quotes judged.")).to_be_visible()
        expect(page.get_by_role("button", name="Approve")).to_be_focused()
        picture(page, "review-judged")
        press("Control+Enter")
        expect(page.get_by_text(f"C{first.claim_id}: It is approved.")).to_be_visible()
        assert len(gestures) == 4 + 1

        expect(quote(page, 1)).to_be_focused()
        expect(page.get_by_text("1 of 1 that waits for you")).to_be_visible()
        press("y")
        press("Control+Enter")
        expect(page.get_by_text("No other claim waits for your decision")).to_be_visible()
        assert len(gestures) == 5 + 2

    assert Review.objects.filter(decision="approve").count() == 2
    judged = Review.objects.get(version=second).judgements.get()
    assert (judged.makes_claim, judged.answer) == (True, "yes")


def test_the_chord_leads_to_what_is_missing_and_a_quote_off_the_screen_is_not_judged(
    browse: Browse,
) -> None:
    version = waiting(SENTENCES[:3])
    account(Role.REVIEWER, "ida")

    with browse(390) as page:
        sign_in(page, "ida")
        page.goto(f"/admin/claims/claim/{version.claim_id}/change/?queue=age")
        picture(page, "review-narrow")
        assert faults_of(page) == []
        page.set_viewport_size({"width": 390, "height": 400})
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        page.keyboard.press("y")
        expect(page.get_by_text("Read the quote first.")).to_be_attached()
        expect(quote(page, 1).get_by_role("radio", checked=True)).to_have_count(0)
        expect(quote(page, 1).locator("mark")).to_be_in_viewport()
        page.keyboard.press("y")
        page.keyboard.press("Control+Enter")
        expect(quote(page, 2)).to_be_focused()
        page.keyboard.press("p")
        expect(quote(page, 2).get_by_label("Note on this quote")).to_be_focused()
        page.keyboard.type("The year.")
        page.keyboard.press("Enter")
        expect(quote(page, 3)).to_be_focused()
        page.keyboard.press("n")
        expect(page.get_by_label("Note", exact=True)).to_be_focused()
        page.keyboard.type("The third one is about another year.")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("button", name="Ask for changes")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_text("Changes are asked for.")).to_be_visible()

    judged = Review.objects.get().judgements.order_by("evidence").values_list("answer", "note")
    assert list(judged) == [("yes", ""), ("partly", "The year."), ("no", "")]
