"""How many gestures a claim costs: every key, chord and click, but for prose and selecting."""

from playwright.sync_api import Locator, Page, expect

from claims.models import Claim
from sources.models import CollectedQuote
from sources.vocabulary import Role
from tests import factories
from tests.browser.conftest import Browse
from tests.browser.test_reader import account, picture, select, sign_in

FIRST, SECOND = "trade rose by 9.1 percent", "exports had risen by 9 percent"


class Hands:
    """Somebody at keyboard and mouse, whose gestures are counted.

    Prose that is typed into the field in focus counts nothing, and selecting words neither.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.gestures = 0

    def press(self, chord: str) -> None:
        """Press a key, or several at once."""
        self.gestures += 1
        self.page.keyboard.press(chord)

    def click(self, what: Locator) -> None:
        """Click something."""
        self.gestures += 1
        what.click()

    def write(self, prose: str) -> None:
        """Type into whatever has the focus."""
        self.page.keyboard.type(prose)

    def select(self, words: str) -> None:
        """Draw the mouse over words of the text."""
        select(self.page, words)


def collect_in_two_sources(hands: Hands) -> None:
    """From the first selection to the form of a claim on quotes of two sources."""
    page = hands.page
    page.goto("/sources/the-corridor/")
    hands.select(FIRST)
    hands.press("c")
    expect(page.locator("#tray")).to_contain_text("1 quote in your tray")
    hands.press("/")
    hands.write("railway digest")
    hands.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The railway digest")
    hands.select(SECOND)
    picture(page, "tray-and-selection")
    hands.press("n")
    expect(page.locator("[name=statement]")).to_be_focused()
    expect(page.locator(".desk-quote")).to_have_count(2)


def save(hands: Hands) -> None:
    hands.click(hands.page.get_by_role("button", name="Save and submit"))
    expect(hands.page.locator(".messagelist")).to_contain_text("is saved")


def test_claims_on_quotes_of_two_sources_cost_few_gestures(browse: Browse) -> None:
    account(Role.CONTRIBUTOR, "ada")
    first = factories.source(f"In 2024, {FIRST}.", key="the-corridor", title="The corridor")
    second = factories.source(f"By then {SECOND}.", key="digest", title="The railway digest")
    factories.entity("trade", label="Trade")
    factories.number_property("growth", label="growth")

    with browse(1280) as page:
        sign_in(page, "ada")

        plain = Hands(page)
        collect_in_two_sources(plain)
        plain.write("Trade along the corridor grew.")
        picture(page, "form-from-tray")
        save(plain)
        assert plain.gestures <= 5

        again = Hands(page)
        again.click(page.get_by_role("link", name="Another claim on these quotes"))
        expect(page.locator("[name=statement]")).to_be_focused()
        again.write("Exports along the corridor grew.")
        save(again)
        assert again.gestures <= 2

        structured = Hands(page)
        collect_in_two_sources(structured)
        structured.write("Trade along the corridor grew by 9.1% in 2024.")
        structured.click(page.get_by_text("What it says in parts"))
        for name, prose in {
            "subject": "trade",
            "property": "growth",
            "value": "9.1%",
            "period": "2024",
        }.items():
            structured.click(page.locator(f"[name={name}]"))
            structured.write(prose)
        save(structured)
        assert structured.gestures <= 13

    claims = Claim.objects.order_by("pk")
    assert [claim.versions.get().statement for claim in claims] == [
        "Trade along the corridor grew.",
        "Exports along the corridor grew.",
        "Trade along the corridor grew by 9.1% in 2024.",
    ]
    for claim in claims:
        pieces = claim.versions.get().evidence.select_related("excerpt__source")
        assert {piece.excerpt.source for piece in pieces} == {first, second}
    assert not CollectedQuote.objects.exists()
